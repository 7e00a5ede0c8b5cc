//! Whatever crosses a crate.

mod determinism;
mod docs;
mod golden;
mod layering;
mod text;
