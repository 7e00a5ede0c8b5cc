//! `hindcast`: a contest of the past, fitted on its first years and held against the later ones.

use faultline_api::hindcast::{self, CardPage, Wish};
use faultline_api::{Refusal, disk};

use super::classic::ending;

use crate::options::Hindcast;
use crate::terminal::{Terminal, plain};

pub(super) fn hindcast(options: &Hindcast, terminal: &Terminal) -> Result<(), Refusal> {
    let Some(episode) = &options.episode else { return list(terminal) };
    let wish = Wish { draws: options.draws.clone(), keep: options.keep.clone(), seed: options.seed.clone() };
    let card = match &options.out {
        None => hindcast::play(episode, &wish)?,
        Some(out) => {
            disk::check_file_target(out, options.force)?;
            let (card, chart) = hindcast::draw(episode, &wish, &ending(out), false)?;
            disk::write_file(out, &chart, options.force)?;
            terminal.note(format!("{} written", out.display()));
            card
        }
    };
    if terminal.json {
        return terminal.answer(&card);
    }
    print(&card, terminal);
    Ok(())
}

fn list(terminal: &Terminal) -> Result<(), Refusal> {
    let episodes = hindcast::list()?;
    if terminal.json {
        return terminal.answer(&episodes);
    }
    let row = |e: hindcast::EpisodeLine| vec![e.id, e.name, format!("{} observations, fitted until {}", e.observations, e.fit_until)];
    terminal.listing(&episodes.into_iter().map(row).collect::<Vec<_>>());
    Ok(())
}

fn print(card: &CardPage, terminal: &Terminal) {
    terminal.heading(&card.name);
    terminal.say(&card.story);
    terminal.say(format!(
        "\nFitted until {}, held back after it. {} draws from the priors, the {} nearest kept, seed {}.",
        card.fit_until, card.draws, card.kept, card.seed
    ));
    terminal.heading("\nHits and misses");
    terminal.say(&card.verdict);
    let head = ["market", "observations held back", "model", "persistence", "proportional", "within the band"].map(str::to_owned).to_vec();
    let score = |s: &hindcast::ScorePage| {
        let proportional = s.proportional.map_or_else(|| "–".to_owned(), |p| format!("{p:.3}"));
        vec![
            plain(&s.market),
            s.observations.to_string(),
            format!("{:.3}", s.model),
            format!("{:.3}", s.persistence),
            proportional,
            format!("{} of {}", s.hits, s.of),
        ]
    };
    terminal.table(&std::iter::once(head).chain(card.scores.iter().map(score)).collect::<Vec<_>>());
    terminal.say(format!(
        "Mean absolute error of shares; in the fitted years {:.3}. Elsewhere: markets never fitted, against equal shares.",
        card.error_fitted
    ));
    terminal.heading("\nWhat the data say of the parameters");
    for p in &card.parameters {
        let word = if p.identified { "" } else { " — NOT IDENTIFIED by these data" };
        let [low, middle, high] = p.posterior;
        terminal.say(format!(
            "{}: {middle:.3} ({low:.3} to {high:.3}), prior {} to {}, width {:.2} of the prior{word}",
            plain(&p.key),
            p.prior.0,
            p.prior.1,
            p.width
        ));
    }
    card.bound_together.iter().for_each(|pair| terminal.say(format!("identified only together: {}", plain(pair))));
    terminal.heading("\nAssumed");
    card.assumed.iter().for_each(|(key, value, why)| terminal.say(format!("{} = {value}: {}", plain(key), plain(why))));
    terminal.heading("\nShares");
    let head = ["market", "date", "standard", "part", "seen", "5 %", "50 %", "95 %", ""].map(str::to_owned).to_vec();
    let point = |p: &hindcast::PointPage| {
        let share = |x: f64| format!("{x:.3}");
        let word = if p.part == "start" {
            ""
        } else if p.hit {
            "hit"
        } else {
            "MISS"
        };
        vec![
            plain(&p.market),
            plain(&p.date),
            plain(&p.standard),
            p.part.to_owned(),
            share(p.seen),
            share(p.band[0]),
            share(p.band[1]),
            share(p.band[2]),
            word.to_owned(),
        ]
    };
    terminal.table(&std::iter::once(head).chain(card.points.iter().map(point)).collect::<Vec<_>>());
    terminal.heading("\nSources");
    for s in &card.sources {
        let note = if s.note.is_empty() { String::new() } else { format!(" — {}", plain(&s.note)) };
        terminal.say(format!("{} ({}): {}{note}", plain(&s.source), plain(&s.status), plain(&s.dates.join(", "))));
    }
}
