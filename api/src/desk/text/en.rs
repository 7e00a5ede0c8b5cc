//! English.

use super::Outcome;

pub(super) fn placed(name: &str, parts: &[String]) -> String {
    if parts.is_empty() { name.to_owned() } else { format!("{name}, {}", parts.join(", ")) }
}

pub(super) fn moved(name: &str, from: &str, to: &str) -> String {
    format!("{name} {from}→{to}")
}

pub(super) fn many_moved(choices: usize, assumptions: usize) -> String {
    let part = |n: usize, noun: &str| (n > 0).then(|| crate::words::count(n, noun));
    let parts: Vec<String> = part(choices, "choice").into_iter().chain(part(assumptions, "assumption")).collect();
    format!("{} changed", parts.join(" and "))
}

pub(super) fn finding(changes: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Future { kind, from, to } => {
            format!("With {changes}, {} runs go from {from} to {to} of 100 under these assumptions.", attribute(kind))
        }
        Outcome::Level { name, from, to, agreement, higher } => {
            let direction = if *higher { "higher" } else { "lower" };
            format!(
                "With {changes}, {} goes from {from} to {to}: {direction} in {agreement} of 100 pairs of runs under these assumptions.",
                lower(name)
            )
        }
        Outcome::TooFew { pairs, needed } => {
            format!("With {changes}, {pairs} pairs of runs are too few to say what changes; take {needed} or more.")
        }
        Outcome::Unclear { agreement } => {
            format!("With {changes}, no clear difference: only {agreement} of 100 pairs of runs agree under these assumptions.")
        }
    }
}

pub(super) fn same_inputs(futures: &[(&'static str, usize)]) -> String {
    let parts: Vec<String> = futures.iter().map(|(kind, n)| format!("{} in {n}", future(kind))).collect();
    format!("Same inputs as the baseline. Of 100 runs under these assumptions: {}.", parts.join(", "))
}

pub(super) fn future(kind: &str) -> String {
    match kind {
        "single-market" => "single market",
        "common-core" => "common core",
        "bridge" => "bridge",
        "two-blocs" => "two blocs",
        _ => "full split",
    }
    .to_owned()
}

/// A future before the noun “runs”.
fn attribute(kind: &str) -> String {
    future(kind).replace(' ', "-")
}

pub(super) fn agreement(higher: bool, of_100: &str) -> String {
    format!("{} in {of_100}", if higher { "higher" } else { "lower" })
}

pub(super) fn all_equal() -> String {
    "all equal".to_owned()
}

pub(super) fn not_distinguishable(further_runs: Option<usize>) -> String {
    match further_runs {
        Some(more) => format!("not distinguishable from 0; about {more} more runs would decide"),
        None => "not distinguishable from 0".to_owned(),
    }
}

pub(super) fn part_choices() -> String {
    "choices".to_owned()
}

pub(super) fn part_assumptions() -> String {
    "assumptions".to_owned()
}

pub(super) fn part_interaction() -> String {
    "interaction of both".to_owned()
}

pub(super) fn part_total() -> String {
    "whole difference".to_owned()
}

pub(super) fn why(name: &str, quarter: &str, difference: &str, percent: [i32; 3]) -> String {
    let [choices, assumptions, interaction] = percent.map(|p| p.to_string().replace('-', "−"));
    format!(
        "Of the difference in {} in {quarter} ({difference}), {choices} % comes from choices, {assumptions} % from assumptions and {interaction} % from both together, under these assumptions.",
        lower(name)
    )
}

pub(super) fn why_unclear(name: &str, quarter: &str, further_runs: Option<usize>) -> String {
    let more = further_runs.map_or(String::new(), |n| format!(" About {n} more runs would decide."));
    format!("The difference in {} in {quarter} cannot be told from 0, so it is not split into per cent.{more}", lower(name))
}

pub(super) fn why_same() -> String {
    "The two scenarios have the same inputs, so there is nothing to explain.".to_owned()
}

pub(super) fn merged(inputs: usize, groups: usize) -> String {
    format!("{inputs} changed inputs are put together into {groups} groups by heading, because an exact split needs every combination.")
}

pub(super) fn other_inputs() -> String {
    "Other inputs".to_owned()
}

pub(super) fn events() -> String {
    "Dated events".to_owned()
}

pub(super) fn structure() -> String {
    "Structural switches".to_owned()
}

pub(super) fn numbers() -> String {
    "Other numbers".to_owned()
}

pub(super) fn none() -> String {
    "none".to_owned()
}

/// A name inside a sentence.
fn lower(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

pub(super) fn opening_title() -> String {
    "Cooperation vs Decoupling".to_owned()
}

pub(super) fn no_domain(domain: &str, known: &str) -> String {
    format!("The scenarios have no domain “{domain}”. Choose all domains or one of: {known}.")
}

pub(super) fn out_of_domain(typed: &str, domain: &str) -> String {
    format!("“{typed}” is not possible here: {domain}")
}

pub(super) fn scenario(id: &str) -> String {
    match id {
        "today-extended" => "Today extended",
        "common-ground" => "Common ground",
        "decoupling" => "Decoupling",
        other => other,
    }
    .to_owned()
}
