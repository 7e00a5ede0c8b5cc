//! Standard output and error: results on the one, notes on the other, colour where it is wanted.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::ColorChoice;
use faultline_api::{Code, Refusal};
use serde::Serialize;

use crate::options::{Colour, Common};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// All done.
    Done,
    /// Verify found a difference.
    Differs,
    /// Stopped by the user; what was done is kept.
    Interrupted,
    /// Refused, and said so already.
    Refused(Code),
}

impl Ending {
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Ending::Done => ExitCode::SUCCESS,
            Ending::Differs => ExitCode::from(1),
            Ending::Interrupted => ExitCode::from(130),
            Ending::Refused(code) => exit_code(code),
        }
    }
}

pub(crate) fn exit_code(code: Code) -> ExitCode {
    ExitCode::from(match code {
        Code::Failed => 1,
        Code::BadInput => 2,
        Code::CannotWrite => 3,
        Code::Interrupted => 130,
    })
}

/// Where results and notes go.
#[derive(Debug)]
pub(crate) struct Terminal {
    /// Results as JSON.
    pub(crate) json: bool,
    quiet: bool,
    verbose: bool,
    closed: AtomicBool,
    failure: OnceLock<String>,
}

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const RESET: &str = "\x1b[0m";

impl Terminal {
    pub(crate) fn new(common: Common) -> Terminal {
        match common.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        }
        .write_global();
        Terminal { json: common.json, quiet: common.quiet, verbose: common.verbose, closed: AtomicBool::new(false), failure: OnceLock::new() }
    }

    /// A line of the result.
    pub(crate) fn say(&self, line: impl Display) {
        self.write(format!("{line}\n").as_bytes());
    }

    /// A heading of the result.
    pub(crate) fn heading(&self, line: impl Display) {
        self.say(format!("{BOLD}{line}{RESET}"));
    }

    /// Rows of the result in aligned columns.
    pub(crate) fn table(&self, rows: &[Vec<String>]) {
        aligned(rows).into_iter().for_each(|line| self.say(line));
    }

    /// Rows of the result in aligned columns, the first of which names them.
    pub(crate) fn listing(&self, rows: &[Vec<String>]) {
        for (row, line) in rows.iter().zip(aligned(rows)) {
            let (name, rest) = line.split_at(row.first().map_or(0, String::len));
            self.say(format!("{BOLD}{name}{RESET}{rest}"));
        }
    }

    /// The result as JSON.
    pub(crate) fn answer(&self, value: &impl Serialize) -> Result<(), Refusal> {
        let text = serde_json::to_string_pretty(value).map_err(|e| Refusal::failed(e.to_string()))?;
        self.say(text);
        Ok(())
    }

    fn write(&self, bytes: &[u8]) {
        if !self.closed.load(Ordering::Relaxed) {
            let mut out = anstream::stdout().lock();
            self.settle(out.write_all(bytes).and_then(|()| out.flush()));
        }
    }

    /// The content of a file, past any handling of colour.
    pub(crate) fn raw(&self, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) {
        let mut out = io::BufWriter::new(io::stdout());
        self.settle(write(&mut out).and_then(|()| out.flush()));
    }

    /// A reader who has gone has seen enough: nothing more is written then, and nothing said about it. Anything else is kept
    /// for the end.
    fn settle(&self, written: io::Result<()>) {
        if let Err(e) = written {
            self.closed.store(true, Ordering::Relaxed);
            if e.kind() != io::ErrorKind::BrokenPipe {
                // The first failure is the cause of any later one.
                let _ = self.failure.set(faultline_api::disk::reason(&e));
            }
        }
    }

    /// Whether the result could not be written to standard output.
    pub(crate) fn failure(&self) -> Option<Refusal> {
        self.failure.get().map(|reason| Refusal::write(format!("standard output was not written: {reason}")))
    }

    /// A remark beside the result.
    pub(crate) fn note(&self, line: impl Display) {
        if !self.quiet {
            // Nobody can be told that standard error is closed.
            let _ = writeln!(anstream::stderr(), "{line}");
        }
    }

    /// A remark for those who want to know more.
    pub(crate) fn detail(&self, line: impl Display) {
        if self.verbose {
            self.note(line);
        }
    }

    /// Why something was not done; for machines also on standard output.
    pub(crate) fn refuse(&self, refusal: &Refusal) {
        if self.json {
            // What cannot be written here is said below all the same.
            let _ = self.answer(refusal);
        }
        self.complain(refusal);
    }

    /// Why something was not done, on standard error.
    pub(crate) fn complain(&self, refusal: &Refusal) {
        let lines = std::iter::once(&refusal.message).chain(&refusal.details);
        let clean = lines.map(|line| plain(line)).collect::<Vec<_>>().join("\n  ");
        let _ = writeln!(anstream::stderr(), "{RED}error:{RESET} {clean}");
    }

    /// Whether a progress bar makes sense.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }
}

/// Columns as wide as needed; the last one is not padded.
fn aligned(rows: &[Vec<String>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter(|row| c + 1 < row.len()).map(|row| row[c].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let pad = |(c, cell): (usize, &String)| format!("{cell}{}", " ".repeat(widths[c].saturating_sub(cell.chars().count())));
    rows.iter().map(|row| row.iter().enumerate().map(pad).collect::<Vec<_>>().join("  ").trim_end().to_owned()).collect()
}

/// Text from a file, on one line and without control characters.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
