//! Lists: scenarios, levers, uncertainties, indicators, evidence.

use faultline_api::Refusal;
use faultline_api::evidence::{Evidence, Figure};
use faultline_api::words::number;
use faultline_api::{charts, lists};

use crate::options::EvidenceArgs;
use crate::terminal::{Terminal, plain};

pub(super) fn scenarios(terminal: &Terminal) -> Result<(), Refusal> {
    let scenarios = lists::scenarios()?;
    if terminal.json {
        return terminal.answer(&scenarios);
    }
    terminal.listing(&scenarios.into_iter().map(|s| vec![s.id, s.name, s.gist]).collect::<Vec<_>>());
    Ok(())
}

pub(super) fn levers(terminal: &Terminal) -> Result<(), Refusal> {
    let levers = lists::levers()?;
    if terminal.json {
        return terminal.answer(&levers);
    }
    for lever in levers {
        let today: Vec<String> = lever.today.iter().map(|(slot, value)| format!("{slot} {value}")).collect();
        terminal.heading(format!("{} — {}", lever.id, lever.name));
        terminal.say(format!("  {}", lever.reading));
        terminal.say(format!("  {} to {} {}; one value per {}", lever.low, lever.high, lever.unit, lever.per));
        terminal.say(format!("  decoupling {} · today {} · cooperation {}", lever.decoupling, today.join(", "), lever.cooperation));
    }
    terminal.say("\nThe master slider “cooperation” (0 to 1) moves all levers between decoupling and cooperation; no lever passes today in the wrong direction.");
    Ok(())
}

pub(super) fn uncertainties(terminal: &Terminal) -> Result<(), Refusal> {
    let uncertainties = lists::uncertainties()?;
    if terminal.json {
        return terminal.answer(&uncertainties);
    }
    for uncertainty in uncertainties {
        terminal.heading(format!("{} — {}", uncertainty.id, uncertainty.name));
        terminal.say(format!("  {}", uncertainty.reading));
        for value in uncertainty.values {
            let domain = value.key.rsplit('.').next().filter(|part| *part != uncertainty.id).map_or(String::new(), |d| format!("{d}: "));
            let flag = if value.unverified.is_empty() { "" } else { " · UNVERIFIED figure" };
            terminal.say(format!(
                "  {domain}{} ({} to {}) {} · {}{flag} · {}",
                value.value, value.low, value.high, value.unit, value.grade, value.source
            ));
        }
    }
    Ok(())
}

pub(super) fn indicators(terminal: &Terminal) -> Result<(), Refusal> {
    let indicators = lists::indicators();
    if terminal.json {
        return terminal.answer(&indicators);
    }
    for i in indicators {
        terminal.heading(format!("{} — {}", i.id, i.name));
        terminal.say(format!("  {}", i.reading));
        let high = i.high.map_or_else(|| "no upper end".to_owned(), number);
        let low = if i.low.is_finite() { number(i.low) } else { "no lower end".to_owned() };
        terminal.say(format!("  {} · {low} to {high} · {}", i.unit, i.formula));
    }
    Ok(())
}

pub(super) fn charts(terminal: &Terminal) -> Result<(), Refusal> {
    let charts = charts::list();
    if terminal.json {
        return terminal.answer(&charts);
    }
    for chart in charts {
        terminal.heading(format!("{} — {}", chart.id, chart.name));
        terminal.say(format!("  {}", chart.question));
        terminal.say(format!("  {}", chart.how_to_read));
    }
    Ok(())
}

pub(super) fn evidence(options: &EvidenceArgs, terminal: &Terminal) -> Result<(), Refusal> {
    let evidence = Evidence::embedded();
    let Some(key) = &options.key else {
        if terminal.json {
            return terminal.answer(&evidence.all());
        }
        // Keys and units are of all lengths: in columns, the longest would push the others off the screen.
        for figure in evidence.all() {
            terminal.heading(&figure.key);
            let parts = [flag(figure), &figure.what].into_iter().filter(|part| !part.is_empty());
            terminal.say(parts.fold(format!("  {} {}", figure.value, figure.unit), |line, part| format!("{line} · {part}")));
        }
        return Ok(());
    };
    let key = key.strip_prefix("evidence:").unwrap_or(key);
    let Some(figure) = evidence.find(key) else {
        let hint = evidence.nearest(key).map_or_else(|| "`faultline evidence` lists all".to_owned(), |near| format!("Did you mean {near}?"));
        return Err(Refusal::input(format!("there is no figure “{}”. {hint}", plain(key))));
    };
    if terminal.json {
        return terminal.answer(figure);
    }
    print(figure, terminal);
    Ok(())
}

fn flag(figure: &Figure) -> &'static str {
    if figure.unverified() { "UNVERIFIED" } else { "" }
}

fn print(figure: &Figure, terminal: &Terminal) {
    terminal.heading(format!("{} {}", figure.value, figure.unit));
    if figure.unverified() {
        terminal.say("UNVERIFIED: nobody has read this in a source page; treat it as a memory.");
    }
    let rows = [
        ("what", &figure.what),
        ("year", &figure.year),
        ("where", &figure.geography),
        ("source", &figure.source),
        ("publisher", &figure.publisher),
        ("address", &figure.address),
        ("status", &figure.status),
        ("basis", &figure.basis),
        ("note", &figure.note),
        ("key", &figure.key),
    ];
    terminal
        .table(&rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| vec![name.to_owned(), text.clone()]).collect::<Vec<_>>());
}
