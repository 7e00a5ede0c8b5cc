//! Faultline's window: menu, dialogs, second display, and one-line adapters over the api.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![allow(clippy::needless_pass_by_value, reason = "commands take their arguments by value: Tauri hands them over so")]

mod app;
mod audience;
mod clipboard;
mod commands;
mod crash;
mod dialogs;
mod grants;
mod menu;
mod webview;

use std::process::ExitCode;

fn main() -> ExitCode {
    match app::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("Faultline could not open its window: {problem}");
            ExitCode::FAILURE
        }
    }
}
