//! Whatever crosses a crate.

mod cli;
mod determinism;
mod docs;
mod golden;
mod layering;
mod pictures;
mod text;
