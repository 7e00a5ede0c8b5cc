//! Farrell & Saloner (1986): the installed base, excess inertia and excess momentum.

use super::numeric::{grid, root};
use super::parameter::number;
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::rules::adopt::Circumstance;

pub(super) const CLASSIC: Classic = Classic {
    id: "installed-base",
    name: "The installed base",
    lesson: "For a while after a better technology arrives, both “everybody takes it” and “nobody does” sustain themselves: what users believe of each other decides.",
    story: "A better technology arrives, but everybody already uses the old one. For some while both outcomes sustain themselves: if you think that others will move, moving pays; if you think that they will stay, staying pays. Nothing about the technologies settles it, only what users believe of each other. A credible announcement can be worth more than a better product.",
    engine: "adopt: best reply of a newcomer between two discounted benefits, each under the belief that all who follow do the same",
    source: "Farrell & Saloner 1986, American Economic Review 76:940–955 (derived anew)",
    level: Level::Identity,
    parameters: &[
        number("a", "benefit of the old technology without users", "per unit of time", 1.0, (0.0, 1e3)),
        number("b", "rise of it with each user", "per unit of time and user", 0.1, (1e-6, 1e3)),
        number("c", "benefit of the new technology without users", "per unit of time", 2.0, (0.0, 1e3)),
        number("d", "rise of it with each user", "per unit of time and user", 0.1, (0.0, 1e3)),
        number("r", "discount rate", "per unit of time", 0.1, (0.001, 10.0)),
    ],
    runs: 1,
    run,
};

/// ∫ e^(−rt) (level + slope t) dt from 0 on, by Simpson's rule over sixty discount times.
fn discounted(level: f64, slope: f64, r: f64) -> f64 {
    const STEPS: usize = 20_000;
    let h = 60.0 / r / STEPS as f64;
    let at = |k: usize| libm::exp(-r * k as f64 * h) * (level + slope * k as f64 * h);
    let weight = |k: usize| {
        if k == 0 || k == STEPS {
            1.0
        } else if k % 2 == 1 {
            4.0
        } else {
            2.0
        }
    };
    (0..=STEPS).map(|k| weight(k) * at(k)).sum::<f64>() * h / 3.0
}

/// Whether a newcomer at time T takes the new technology (standard 0) when it gets `new`, against `old`.
fn takes(new: f64, old: f64) -> bool {
    Circumstance { home: 0, preference: 0.0, current: None, switching_cost: 0.0 }.best(&[new, old]) == 0
}

fn run(values: &Values, _: Trial<'_>) -> Result<Outcome, String> {
    let v = |id: &str| values.number(id);
    let (a, b, c, d, r) = (v("a"), v("b"), v("c"), v("d"), v("r"));
    // Taking it sustains itself: all who follow take it, the old base stands still. Refusing it does: the old base goes on growing.
    let take = discounted(c, d, r);
    let alone = discounted(c, 0.0, r);
    let latest = |up_to: f64| boundary(|t| takes(take, discounted(a + b * t, 0.0, r)), up_to);
    let earliest = |up_to: f64| boundary(|t| takes(alone, discounted(a + b * t, b, r)), up_to);
    let exact = ((c - a - b / r) / b, (c - a + d / r) / b);
    let horizon = 10.0 * (exact.0.abs() + exact.1.abs()).max(1.0);
    let mut outcome =
        Outcome { simulated: "a newcomer’s best reply at every date, bisected for the dates at which it turns".to_owned(), ..Outcome::default() };
    outcome.lines.push(Line::exact("refusing sustains itself from T", earliest(horizon), Some(exact.0), "(c − a − b/r)/b"));
    outcome.lines.push(Line::exact("taking sustains itself up to T", latest(horizon), Some(exact.1), "(c − a + d/r)/b"));
    if exact.0 < 0.0 {
        outcome.notes.push("A date below 0 is before the old technology began: refusing sustains itself from the start.".to_owned());
    }
    outcome.picture = picture((a, b, c, d, r), exact);
    Ok(outcome)
}

/// The date at which `takes` turns from true to false.
fn boundary(takes: impl Fn(f64) -> bool, horizon: f64) -> f64 {
    root(|t| if takes(t) { 1.0 } else { -1.0 }, -horizon, horizon).unwrap_or(f64::NAN)
}

fn picture((a, b, c, d, r): (f64, f64, f64, f64, f64), (from, to): (f64, f64)) -> Picture {
    let top = to.max(1.0) * 1.5;
    let line = |name: &str, f: &dyn Fn(f64) -> f64| Series::new(name, Shape::Exact, grid(0.0, top, 31).into_iter().map(|t| (t, f(t))));
    Picture {
        x: "arrival T of the new technology".to_owned(),
        y: "discounted benefit of a newcomer".to_owned(),
        series: vec![
            Series::new("both sustain themselves", Shape::Band, [(from.max(0.0), 0.0), (to.max(0.0), 0.0)]),
            line("new, all follow", &|_| c / r + d / (r * r)),
            line("new, nobody follows", &|_| c / r),
            line("old, nobody follows", &|t| (a + b * t) / r),
            line("old, all follow", &|t| (a + b * t) / r + b / (r * r)),
        ],
    }
}
