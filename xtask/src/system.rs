//! What the window needs of the operating system: which packages are missing, and how they are installed.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::shell::run;

/// What the window is built with.
pub const BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "build-essential", "pkg-config"];
/// A display for machines without one.
pub const DISPLAY: &[&str] = &["xvfb", "xauth"];
/// What the tests of the window and of the pages are driven with.
pub const TEST: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth", "xdotool", "x11-xserver-utils", "xclip", "dbus", "poppler-utils"];
/// A browser for the pages alone.
pub const BROWSER: &[&str] = &["chromium"];

/// What instructions are counted with.
pub const COUNT: &[&str] = &["valgrind"];

/// Whether the machine has a display.
pub fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether a command can be started.
pub fn has(command: &str) -> bool {
    Command::new(command).arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Installs those of the packages that are missing, where the system has apt; elsewhere says what is needed.
///
/// # Errors
/// When something is missing that cannot be installed from here.
pub fn ensure(packages: &[&str]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return elsewhere();
    }
    if !Path::new("/usr/bin/dpkg-query").exists() {
        return other_linux(packages);
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

fn installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]).stderr(Stdio::null()).output();
    asked.is_ok_and(|answer| answer.stdout == b"installed")
}

fn install(packages: &[&str]) -> Outcome {
    eprintln!("Installing system packages: {}", packages.join(" "));
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--yes", "--quiet", "--no-install-recommends"], packages].concat())
        .map_err(|problem| format!("{problem}\nInstall by hand: {}", packages.join(" ")))
}

/// apt as root, or through sudo.
fn apt(arguments: &[&str]) -> Outcome {
    let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root() {
        // Variables of this process do not get through sudo; the assignment on its command line does.
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    run(command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|answer| answer.stdout.trim_ascii() == b"0")
}

/// A Linux without apt: WebKitGTK is looked for, the rest is left to the build to name.
fn other_linux(packages: &[&str]) -> Outcome {
    let found = Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"]).status().is_ok_and(|status| status.success());
    if found {
        return Ok(());
    }
    Err(format!(
        "WebKitGTK 4.1 with its headers is missing, and this system has no apt.\n\
         Fedora: sudo dnf install webkit2gtk4.1-devel gcc pkgconf\n\
         Arch: sudo pacman -S webkit2gtk-4.1 base-devel\n\
         (on Debian and Ubuntu these would be: {})",
        packages.join(" ")
    ))
}

#[cfg(target_os = "macos")]
fn elsewhere() -> Outcome {
    let tools = Command::new("xcode-select").arg("-p").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if tools.is_ok_and(|status| status.success()) { Ok(()) } else { Err("The compiler is missing. Install it with: xcode-select --install".into()) }
}

#[cfg(not(target_os = "macos"))]
fn elsewhere() -> Outcome {
    let key = r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let found = Command::new("reg").args(["query", key]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if found.is_ok_and(|status| status.success()) {
        Ok(())
    } else {
        Err("The WebView2 runtime is missing (Windows 10 may lack it). Install it with: winget install Microsoft.EdgeWebView2Runtime".into())
    }
}
