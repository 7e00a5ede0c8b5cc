//! Titles through their gate, footers and alternative texts.

use faultline_models::findings::{Clarity, PairedDifference};

use super::Request;
use crate::chart::number;

/// Longest alternative text, in characters.
const ALT: usize = 600;

/// Longest name of a scenario inside a sentence, in characters.
const NAME: usize = 40;

/// What a takeaway title may say of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The title.
    pub title: String,
    /// Runs of 100 that agree.
    pub agreement: usize,
}

impl Gate {
    /// The title for the difference of a measure: at least 90 of 100 pairs of runs agree, 66 to 89, or fewer.
    pub fn of(measure: &str, scenario: &str, difference: &PairedDifference) -> Gate {
        let agreement = (difference.agreement() * 100.0).floor() as usize;
        let direction = if difference.share_higher >= difference.share_lower { "higher" } else { "lower" };
        let title = match difference.clarity() {
            Clarity::Clear => format!("{measure} is {direction} in “{}” in {agreement} of 100 runs", short(scenario)),
            Clarity::Tendency => format!("{measure} tends to be {direction} in “{}”", short(scenario)),
            Clarity::None => format!("No clear difference in {}", lower_first(measure)),
        };
        Gate { title, agreement }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A name short enough for a sentence.
pub(super) fn short(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}

/// “200 runs”, or “140 of 200 runs” for a stopped ensemble.
pub(super) fn runs(request: &Request<'_>) -> String {
    let done = request.ensembles.iter().map(|e| e.runs.len()).min().unwrap_or(0);
    let asked = request.ensembles.iter().map(|e| e.asked).max().unwrap_or(done);
    match (done, asked) {
        (1, 1) => "1 run".to_owned(),
        (done, asked) if done >= asked => format!("{done} runs"),
        (done, asked) => format!("{done} of {asked} runs"),
    }
}

/// Source, bands, caveat and stamp.
pub(super) fn footer(request: &Request<'_>) -> String {
    let names: Vec<String> = request.ensembles.iter().map(|e| format!("“{}”", short(&e.scenario.name))).collect();
    let noun = if names.len() == 1 { "scenario" } else { "scenarios" };
    let stamp = &request.options.stamp;
    let inputs = if stamp.inputs.is_empty() { String::new() } else { format!("; inputs {}", stamp.inputs) };
    let origin = [format!("model {}", stamp.model), stamp.hash.clone(), format!("seed {}", stamp.seed), stamp.date.clone()];
    let origin: Vec<String> = origin.into_iter().filter(|part| !part.is_empty()).collect();
    format!(
        "Source: Faultline, {}, {noun} {}{inputs}. Bands: middle 50 % and 90 % of runs. Conditional on assumptions, not a forecast. {}",
        runs(request),
        names.join(", "),
        origin.join(" · ")
    )
}

/// A line under the title: scenario and number of runs.
pub(super) fn subtitle(request: &Request<'_>) -> String {
    format!("{} · {}", short(&request.base().scenario.name), runs(request))
}

/// Cuts an alternative text to its bound at a word.
pub(super) fn alt(text: &str) -> String {
    if text.chars().count() <= ALT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(ALT - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// “{series} goes from a to b (lo–hi in 90 % of runs).”
pub(super) fn course(series: &str, quantiles: &[[f64; 5]], decimals: usize) -> String {
    let (Some(first), Some(last)) = (quantiles.first(), quantiles.last()) else { return String::new() };
    let n = |value: f64| if value.is_finite() { number(value, decimals) } else { "no value".to_owned() };
    format!("{series} goes from {} to {} ({}–{} in 90 % of runs).", n(first[2]), n(last[2]), n(last[0]), n(last[4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(higher: usize) -> PairedDifference {
        let b: Vec<f64> = (0..100).map(|i| if i < higher { 1.0 } else { -1.0 }).collect();
        PairedDifference::of(&[0.0; 100], &b)
    }

    #[test]
    fn a_title_says_no_more_than_the_runs_carry() {
        let title = |higher: usize| Gate::of("Fragmentation", "Decoupling", &pairs(higher)).title;
        assert_eq!(title(60), "No clear difference in fragmentation");
        assert_eq!(title(70), "Fragmentation tends to be higher in “Decoupling”");
        assert_eq!(title(95), "Fragmentation is higher in “Decoupling” in 95 of 100 runs");
        assert_eq!(title(5), "Fragmentation is lower in “Decoupling” in 95 of 100 runs");
    }

    #[test]
    fn alternative_texts_are_bounded() {
        assert!(alt(&"word ".repeat(300)).chars().count() <= 600);
        assert_eq!(alt("short"), "short");
    }
}
