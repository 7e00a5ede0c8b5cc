//! Where the tree is, and running commands in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;

/// The top folder of the project.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The cargo that runs this, with the top folder as working directory.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(top());
    command
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| top().join("target"), |folder| top().join(folder))
}

/// Says what it runs, runs it, and turns a failure into a sentence.
///
/// # Errors
/// When it cannot be started or ends with a failure.
pub fn run(command: &mut Command) -> Outcome {
    let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    let shown = words.join(" ");
    eprintln!("$ {shown}");
    let status = command.status().map_err(|e| format!("cannot start {shown}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {shown}")) }
}

/// Runs cargo as [`run`] does.
///
/// # Errors
/// When cargo cannot be started or ends with a failure.
pub fn run_cargo(arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
    run(cargo().args(arguments).envs(environment.iter().copied()))
}

/// Whether `cargo <subcommand>` is installed.
pub fn has_cargo(subcommand: &str) -> bool {
    let probe = cargo().args([subcommand, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok_and(|status| status.success())
}

/// Builds the release command line and returns where it lies.
///
/// # Errors
/// When the build fails.
pub fn release_binary() -> Result<PathBuf, String> {
    run_cargo(&["build", "--release", "--locked", "--package", "faultline-cli", "--bin", "faultline"], &[])?;
    Ok(target().join("release").join(format!("faultline{}", std::env::consts::EXE_SUFFIX)))
}
