//! A scenario that takes some of its inputs from another: what it takes to split a difference between two scenarios by cause.

use super::{Move, Scenario};
use crate::levers::{LEVERS, Lever, Scope};
use crate::schedule::moves_of;
use crate::uncertainties::{UNCERTAINTIES, index_of};

/// A part of a scenario that can be taken from another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Input {
    /// A lever, by position in `LEVERS`: its values as of today and its course.
    Lever(usize),
    /// An uncertainty, by position in `UNCERTAINTIES`.
    Uncertainty(usize),
    /// Dated events and the shocks to tension that they bring.
    Events,
    /// The structural switches.
    Structure,
    /// All other numbers: blocs, economies, domains, trade, sizes, thresholds of the end states.
    Numbers,
}

/// Position of the one uncertainty that acts on the blocs' points when a scenario is loaded.
const SPREAD: usize = index_of("ideal-spread");

/// Whether two scenarios speak of the same things over the same time, so that one can take inputs from the other.
pub fn mixable(a: &Scenario, b: &Scenario) -> bool {
    let ids = |s: &Scenario| {
        let blocs = s.blocs.iter().map(|x| x.id.clone());
        let rest =
            s.domains.iter().map(|x| x.id.clone()).chain(s.groups.iter().map(|x| x.id.clone())).chain(s.economies.iter().map(|x| x.id.clone()));
        blocs.chain(rest).collect::<Vec<String>>()
    };
    a.calendar == b.calendar && ids(a) == ids(b)
}

/// The inputs in which two scenarios differ.
///
/// They must be [`mixable`]. When the written points of the blocs or domains differ, their spread counts as one of the other numbers,
/// because the points that a run uses are the product of both.
pub fn differing(a: &Scenario, b: &Scenario) -> Vec<Input> {
    let levers = (0..LEVERS.len()).filter(|l| lever_differs(a, b, *l)).map(Input::Lever);
    let apart = positions_differ(a, b);
    let uncertain = |u: &usize| a.uncertainties[*u] != b.uncertainties[*u] && !(apart && *u == SPREAD);
    let uncertainties = (0..UNCERTAINTIES.len()).filter(uncertain).map(Input::Uncertainty);
    let events = (shocks(a) != shocks(b)).then_some(Input::Events);
    let structure = (a.structure != b.structure).then_some(Input::Structure);
    let numbers = numbers_differ(a, b).then_some(Input::Numbers);
    levers.chain(uncertainties).chain(events).chain(structure).chain(numbers).collect()
}

/// `a` with the given inputs taken from `b`; they must be [`mixable`].
pub fn mixed(a: &Scenario, b: &Scenario, inputs: &[Input]) -> Scenario {
    let taken = |input: Input| inputs.contains(&input);
    let numbers = taken(Input::Numbers);
    let mut mixed = a.clone();
    if numbers {
        (mixed.blocs, mixed.groups, mixed.economies) = (b.blocs.clone(), b.groups.clone(), b.economies.clone());
        (mixed.domains, mixed.trade) = (b.domains.clone(), b.trade.clone());
        (mixed.sizes, mixed.future_rule) = (b.sizes, b.future_rule);
    }
    for u in (0..UNCERTAINTIES.len()).filter(|u| taken(Input::Uncertainty(*u))) {
        mixed.uncertainties[u].clone_from(&b.uncertainties[u]);
    }
    let points_of_b = if positions_differ(a, b) { numbers } else { taken(Input::Uncertainty(SPREAD)) };
    let points = if points_of_b { b } else { a };
    mixed.uncertainties[SPREAD].clone_from(&points.uncertainties[SPREAD]);
    mixed.blocs.iter_mut().zip(&points.blocs).for_each(|(bloc, from)| bloc.ideal.clone_from(&from.ideal));
    if taken(Input::Structure) {
        mixed.structure = b.structure;
    }
    if taken(Input::Events) {
        mixed.events.clone_from(&b.events);
    }
    mixed.moves.clear();
    for (l, lever) in LEVERS.iter().enumerate() {
        let from = if taken(Input::Lever(l)) { b } else { a };
        mixed.levers_today[l].clone_from(&from.levers_today[l]);
        mixed.moves.extend(own_moves(lever, from));
    }
    mixed
}

/// What the moves of a scenario do with one lever, slot by slot, as moves of that lever alone: the master slider is taken apart.
fn own_moves(lever: &Lever, scenario: &Scenario) -> Vec<Move> {
    let mut moves = Vec::new();
    for d in 0..scenario.domains.len() {
        for slot in 0..lever.scope.slots(scenario.blocs.len()) {
            let today = scenario.levers_today[lever.index()][d][slot];
            moves.extend(moves_of(scenario, lever, d, slot, today).into_iter().map(|(m, to)| Move {
                lever: lever.id.to_owned(),
                blocs: if lever.scope == Scope::Bloc { vec![slot] } else { Vec::new() },
                pair: (lever.scope == Scope::Pair).then(|| scenario.pairs()[slot]),
                domain: Some(d),
                to,
                replaces: false,
                ..m.clone()
            }));
        }
    }
    moves
}

fn lever_differs(a: &Scenario, b: &Scenario, lever: usize) -> bool {
    let slots = LEVERS[lever].scope.slots(a.blocs.len());
    (0..a.domains.len()).any(|d| (0..slots).any(|slot| a.lever_path(lever, d, slot) != b.lever_path(lever, d, slot)))
}

/// Events as they act on a run: those without a shock are marks on charts only.
fn shocks(scenario: &Scenario) -> Vec<(crate::calendar::Quarter, f64)> {
    scenario.events.iter().filter(|e| e.tension_shock != 0.0).map(|e| (e.date, e.tension_shock)).collect()
}

/// Whether the written points of blocs, or the spread of domains, differ: what the uncertain spread is multiplied with.
fn positions_differ(a: &Scenario, b: &Scenario) -> bool {
    let written = |s: &Scenario| {
        let position =
            |key: &str| (key.starts_with("blocs.") && key.contains(".ideal-")) || (key.starts_with("domains.") && key.ends_with(".spread"));
        s.ledger.iter().filter(|e| position(&e.key)).map(|e| (e.key.clone(), e.quantity.value)).collect::<Vec<_>>()
    };
    written(a) != written(b)
}

fn numbers_differ(a: &Scenario, b: &Scenario) -> bool {
    let bare = |s: &Scenario| s.blocs.iter().map(|x| (x.size, x.work_months, x.starts_identical.clone())).collect::<Vec<_>>();
    positions_differ(a, b)
        || bare(a) != bare(b)
        || (&a.groups, &a.economies, &a.domains) != (&b.groups, &b.economies, &b.domains)
        || a.trade != b.trade
        || a.sizes != b.sizes
        || a.future_rule != b.future_rule
}
