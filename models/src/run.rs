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
    future(world.scenario(), effective, |a, b| joint(world, a, b))
}

/// The end state that goes with the interoperability of each pair of blocs (domain-weighted, 0 to 1) and the number of effective standards.
///
/// The thresholds are the scenario's. Blocs that are not all joined fall into parts: one part is a bridge, two are two blocs, more are a split.
pub fn future(scenario: &Scenario, effective: f64, interoperability: impl Fn(usize, usize) -> f64) -> Future {
    let rule = scenario.future_rule;
    let blocs = scenario.blocs.len();
    let joined: Vec<(usize, usize)> = scenario.pairs().into_iter().filter(|(a, b)| interoperability(*a, *b) >= rule.joined_from).collect();
    let links = |b: usize| joined.iter().filter(|(x, y)| *x == b || *y == b).count();
    if joined.len() == scenario.pairs().len() {
        return if effective <= rule.single_up_to { Future::SingleMarket } else { Future::CommonCore };
    }
    match (parts(blocs, &joined), joined.first()) {
        // The bridge is the bloc with most links; the first of equals.
        (1, _) => Future::Bridge((0..blocs).rev().max_by_key(|b| links(*b)).unwrap_or(0)),
        (2, Some(first)) => Future::TwoBlocs(first.0, first.1),
        _ => Future::Split,
    }
}

/// Into how many parts the blocs fall when only the joined pairs hold together.
fn parts(blocs: usize, joined: &[(usize, usize)]) -> usize {
    let mut part: Vec<usize> = (0..blocs).collect();
    for (a, b) in joined {
        let (from, to) = (part[*b], part[*a]);
        part.iter_mut().filter(|p| **p == from).for_each(|p| *p = to);
    }
    (0..blocs).filter(|b| part.contains(b)).count()
}

/// The column of the fragmentation index of the world, with which most analyses begin.
pub fn fragmentation_column(setting: &Setting) -> Option<usize> {
    setting.layout.find("fragmentation", &Entity::World, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_pairs_leave_the_blocs_in_parts() {
        for (blocs, joined, wanted) in [
            (3, &[][..], 3),
            (3, &[(0, 2)], 2),
            (3, &[(0, 2), (1, 2)], 1),
            (4, &[(0, 1)], 3),
            (4, &[(0, 1), (2, 3)], 2),
            (4, &[(0, 1), (2, 3), (1, 2)], 1),
            (1, &[], 1),
        ] {
            assert_eq!(parts(blocs, joined), wanted, "{blocs} blocs, {joined:?}");
        }
    }
}
