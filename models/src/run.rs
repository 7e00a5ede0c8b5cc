//! One run: a function of setting and seed.

pub use crate::group::{MOST_RUNS, Way, run_group};
use crate::layout::Entity;
use crate::rules::recognise::interoperability;
use crate::scenario::Scenario;
pub use crate::setting::Setting;
use crate::trajectory::{Future, Trace, Trajectory};
use crate::world::World;

/// Runs a scenario with a seed.
pub fn run(setting: &Setting, seed: u32) -> Trajectory {
    let alone = run_group(setting, &[seed], Way::Fast, &|| false);
    let Some(trajectory) = alone.and_then(|mut runs| runs.pop()) else { unreachable!("nobody stops it") };
    trajectory
}

/// Appends the state of a row to the trace.
pub(crate) fn record(world: &World<'_>, trace: &mut Trace) {
    let (blocs, standards) = (world.blocs(), world.standards());
    trace.points.extend_from_slice(&world.texts.point);
    for d in 0..world.domains() {
        for (a, b) in world.scenario().pairs() {
            trace.recognition.push(world.rules.recognition[(d * standards + a) * standards + b]);
        }
        for b in 0..blocs {
            trace.shares.extend_from_slice(world.mix(d, b));
        }
    }
    trace.required.extend_from_slice(&world.texts.required);
    trace.alignment.extend_from_slice(&world.alignment);
}

/// Domain-weighted interoperability of two blocs.
fn joint(world: &World<'_>, a: usize, b: usize) -> f64 {
    let n = world.standards();
    let of = |d: usize| interoperability(world.mix(d, a), world.mix(d, b), &world.rules.sigma[d * n * n..(d + 1) * n * n]);
    world.scenario().domains.iter().enumerate().map(|(d, domain)| domain.weight * of(d)).sum()
}

/// Where a run ends, by which pairs of blocs are joined at the horizon.
pub(crate) fn classify(world: &World<'_>, effective: f64) -> Future {
    let scenario: &Scenario = world.scenario();
    let rule = scenario.future_rule;
    let blocs = scenario.blocs.len();
    let joined: Vec<(usize, usize)> = scenario.pairs().into_iter().filter(|(a, b)| joint(world, *a, *b) >= rule.joined_from).collect();
    let links = |b: usize| joined.iter().filter(|(x, y)| *x == b || *y == b).count();
    if joined.len() == scenario.pairs().len() {
        return if effective <= rule.single_up_to { Future::SingleMarket } else { Future::CommonCore };
    }
    let Some(first) = joined.first() else { return Future::Split };
    if connected(blocs, &joined) {
        // The bridge is the bloc with most links; the first of equals.
        let bridge = (0..blocs).rev().max_by_key(|b| links(*b)).unwrap_or(0);
        return Future::Bridge(bridge);
    }
    Future::TwoBlocs(first.0, first.1)
}

/// Whether the joined pairs connect all blocs.
fn connected(blocs: usize, joined: &[(usize, usize)]) -> bool {
    let mut reached = vec![false; blocs];
    reached[0] = true;
    for _ in 0..blocs {
        for (a, b) in joined {
            let either = reached[*a] || reached[*b];
            (reached[*a], reached[*b]) = (either, either);
        }
    }
    reached.into_iter().all(|r| r)
}

/// The column of the fragmentation index of the world, with which most analyses begin.
pub fn fragmentation_column(setting: &Setting) -> Option<usize> {
    setting.layout.find("fragmentation", &Entity::World, None)
}
