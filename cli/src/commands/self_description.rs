//! What the command says of itself: completions and the manual, both read off the options.

use clap::CommandFactory;
use faultline_api::Refusal;

use crate::options::{Completions, EXIT_CODES, Options};
use crate::terminal::Terminal;

pub(super) fn completions(options: &Completions, terminal: &Terminal) -> Result<(), Refusal> {
    if terminal.json {
        return Err(Refusal::input("completions are a script for a shell. Leave out --json"));
    }
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Options::command(), "faultline", &mut script);
    terminal.raw(|out| out.write_all(&script));
    Ok(())
}

/// The manual: the command, then each of its commands.
pub(super) fn manual(terminal: &Terminal) -> Result<(), Refusal> {
    if terminal.json {
        return Err(Refusal::input("the manual is a page for man. Leave out --json"));
    }
    let failed = |e: std::io::Error| Refusal::failed(format!("the manual could not be made: {e}"));
    let mut command = Options::command().after_help("");
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(failed)?;
    page.extend_from_slice(b".SH \"EXIT CODES AND INPUT\"\n.nf\n");
    page.extend_from_slice(EXIT_CODES.replace('-', "\\-").as_bytes());
    page.extend_from_slice(b"\n.fi\n");
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        page.extend_from_slice(format!(".SH \"COMMAND {}\"\n", sub.get_name().to_uppercase()).as_bytes());
        let man = clap_mangen::Man::new(sub.clone());
        man.render_synopsis_section(&mut page).map_err(failed)?;
        man.render_description_section(&mut page).map_err(failed)?;
        man.render_options_section(&mut page).map_err(failed)?;
    }
    terminal.raw(|out| out.write_all(&page));
    Ok(())
}
