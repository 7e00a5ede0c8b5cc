//! Findings become pictures: a [`chart::Chart`] is a value until it is drawn; still without a screen, a disk or a clock.

mod axes;
mod canvas;
pub mod chart;
pub mod fonts;
mod geometry;
mod layout;
pub mod palette;
mod pen;
mod shapes;
pub mod style;
mod text;
mod texts;
