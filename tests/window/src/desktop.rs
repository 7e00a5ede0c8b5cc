//! The desktop around the window: real keys and clicks, the system's dialogs, the clipboard.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a dialog may take to come up or to go.
const PATIENCE: Duration = Duration::from_secs(60);

fn xdotool(arguments: &[&str]) -> String {
    let answer = Command::new("xdotool").args(arguments).stderr(Stdio::null()).output().expect("xdotool is installed");
    String::from_utf8_lossy(&answer.stdout).trim().to_owned()
}

/// Windows that are on the screen and bear this title.
pub fn windows(title: &str) -> Vec<String> {
    xdotool(&["search", "--onlyvisible", "--name", title]).lines().map(str::to_owned).collect()
}

/// Waits for a window of this title.
///
/// # Panics
/// When none comes.
pub fn wait_for(title: &str) -> String {
    let begun = Instant::now();
    loop {
        if let Some(window) = windows(title).pop() {
            return window;
        }
        assert!(begun.elapsed() < PATIENCE, "no window “{title}” came up");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Gives the keyboard to a window: there is no window manager to do so.
pub fn focus(window: &str) {
    xdotool(&["windowfocus", "--sync", window]);
}

/// Presses keys as on a keyboard, `ctrl+s`.
pub fn press(keys: &str) {
    xdotool(&["key", "--clearmodifiers", keys]);
}

/// Puts text on the clipboard.
fn copy(text: &str) {
    let mut command = Command::new("xclip");
    command.args(["-selection", "clipboard", "-i"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("xclip is installed");
    child.stdin.take().expect("it is piped").write_all(text.as_bytes()).expect("xclip takes it");
    let _ = child.wait();
}

/// Gives a path to the system's dialog and confirms it.
pub fn answer_dialog(title: &str, path: &Path) {
    let window = wait_for(title);
    focus(&window);
    // The entry for whole paths takes a moment to appear, and completes what is typed by what it finds; so the path is pasted.
    press("ctrl+l");
    thread::sleep(Duration::from_secs(1));
    press("ctrl+a");
    copy(&path.display().to_string());
    press("ctrl+v");
    thread::sleep(Duration::from_millis(500));
    press("Return");
    let begun = Instant::now();
    while windows(title).contains(&window) {
        if begun.elapsed() > PATIENCE {
            screen(&crate::session::pictures().join("dialog.png"));
            panic!("the dialog “{title}” does not close; target/window/dialog.png shows the screen");
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// What the clipboard holds in this form, `image/png`.
pub fn clipboard(target: &str) -> Vec<u8> {
    let answer = Command::new("xclip").args(["-selection", "clipboard", "-o", "-t", target]).stderr(Stdio::null()).output();
    answer.expect("xclip is installed").stdout
}

/// The whole screen as a PNG: with menu bar and dialogs, which the driver does not see.
pub fn screen(path: &Path) {
    let _ = Command::new("import").args(["-window", "root"]).arg(path).stderr(Stdio::null()).status();
}
