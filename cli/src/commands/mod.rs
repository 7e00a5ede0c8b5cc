//! What each command does: asks the api and prints the answer.

mod bench;
mod chart;
mod classic;
mod ensemble;
mod export;
mod hindcast;
mod lists;
mod metrics;
mod results;
mod self_description;
mod show;
mod study;
mod verify;

use faultline_api::Refusal;

use crate::options::Command;
use crate::terminal::{Ending, Terminal};

/// Does a command.
pub(crate) fn act(command: &Command, terminal: &Terminal) -> Result<Ending, Refusal> {
    match command {
        Command::List => done(lists::scenarios(terminal)),
        Command::Show(options) => done(show::show(options, terminal)),
        Command::Check(options) => show::check(options, terminal),
        Command::Run(options) => results::run(options, terminal),
        Command::Compare(options) => results::compare(options, terminal),
        Command::Chart(options) => chart::chart(options, terminal),
        Command::Classic(options) => done(classic::classic(options, terminal)),
        Command::Charts => done(lists::charts(terminal)),
        Command::Export(options) => export::export(options, terminal),
        Command::Evidence(options) => done(lists::evidence(options, terminal)),
        Command::Hindcast(options) => done(hindcast::hindcast(options, terminal)),
        Command::Indicators => done(lists::indicators(terminal)),
        Command::Levers => done(lists::levers(terminal)),
        Command::Uncertainties => done(lists::uncertainties(terminal)),
        Command::Metrics(options) => done(metrics::metrics(options, terminal)),
        Command::Study(options) => study::study(options, terminal),
        Command::Verify(options) => verify::verify(options, terminal),
        Command::Bench(options) => done(bench::bench(options, terminal)),
        Command::Completions(options) => done(self_description::completions(options, terminal)),
        Command::Man => done(self_description::manual(terminal)),
    }
}

fn done(result: Result<(), Refusal>) -> Result<Ending, Refusal> {
    result.map(|()| Ending::Done)
}
