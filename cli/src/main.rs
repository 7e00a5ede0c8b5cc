//! The `faultline` command: the same api as the window, without one.
#![allow(
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    reason = "comments on options are help for a terminal, where [.bloc] and <FIRMS> mean themselves"
)]

mod commands;
mod options;
mod progress;
mod terminal;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use faultline_api::Refusal;

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
    let asks = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if !asks && std::env::args().any(|argument| argument == "--json") {
        // The same shape as any other refusal, although the options could not be read.
        let refusal = Refusal::input(error.render().to_string().trim().to_owned());
        if let Ok(text) = serde_json::to_string_pretty(&refusal) {
            let _ = writeln!(std::io::stdout(), "{text}");
        }
    }
    // A closed pipe is no reason to complain: whoever closed it has seen enough.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    }
}
