//! Discrete choice with social interaction (Brock & Durlauf 2001) in one market: the mean field of the logit rule.

use super::limit;
use super::numeric::{root, softmax};
use super::parameter::{list, number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::setting::Setting;
use crate::uncertainties::index_of;

pub(super) const CLASSIC: Classic = Classic {
    id: "logit",
    name: "Choice with network benefit",
    lesson: "Below a certain network strength standards share the market; above it one leads. With three or more standards the change is a jump, and just before it the outcome depends on the start.",
    story: "Everybody chooses again and again among standards, by liking, by chance, and by how many use each. While the pull of others is weak the market is shared. Raise b slowly and, with two standards, one of them begins to lead. With three or more the change comes as a jump, and just before it the outcome depends on where you started. A small change in how much compatibility counts can then change everything.",
    engine: "the whole tick: blocs of equal size in one world market, quality per text, logit, everybody reviews every tick",
    source: "Brock & Durlauf 2001, Review of Economic Studies 68:235–260; mean-field Potts model",
    level: Level::Distribution,
    parameters: &[
        list("h", "utility of each standard without users", "utility units", &[1.0, 0.0, -0.5], ((-5.0, 5.0), (2, 8))),
        number("b", "network strength: utility of a standard that everybody uses", "utility units", 0.0, (0.0, 20.0)),
        word("start", "share at the start: chosen without network, or all on the first standard", &["alone", "leader"]),
        whole("n", "adopters", "adopters", 10_000, (100, 200_000)),
        whole("ticks", "ticks; the second half is measured", "ticks", 80, (2, 390)),
    ],
    runs: 20,
    run,
};

/// Mean shares over the second half of a run.
fn simulate(h: &[f64], b: f64, leader: bool, (n, ticks): (usize, usize), seed: u32) -> Vec<f64> {
    let blocs = h.len() - 1;
    let mut scenario = limit::scenario(blocs, n, ticks + 1);
    limit::set(&mut scenario, "network-strength", b);
    scenario.uncertainties[const { index_of("international-quality") }].fill(h[blocs]);
    scenario.blocs.iter_mut().zip(h).for_each(|(bloc, h)| bloc.quality = *h);
    let mut setting = Setting::new(&scenario);
    // One world market: every market weighs alike for everybody.
    setting.markets.own.fill(1.0 / blocs as f64);
    let mut run = limit::Single::new(&setting, seed);
    if leader {
        (1..h.len()).for_each(|s| run.relabel(s, 0));
    }
    let mut sum = vec![0.0; h.len()];
    for t in 1..=ticks {
        run.tick();
        if 2 * t > ticks {
            (0..blocs).for_each(|m| sum.iter_mut().zip(run.world().mix(0, m)).for_each(|(sum, share)| *sum += share / blocs as f64));
        }
    }
    let measured = (ticks - ticks / 2) as f64;
    sum.iter_mut().for_each(|share| *share /= measured);
    sum
}

/// Where x ← softmax(b x + h) ends from a start.
pub(crate) fn fixed_point(h: &[f64], b: f64, start: &[f64]) -> Vec<f64> {
    let mut x = start.to_vec();
    for _ in 0..100_000 {
        let next = softmax(&x.iter().zip(h).map(|(x, h)| b * x + h).collect::<Vec<_>>());
        let moved = x.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        x = next;
        if moved < 1e-14 {
            break;
        }
    }
    x
}

/// Share of the leader, given b, of the one-leader state of k equal standards: ln(x (k−1)/(1−x)) = b (k x − 1)/(k−1).
fn strength_of(x: f64, k: f64) -> f64 {
    libm::log(x * (k - 1.0) / (1.0 - x)) * (k - 1.0) / (k * x - 1.0)
}

/// Smallest network strength with a one-leader state of k equal standards, and the leader's share there; at two standards it
/// grows out of the equal shares.
pub(crate) fn spinodal(k: usize) -> (f64, f64) {
    let k = k as f64;
    let (mut low, mut high) = (1.0 / k + 1e-9, 1.0 - 1e-9);
    // Golden section: strength_of has one minimum.
    let ratio = 0.618_033_988_749_894_9;
    for _ in 0..200 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if strength_of(a, k) < strength_of(b, k) {
            high = b;
        } else {
            low = a;
        }
    }
    let x = 0.5 * (low + high);
    (strength_of(x, k), x)
}

