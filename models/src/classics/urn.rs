//! Pólya's urn and its nonlinear kin (Arthur, Ermoliev & Kaniovski 1987).

use super::parameter::{list, number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::metrics::concentration;
use crate::rules::adopt::{Circumstance, attraction};
use crate::scenario::NetworkTerm;

pub(super) const CLASSIC: Classic = Classic {
    id: "urn",
    name: "Urns",
    lesson: "If each newcomer picks a standard in proportion to its users, any share can become permanent; if it picks more than in proportion, one takes all.",
    story: "Put one ball of each colour into an urn. Draw one, put it back with another of the same colour, and go on. The share of a colour settles, but anywhere: run it again and it settles somewhere else. The first few draws weigh most. With g above 1 newcomers follow the majority more than in proportion, and one colour takes all. Early standards work is like the first draws: cheap to do, dear to undo.",
    engine: "adopt: logarithmic network term on numbers of users, logit, nobody reviews; newcomers one by one. For the majority: best reply to three users drawn",
    source: "Arthur, Ermoliev & Kaniovski 1987, European Journal of Operational Research 30:294–303",
    level: Level::Distribution,
    parameters: &[
        list("start", "balls of each colour at the start", "balls", &[1.0, 1.0], ((1.0, 1000.0), (2, 8))),
        word(
            "f",
            "how the chance of a colour depends on its share: power x^g, or majority of three drawn (3x² − 2x³, two colours)",
            &["power", "majority"],
        ),
        number("g", "exponent of the power; slope of f at one half", "exponent", 1.0, (0.0, 10.0)),
        whole("n", "balls added", "balls", 2_000, (1, 20_000)),
        number("above", "share above which the leader is counted", "share", 0.8, (0.5, 1.0)),
    ],
    runs: 2_000,
    run,
};

#[derive(Clone, Copy, PartialEq)]
enum Rule {
    Power(f64),
    Majority,
}

const NOBODY: Circumstance = Circumstance { home: 0, preference: 0.0, current: None, switching_cost: 0.0 };

/// The colour that is added, by the engine's choice.
fn picked(rule: Rule, balls: &[f64], draws: Draws, step: usize) -> usize {
    match rule {
        Rule::Power(g) => {
            let merit: Vec<f64> = balls.iter().map(|n| attraction(0.0, g, NetworkTerm::Logarithmic(0.0), *n)).collect();
            NOBODY.logit(&merit, draws.unit(Stream::Choose, step, 0))
        }
        Rule::Majority => {
            let total: f64 = balls.iter().sum();
            let first = (0..3).filter(|k| draws.unit(Stream::Partner, step, *k) * total < balls[0]).count();
            NOBODY.best(&[0, 1].map(|colour| attraction(0.0, 1.0, NetworkTerm::Linear, [first, 3 - first][colour] as f64)))
        }
    }
}

/// Balls of each colour after `n` draws.
fn drawn(rule: Rule, start: &[f64], n: usize, seed: u32) -> Vec<f64> {
    let (draws, mut balls) = (Draws::new(seed), start.to_vec());
    for step in 0..n {
        let colour = picked(rule, &balls, draws, step);
        balls[colour] += 1.0;
    }
    balls
}

/// Chance that the first of two colours is added.
fn chance(rule: Rule, a: f64, b: f64) -> f64 {
    match rule {
        Rule::Power(g) => 1.0 / (1.0 + libm::pow(b / a, g)),
        Rule::Majority => {
            let x = a / (a + b);
            x * x * (3.0 - 2.0 * x)
        }
    }
}

/// Exact law of the number of balls added of the first of two colours after `n` draws, step by step.
fn law(rule: Rule, start: [f64; 2], n: usize) -> Vec<f64> {
    let mut law = vec![0.0; n + 1];
    law[0] = 1.0;
    for step in 0..n {
        for k in (0..=step).rev() {
            let first = law[k] * chance(rule, start[0] + k as f64, start[1] + (step - k) as f64);
            law[k + 1] += first;
            law[k] -= first;
        }
    }
    law
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (start, n) = (values.list("start"), values.whole("n"));
    let rule = if values.word("f") == "majority" { Rule::Majority } else { Rule::Power(values.number("g")) };
    if rule == Rule::Majority && start.len() != 2 {
        return Err(format!("--start: the majority of three is for two colours, but {} are given", start.len()));
    }
    let ends = trial.each(|seed| drawn(rule, start, n, seed))?;
    let shares: Vec<Vec<f64>> = ends.iter().map(|balls| balls.iter().map(|b| b / balls.iter().sum::<f64>()).collect()).collect();
    let mut outcome = Outcome { simulated: format!("{} urns, {n} balls added to each", trial.runs), ..Outcome::default() };
    if let [a, b] = start {
        two_colours(rule, [*a, *b], (n, values.number("above")), &shares, &mut outcome);
        outcome.picture = picture(&shares, &law(rule, [*a, *b], n), [*a, *b]);
    } else {
        many_colours(rule, start, n, &shares, &mut outcome);
    }
    Ok(outcome)
}

fn two_colours(rule: Rule, start: [f64; 2], (n, above): (usize, f64), shares: &[Vec<f64>], outcome: &mut Outcome) {
    const EXACT: &str = "exact law after n draws, by recursion over the number of balls";
    let law = law(rule, start, n);
    let total = start[0] + start[1] + n as f64;
    let share = |k: usize| (start[0] + k as f64) / total;
    let expect = |f: &dyn Fn(f64) -> f64| law.iter().enumerate().map(|(k, p)| p * f(share(k))).sum::<f64>();
    let x: Vec<f64> = shares.iter().map(|share| share[0]).collect();
    let mean = expect(&|x| x);
    let squares: Vec<f64> = x.iter().map(|x| (x - mean) * (x - mean)).collect();
    outcome.lines.push(Line::mean("mean share of the first colour", &x, Some(mean), EXACT));
    outcome.lines.push(Line::mean("variance of it", &squares, Some(expect(&|x| (x - mean) * (x - mean))), EXACT));
    let mut event = |name: String, holds: &dyn Fn(f64) -> bool| {
        let hits = x.iter().filter(|x| holds(**x)).count();
        outcome.lines.push(Line::share(name, hits, x.len(), Some(expect(&|x| f64::from(u8::from(holds(x))))), EXACT));
    };
    event("urns with x > 0.5".to_owned(), &|x| x > 0.5);
    event("urns with x > 0.99".to_owned(), &|x| x > 0.99);
    event("urns with x < 0.01".to_owned(), &|x| x < 0.01);
    event(format!("urns whose leader has more than {above}"), &|x| x.max(1.0 - x) > above);
    let low = (start[0] + 0.5) / total;
    let high = (start[0] + n as f64 - 0.5) / total;
    event("urns in which one colour is never added".to_owned(), &|x| x < low || x > high);
    if rule == Rule::Power(1.0) {
        let (a, b) = (start[0], start[1]);
        let s = a + b;
        outcome.lines.push(Line::theory("variance in the limit", a * b / (s * s * (s + 1.0)), "Beta(a, b): a b / ((a+b)² (a+b+1))"));
    }
    if rule == Rule::Power(2.0) && start == [1.0, 1.0] {
        let pi = std::f64::consts::PI;
        outcome.lines.push(Line::theory("one colour never added, in the limit", 2.0 * pi / libm::sinh(pi), "2 Π k²/(k²+1) = 2π / sinh π"));
    }
}

fn many_colours(rule: Rule, start: &[f64], n: usize, shares: &[Vec<f64>], outcome: &mut Outcome) {
    let linear = rule == Rule::Power(1.0);
    let exact = |expect: &dyn Fn(&[f64]) -> f64| (linear && start.len() == 3 && n <= 3_000).then(|| over_compositions(start, n, expect));
    let largest = |x: &[f64]| x.iter().copied().fold(0.0, f64::max);
    let basis = "exact law after n draws (Dirichlet-multinomial), three colours and the linear urn only";
    let index: Vec<f64> = shares.iter().map(|x| concentration(x)).collect();
    outcome.lines.push(Line::mean("mean Herfindahl index", &index, exact(&concentration), basis));
    let leader: Vec<f64> = shares.iter().map(|x| largest(x)).collect();
    outcome.lines.push(Line::mean("mean largest share", &leader, exact(&largest), basis));
    for s in 0..start.len() {
        let own: Vec<f64> = shares.iter().map(|x| x[s]).collect();
        let reference = linear.then(|| start[s] / start.iter().sum::<f64>());
        outcome.lines.push(Line::mean(format!("mean share of colour {}", s + 1), &own, reference, "a martingale: the share at the start"));
    }
    if linear {
        let total: f64 = start.iter().sum();
        let limit = start.iter().map(|a| a * (a + 1.0)).sum::<f64>() / (total * (total + 1.0));
        outcome.lines.push(Line::theory("mean Herfindahl index in the limit", limit, "Dirichlet: Σ a (a+1) / (A (A+1))"));
        if start.iter().all(|a| *a == 1.0) {
            let k = start.len();
            let limit = (1..=k).map(|j| 1.0 / j as f64).sum::<f64>() / k as f64;
            outcome.lines.push(Line::theory("mean largest share in the limit", limit, "uniform on the simplex: (1 + 1/2 + … + 1/k)/k"));
        }
    }
    let leaders = sorted(leader);
    let points = leaders.iter().enumerate().map(|(i, x)| (*x, (i + 1) as f64 / leaders.len() as f64));
    outcome.picture =
        Picture { x: "largest share".to_owned(), y: "share of urns up to there".to_owned(), series: vec![Series::new("runs", Shape::Run, points)] };
}

/// Expectation over the Dirichlet-multinomial law of three colours.
fn over_compositions(start: &[f64], n: usize, f: &dyn Fn(&[f64]) -> f64) -> f64 {
    let total: f64 = start.iter().sum();
    let rising = |a: f64, k: usize| libm::lgamma(a + k as f64) - libm::lgamma(a);
    let weight: Vec<Vec<f64>> = start.iter().map(|a| (0..=n).map(|k| rising(*a, k) - libm::lgamma(k as f64 + 1.0)).collect()).collect();
    let scale = libm::lgamma(n as f64 + 1.0) - rising(total, n);
    let mut sum = 0.0;
    for i in 0..=n {
        for j in 0..=n - i {
            let k = [i, j, n - i - j];
            let x = [0, 1, 2].map(|s| (start[s] + k[s] as f64) / (total + n as f64));
            sum += libm::exp(scale + (0..3).map(|s| weight[s][k[s]]).sum::<f64>()) * f(&x);
        }
    }
    sum
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Distribution function of the share of the first colour, exact and found.
fn picture(shares: &[Vec<f64>], law: &[f64], start: [f64; 2]) -> Picture {
    let total = start[0] + start[1] + (law.len() - 1) as f64;
    let step = (law.len() / 200).max(1);
    let mut sum = 0.0;
    let mut exact = Vec::new();
    for (k, p) in law.iter().enumerate() {
        sum += p;
        if k % step == 0 || k + 1 == law.len() {
            exact.push(((start[0] + k as f64) / total, sum));
        }
    }
    let x = sorted(shares.iter().map(|share| share[0]).collect());
    let every = (x.len() / 50).max(1);
    let found = x.iter().enumerate().skip(every / 2).step_by(every).map(|(i, x)| (*x, (i + 1) as f64 / shares.len() as f64));
    Picture {
        x: "share of the first colour".to_owned(),
        y: "share of urns up to there".to_owned(),
        series: vec![Series::new("exact", Shape::Exact, exact), Series::new("runs", Shape::Dots, found)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_law_gives_the_published_figures() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} instead of {b}");
        let after = |rule, start: [f64; 2], n: usize, holds: &dyn Fn(f64) -> bool| {
            let total = start[0] + start[1] + n as f64;
            law(rule, start, n).iter().enumerate().filter(|(k, _)| holds((start[0] + *k as f64) / total)).map(|(_, p)| p).sum::<f64>()
        };
        near(after(Rule::Power(2.0), [2.0, 1.0], 2000, &|x| x > 0.5), 0.881_118);
        near(after(Rule::Power(2.0), [2.0, 1.0], 2000, &|x| x > 0.99), 0.861_788);
        near(after(Rule::Power(2.0), [2.0, 1.0], 2000, &|x| x < 0.01), 0.101_452);
        near(after(Rule::Majority, [2.0, 1.0], 2000, &|x| x > 0.5), 0.833_333);
        // Every start (1,1) linear law is uniform.
        assert!(law(Rule::Power(1.0), [1.0, 1.0], 50).iter().all(|p| (p - 1.0 / 51.0).abs() < 1e-12));
        near(over_compositions(&[1.0, 1.0, 1.0], 2, &|_| 1.0), 1.0);
    }
}
