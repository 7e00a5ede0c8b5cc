//! What must not matter does not: names and order of blocs, how a market is cut, the unit of sizes; and levers in a limit in which
//! nothing listens to them.

use std::collections::BTreeMap;

use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::Statistics;
use faultline_models::layout::Entity;
use faultline_models::levers::{LEVERS, Lever, Scope};
use faultline_models::scenario::{Scenario, Updating, pair_index, pairs};
use faultline_models::uncertainties::Uncertainty;

use faultline_tests::shipped;

const RUNS: usize = 60;

fn baseline(adopters: usize) -> Scenario {
    shipped::adjusted("today-extended", &BTreeMap::new(), Some(adopters), Some("2034Q4"))
}

fn ensemble(scenario: &Scenario, runs: usize) -> Ensemble {
    Ensemble::run(scenario, 1, runs, &Control::default())
}

/// Statistics of an indicator in the last row.
fn last(ensemble: &Ensemble, indicator: &str, entity: &Entity) -> Statistics {
    let column = ensemble.layout.find(indicator, entity, None).unwrap_or_else(|| panic!("no column {indicator} of {entity:?}"));
    Statistics::of(ensemble.values(ensemble.rows() - 1, column).into_iter())
}

fn assert_same_law(what: &str, a: &Statistics, b: &Statistics) {
    let error = (a.standard_error * a.standard_error + b.standard_error * b.standard_error).sqrt();
    assert!((a.mean - b.mean).abs() <= 4.0 * error, "{what}: {} and {}, {} standard errors apart", a.mean, b.mean, (a.mean - b.mean) / error);
}

/// The scenario with its blocs in another order: place k is taken by bloc `order[k]`.
fn reordered(scenario: &Scenario, order: &[usize]) -> Scenario {
    let n = order.len();
    let mut turned = scenario.clone();
    turned.blocs = order.iter().map(|b| scenario.blocs[*b].clone()).collect();
    turned.groups.iter_mut().zip(&scenario.groups).for_each(|(new, old)| new.pull = order.iter().map(|b| old.pull[*b]).collect());
    turned.economies.iter_mut().zip(&scenario.economies).for_each(|(new, old)| new.exposure = order.iter().map(|b| old.exposure[*b]).collect());
    let groups: Vec<usize> = order.iter().copied().chain([n]).collect();
    turned.trade = groups.iter().flat_map(|a| groups.iter().map(|b| scenario.trade[a * (n + 1) + b]).collect::<Vec<_>>()).collect();
    for (l, lever) in LEVERS.iter().enumerate() {
        for (new, old) in turned.levers_today[l].iter_mut().zip(&scenario.levers_today[l]) {
            *new = match lever.scope {
                Scope::World => old.clone(),
                Scope::Bloc => order.iter().map(|b| old[*b]).collect(),
                Scope::Pair => pairs(n).into_iter().map(|(a, b)| old[pair_index(n, order[a], order[b])]).collect(),
            };
        }
    }
    assert!(turned.moves.iter().all(|change| change.blocs.is_empty() && change.pair.is_none()), "moves of single blocs are not reordered here");
    turned
}

#[test]
fn another_order_of_blocs_gives_the_same_results_in_that_order() {
    let (scenario, order) = (baseline(600), [2, 0, 1]);
    let (straight, turned) = (ensemble(&scenario, RUNS), ensemble(&reordered(&scenario, &order), RUNS));
    for indicator in ["fragmentation", "divergence", "concentration", "cross-bloc-trade"] {
        for entity in [Entity::World, Entity::Pair(0, 1)] {
            if straight.layout.find(indicator, &entity, None).is_some() && entity == Entity::World {
                assert_same_law(indicator, &last(&straight, indicator, &entity), &last(&turned, indicator, &entity));
            }
        }
    }
    for (place, bloc) in order.into_iter().enumerate() {
        for indicator in ["compliance-cost", "market-access"] {
            assert_same_law(indicator, &last(&straight, indicator, &Entity::Bloc(bloc)), &last(&turned, indicator, &Entity::Bloc(place)));
        }
        let own = |bloc: usize| Entity::BlocStandard(bloc, Some(bloc));
        assert_same_law("share of the own standard", &last(&straight, "adoption-share", &own(bloc)), &last(&turned, "adoption-share", &own(place)));
    }
}

#[test]
fn a_market_cut_into_two_halves_leaves_the_aggregates() {
    let mut whole = baseline(900);
    // Noise of ideal points is drawn by place in the list; without it both halves want what the whole wanted.
    whole.domains.iter_mut().for_each(|domain| domain.spread = 0.0);
    let mut cut = whole.clone();
    let mut half = cut.economies[0].clone();
    half.size /= 2.0;
    half.id = "second-half".to_owned();
    cut.economies[0].size /= 2.0;
    cut.economies.push(half);
    let (whole, cut) = (ensemble(&whole, RUNS), ensemble(&cut, RUNS));
    for (indicator, entity) in [
        ("fragmentation", Entity::World),
        ("fragmentation-world", Entity::World),
        ("concentration", Entity::World),
        ("compliance-cost", Entity::Rest),
    ] {
        assert_same_law(indicator, &last(&whole, indicator, &entity), &last(&cut, indicator, &entity));
    }
}

