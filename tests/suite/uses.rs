//! Where levers and uncertainties act, as the window says it: read off the sources.

use std::fs;

use faultline_models::levers::LEVERS;
use faultline_models::rules::{TICK, uses};
use faultline_models::uncertainties::UNCERTAINTIES;

use faultline_tests::shipped::top;

/// The product code of a step.
fn rule(step: &str) -> String {
    let text = fs::read_to_string(top().join(format!("models/src/rules/{step}.rs"))).unwrap();
    text.split("#[cfg(test)]").next().unwrap().to_owned()
}

/// Whether a step’s code reads a lever or uncertainty by name.
fn reads(step: &str, id: &str) -> bool {
    let (text, field) = (rule(step), format!(".{}", id.replace('-', "_")));
    let whole = |(at, _): (usize, &str)| !text[at + field.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    text.contains(&format!("index_of(\"{id}\")")) || text.match_indices(&field).any(whole)
}

#[test]
fn everything_acts_somewhere_and_only_in_steps_that_there_are() {
    for id in LEVERS.iter().map(|l| l.id).chain(UNCERTAINTIES.iter().map(|u| u.id)) {
        let found = uses(id);
        assert!(!found.is_empty(), "{id}");
        assert!(found.iter().all(|step| *step == "read-out of trade" || TICK.iter().any(|s| s.name == *step)), "{id}: {found:?}");
    }
}

#[test]
fn a_step_that_reads_a_lever_or_uncertainty_is_named_for_it() {
    let mut seen = 0;
    for step in TICK {
        for id in LEVERS.iter().filter(|l| l.id != "tension").map(|l| l.id).chain(UNCERTAINTIES.iter().map(|u| u.id)) {
            if reads(step.name, id) {
                seen += 1;
                assert!(uses(id).contains(&step.name), "{id} acts in {}, which is not said", step.name);
            }
        }
    }
    assert!(seen > 35, "only {seen} uses were seen");
}
