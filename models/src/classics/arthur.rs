//! Arthur (1989): two technologies, two types of adopters who arrive one by one.

use super::numeric::grid;
use super::parameter::{number, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::rules::adopt::{Circumstance, attraction};
use crate::scenario::NetworkTerm;

pub(super) const CLASSIC: Classic = Classic {
    id: "arthur",
    name: "Competing technologies",
    lesson: "With increasing returns a market locks in to one of two technologies, and small early events decide to which; with constant or diminishing returns it does not.",
    story: "Imagine two technologies and users who arrive one by one. Half of them would rather have A, half B, but each also counts how many others use it. At first everyone buys their favourite. Once one side is far enough ahead by luck, even those who would rather have the other join it, and from then on nobody turns back. Set r and s to 0 and the lock-in is gone: it is the returns that increase with use, not taste, that close the door.",
    engine: "adopt: linear network term in numbers instead of shares, the choice that leaves the own favourite only for a gain, one adopter after the other",
    source: "Arthur 1989, Economic Journal 99:116–131",
    level: Level::Distribution,
    parameters: &[
        number("a_R", "payoff of technology A to type R without users", "payoff", 2.0, (-1e3, 1e3)),
        number("b_R", "payoff of technology B to type R; below a_R", "payoff", 1.0, (-1e3, 1e3)),
        number("r", "rise of R’s payoff with each user; above 0 increasing, below 0 diminishing returns", "payoff per user", 0.1, (-10.0, 10.0)),
        number("a_S", "payoff of A to type S; below b_S", "payoff", 1.0, (-1e3, 1e3)),
        number("b_S", "payoff of B to type S", "payoff", 2.0, (-1e3, 1e3)),
        number("s", "rise of S’s payoff with each user", "payoff per user", 0.1, (-10.0, 10.0)),
        number("p", "chance that an arrival is of type R", "chance", 0.5, (0.0, 1.0)),
        whole("steps", "arrivals after which a run ends that has not locked in", "arrivals", 20_000, (1, 1_000_000)),
    ],
    runs: 4_000,
    run,
};

struct Case {
    /// Payoffs of A and B to R, then to S, and the rise with users.
    payoff: [[f64; 2]; 2],
    rise: [f64; 2],
    p: f64,
    steps: usize,
}

/// How a run ended: the technology locked in to (none when it did not), arrivals until then, and the share of A.
struct Ended {
    to: Option<usize>,
    arrivals: usize,
    share: f64,
}

/// A payoff this much higher is rounding, not a reason to change one's mind.
const ROUNDING: f64 = 1e-9;

impl Case {
    /// What a type buys: its favourite unless the other one is strictly better by now.
    fn buys(&self, kind: usize, users: [f64; 2]) -> usize {
        let merit = [0, 1].map(|t| attraction(self.payoff[kind][t], self.rise[kind], NetworkTerm::Linear, users[t]));
        let circumstance = Circumstance { home: 0, preference: 0.0, current: Some(kind), switching_cost: 0.0 };
        circumstance.unless_content(&merit, ROUNDING)
    }

    fn increasing(&self) -> bool {
        self.rise.iter().all(|rise| *rise > 0.0)
    }

    fn run(&self, seed: u32, mut see: impl FnMut(f64)) -> Ended {
        let (draws, mut users) = (Draws::new(seed), [0.0; 2]);
        for arrival in 0..self.steps {
            if self.rise.iter().all(|rise| *rise >= 0.0) && self.buys(0, users) == self.buys(1, users) {
                return Ended { to: Some(self.buys(0, users)), arrivals: arrival, share: users[0] / (users[0] + users[1]) };
            }
            let kind = usize::from(draws.unit(Stream::Choose, arrival, 0) >= self.p);
            users[self.buys(kind, users)] += 1.0;
            see(users[0] - users[1]);
        }
        Ended { to: None, arrivals: self.steps, share: users[0] / (users[0] + users[1]) }
    }

    /// Distances L and U of the barriers, in users: where R, and where S, first buys the other technology.
    fn barriers(&self) -> (f64, f64) {
        let barrier = |gap: f64, rise: f64| (gap / rise + ROUNDING).floor() + 1.0;
        (barrier(self.payoff[0][0] - self.payoff[0][1], self.rise[0]), barrier(self.payoff[1][1] - self.payoff[1][0], self.rise[1]))
    }
}

/// Gambler's ruin between −L and U with steps +1 of chance p: chance of reaching U, and expected steps.
fn ruin((l, u): (f64, f64), p: f64) -> (f64, f64) {
    if (p - 0.5).abs() < 1e-9 {
        return (l / (l + u), l * u);
    }
    // Written in the smaller of the two ratios, so that nothing overflows.
    let k = (1.0 - p) / p;
    let up = if k < 1.0 {
        (1.0 - libm::pow(k, l)) / (1.0 - libm::pow(k, l + u))
    } else {
        let inverse = 1.0 / k;
        (libm::pow(inverse, u) - libm::pow(inverse, l + u)) / (1.0 - libm::pow(inverse, l + u))
    };
    (up, ((l + u) * up - l) / (2.0 * p - 1.0))
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let value = |id: &str| values.number(id);
    let case = Case {
        payoff: [[value("a_R"), value("b_R")], [value("a_S"), value("b_S")]],
        rise: [value("r"), value("s")],
        p: value("p"),
        steps: values.whole("steps"),
    };
    if case.payoff[0][0] <= case.payoff[0][1] || case.payoff[1][0] >= case.payoff[1][1] {
        return Err(
            "--a_R, --b_R, --a_S, --b_S: type R should like A better (a_R above b_R) and type S should like B better (a_S below b_S)".to_owned()
        );
    }
    let ended = trial.each(|seed| case.run(seed, |_| {}))?;
    let mut outcome = Outcome {
        simulated: format!("{} runs of up to {} arrivals; a run ends when both types buy the same", trial.runs, case.steps),
        picture: picture(&case, trial)?,
        ..Outcome::default()
    };
    let locked: Vec<&Ended> = ended.iter().filter(|end| end.to.is_some()).collect();
    outcome.lines.push(Line::share(
        "runs that lock in",
        locked.len(),
        ended.len(),
        lock_in(&case),
        "increasing returns lock in, constant and diminishing ones do not",
    ));
    if case.increasing() {
        increasing(&case, &ended, &locked, &mut outcome);
    } else {
        let shares: Vec<f64> = ended.iter().map(|end| end.share).collect();
        outcome.lines.push(Line::mean(
            "share of A in the end",
            &shares,
            limit_share(&case),
            "constant returns: p; diminishing returns: about one half",
        ));
    }
    Ok(outcome)
}

/// Share of runs that lock in, where theory knows it.
fn lock_in(case: &Case) -> Option<f64> {
    if case.increasing() {
        return Some(1.0);
    }
    case.rise.iter().all(|rise| *rise <= 0.0).then_some(0.0)
}

/// Limit share of A without lock-in. Under diminishing returns the difference of users is kept between two barriers, so that the
/// share differs from one half by at most the barrier over the arrivals; for the middle of them see the difference.
fn limit_share(case: &Case) -> Option<f64> {
    match case.rise {
        [r, s] if r == 0.0 && s == 0.0 => Some(case.p),
        _ => None,
    }
}

fn increasing(case: &Case, ended: &[Ended], locked: &[&Ended], outcome: &mut Outcome) {
    let barriers = case.barriers();
    let (to_a, steps) = ruin(barriers, case.p);
    outcome.lines.push(Line::theory("users that B must lead by before R buys it (L)", barriers.0, "floor((a_R − b_R)/r) + 1"));
    outcome.lines.push(Line::theory("users that A must lead by before S buys it (U)", barriers.1, "floor((b_S − a_S)/s) + 1"));
    if locked.is_empty() {
        outcome.notes.push(format!("No run locked in within {} arrivals; about {steps:.0} are expected. Raise --steps.", case.steps));
        return;
    }
    let open = ended.len() - locked.len();
    if open > 0 {
        outcome.notes.push(format!(
            "{open} of {} runs had not locked in when they ended: raise --steps, or the figures below lean to short runs.",
            ended.len()
        ));
    }
    let hits = locked.iter().filter(|end| end.to == Some(0)).count();
    outcome.lines.push(Line::share(
        "runs that lock in to A",
        hits,
        locked.len(),
        Some(to_a),
        "gambler’s ruin: L/(L+U) at p = 1/2, else (1 − k^L)/(1 − k^(L+U)), k = (1−p)/p",
    ));
    let arrivals: Vec<f64> = locked.iter().map(|end| end.arrivals as f64).collect();
    outcome.lines.push(Line::mean(
        "arrivals until lock-in",
        &arrivals,
        Some(steps),
        "gambler’s ruin: L U at p = 1/2, else ((L+U) P(A) − L)/(2p − 1)",
    ));
}

/// Chance of lock-in to A against p, with the share found; where nothing locks in, the lead of A in twelve runs.
fn picture(case: &Case, trial: Trial<'_>) -> Result<Picture, String> {
    if !case.increasing() {
        let paths = (0..12u32).map(|k| {
            let mut path = vec![(0.0, 0.0)];
            Case { steps: case.steps.min(400), ..*case }.run(trial.seed.wrapping_add(k), |lead| path.push((path.len() as f64, lead)));
            Series::new(format!("run {}", k + 1), Shape::Run, path)
        });
        return Ok(Picture { x: "arrivals".to_owned(), y: "users of A minus users of B".to_owned(), series: paths.collect() });
    }
    let exact = grid(0.01, 0.99, 99).into_iter().map(|p| (p, ruin(case.barriers(), p).0));
    let few = Trial { runs: trial.runs.min(400), ..trial };
    let dots = grid(0.3, 0.7, 9).into_iter().map(|p| {
        let ended = few.each(|seed| Case { p, ..*case }.run(seed, |_| {}))?;
        let share = ended.iter().filter(|end| end.to == Some(0)).count() as f64 / few.runs as f64;
        Ok([p, share, (share * (1.0 - share) / few.runs as f64).sqrt()])
    });
    let points = dots.collect::<Result<Vec<_>, String>>()?;
    let series = vec![Series::new("exact", Shape::Exact, exact), Series { name: "runs".to_owned(), shape: Shape::Dots, points }];
    Ok(Picture { x: "chance p that an arrival is of type R".to_owned(), y: "share of runs that lock in to A".to_owned(), series })
}