#[test]
fn the_unit_of_sizes_does_not_matter() {
    let scenario = baseline(400);
    let mut scaled = scenario.clone();
    scaled.blocs.iter_mut().for_each(|bloc| bloc.size *= 1024.0);
    scaled.economies.iter_mut().for_each(|economy| economy.size *= 1024.0);
    scaled.trade.iter_mut().for_each(|value| *value *= 4096.0);
    let bits = |scenario: &Scenario| {
        ensemble(scenario, 6).runs.iter().flat_map(|run| run.values.iter().map(|v| v.to_bits()).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    // Powers of two change no digit, so that not even rounding may differ.
    assert!(bits(&scenario) == bits(&scaled));
}

fn set(scenario: &mut Scenario, uncertainty: &str, value: f64) {
    scenario.uncertainties[Uncertainty::find(uncertainty).unwrap().index()].fill(value);
}

fn pull(scenario: &mut Scenario, lever: &str, value: f64) {
    scenario.levers_today[Lever::find(lever).unwrap().index()].iter_mut().for_each(|slots| slots.fill(value));
}

/// Shares of the standards in every bloc, domain and row.
fn shares(ensemble: &Ensemble) -> Vec<Vec<f64>> {
    ensemble.runs.iter().map(|run| run.trace.shares.clone()).collect()
}

#[test]
fn without_network_preference_and_cost_committees_do_not_move_shares() {
    let mut calm = baseline(400);
    ["network-strength", "cost-sensitivity", "switching-cost", "tension-bite"].iter().for_each(|id| set(&mut calm, id, 0.0));
    pull(&mut calm, "home-preference", 0.0);
    // No bloc withdraws a text, so that all stay on offer.
    pull(&mut calm, "identical-adoption", 0.0);
    calm.blocs.iter_mut().for_each(|bloc| bloc.starts_identical.fill(false));
    let before = shares(&ensemble(&calm, 8));
    for lever in ["expert-support", "bloc-voting", "capture-guard", "foreign-participation"] {
        let mut moved = calm.clone();
        pull(&mut moved, lever, 0.95);
        assert!(before == shares(&ensemble(&moved, 8)), "{lever} is a placebo here");
    }
    // Four standards that nothing tells apart: each has a quarter.
    let ensemble = ensemble(&calm, 30);
    for standard in 0..4 {
        let bloc = Entity::BlocStandard(0, Some(standard));
        let share = last(&ensemble, "adoption-share", &bloc);
        let none = last(&ensemble, "adoption-share", &Entity::BlocStandard(0, None));
        assert!((share.mean - 0.25 * (1.0 - none.mean)).abs() < 4.0 * share.standard_error + 0.01, "standard {standard}: {}", share.mean);
    }
}

#[test]
fn where_everything_is_recognised_everything_works_together() {
    let mut open = baseline(400);
    set(&mut open, "recognition-effect", 1.0);
    ["cost-sensitivity", "tension-bite"].iter().for_each(|id| set(&mut open, id, 0.0));
    ["home-preference", "home-mandate", "access-restriction"].iter().for_each(|id| pull(&mut open, id, 0.0));
    pull(&mut open, "mutual-recognition", 1.0);
    let run = ensemble(&open, 4);
    for pair in [(0, 1), (0, 2), (1, 2)] {
        let joint = last(&run, "interoperability", &Entity::Pair(pair.0, pair.1));
        assert!((joint.mean - 1.0).abs() < 1e-12, "{pair:?}: {}", joint.mean);
    }
    // Then nothing is left for levers of committees to act on: shares are the same whatever they say. Texts are still withdrawn on
    // identical adoption, which is set aside here.
    pull(&mut open, "identical-adoption", 0.0);
    open.blocs.iter_mut().for_each(|bloc| bloc.starts_identical.fill(false));
    set(&mut open, "offer-weight", 0.0);
    let before = shares(&ensemble(&open, 6));
    for lever in ["expert-support", "bloc-voting", "capture-guard", "third-country-pull"] {
        let mut moved = open.clone();
        pull(&mut moved, lever, 0.95);
        assert!(before == shares(&ensemble(&moved, 6)), "{lever}");
    }
}

#[test]
fn the_order_of_updating_leaves_the_start_state_and_bends_the_end_little() {
    let synchronous = baseline(600);
    let mut ordered = synchronous.clone();
    ordered.structure.updating = Updating::RandomOrder;
    let (a, b) = (ensemble(&synchronous, 12), ensemble(&ordered, 12));
    for column in 0..a.layout.columns.len() {
        let bits = |e: &Ensemble| e.values(0, column).into_iter().map(f64::to_bits).collect::<Vec<_>>();
        assert_eq!(bits(&a), bits(&b), "{:?}", a.layout.columns[column]);
    }
    // Few review in a quarter, so that whom they see first matters little.
    let (a, b) = (last(&a, "fragmentation", &Entity::World), last(&b, "fragmentation", &Entity::World));
    assert!((a.mean - b.mean).abs() < 0.05, "{} and {}", a.mean, b.mean);
}
