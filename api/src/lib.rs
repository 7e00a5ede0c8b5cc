//! Everything a client of Faultline may ask for: the only room that touches files.

pub mod embedded;
pub mod evidence;
