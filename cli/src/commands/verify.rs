//! `verify`: make a result again and say whether it, and the files beside its record, are the same.

use std::path::Path;

use faultline_api::ask::whole_number;
use faultline_api::jobs::Watch;
use faultline_api::provenance::{MAX_FILE, Provenance};
use faultline_api::{Refusal, disk, verify as again};

use crate::options::Verify;
use crate::progress::{bar, cancelled};
use crate::terminal::{Ending, Terminal};

pub(super) fn verify(options: &Verify, terminal: &Terminal) -> Result<Ending, Refusal> {
    let threads = whole_number("--threads", options.threads.as_deref(), (1, 1024))?;
    let provenance = Provenance::from_json(&disk::read_text(&options.file, MAX_FILE)?)?;
    let bar = bar(terminal, provenance.seeds.len() * provenance.scenarios.len());
    let progress = |done: usize| bar.set_position(bar.position().max(done as u64));
    let verdict =
        again::verify(&provenance, options.file.parent().unwrap_or(Path::new("")), threads, Watch { cancel: cancelled(), progress: &progress });
    bar.finish_and_clear();
    let verdict = verdict?;
    if terminal.json {
        terminal.answer(&verdict)?;
    } else {
        terminal.say(&verdict.sentence);
    }
    Ok(if verdict.identical { Ending::Done } else { Ending::Differs })
}
