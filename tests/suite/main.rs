//! Whatever crosses a crate.

mod cli;
mod determinism;
mod docs;
mod golden;
mod invariance;
mod layering;
mod text;
