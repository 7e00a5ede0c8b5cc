//! The comparison in plain words: what was run, what differs, how sure one can be, and what the numbers cannot carry.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use faultline_models::findings::{Clarity, FEW_PAIRS, PairedDifference, paired};
use faultline_models::layout::Entity;
use faultline_models::scenario::{Grade, Scenario};
use faultline_models::split::change_split;

use crate::charts::Picture;
use crate::compare::{Comparison, Difference};
use crate::embedded::BASELINE;
use crate::evidence::Evidence;
use crate::outcome;
use crate::scenarios::Loaded;
use crate::words::{count, number, of_100, signed};

/// Text from a file, safe inside Markdown: on one line, and nothing in it is read as markup.
fn plain(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' | '<' | '>' | '!' | '~') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// The summary as Markdown, with the charts that lie beside it.
pub fn markdown(comparison: &Comparison, pictures: &[(String, Picture)]) -> String {
    let mut text = String::new();
    let base = &comparison.ensembles[0].scenario;
    let names: Vec<String> = comparison.loaded.iter().skip(1).map(|l| plain(&l.scenario.name)).collect();
    let _ = writeln!(text, "# {}{}\n", plain(&base.name), names.iter().fold(String::new(), |all, name| all + " · " + name));
    let against = if names.is_empty() {
        String::new()
    } else {
        format!("; each further scenario is compared with **{}**, run by run under the same chances", plain(&base.name))
    };
    let _ = writeln!(
        text,
        "{} per scenario, {} to {}{against}. Everything below is about *runs under these assumptions*; it is not a forecast.\n",
        comparison.runs_label(),
        base.calendar.start,
        base.calendar.end(),
    );
    if comparison.runs().0 < comparison.runs().1 {
        let _ = writeln!(text, "> **Stopped early:** all figures use the {} that were done.\n", comparison.runs_label());
    }
    for note in outcome::notes(comparison) {
        let _ = writeln!(text, "> **Begun later:** {}\n", plain(&note));
    }
    in_short(&mut text, comparison);
    first_picture(&mut text, pictures);
    for index in 0..comparison.ensembles.len() {
        scenario_section(&mut text, comparison, index);
    }
    confidence(&mut text, comparison);
    inputs(&mut text, comparison);
    limits(&mut text, comparison);
    files(&mut text, pictures);
    let _ = writeln!(
        text,
        "\nModel {} · seeds {} to {} · rebuild with `provenance.json`.",
        faultline_models::MODEL_VERSION,
        comparison.seed,
        u64::from(comparison.seed) + comparison.runs().1.max(1) as u64 - 1
    );
    text
}

/// What a hurried reader takes along: where the runs end, and the first difference of each scenario.
fn in_short(text: &mut String, comparison: &Comparison) {
    let base = plain(&comparison.loaded[0].scenario.name);
    let _ = writeln!(text, "## In short\n");
    let _ = writeln!(text, "- **{base}** ends as {}.", futures(comparison, 0));
    for index in 1..comparison.ensembles.len() {
        let name = plain(&comparison.loaded[index].scenario.name);
        let first = comparison.headlines(index).first().map_or_else(String::new, |d| format!(" {}", sentence(d, &name, &base)));
        let _ = writeln!(text, "- **{name}** ends as {}.{first}", futures(comparison, index));
    }
    let _ = writeln!(text, "\nHow sure one can be of this, and what a critic would say, stands at the end.\n");
}

/// The first chart, where the eye falls.
fn first_picture(text: &mut String, pictures: &[(String, Picture)]) {
    if let Some((name, picture)) = pictures.first() {
        let _ = writeln!(text, "![{}](charts/{name}.svg)\n", plain(picture.title()));
    }
}

/// What lies beside the summary.
fn files(text: &mut String, pictures: &[(String, Picture)]) {
    let _ = writeln!(text, "\n## What else is here\n");
    let _ = writeln!(text, "- `headlines.csv`: the headline figures in every quarter, for a spreadsheet.");
    let _ = writeln!(text, "- `results.csv`: every indicator, entity, domain and quarter, for programs; too long for some spreadsheets.");
    let _ = writeln!(
        text,
        "- `provenance.json`: what it takes to make all this again; `faultline verify provenance.json` says whether it comes out the same."
    );
    let _ = writeln!(text, "- `charts/`, each as SVG, PNG and PDF:");
    for (name, picture) in pictures {
        let _ = writeln!(text, "  - [{name}](charts/{name}.svg): {}", plain(picture.title()));
    }
}

fn scenario_section(text: &mut String, comparison: &Comparison, index: usize) {
    let scenario = &comparison.ensembles[index].scenario;
    let _ = writeln!(text, "## {}\n", plain(&scenario.name));
    let set: Vec<String> = comparison.loaded[index].adjust.overrides.iter().map(|o| format!("{} = {}", plain(&o.key), o.value)).collect();
    if !set.is_empty() {
        let _ = writeln!(text, "*As the scenario tells it, but for what was set for these runs: {}.*\n", set.join(", "));
    }
    for paragraph in &scenario.story {
        let _ = writeln!(text, "{}\n", plain(paragraph));
    }
    let _ = writeln!(text, "**Where {} end in {}:** {}.\n", comparison.runs_label(), scenario.calendar.end(), futures(comparison, index));
    if index == 0 {
        baseline_figures(text, comparison);
    } else {
        differences(text, comparison, index);
        who(text, comparison, index);
        split(text, comparison, index);
    }
}

/// Futures per 100 runs, most frequent first.
fn futures(comparison: &Comparison, index: usize) -> String {
    let lines = outcome::futures(comparison, index);
    lines.into_iter().map(|line| format!("{} in {} of 100", plain(&line.name), line.of_100)).collect::<Vec<_>>().join(", ")
}

fn baseline_figures(text: &mut String, comparison: &Comparison) {
    let (ensemble, findings) = (&comparison.ensembles[0], &comparison.findings[0]);
    let row = ensemble.rows() - 1;
    let _ = writeln!(text, "| {} | mean | middle 90 % of runs | unit |\n|---|---|---|---|", ensemble.scenario.calendar.end());
    for id in crate::compare::HEADLINES {
        for at in ensemble.layout.of(id).filter(|at| ensemble.layout.columns[*at].domain.is_none()) {
            let column = &ensemble.layout.columns[at];
            let Some(indicator) = faultline_models::indicators::Indicator::find(id) else { continue };
            let s = findings.at(row, at);
            let who = column.entity.label(&ensemble.scenario);
            let _ = writeln!(
                text,
                "| {}, {} | {} ± {} | {} to {} | {} |",
                indicator.name,
                plain(&who),
                number(s.mean),
                number(s.half_width()),
                number(s.quantiles[0]),
                number(s.quantiles[4]),
                indicator.unit
            );
        }
    }
    let _ = writeln!(text, "\n“±” is the half-width of the 95 % interval of the mean: how far the mean may move with other seeds.\n");
}

fn differences(text: &mut String, comparison: &Comparison, index: usize) {
    let base = plain(&comparison.ensembles[0].scenario.name);
    let quarter = comparison.ensembles[0].scenario.calendar.quarter(comparison.last_row(index));
    let headlines = comparison.headlines(index);
    let _ = writeln!(text, "| {quarter} | {base} | this | difference | runs agreeing | |\n|---|---|---|---|---|---|");
    for d in &headlines {
        let who = d.column.entity.label(&comparison.ensembles[index].scenario);
        let s = &d.paired.statistics;
        let _ = writeln!(
            text,
            "| {}, {} | {} | {} | {} ± {} | {} | {} |",
            d.indicator.name,
            plain(&who),
            number(d.baseline),
            number(d.scenario),
            signed(s.mean),
            number(s.half_width()),
            agreement(&d.paired),
            caution(d),
        );
    }
    text.push('\n');
}

/// Who bears it: what changes per bloc and for the rest in cost, access and surplus.
fn who(text: &mut String, comparison: &Comparison, index: usize) {
    let (base, ensemble) = (&comparison.ensembles[0], &comparison.ensembles[index]);
    let mut rows = String::new();
    for id in ["compliance-cost", "market-access", "consumer-surplus"] {
        let Some(indicator) = faultline_models::indicators::Indicator::find(id) else { continue };
        for at in ensemble.layout.of(id).filter(|at| ensemble.layout.columns[*at].domain.is_none()) {
            let column = &ensemble.layout.columns[at];
            let Some(before) = base.layout.find(id, &column.entity, None).filter(|_| column.entity != Entity::World) else { continue };
            let difference = paired(base, ensemble, comparison.last_row(index), (before, at));
            let s = difference.statistics;
            if s.n == 0 {
                continue;
            }
            let agreeing = agreement(&difference);
            let who = plain(&column.entity.label(&ensemble.scenario));
            let _ =
                writeln!(rows, "| {}, {who} | {} ± {} | {agreeing} | {} |", indicator.name, signed(s.mean), number(s.half_width()), indicator.unit);
        }
    }
    if !rows.is_empty() {
        let _ = writeln!(text, "**Who bears it:**\n\n| | difference | runs agreeing | unit |\n|---|---|---|---|\n{rows}");
    }
}

/// One sentence on a difference; its strength follows the share of runs that agree.
pub fn sentence(d: &Difference, scenario: &str, base: &str) -> String {
    let name = d.indicator.name.to_lowercase();
    let direction = if d.paired.statistics.mean >= 0.0 { "higher" } else { "lower" };
    match d.paired.clarity() {
        _ if d.paired.share_higher == 0.0 && d.paired.share_lower == 0.0 => {
            format!("In all pairs of runs {name} is exactly the same in {scenario} as in {base}.")
        }
        Clarity::Clear => format!(
            "Under these assumptions {name} is {direction} in {scenario} than in {base} in {} pairs of runs: {} against {} on average.",
            of_100(d.paired.agreement()),
            number(d.scenario),
            number(d.baseline)
        ),
        Clarity::Tendency => {
            format!("In {scenario}, {name} tends to be {direction} than in {base}: {} pairs of runs agree.", of_100(d.paired.agreement()))
        }
        Clarity::None if d.paired.statistics.n < FEW_PAIRS => format!(
            "{} pairs of runs are too few to say which way {name} goes from {base} to {scenario}; take {FEW_PAIRS} or more.",
            d.paired.statistics.n
        ),
        Clarity::None => {
            format!("No clear difference in {name} between {scenario} and {base}: only {} pairs of runs agree.", of_100(d.paired.agreement()))
        }
    }
}

/// How many pairs agree, and in which direction.
fn agreement(p: &PairedDifference) -> String {
    if p.share_higher == 0.0 && p.share_lower == 0.0 {
        return "all equal".to_owned();
    }
    let direction = if p.share_higher >= p.share_lower { "higher" } else { "lower" };
    format!("{direction} in {}", of_100(p.agreement()))
}

/// A warning where the difference cannot be told from nothing.
fn caution(d: &Difference) -> String {
    if d.paired.distinguishable() || d.paired.statistics.mean == 0.0 || d.paired.statistics.n < 2 {
        return String::new();
    }
    match d.paired.further_runs() {
        Some(more) => format!("not distinguishable from 0; about {more} more runs would decide, if the mean stays"),
        None => "not distinguishable from 0".to_owned(),
    }
}

fn split(text: &mut String, comparison: &Comparison, index: usize) {
    let row = comparison.last_row(index);
    let Some(split) = change_split(&comparison.ensembles[0], &comparison.ensembles[index], row) else { return };
    let mean = |p: &faultline_models::findings::PairedDifference| signed(p.statistics.mean);
    let _ = writeln!(
        text,
        "Of the difference in fragmentation ({}), {} comes from what the texts say, {} from mutual recognition and {} from which standards are in use (an exact split per pair of runs).\n",
        mean(&split.total),
        mean(&split.texts),
        mean(&split.recognition),
        mean(&split.usage)
    );
}

fn confidence(text: &mut String, comparison: &Comparison) {
    let _ = writeln!(text, "## How sure can one be?\n");
    let (done, _) = comparison.runs();
    let _ = writeln!(
        text,
        "- A share of runs such as “60 of 100” has a half-width of about {} of 100 with {}; 385 runs bring it to 5 whatever the share.",
        (98.0 / (done.max(1) as f64).sqrt()).ceil(),
        comparison.runs_label()
    );
    let _ = writeln!(
        text,
        "- Differences are taken between runs that met the same chances, so they are sharper than the two bands beside each other suggest."
    );
    let mut open = 0;
    for index in 1..comparison.ensembles.len() {
        for d in comparison.headlines(index).iter().filter(|d| !caution(d).is_empty()) {
            open += 1;
            let who = d.column.entity.label(&comparison.ensembles[index].scenario);
            let _ = writeln!(text, "- {}: {}, {}: {}.", plain(&comparison.ensembles[index].scenario.name), d.indicator.name, plain(&who), caution(d));
        }
    }
    if open == 0 && comparison.ensembles.len() > 1 {
        let _ = writeln!(text, "- Every headline difference above can be told from 0 at 95 %, or is exactly 0.");
    }
    let _ = writeln!(
        text,
        "- The bands hold the spread over chance only. The assumptions themselves are not varied here: with `--set` any of them can be moved within its range.\n"
    );
}

fn inputs(text: &mut String, comparison: &Comparison) {
    let _ = writeln!(text, "## What goes in\n");
    let mut grades: BTreeMap<Grade, usize> = BTreeMap::new();
    for entry in &comparison.loaded[0].scenario.ledger {
        *grades.entry(entry.quantity.grade).or_default() += 1;
    }
    let parts: Vec<String> = grades.iter().map(|(grade, n)| format!("{n} {}", grade.word())).collect();
    let _ = writeln!(
        text,
        "Numbers in the baseline by evidence grade: {}. Every one has its unit, range and source in `faultline show {} --all`.\n",
        parts.join(", "),
        comparison.loaded[0].scenario.id
    );
    for loaded in &comparison.loaded {
        changes(text, loaded);
    }
    unverified(text, comparison);
}

/// What a scenario changes over time, and the numbers that were set for this comparison.
fn changes(text: &mut String, loaded: &Loaded) {
    let scenario = &loaded.scenario;
    let mut lines: Vec<String> =
        scenario.moves.iter().map(|m| format!("{}: {} ({})", plain(&move_words(m, scenario)), plain(&m.because), m.grade.word())).collect();
    let set = scenario.ledger.iter().filter(|entry| entry.set_by != BASELINE);
    lines.extend(set.map(|entry| {
        let q = &entry.quantity;
        format!("{} = {} {}: {} ({})", plain(&entry.key), q.value, plain(&q.unit), plain(&q.source), q.grade.word())
    }));
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "**{}** sets or changes:\n", plain(&scenario.name));
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
    text.push('\n');
}

