//! Same input, same bytes; a lever without effect changes nothing.

use std::collections::BTreeMap;

use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::paired;
use faultline_models::levers::Lever;
use faultline_models::run::{Setting, Way, run_group};
use faultline_models::scenario::{Choice, OnIdenticalAdoption, Reach, Review, Scenario, SizeLaw, Updating};
use faultline_models::trajectory::Trajectory;
use faultline_models::uncertainties::Uncertainty;
use rayon::ThreadPoolBuilder;

use faultline_tests::shipped;

const ADOPTERS: usize = 300;
const RUNS: usize = 12;

fn scenario(id: &str, set: &[(&str, f64)]) -> Scenario {
    let set: BTreeMap<String, f64> = set.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect();
    shipped::adjusted(id, &set, Some(ADOPTERS), None)
}

fn ensemble(scenario: &Scenario) -> Ensemble {
    Ensemble::run(scenario, 1, RUNS, &Control::default())
}

/// The bits of every value of every run, so that NaN equals itself and 0 does not equal −0.
fn bits(ensemble: &Ensemble) -> Vec<u64> {
    ensemble.runs.iter().flat_map(|run| run.values.iter().map(|value| value.to_bits())).collect()
}

fn on_threads(threads: usize, scenario: &Scenario) -> Ensemble {
    ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| ensemble(scenario))
}

#[test]
fn one_two_and_five_threads_give_the_same_bytes() {
    for id in ["today-extended", "late-repair"] {
        let scenario = scenario(id, &[]);
        let one = on_threads(1, &scenario);
        for threads in [2, 5] {
            let more = on_threads(threads, &scenario);
            assert_eq!(bits(&one), bits(&more), "{id}: {threads} threads");
            assert!(one.runs.iter().zip(&more.runs).all(|(a, b)| a.log == b.log && a.future == b.future), "{id}: {threads} threads");
        }
    }
}

/// Runs of consecutive seeds in one group.
fn group(setting: &Setting, runs: u32, way: Way) -> Vec<Trajectory> {
    let seeds: Vec<u32> = (1..=runs).collect();
    run_group(setting, &seeds, way, &|| false).unwrap()
}

fn same_bits(a: &[Trajectory], b: &[Trajectory]) -> bool {
    let bits = |runs: &[Trajectory]| runs.iter().flat_map(|run| run.values.iter().map(|value| value.to_bits())).collect::<Vec<_>>();
    bits(a) == bits(b) && a.iter().zip(b).all(|(a, b)| a.log == b.log && a.future == b.future && a.trace == b.trace)
}

#[test]
fn many_choices_at_once_are_those_of_the_clear_rule_to_the_last_bit() {
    // Alone, and in groups of each width with and without empty lanes.
    for id in ["today-extended", "decoupling"] {
        let setting = Setting::new(&scenario(id, &[]));
        for runs in [1, 3, 5, 8, 13, 16, 21, 32] {
            assert!(same_bits(&group(&setting, runs, Way::Fast), &group(&setting, runs, Way::Clear)), "{id}: {runs} runs");
        }
    }
}

#[test]
fn every_switch_gives_the_same_bits_either_way() {
    let base = scenario("today-extended", &[]);
    let check = |what: &str, changed: &Scenario| {
        let setting = Setting::new(changed);
        assert!(same_bits(&group(&setting, 9, Way::Fast), &group(&setting, 9, Way::Clear)), "{what}");
        assert!(same_bits(&group(&setting, 1, Way::Fast), &group(&setting, 9, Way::Clear)[..1]), "{what}, alone");
    };
    let mut changed = base.clone();
    changed.structure.review = Review::Hazard;
    check("hazard reviews", &changed);
    changed.structure.sizes = SizeLaw::Equal;
    changed.structure.reach = Reach::Pooled;
    check("adopters of one size, pooled reach", &changed);
    let mut changed = base.clone();
    fix(&mut changed, "compatibility-distance", 0.001);
    fix(&mut changed, "recognition-effect", 0.0);
    check("no compatibility", &changed);
    for (choice, updating) in
        [(Choice::Threshold, Updating::Synchronous), (Choice::BestReply, Updating::Synchronous), (Choice::Logit, Updating::RandomOrder)]
    {
        let mut changed = base.clone();
        changed.structure.choice = choice;
        changed.structure.updating = updating;
        check("another way to choose", &changed);
    }
    let mut changed = base.clone();
    changed.structure.on_identical_adoption = OnIdenticalAdoption::Relabel;
    check("relabelled users", &changed);
    let mut changed = base;
    changed.sizes.suppliers = 0;
    changed.sizes.partners = 0;
    check("no suppliers, no partners", &changed);
}

#[test]
fn a_group_stops_between_two_ticks_and_gives_nothing() {
    let setting = Setting::new(&scenario("today-extended", &[]));
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 10
    };
    assert!(run_group(&setting, &[1, 2, 3, 4, 5], Way::Fast, &stop).is_none());
    assert_eq!(asked.get(), 11);
}

#[test]
fn a_group_that_is_stopped_before_it_begins_sets_up_no_world() {
    let setting = Setting::new(&scenario("today-extended", &[]));
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        true
    };
    assert!(run_group(&setting, &[1, 2, 3, 4], Way::Fast, &stop).is_none());
    assert_eq!(asked.get(), 1);
}

#[test]
fn different_seeds_give_different_runs() {
    let ensemble = ensemble(&scenario("today-extended", &[]));
    assert!(ensemble.runs.windows(2).all(|pair| pair[0].values != pair[1].values));
}

