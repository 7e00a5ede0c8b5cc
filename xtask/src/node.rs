//! Node, the packages of the user interface, and its build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::Outcome;
use crate::shell::{run, target, top};
use crate::system;

/// The oldest Node of each line that the build tool of the pages runs on.
const OLDEST: [(u32, u32); 2] = [(20, 19), (22, 12)];
/// The line that is brought along where the system's Node is too old.
const BROUGHT: &str = "node@22";

/// Where the user interface lies.
pub fn ui() -> PathBuf {
    top().join("ui")
}

/// Sees to Node, installs the packages of the lock file and builds the pages.
///
/// # Errors
/// When one of them fails.
pub fn build() -> Outcome {
    packages()?;
    npm(&["run", "build"])
}

/// Sees to Node and installs the packages of the lock file, unless they are those installed last.
///
/// # Errors
/// When Node cannot be brought or a package cannot be installed.
pub fn packages() -> Outcome {
    ensure_node()?;
    let installed = changed(&ui().join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&ui().join("package-lock.json")) {
        return Ok(());
    }
    npm(&["ci", "--no-audit", "--no-fund"])
}

/// Runs npm in the folder of the user interface.
///
/// # Errors
/// When it fails.
pub fn npm(arguments: &[&str]) -> Outcome {
    run(command("npm").args(arguments))
}

/// A command of Node's or of an installed package, in the folder of the user interface.
pub fn command(name: &str) -> Command {
    // On Windows npm is a script, which has to be named in full.
    let name = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    let mut command = Command::new(name);
    command.current_dir(ui()).env("PATH", path());
    command
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|about| about.modified()).ok()
}

/// Where a newer Node is put if need be: within the tree's build folder, so that nothing else on the machine changes.
fn brought() -> PathBuf {
    target().join("node")
}

/// The search path with the brought Node and the packages' own commands in front.
fn path() -> std::ffi::OsString {
    let own = [brought().join("node_modules/.bin"), ui().join("node_modules/.bin")];
    let usual = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&usual))).unwrap_or(usual)
}

fn ensure_node() -> Outcome {
    let found = version();
    if found.is_some_and(new_enough) {
        return Ok(());
    }
    if !has_npm() {
        if !cfg!(target_os = "linux") {
            return Err("Node 22.12 or newer is missing. Install it from nodejs.org".into());
        }
        system::ensure(&["nodejs", "npm"])?;
    }
    if version().is_some_and(new_enough) {
        return Ok(());
    }
    eprintln!("The system's Node is too old for the user interface; a newer one is put into {}", brought().display());
    fs::create_dir_all(brought()).map_err(|e| format!("{}: {e}", brought().display()))?;
    let folder = brought().display().to_string();
    run(Command::new("npm").args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix", &folder, BROUGHT]).env("PATH", path()))?;
    match version() {
        Some(now) if new_enough(now) => Ok(()),
        now => Err(format!("Node is still not new enough: {now:?}; 22.12 or newer is needed")),
    }
}

fn has_npm() -> bool {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .arg("--version")
        .env("PATH", path())
        .output()
        .is_ok_and(|answer| answer.status.success())
}

/// Version of the Node that would run.
fn version() -> Option<(u32, u32)> {
    let answer = Command::new("node").arg("--version").env("PATH", path()).output().ok()?;
    parsed(&String::from_utf8_lossy(&answer.stdout))
}

fn parsed(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.trim().strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn new_enough((major, minor): (u32, u32)) -> bool {
    OLDEST.iter().any(|&(line, least)| major == line && minor >= least) || major > OLDEST[1].0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_within_its_line() {
        let good = |text| parsed(text).is_some_and(new_enough);
        assert!(["v20.19.0", "v20.20.2\n", "v22.12.1", "v24.0.0"].into_iter().all(good));
        assert!(["v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", "", "20.19.0"].into_iter().all(|text| !good(text)));
    }
}
