//! Whatever crosses a crate.

mod cli;
mod determinism;
mod docs;
mod figures;
mod golden;
mod invariance;
mod layering;
mod pictures;
mod shapes;
mod study;
mod text;
mod trust;
mod uses;
