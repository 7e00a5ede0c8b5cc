//! `cargo xtask app`: from a fresh checkout to the open window.

use std::path::PathBuf;
use std::process::Command;

use crate::Outcome;
use crate::shell::{run, run_cargo, target};
use crate::{node, system};

/// Installs what is missing, builds, and opens the window; further arguments go to the app, as a file to open.
///
/// # Errors
/// When something cannot be installed or built, or the window ends with a failure.
pub fn app(arguments: &[String]) -> Outcome {
    let (release, rest): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| *argument == "--release");
    let binary = build(!release.is_empty())?;
    if system::has_display() || !cfg!(target_os = "linux") {
        return run(Command::new(binary).args(rest));
    }
    eprintln!("There is no display here; the window opens on an invisible one. End it with Ctrl+C.");
    system::ensure(system::DISPLAY)?;
    run(Command::new("xvfb-run").args(["-a", "-s", "-screen 0 1400x1000x24"]).arg(binary).args(rest))
}

/// Everything that the window is compiled from: system packages and the built pages.
///
/// # Errors
/// When something cannot be installed or built.
pub fn prepare() -> Outcome {
    system::ensure(system::BUILD)?;
    node::build()
}

/// `cargo xtask prepare`.
///
/// # Errors
/// As for [`prepare`], and when there are arguments.
pub fn prepare_only(arguments: &[String]) -> Outcome {
    crate::only(arguments, &[])?;
    prepare()
}

/// Builds the window and says where it lies. The profile of every day is used unless asked otherwise: the engine and the drawing
/// are optimised there too, and the rest compiles in half the time.
///
/// # Errors
/// When something cannot be installed or built.
pub fn build(release: bool) -> Result<PathBuf, String> {
    prepare()?;
    let mut job = vec!["build", "--locked", "--package", "faultline-app"];
    if release {
        // Together with the command line, so that what both stand on is optimised once.
        job.extend(["--release", "--package", "faultline-cli", "--features", "faultline-app/custom-protocol"]);
    }
    run_cargo(&job, &[])?;
    let profile = if release { "release" } else { "debug" };
    Ok(target().join(profile).join(format!("faultline-app{}", std::env::consts::EXE_SUFFIX)))
}