/// Bias that removes the second equilibrium of two standards at strength b > 2.
fn vanishing_bias(b: f64) -> f64 {
    let x = 0.5 * (1.0 + (1.0 - 2.0 / b).sqrt());
    b * (2.0 * x - 1.0) - libm::log(x / (1.0 - x))
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (h, b, leader) = (values.list("h"), values.number("b"), values.word("start") == "leader");
    let size = (values.whole("n"), values.whole("ticks"));
    let ends = trial.each(|seed| simulate(h, b, leader, size, seed))?;
    let first: Vec<f64> = if leader { (0..h.len()).map(|s| f64::from(u8::from(s == 0))).collect() } else { softmax(h) };
    let exact = fixed_point(h, b, &first);
    let mut outcome = Outcome {
        simulated: format!("{} runs of {} adopters over {} ticks, all reviewing every tick", trial.runs, size.0, size.1),
        ..Outcome::default()
    };
    for (s, exact) in exact.iter().enumerate() {
        let own: Vec<f64> = ends.iter().map(|x| x[s]).collect();
        let basis = "fixed point of x = exp(b x + h)/Σ exp(b x + h) from the same start";
        outcome.lines.push(Line::mean(format!("share of standard {}", s + 1), &own, Some(*exact), basis).within(b * b / size.0 as f64));
    }
    if b > 0.0 {
        outcome
            .notes
            .push(format!("The mean field is for endless adopters; its error here is what n = {} may lie beside it, of order b²/n.", size.0));
    }
    thresholds(h, b, &mut outcome);
    outcome.picture = picture(h, b, leader, size, trial, &ends)?;
    Ok(outcome)
}

/// What theory knows of equal standards, or of two.
fn thresholds(h: &[f64], b: f64, outcome: &mut Outcome) {
    let k = h.len();
    if h.windows(2).all(|pair| pair[0] == pair[1]) {
        let (strength, leader) = spinodal(k);
        let n = k as f64;
        outcome.lines.push(Line::theory("b at which a one-leader state appears", strength, "least b with ln(x (k−1)/(1−x)) = b (k x − 1)/(k−1)"));
        outcome.lines.push(Line::theory("share of the leader there", leader, "the x of that minimum"));
        if k > 2 {
            outcome.lines.push(Line::theory(
                "b at which both states are equally deep",
                2.0 * (n - 1.0) / (n - 2.0) * libm::log(n - 1.0),
                "2 (k−1)/(k−2) ln(k−1)",
            ));
        }
        outcome.lines.push(Line::theory("b at which equal shares lose stability", n, "k"));
        if b > strength {
            let state = root(|x| strength_of(x, n) - b, leader.max(1.0 / n + 1e-9), 1.0 - 1e-15);
            outcome
                .lines
                .extend(state.map(|x| Line::theory("share of the leader in the one-leader state", x, "the larger root of the same equation")));
        }
    }
    if k == 2 && b > 2.0 {
        outcome.lines.push(Line::theory(
            "difference in h that removes the second equilibrium",
            vanishing_bias(b),
            "b (2x − 1) − ln(x/(1−x)) where 2 b x (1−x) = 1",
        ));
    }
}

/// Share of the first standard against network strength, from both starts.
fn picture(h: &[f64], b: f64, leader: bool, size: (usize, usize), trial: Trial<'_>, ends: &[Vec<f64>]) -> Result<Picture, String> {
    let one: Vec<f64> = (0..h.len()).map(|s| f64::from(u8::from(s == 0))).collect();
    let alone = softmax(h);
    let top = (b + 1.0).max(5.0);
    let strengths: Vec<f64> = super::numeric::grid(0.0, top, 101);
    let curve = |start: &[f64]| strengths.iter().map(|b| (*b, fixed_point(h, *b, start)[0])).collect::<Vec<_>>();
    let few = Trial { runs: trial.runs.min(4), ..trial };
    let quick = (size.0.min(3_000), size.1.min(60));
    let start = if leader { "from the leader" } else { "from choices without network" };
    let mut dots: Vec<[f64; 3]> = (1..=9)
        .map(|k| top * f64::from(k) / 10.0)
        .map(|b| {
            let own: Vec<f64> = few.each(|seed| simulate(h, b, leader, quick, seed)[0])?;
            let (mean, error) = super::outcome::mean_and_error(&own);
            Ok([b, mean, error])
        })
        .collect::<Result<_, String>>()?;
    let own: Vec<f64> = ends.iter().map(|x| x[0]).collect();
    let (mean, error) = super::outcome::mean_and_error(&own);
    dots.push([b, mean, error]);
    Ok(Picture {
        x: "network strength b".to_owned(),
        y: "share of the first standard".to_owned(),
        series: vec![
            Series::new("mean field from choices without network", Shape::Exact, curve(&alone)),
            Series::new("mean field from the leader", Shape::Exact, curve(&one)),
            Series { name: format!("runs, {start}"), shape: Shape::Dots, points: dots },
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_the_published_ones() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 2e-6, "{a} instead of {b}");
        near(spinodal(3).0, 2.745_644);
        near(spinodal(3).1, 0.584_801);
        near(spinodal(4).0, 3.218_741);
        near(spinodal(4).1, 0.630_344);
        assert!((spinodal(2).0 - 2.0).abs() < 1e-6);
        for (b, bias) in [(2.5, 0.155_610), (3.0, 0.415_093), (4.0, 1.065_680)] {
            near(vanishing_bias(b), bias);
        }
        for (b, leader) in [(2.5, 0.855_206), (3.0, 0.929_280), (4.0, 0.978_752)] {
            near(fixed_point(&[0.0, 0.0], b, &[1.0, 0.0])[0], leader);
        }
        for (b, leader) in [(3.0, 0.810_917), (3.5, 0.912_901), (4.0, 0.953_930)] {
            near(fixed_point(&[0.0; 3], b, &[1.0, 0.0, 0.0])[0], leader);
        }
    }
}
