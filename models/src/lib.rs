//! The simulation behind Faultline and its analysis.
//!
//! Data flows one way: a checked [`scenario::Scenario`] becomes a [`run::Setting`] (what all runs share), a run is a function of setting
//! and seed, an [`ensemble::Ensemble`] is many runs in seed order, and [`findings::Findings`] are its bands. Nothing here
//! touches disk, clock or window; chance is asked for by address ([`draws::Draws`]).

mod arithmetic;
pub mod calendar;
pub mod calibrate;
pub mod classics;
pub mod design;
pub mod draws;
pub mod ensemble;
pub mod findings;
mod group;
pub mod hindcast;
pub mod indicators;
pub mod layout;
pub mod levers;
pub mod meanfield;
pub mod metrics;
pub mod rules;
pub mod run;
pub mod scenario;
mod schedule;
mod setting;
pub mod split;
pub mod text;
pub mod trajectory;
pub mod uncertainties;
pub mod world;

/// Version of the model: results may differ between two versions, never within one.
pub const MODEL_VERSION: &str = env!("CARGO_PKG_VERSION");
