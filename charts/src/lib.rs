//! Findings become pictures: a [`chart::Chart`] is a value until it is drawn; still without a screen, a disk or a clock.

pub mod chart;
mod shapes;