fn unverified(text: &mut String, comparison: &Comparison) {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for loaded in &comparison.loaded {
        for (key, figure) in Evidence::embedded().unverified_in(&loaded.scenario) {
            let users = seen.entry(format!("{} = {} {}", figure.key, figure.value, figure.unit)).or_default();
            if !users.contains(&key) {
                users.push(key);
            }
        }
    }
    if seen.is_empty() {
        return;
    }
    let _ = writeln!(text, "⚠ **Unverified figures** (not read in a source page) stand behind:\n");
    for (figure, users) in seen {
        let shown = users.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = if users.len() > 3 { format!(" and {}", count(users.len() - 3, "more number")) } else { String::new() };
        let _ = writeln!(text, "- {} — used in {shown}{more}", plain(&figure));
    }
    text.push('\n');
}

/// A move in words: “home-mandate (EU) to 0.9 from 2027Q1 over 8 quarters”.
pub fn move_words(m: &faultline_models::scenario::Move, scenario: &Scenario) -> String {
    let blocs: Vec<&str> = m.blocs.iter().map(|b| scenario.blocs[*b].id.as_str()).collect();
    let mut whom: Vec<String> = blocs.into_iter().map(str::to_owned).collect();
    whom.extend(m.pair.map(|(a, b)| format!("{}–{}", scenario.blocs[a].id, scenario.blocs[b].id)));
    whom.extend(m.domain.map(|d| scenario.domains[d].id.clone()));
    let whom = if whom.is_empty() { String::new() } else { format!(" ({})", whom.join(", ")) };
    let how = if m.over == 0 { "at once".to_owned() } else { format!("over {}", count(m.over as usize, "quarter")) };
    format!("{}{whom} to {} from {} {how}", m.lever, m.to, m.from)
}

fn limits(text: &mut String, comparison: &Comparison) {
    let _ = writeln!(
        text,
        "## What these numbers cannot carry\n
- The *level* of fragmentation hangs on how fast compatibility falls with distance (`compatibility-distance`) and how far apart the blocs’ aims are put (`ideal-spread`). Compare scenarios; do not quote the level.
- Which assumptions these results turn on is not shown here: move them with `--set` (`tension-bite` and `tension-feedback` first) and compare. What the model does in general, with the runs behind it, stands in its documentation (docs/model.md).
- The trade read-out has one number fitted to one published figure; it feeds back into nothing.
- Most numbers are assumptions of the modellers, marked as such. The blocs are drawn with the same equations; no one is the good or the bad one."
    );
    for (index, loaded) in comparison.loaded.iter().enumerate() {
        if outcome::futures(comparison, index).len() == 1 {
            let name = plain(&loaded.scenario.name);
            let _ = writeln!(text, "- All runs of {name} end alike because only chance varies between them; that does not make the end certain.");
        }
    }
}
