//! The logit chain: few adopters, two standards, one revision after the other.

use super::limit;
use super::numeric::log_choose;
use super::parameter::{number, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::scenario::Updating;
use crate::setting::Setting;

pub(super) const CLASSIC: Classic = Classic {
    id: "logit-chain",
    name: "Few adopters",
    lesson: "With few adopters chance moves the market between standards for ever; the stronger the network, the longer it stays with one.",
    story: "With ten adopters instead of ten thousand, nothing is for ever. Chance carries the market from one standard to the other and back. The stronger the network, the longer it stays before it turns. Compare N = 10 with N = 20: what looks like a final victory in a large market is a long stay in a small one.",
    engine: "the whole tick: one bloc, partners are everybody else, random order, everybody reviews every tick; h is the home preference",
    source: "Glauber dynamics of the Curie–Weiss model; Blume 1993, Games and Economic Behavior 5:387–424",
    level: Level::Distribution,
    parameters: &[
        whole("N", "adopters", "adopters", 10, (2, 200)),
        number("b", "network strength: weight of the share among the others", "utility units", 1.0, (0.0, 10.0)),
        number("h", "advantage of the first standard", "utility units", 0.0, (0.0, 3.0)),
        whole("ticks", "ticks measured", "ticks", 200, (10, 5_000)),
        whole("burn", "ticks before, to forget the start", "ticks", 250, (0, 5_000)),
    ],
    runs: 2_000,
    run,
};

/// Exact stationary law of the number of users of the first standard. The chain is a birth-death chain: everybody is equally often
/// asked, and its law is that of Gibbs whatever the order in which they are asked.
fn law(n: usize, b: f64, h: f64) -> Vec<f64> {
    // Detailed balance: P(k+1)/P(k) = (n−k)/(k+1) · exp(b (2k/(n−1) − 1) + h).
    let step = |k: usize| b * (2.0 * k as f64 / (n - 1) as f64 - 1.0) + h;
    let weights: Vec<f64> = (0..=n).map(|k| log_choose(n, k) + (0..k).map(step).sum::<f64>()).collect();
    super::numeric::softmax(&weights)
}

/// Mean Herfindahl index, share of unanimous ticks, mean share of the first standard, and counts by number of users.
struct Measured {
    concentration: f64,
    unanimous: f64,
    share: f64,
    counts: Vec<f64>,
}

fn simulate((n, b, h): (usize, f64, f64), (burn, ticks): (usize, usize), seed: u32) -> Measured {
    let mut scenario = limit::scenario(1, n, ticks + burn + 1);
    limit::set(&mut scenario, "network-strength", b);
    limit::set(&mut scenario, "local-share", 1.0);
    limit::pull(&mut scenario, "home-preference", h);
    scenario.structure.updating = Updating::RandomOrder;
    let mut setting = Setting::new(&scenario);
    limit::complete_graph(&mut setting);
    let mut run = limit::Single::new(&setting, seed);
    // Starts are drawn from everything between unanimity and halves, so that slow mixing shows as spread between runs.
    let draws = Draws::new(seed);
    let bias = draws.unit(Stream::Member, 0, 0);
    (0..n).for_each(|i| run.settle(i, Some(usize::from(draws.unit(Stream::Member, i + 1, 0) > bias))));
    let mut measured = Measured { concentration: 0.0, unanimous: 0.0, share: 0.0, counts: vec![0.0; n + 1] };
    for t in 0..ticks + burn {
        run.tick();
        if t >= burn {
            let x = run.world().mix(0, 0)[0];
            let users = (x * n as f64).round() as usize;
            measured.concentration += (x * x + (1.0 - x) * (1.0 - x)) / ticks as f64;
            measured.unanimous += f64::from(u8::from(users == 0 || users == n)) / ticks as f64;
            measured.share += x / ticks as f64;
            measured.counts[users] += 1.0 / ticks as f64;
        }
    }
    measured
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (n, b, h, ticks) = (values.whole("N"), values.number("b"), values.number("h"), values.whole("ticks"));
    let all = trial.each(|seed| simulate((n, b, h), (values.whole("burn"), ticks), seed))?;
    let law = law(n, b, h);
    let share = |k: usize| k as f64 / n as f64;
    let expect = |f: &dyn Fn(f64) -> f64| law.iter().enumerate().map(|(k, p)| p * f(share(k))).sum::<f64>();
    const BASIS: &str = "exact stationary law of the birth-death chain";
    let of = |f: &dyn Fn(&Measured) -> f64| all.iter().map(f).collect::<Vec<_>>();
    let lines = vec![
        Line::mean("mean Herfindahl index", &of(&|m| m.concentration), Some(expect(&|x| x * x + (1.0 - x) * (1.0 - x))), BASIS),
        Line::mean("share of ticks in which all use the same", &of(&|m| m.unanimous), Some(law[0] + law[n]), BASIS),
        Line::mean("mean share of the first standard", &of(&|m| m.share), Some(expect(&|x| x)), BASIS),
        Line::theory("b at which endless adopters tip", 2.0, "two standards"),
    ];
    let found = (0..=n).map(|k| {
        let (mean, error) = super::outcome::mean_and_error(&of(&|m| m.counts[k]));
        [share(k), mean, error]
    });
    let picture = Picture {
        x: "share of the first standard".to_owned(),
        y: "share of time".to_owned(),
        series: vec![
            Series::new("exact", Shape::Exact, (0..=n).map(|k| (share(k), law[k]))),
            Series { name: "runs".to_owned(), shape: Shape::Dots, points: found.collect() },
        ],
    };
    let simulated = format!("{} runs of {ticks} ticks; in a tick each of {n} adopters reviews once, in random order", trial.runs);
    Ok(Outcome { simulated, lines, picture, ..Outcome::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_law_gives_the_published_figures() {
        for (n, b, h, mean, index, unanimous) in [
            (10, 1.0, 0.0, 0.5, 0.592_110, Some(0.021_576)),
            (10, 3.0, 0.0, 0.5, 0.868_043, Some(0.519_403)),
            (20, 3.0, 0.2, 0.910_650, 0.893_444, None),
        ] {
            let law = law(n, b, h);
            let expect = |f: &dyn Fn(f64) -> f64| law.iter().enumerate().map(|(k, p)| p * f(k as f64 / n as f64)).sum::<f64>();
            assert!((expect(&|x| x) - mean).abs() < 1e-6);
            assert!((expect(&|x| x * x + (1.0 - x) * (1.0 - x)) - index).abs() < 1e-6);
            assert!(unanimous.is_none_or(|p| (law[0] + law[n] - p).abs() < 1e-6));
        }
    }
}
