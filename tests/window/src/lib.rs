//! The real window under WebDriver: start it, use it as a person would, look at it.
//!
//! `cargo xtask test window` sees to a display, the driver and the app, and names them by `DISPLAY` and `FAULTLINE_APP`.

pub mod desktop;
pub mod processes;
pub mod session;

pub use session::{Place, Session};

/// The app under test.
///
/// # Panics
/// When nobody named it.
pub fn app() -> String {
    std::env::var("FAULTLINE_APP").expect("FAULTLINE_APP names the app; run the tests with: cargo xtask test window")
}
