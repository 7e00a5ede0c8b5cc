//! Findings become pictures: a [`chart::Chart`] is a value until it is drawn; still without a screen, a disk or a clock.

mod axes;
mod canvas;
pub mod catalogue;
pub mod chart;
pub mod draw;
pub mod fonts;
pub mod gallery;
mod geometry;
mod labels;
mod layout;
mod marks;
pub mod palette;
pub mod pdf;
mod pen;
pub mod png;
pub mod readout;
mod shapes;
pub mod style;
mod svg;
mod text;
mod texts;
pub mod trust;
pub mod words;
