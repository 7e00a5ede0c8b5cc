//! One scenario in full: its story and what differs from the baseline, with sources and grades.

use std::collections::BTreeMap;

use faultline_models::levers::Lever;
use faultline_models::scenario::{Choice, Grade, LedgerEntry, Move, NetworkTerm, OnIdenticalAdoption, Scenario, Structure, Updating, VariantRule};

use crate::embedded;
use crate::evidence::Evidence;
use crate::lists;
use crate::refusal::Refusal;
use crate::scenarios::Loaded;
use crate::wire::{EventLine, Grades, MoveLine, NumberLine, ScenarioPage, SwitchLine};

/// The page of a scenario, with all its numbers or only those that differ from the baseline.
///
/// # Errors
/// When the baseline cannot be loaded.
pub fn page(loaded: &Loaded, all: bool) -> Result<ScenarioPage, Refusal> {
    let scenario = &loaded.scenario;
    let baseline = lists::baseline()?.scenario;
    let every = numbers(scenario, Some(&baseline));
    let own = scenario.id != embedded::BASELINE;
    Ok(ScenarioPage {
        id: scenario.id.clone(),
        name: scenario.name.clone(),
        extends: scenario.extends.clone(),
        story: scenario.story.clone(),
        from: scenario.calendar.start.to_string(),
        to: scenario.calendar.end().to_string(),
        adopters: scenario.sizes.adopters,
        blocs: scenario.blocs.iter().map(|b| (b.id.clone(), b.name.clone())).collect(),
        domains: scenario.domains.iter().map(|d| (d.id.clone(), d.name.clone())).collect(),
        moves: scenario.moves.iter().map(|m| move_line(m, scenario)).collect(),
        events: scenario
            .events
            .iter()
            .map(|e| EventLine { date: e.date.to_string(), name: e.name.clone(), note: e.note.clone(), tension_shock: e.tension_shock })
            .collect(),
        switches: switches(&scenario.structure, &baseline.structure),
        grades: grades(&every),
        numbers: every.into_iter().filter(|n| all || (own && n.set_by != embedded::BASELINE)).collect(),
    })
}

/// All numbers of a scenario; with a baseline, the value there where it differs.
pub(crate) fn numbers(scenario: &Scenario, baseline: Option<&Scenario>) -> Vec<NumberLine> {
    let before: BTreeMap<&str, f64> = baseline.iter().flat_map(|b| &b.ledger).map(|e| (e.key.as_str(), e.quantity.value)).collect();
    scenario.ledger.iter().map(|entry| number_line(entry, before.get(entry.key.as_str()).copied())).collect()
}

fn number_line(entry: &LedgerEntry, before: Option<f64>) -> NumberLine {
    let q = &entry.quantity;
    NumberLine {
        key: entry.key.clone(),
        value: q.value,
        baseline: before.filter(|before| *before != q.value),
        low: q.low,
        high: q.high,
        unit: q.unit.clone(),
        source: q.source.clone(),
        grade: q.grade.word(),
        note: q.note.clone(),
        set_by: entry.set_by.clone(),
        unverified: unverified(&q.source),
    }
}

fn move_line(m: &Move, scenario: &Scenario) -> MoveLine {
    let lever = Lever::find(&m.lever);
    MoveLine {
        lever: m.lever.clone(),
        name: lever.map_or("Cooperation (all levers)", |lever| lever.name).to_owned(),
        whom: whom(m, scenario),
        to: m.to,
        unit: lever.map_or("0 decoupling to 1 cooperation", |lever| lever.unit).to_owned(),
        from: m.from.to_string(),
        over: m.over,
        because: m.because.clone(),
        event: m.event.clone(),
        source: m.source.clone(),
        grade: m.grade.word(),
        set_by: m.set_by.clone(),
        unverified: unverified(&m.source),
    }
}

/// Blocs, pair and domain that a move is restricted to; empty for all.
pub(crate) fn whom(m: &Move, scenario: &Scenario) -> Vec<String> {
    let blocs = m.blocs.iter().map(|b| scenario.blocs[*b].id.clone());
    let pair = m.pair.map(|(a, b)| format!("{}–{}", scenario.blocs[a].id, scenario.blocs[b].id));
    blocs.chain(pair).chain(m.domain.map(|d| scenario.domains[d].id.clone())).collect()
}

