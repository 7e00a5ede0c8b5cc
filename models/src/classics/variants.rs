//! One product for all markets or several: the decision behind the Brussels effect, and how many variants a supplier keeps.

use super::numeric::{grid, root};
use super::parameter::{number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::rules::supply::{Plan, best_plan};

pub(super) const CLASSIC: Classic = Classic {
    id: "variants",
    name: "One product or two",
    lesson: "A supplier sells its compliant product everywhere as long as a second version costs more than complying where nobody asks; small suppliers do, large ones split, unless their second version costs more.",
    story: "A supplier must meet strict rules in one market. Elsewhere nobody asks. One compliant product for all costs a little more per unit; a second version costs a lot, once. Small suppliers take one product everywhere and so carry the rule abroad; large ones can afford to split. If a second version is dearer for complex products the order can turn round: which it is, is contested, and here you can try both.",
    engine: "supply: the plan with the highest profit, over the one-version and the two-version plan, and over plans of 1 to 100 variants",
    source: "derived for this project after Bradford 2012; the continuum is text-book (Alesina & Spolaore 1997)",
    level: Level::Distribution,
    parameters: &[
        number("phi", "fixed cost of a variant", "cost", 10.0, (1e-9, 1e6)),
        number("kappa", "cost of complying per unit", "cost per unit", 1.0, (0.0, 1e6)),
        number("g", "gain per unit sold as compliant elsewhere", "price per unit", 0.2, (0.0, 1e6)),
        number("q_m", "smallest size of a supplier, units sold outside the strict market", "units", 2.0, (1e-6, 1e6)),
        number("theta", "tail of the Pareto law of sizes", "exponent", 1.2, (0.1, 10.0)),
        number("phi_1", "part of the variant cost that grows with size: phi + phi_1 q^zeta", "cost", 0.0, (0.0, 1e6)),
        number("zeta", "how fast it grows", "exponent", 0.7, (0.0, 3.0)),
        number("phi_v", "fixed cost of a variant on the line of requirements", "cost", 0.01, (1e-6, 10.0)),
        number("k", "cost of distance from a requirement, which lie evenly on 0 to 1", "cost per distance", 1.0, (1e-3, 1e3)),
        word("distance", "cost of distance on the line: absolute or quadratic", &["absolute", "quadratic"]),
        whole("n", "suppliers per run", "suppliers", 1_000, (1, 100_000)),
    ],
    runs: 40,
    run,
};

struct Case {
    phi: f64,
    excess: f64,
    phi_1: f64,
    zeta: f64,
}

impl Case {
    fn variant_cost(&self, q: f64) -> f64 {
        self.phi + if self.phi_1 > 0.0 { self.phi_1 * libm::pow(q, self.zeta) } else { 0.0 }
    }

    /// Whether a supplier of size q sells its compliant version everywhere, by the engine's choice of plans.
    fn one_version(&self, q: f64) -> bool {
        let plan = |partition: usize, value: f64, variants: f64| Plan { partition, value, variants, spread: 0.0 };
        best_plan((q, self.variant_cost(q), 0.0), &[plan(0, -self.excess, 1.0), plan(1, 0.0, 2.0)]).partition == 0
    }

    /// Share of suppliers with Pareto sizes that comply everywhere, from the sizes at which the decision turns.
    fn share(&self, q_m: f64, theta: f64) -> f64 {
        let gap = |q: f64| self.variant_cost(q) - self.excess * q;
        let below = |q: f64| 1.0 - libm::pow(q_m / q, theta);
        // In logarithms of size over a range beyond which less than 1e-9 of suppliers lie.
        let top = libm::pow(10.0, 9.0 / theta).min(1e15);
        let turns = super::numeric::roots(|log| gap(q_m * libm::exp(log)), 0.0, libm::log(top), 4_000);
        let (mut share, mut from, mut complies) = (0.0, q_m, gap(q_m) >= 0.0);
        for turn in turns.into_iter().map(|log| q_m * libm::exp(log)).chain([f64::INFINITY]) {
            let to = if turn.is_finite() { below(turn) } else { 1.0 };
            share += if complies { to - below(from) } else { 0.0 };
            (from, complies) = (turn, !complies);
        }
        share
    }
}

/// Cost of `m` equal variants on the line, distances summed over many requirements.
fn line_cost(m: usize, k: f64, quadratic: bool) -> f64 {
    const FINE: usize = 20_000;
    let cost = |i: usize| {
        let x = (i as f64 + 0.5) / FINE as f64;
        let centre = ((x * m as f64).floor() + 0.5) / m as f64;
        let apart = (x - centre).abs();
        k * if quadratic { apart * apart } else { apart }
    };
    (0..FINE).map(cost).sum::<f64>() / FINE as f64
}

/// Exact cost of m variants, fixed costs included.
fn exact_cost(m: f64, phi: f64, k: f64, quadratic: bool) -> f64 {
    m * phi + if quadratic { k / (12.0 * m * m) } else { k / (4.0 * m) }
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let v = |id: &str| values.number(id);
    let (kappa, g, q_m, theta) = (v("kappa"), v("g"), v("q_m"), v("theta"));
    let case = Case { phi: v("phi"), excess: kappa - g, phi_1: v("phi_1"), zeta: v("zeta") };
    let n = values.whole("n");
    let shares: Vec<f64> = trial.each(|seed| {
        let draws = Draws::new(seed);
        let size = |i: usize| q_m * libm::pow(1.0 - draws.unit(Stream::Size, i, 0), -1.0 / theta);
        (0..n).filter(|i| case.one_version(size(*i))).count() as f64 / n as f64
    })?;
    let mut outcome = Outcome { simulated: format!("{} runs of {n} suppliers with Pareto sizes", trial.runs), ..Outcome::default() };
    if case.excess <= 0.0 {
        outcome.notes.push("Complying elsewhere pays by itself (g is at least kappa): everybody does.".to_owned());
    } else if case.phi_1 == 0.0 {
        let turn = root(|log| if case.one_version(libm::exp(log)) { 1.0 } else { -1.0 }, -40.0, 40.0).map(libm::exp);
        let basis = "q* = phi/(kappa − g)";
        outcome.lines.extend(turn.map(|q| Line::exact("largest supplier that complies everywhere", q, Some(case.phi / case.excess), basis)));
    }
    let exact =
        if case.phi_1 == 0.0 && case.excess > 0.0 { (1.0 - libm::pow(q_m * case.excess / case.phi, theta)).max(0.0) } else { case.share(q_m, theta) };
    outcome.lines.push(Line::mean(
        "share of suppliers that comply everywhere",
        &shares,
        Some(exact),
        "1 − (q_m/q*)^theta; with phi_1 above 0 from the sizes at which phi + phi_1 q^zeta = (kappa − g) q",
    ));
    on_the_line(v("phi_v"), v("k"), values.word("distance") == "quadratic", &mut outcome);
    outcome.picture = picture(&case, (q_m, theta), &shares);
    Ok(outcome)
}

/// How many variants cover an even line of requirements.
fn on_the_line(phi: f64, k: f64, quadratic: bool, outcome: &mut Outcome) {
    let (width, number) =
        if quadratic { (libm::cbrt(6.0 * phi / k), libm::cbrt(k / (6.0 * phi))) } else { (2.0 * (phi / k).sqrt(), (k / phi).sqrt() / 2.0) };
    let plans: Vec<Plan> = (1..=100).map(|m| Plan { partition: m, value: -line_cost(m, k, quadratic), variants: m as f64, spread: 0.0 }).collect();
    let chosen = best_plan((1.0, phi, 0.0), &plans).partition;
    // The cost is convex in m: the best whole number lies beside the best number.
    let beside = [number.floor().max(1.0), number.ceil().max(1.0)];
    let best = if exact_cost(beside[0], phi, k, quadratic) <= exact_cost(beside[1], phi, k, quadratic) { beside[0] } else { beside[1] };
    let reference = (best < 100.0).then_some(best);
    outcome.lines.push(Line::theory("best width of a variant on the line", width, "absolute: 2 √(phi/k); quadratic: (6 phi/k)^(1/3)"));
    outcome.lines.push(Line::theory("best number of variants on the line", number, "absolute: √(k/phi)/2; quadratic: one over the width"));
    outcome.lines.push(Line::exact("best whole number of variants", chosen as f64, reference, "the cheaper of the two whole numbers beside it"));
}

/// Share that complies everywhere against the variant cost.
fn picture(case: &Case, (q_m, theta): (f64, f64), shares: &[f64]) -> Picture {
    let curve = grid(0.02, 3.0, 80).into_iter().map(|factor| {
        let phi = factor * case.phi;
        (phi, Case { phi, ..*case }.share(q_m, theta))
    });
    let (mean, error) = super::outcome::mean_and_error(shares);
    Picture {
        x: "fixed cost of a variant phi".to_owned(),
        y: "share that complies everywhere".to_owned(),
        series: vec![
            Series::new("exact", Shape::Exact, curve),
            Series { name: "runs".to_owned(), shape: Shape::Dots, points: vec![[case.phi, mean, error]] },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_figures_come_out() {
        let case = Case { phi: 10.0, excess: 0.8, phi_1: 0.0, zeta: 1.0 };
        assert!(case.one_version(12.4999) && !case.one_version(12.5001));
        assert!((1.0 - libm::pow(2.0 / 12.5, 1.2) - 0.889_097).abs() < 1e-6);
        assert!((case.share(2.0, 1.2) - 0.889_097).abs() < 1e-6);
        assert!((libm::cbrt(0.06) - 0.391_487).abs() < 1e-6);
    }
}
