//! What the suites and benchmarks share.

pub mod shipped;
