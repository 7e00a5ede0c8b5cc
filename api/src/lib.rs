//! Everything a client of Faultline may ask for: the only room that touches files.

pub mod ask;
pub mod compare;
pub mod disk;
pub mod embedded;
pub mod evidence;
pub mod jobs;
pub mod provenance;
pub mod refusal;
pub mod scenarios;
pub mod summary;
pub mod tables;
pub mod words;

pub use refusal::{Code, Refusal};
