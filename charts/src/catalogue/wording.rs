//! Titles through their gate, footers and alternative texts.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{Clarity, PairedDifference, paired};
use faultline_models::layout::Entity;
use faultline_models::scenario::Scenario;

use super::Request;
use crate::chart::number;
use crate::words::Words;

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
    /// Whether so many agree that the title states the finding flatly.
    pub clear: bool,
}

impl Gate {
    /// The title for a difference in fragmentation: at least 90 of 100 pairs of runs agree, 66 to 89, or fewer.
    pub(super) fn of(words: &Words, scenario: &str, difference: &PairedDifference) -> Gate {
        let agreement = (difference.agreement() * 100.0).floor() as usize;
        let (higher, clarity, scenario) = (difference.share_higher >= difference.share_lower, difference.clarity(), short(scenario));
        let measure = words.fragmentation();
        let title = match (clarity, higher) {
            (Clarity::Clear, true) => words.higher_clear(measure, scenario, agreement),
            (Clarity::Clear, false) => words.lower_clear(measure, scenario, agreement),
            (Clarity::Tendency, true) => words.higher_tends(measure, scenario),
            (Clarity::Tendency, false) => words.lower_tends(measure, scenario),
            (Clarity::None, _) => words.no_difference(words.fragmentation_lower()),
        };
        Gate { title, agreement, clear: clarity == Clarity::Clear }
    }
}

/// What may be said of fragmentation in a scenario against the baseline, where exactly two are compared.
pub(super) fn fragmentation_gate(request: &Request<'_>) -> Option<Gate> {
    let [base, other] = request.ensembles else { return None };
    let domain = request.domain().ok()?;
    let at = |e: &Ensemble| e.layout.find("fragmentation", &Entity::World, domain);
    let difference = paired(base, other, request.common_row(base, other), (at(base)?, at(other)?));
    Some(Gate::of(request.words(), &other.scenario.name, &difference))
}

/// A name short enough for a sentence.
pub(super) fn short(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}

/// Full name of a standard: that of its bloc, or the international one.
pub(super) fn standard_name(words: &Words, scenario: &Scenario, standard: usize) -> String {
    scenario.blocs.get(standard).map_or_else(|| words.international(), |bloc| short(words.proper(&bloc.name)))
}

/// “200 runs”, “140 of 200 runs” for a stopped ensemble, or the run that is shown alone.
pub(super) fn runs(request: &Request<'_>) -> String {
    let words = request.words();
    let done = request.ensembles.iter().map(|e| e.runs.len()).min().unwrap_or(0);
    let asked = request.ensembles.iter().map(|e| e.asked).max().unwrap_or(done);
    match (done, asked) {
        (1, 1) if request.options.run.is_some() => words.run_with_seed(request.base().runs[0].seed),
        (1, 1) => words.one_run(),
        (done, asked) if done >= asked => words.runs(done),
        (done, asked) => words.runs_of(done, asked),
    }
}

/// Source, bands, caveat and stamp.
pub(super) fn footer(request: &Request<'_>) -> String {
    let words = request.words();
    let names: Vec<String> = request.ensembles.iter().map(|e| words.quoted(short(&e.scenario.name))).collect();
    let scenarios = if names.len() == 1 { words.scenario_named(&names[0]) } else { words.scenarios_named(words.list(&names)) };
    let stamp = &request.options.stamp;
    let inputs = if stamp.inputs.is_empty() { String::new() } else { words.inputs(&stamp.inputs) };
    let origin = [words.model(&stamp.model), stamp.hash.clone(), words.seed(stamp.seed), stamp.date.clone()];
    let origin: Vec<String> = origin.into_iter().filter(|part| !part.is_empty()).collect();
    words.footer(runs(request), scenarios, inputs, origin.join("\u{A0}· "))
}

/// What must stand under a chart that is cut out of its page: unverified figures, and what the client set.
pub(super) fn notes(request: &Request<'_>) -> Vec<String> {
    let words = request.words();
    let unverified = request.options.unverified.filter(|[n, _]| *n > 0).map(|[n, all]| words.unverified(n, all));
    let set = (!request.options.set.is_empty()).then(|| words.set(words.list(&request.options.set)));
    unverified.into_iter().chain(set).collect()
}

/// A line under the title: the scenario shown and the number of runs.
pub(super) fn subtitle(request: &Request<'_>) -> String {
    request.words().subtitle(short(&request.shown().0.scenario.name), runs(request))
}

/// Cuts an alternative text to its bound at a word.
pub(super) fn alt(text: &str) -> String {
    if text.chars().count() <= ALT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(ALT - 1).collect();
    let end = cut.rfind([' ', '。', '，', '；', '、']).unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// “{series} goes from a to b (lo–hi in 90 % of runs).”
pub(super) fn course(words: &Words, series: &str, quantiles: &[[f64; 5]], decimals: usize) -> String {
    let (Some(first), Some(last)) = (quantiles.first(), quantiles.last()) else { return String::new() };
    let n = |value: f64| if value.is_finite() { number(value, decimals) } else { words.no_value() };
    words.course(series, n(first[2]), n(last[2]), n(last[0]), n(last[4]))
}

/// The first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn pairs(higher: usize) -> PairedDifference {
        let b: Vec<f64> = (0..100).map(|i| if i < higher { 1.0 } else { -1.0 }).collect();
        PairedDifference::of(&[0.0; 100], &b)
    }

    #[test]
    fn a_title_says_no_more_than_the_runs_carry() {
        let title = |higher: usize| Gate::of(Language::En.words(), "Decoupling", &pairs(higher)).title;
        assert_eq!(title(60), "No clear difference in fragmentation");
        assert_eq!(title(70), "Fragmentation tends to be higher in “Decoupling”");
        assert_eq!(title(95), "Fragmentation is higher in “Decoupling” in 95 of 100 runs");
        assert_eq!(title(5), "Fragmentation is lower in “Decoupling” in 95 of 100 runs");
    }

    #[test]
    fn alternative_texts_are_bounded() {
        assert!(alt(&"word ".repeat(300)).chars().count() <= 600);
        assert!(alt(&"运行，".repeat(300)).chars().count() <= 600);
        assert_eq!(alt("short"), "short");
    }
}