#[test]
fn the_order_of_scenarios_does_not_matter() {
    let ids = ["today-extended", "decoupling", "common-ground"];
    let forwards: Vec<Vec<u64>> = ids.iter().map(|id| bits(&ensemble(&scenario(id, &[])))).collect();
    let mut backwards: Vec<Vec<u64>> = ids.iter().rev().map(|id| bits(&ensemble(&scenario(id, &[])))).collect();
    backwards.reverse();
    assert!(forwards == backwards);
}

#[test]
fn a_run_does_not_depend_on_which_others_run_beside_it() {
    let scenario = scenario("today-extended", &[]);
    let all = ensemble(&scenario);
    let alone = Ensemble::run(&scenario, 5, 1, &Control::default());
    let beside = all.runs.iter().find(|run| run.seed == 5).unwrap();
    assert!(beside.values.iter().zip(&alone.runs[0].values).all(|(a, b)| a.to_bits() == b.to_bits()));
}

/// Largest absolute paired difference over all columns of all rows; a column that is NaN in one must be NaN in the other.
fn largest_difference(a: &Ensemble, b: &Ensemble) -> f64 {
    let pairs = a.runs.iter().zip(&b.runs).flat_map(|(a, b)| a.values.iter().zip(&b.values));
    pairs
        .map(|(a, b)| if a.to_bits() == b.to_bits() { 0.0 } else { (a - b).abs() })
        .fold(0.0, |most, next| if next.is_nan() { f64::INFINITY } else { most.max(next) })
}

#[test]
fn setting_a_lever_to_what_it_is_changes_nothing() {
    // Capture guard is one value for the world and .6 today; the move goes from .6 to .6.
    let base = scenario("today-extended", &[]);
    let lever = Lever::find("capture-guard").unwrap();
    let today = base.levers_today[lever.index()][0][0];
    let same = scenario("today-extended", &[("capture-guard", today)]);
    assert!(same.moves.len() > base.moves.len(), "the setting is there as a move");
    assert_eq!(largest_difference(&ensemble(&base), &ensemble(&same)), 0.0);
}

/// Sets a lever everywhere and from the start.
fn hold(scenario: &mut Scenario, lever: &str, value: f64) {
    let lever = Lever::find(lever).unwrap().index();
    scenario.levers_today[lever].iter_mut().flatten().for_each(|slot| *slot = value);
}

fn fix(scenario: &mut Scenario, uncertainty: &str, value: f64) {
    let uncertainty = Uncertainty::find(uncertainty).unwrap().index();
    scenario.uncertainties[uncertainty].iter_mut().for_each(|slot| *slot = value);
}

#[test]
fn a_lever_without_effect_gives_paired_differences_of_exactly_zero() {
    // Bloc voting happens with chance β(1 − guard): under a full guard β is a placebo for everything that a run records.
    let mut guarded = scenario("today-extended", &[]);
    hold(&mut guarded, "capture-guard", 1.0);
    fix(&mut guarded, "tension-bite", 0.0);
    let mut eager = guarded.clone();
    hold(&mut guarded, "bloc-voting", 0.0);
    hold(&mut eager, "bloc-voting", 0.9);
    assert_eq!(largest_difference(&ensemble(&guarded), &ensemble(&eager)), 0.0);
}

#[test]
fn who_has_adopted_nothing_yet_does_not_hang_on_levers_to_the_last_bit() {
    let (a, b) = (ensemble(&scenario("today-extended", &[])), ensemble(&scenario("decoupling", &[])));
    let idle = |e: &Ensemble| -> Vec<usize> {
        let none = |at: &usize| e.layout.columns[*at].entity.label(&e.scenario).ends_with("none");
        e.layout.of("adoption-share").filter(none).collect()
    };
    let columns = idle(&a);
    assert!(columns.len() >= 6 && columns == idle(&b));
    for row in 0..a.rows() {
        for column in &columns {
            let difference = paired(&a, &b, row, (*column, *column));
            assert_eq!((difference.share_higher, difference.share_lower), (0.0, 0.0), "row {row}, column {column}");
        }
    }
}

#[test]
fn committees_are_a_placebo_for_adopters_to_whom_texts_do_not_matter() {
    // No network benefit, home preference, conformity cost or supply term, and no text is withdrawn: plain logit.
    let mut deaf = scenario("today-extended", &[]);
    for uncertainty in ["network-strength", "conformity-fixed", "conformity-slope", "offer-weight", "tension-bite"] {
        fix(&mut deaf, uncertainty, 0.0);
    }
    hold(&mut deaf, "home-preference", 0.0);
    hold(&mut deaf, "identical-adoption", 0.0);
    deaf.blocs.iter_mut().for_each(|bloc| bloc.starts_identical.iter_mut().for_each(|identical| *identical = false));
    let mut changed = deaf.clone();
    for (lever, value) in
        [("foreign-participation", 1.0), ("expert-support", 1.0), ("bloc-voting", 0.0), ("capture-guard", 0.9), ("international-channel", 0.9)]
    {
        hold(&mut changed, lever, value);
    }
    let (deaf, changed) = (ensemble(&deaf), ensemble(&changed));
    let last = deaf.rows() - 1;
    for column in deaf.layout.of("adoption-share") {
        for row in 0..=last {
            let difference = paired(&deaf, &changed, row, (column, column)).statistics;
            assert_eq!((difference.n, difference.mean, difference.standard_error), (RUNS, 0.0, 0.0), "row {row}, {:?}", deaf.layout.columns[column]);
        }
    }
    let moved = deaf.layout.of("standards-distance").any(|column| deaf.values(last, column) != changed.values(last, column));
    assert!(moved, "the texts themselves do move, or this test says nothing");
}
