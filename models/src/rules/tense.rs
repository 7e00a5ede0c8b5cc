//! Rule (1): tension, and how it bends the levers.

use crate::draws::Stream;
use crate::levers::{LEVERS, index_of};
use crate::setting::Setting;
use crate::world::World;

/// Political climate and the levers in effect.
#[derive(Debug, Clone)]
pub(crate) struct Climate {
    pub(crate) tension: f64,
    pub(crate) fragmentation_at_start: f64,
    /// Fragmentation at the end of the tick before.
    pub(crate) fragmentation: f64,
    /// Levers in effect, laid out as by `LeverShape::at`.
    pub(crate) levers: Vec<f64>,
    /// By how much reciprocity has lowered each lever.
    lowered: Vec<f64>,
}

impl Climate {
    pub(crate) fn new(setting: &Setting) -> Climate {
        Climate {
            tension: setting.scenario.sizes.tension_at_start,
            fragmentation_at_start: 0.0,
            fragmentation: 0.0,
            levers: setting.schedule.row(0).to_vec(),
            lowered: vec![0.0; setting.shape.len()],
        }
    }

    pub(crate) fn begin(&mut self, fragmentation: f64) {
        self.fragmentation_at_start = fragmentation;
        self.fragmentation = fragmentation;
    }

    /// Takes note of fragmentation at the end of a tick; its first defined value counts as that of the start.
    pub(crate) fn observe(&mut self, fragmentation: f64) {
        if self.fragmentation_at_start.is_nan() {
            self.fragmentation_at_start = fragmentation;
        }
        self.fragmentation = fragmentation;
    }
}

impl World<'_> {
    /// The lever in effect (`slot` is 0 for a lever of the world, a bloc, or a pair).
    pub(crate) fn lever(&self, lever: usize, domain: usize, slot: usize) -> f64 {
        self.climate.levers[self.setting.shape.at(lever, domain, slot)]
    }
}

/// Tension reverts to its path, is pushed by fragmentation and chance; above its start it draws the levers to decoupling.
pub(crate) fn tense(world: &mut World<'_>) {
    let p = &world.setting.parameters;
    let climate = &world.climate;
    let path = world.setting.schedule.row(world.row)[world.setting.shape.at(const { index_of("tension") }, 0, 0)];
    let rise = climate.fragmentation - climate.fragmentation_at_start;
    // Where nobody is active there is no fragmentation yet, and nothing that could push.
    let slide = if rise.is_finite() { (1.0 - p.tension_memory) * p.tension_feedback * rise } else { 0.0 };
    let noise = p.tension_shock * world.draws.normal(Stream::Tension, 0, world.row);
    let tension = path + p.tension_memory * (climate.tension - path) + slide + noise + event_shock(world);
    world.climate.tension = tension.clamp(0.0, 1.0);
    bend(world);
}

/// Shock of the events dated in this quarter.
fn event_shock(world: &World<'_>) -> f64 {
    let today = world.scenario().calendar.quarter(world.row);
    world.scenario().events.iter().filter(|event| event.date == today).map(|event| event.tension_shock).sum()
}

/// Levers in effect: the path, lowered by reciprocity, then drawn towards the decoupling corner by tension.
fn bend(world: &mut World<'_>) {
    let setting = world.setting;
    let start = setting.scenario.sizes.tension_at_start;
    // Today's levers already contain today's tension, so only the excess acts.
    let excess = if start < 1.0 { ((world.climate.tension - start) / (1.0 - start)).max(0.0) } else { 0.0 };
    let bite = setting.parameters.tension_bite * excess;
    reciprocate(world);
    let path = setting.schedule.row(world.row);
    let climate = &mut world.climate;
    for (l, lever) in LEVERS.iter().enumerate() {
        // Tension itself is not drawn anywhere by itself.
        let bite = if l == const { index_of("tension") } { 0.0 } else { bite };
        for d in 0..setting.domains() {
            let first = setting.shape.at(l, d, 0);
            let slots = first..first + lever.scope.slots(setting.blocs());
            let from = path[slots.clone()].iter().zip(&climate.lowered[slots.clone()]);
            for (in_effect, (path, lowered)) in climate.levers[slots].iter_mut().zip(from) {
                let value = (path - lowered).max(lever.low);
                *in_effect = value + bite * (lever.decoupling_end(value) - value);
            }
        }
    }
}

/// Reciprocity: each bloc lowers its openness to the mean of the others where that is lower, at the rate per year.
fn reciprocate(world: &mut World<'_>) {
    let (setting, rate) = (world.setting, world.setting.scenario.structure.reciprocity / 4.0);
    let blocs = setting.blocs();
    if rate == 0.0 || blocs < 2 {
        return;
    }
    for (l, _) in LEVERS.iter().enumerate().filter(|(_, lever)| lever.openness) {
        for d in 0..setting.domains() {
            let shown: Vec<f64> = (0..blocs).map(|b| world.climate.levers[setting.shape.at(l, d, b)]).collect();
            let total: f64 = shown.iter().sum();
            for (b, own) in shown.iter().enumerate() {
                let others = (total - own) / (blocs - 1) as f64;
                world.climate.lowered[setting.shape.at(l, d, b)] += rate * (own - others).max(0.0);
            }
        }
    }
}
