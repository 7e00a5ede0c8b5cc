//! The `faultline` command: the same api as the window, without one.

mod commands;
mod options;
mod progress;
mod terminal;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use options::Options;
use terminal::Terminal;

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) => return usage(&error),
    };
    let terminal = Terminal::new(options.common);
    let result = commands::act(&options.command, &terminal);
    match terminal.failure().map_or(result, Err) {
        Ok(ending) => ending.exit_code(),
        Err(refusal) => {
            terminal.refuse(&refusal);
            terminal::exit_code(refusal.code)
        }
    }
}

/// Prints help, or what is wrong with the command line.
fn usage(error: &clap::Error) -> ExitCode {
    // A closed pipe is no reason to complain: whoever closed it has seen enough.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}
