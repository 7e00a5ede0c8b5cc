//! Everything a client of Faultline may ask for: the only room that touches files.

pub mod ask;
pub mod bench;
pub mod charts;
pub mod classics;
pub mod clock;
pub mod compare;
pub mod desk;
pub mod disk;
pub mod embedded;
pub mod evidence;
pub mod gallery;
pub mod hindcast;
pub mod jobs;
pub mod lists;
pub mod machine;
pub mod outcome;
mod picture;
pub mod provenance;
pub mod publish;
pub mod refusal;
pub mod scenarios;
pub mod share_table;
pub mod show;
pub mod study;
pub mod summary;
pub mod tables;
pub mod validation;
pub mod verify;
pub mod wire;
pub mod wire_desktop;
pub mod wire_trust;
pub mod words;

pub use refusal::{Code, Refusal};

/// Types of the model that clients name.
pub mod model {
    pub use faultline_models::MODEL_VERSION;
    pub use faultline_models::calendar::Quarter;
    pub use faultline_models::indicators::{INDICATORS, Indicator};
    pub use faultline_models::levers::{COOPERATION, LEVERS, Lever};
    pub use faultline_models::rules::TICK;
    pub use faultline_models::scenario::{Adjust, LedgerEntry, Override, Scenario};
    pub use faultline_models::uncertainties::{UNCERTAINTIES, Uncertainty};
}