/// How many numbers of a scenario rest on a figure that nobody has verified.
pub(crate) fn unverified_numbers(scenario: &Scenario) -> usize {
    scenario.ledger.iter().filter(|entry| !unverified(&entry.quantity.source).is_empty()).count()
}

/// Keys cited in a source line that nobody has verified.
pub(crate) fn unverified(source: &str) -> Vec<String> {
    let evidence = Evidence::embedded();
    let open = |key: &&str| evidence.find(key).is_some_and(crate::evidence::Figure::unverified);
    Evidence::citations(source).into_iter().filter(open).map(str::to_owned).collect()
}

fn grades(numbers: &[NumberLine]) -> Grades {
    let count = |grade: Grade| numbers.iter().filter(|n| n.grade == grade.word()).count();
    Grades {
        measured: count(Grade::Measured),
        estimated: count(Grade::Estimated),
        assumed: count(Grade::Assumed),
        unverified: numbers.iter().filter(|n| !n.unverified.is_empty()).count(),
    }
}

fn switches(own: &Structure, baseline: &Structure) -> Vec<SwitchLine> {
    let pairs = words(own).into_iter().zip(words(baseline));
    pairs.filter(|(own, base)| own.1 != base.1).map(|((key, value), (_, baseline))| SwitchLine { key, value, baseline }).collect()
}

/// The structural switches as written in a file.
pub(crate) fn words(structure: &Structure) -> [(&'static str, String); 7] {
    let term = match structure.network_term {
        NetworkTerm::Linear => "linear".to_owned(),
        NetworkTerm::Logarithmic(_) => "logarithmic".to_owned(),
        NetworkTerm::Power(exponent) => format!("power {exponent}"),
    };
    let choice = match structure.choice {
        Choice::Logit => "logit",
        Choice::Threshold => "threshold",
        Choice::BestReply => "best-reply",
    };
    let updating = match structure.updating {
        Updating::Synchronous => "synchronous",
        Updating::RandomOrder => "random-order",
    };
    let variant = match structure.variant {
        VariantRule::Best => "best",
        VariantRule::Strictest => "strictest",
        VariantRule::WeightedMean => "weighted-mean",
    };
    let adoption = match structure.on_identical_adoption {
        OnIdenticalAdoption::Withdraw => "withdraw",
        OnIdenticalAdoption::Relabel => "relabel",
    };
    [
        ("network-term", term),
        ("choice", choice.to_owned()),
        ("updating", updating.to_owned()),
        ("variant", variant.to_owned()),
        ("on-identical-adoption", adoption.to_owned()),
        ("reciprocity", structure.reciprocity.to_string()),
        ("international-text", if structure.international_text { "offered" } else { "absent" }.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use faultline_models::scenario::Adjust;

    use super::*;
    use crate::scenarios::open;

    fn shown(id: &str, all: bool) -> ScenarioPage {
        page(&open(id, &Adjust::default()).unwrap(), all).unwrap()
    }

    #[test]
    fn the_baseline_differs_from_itself_in_nothing() {
        let page = shown("today-extended", false);
        assert!(page.numbers.is_empty() && page.moves.is_empty() && page.switches.is_empty());
    }

    #[test]
    fn unverified_figures_are_flagged_on_the_numbers_that_cite_them() {
        let page = shown("today-extended", true);
        assert!(page.numbers.iter().any(|n| n.key == "trade.EU-rest" && !n.unverified.is_empty()));
        assert_eq!(page.grades.measured + page.grades.estimated + page.grades.assumed, page.numbers.len());
        assert!(page.grades.unverified > 0 && page.grades.unverified < page.numbers.len());
    }

    #[test]
    fn every_move_has_a_reason_and_a_grade() {
        for id in embedded::scenario_ids() {
            for m in shown(&id, false).moves {
                assert!(!m.because.is_empty() && !m.grade.is_empty(), "{id}: {}", m.lever);
            }
        }
    }
}
