//! Three blocs with home standards: hysteresis in cooperation.

use super::limit;
use super::numeric::grid;
use super::outcome::mean_and_error;
use super::parameter::{number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::meanfield::{self, Pattern, Shares, ThreeBlocs};
use crate::setting::Setting;

pub(super) const CLASSIC: Classic = Classic {
    id: "three-blocs",
    name: "Three blocs with home standards",
    lesson: "Over a wide band of cooperation both a split and a common standard last: cooperation after a split does not undo it, and decoupling after convergence does not at once break it.",
    story: "Three blocs, each with a standard of its own that it likes a little better, and users who also look at how many partners use each. ω says how much partners abroad count: 0 is full decoupling, 1 one world market. Over a wide band both a split and a common standard can last, and history decides which. So the way back is not the way out: cooperation after a split does not at once undo it, and decoupling after convergence does not at once break what is shared.",
    engine: "the whole tick: three blocs, network weights (1−ω)I + ωJ/3, no compatibility between texts, no conformity cost, home preference h, no international text",
    source: "derived for this project from the logit rule of Brock & Durlauf 2001",
    level: Level::Distribution,
    parameters: &[
        number("alpha", "network strength", "utility units", 4.0, (0.0, 20.0)),
        number("h", "advantage of the home standard", "utility units", 0.5, (0.0, 5.0)),
        number("omega", "weight of the world in everybody’s network: 0 decoupled, 1 one market", "share", 0.5, (0.0, 1.0)),
        word("start", "start: every bloc on its own standard, or all on the first", &["own", "one"]),
        whole("n", "adopters", "adopters", 6_000, (30, 200_000)),
        whole("ticks", "ticks; the last quarter is measured", "ticks", 200, (4, 390)),
    ],
    runs: 20,
    run,
};

/// Mean shares over the last quarter of a run.
fn simulate(case: ThreeBlocs, from_one: bool, (n, ticks): (usize, usize), seed: u32) -> Shares {
    let mut scenario = limit::scenario(3, n, ticks + 1);
    limit::set(&mut scenario, "network-strength", case.alpha);
    limit::pull(&mut scenario, "home-preference", case.h);
    scenario.structure.international_text = false;
    let mut setting = Setting::new(&scenario);
    setting.markets.own.fill(1.0 - case.omega * 2.0 / 3.0);
    let mut run = limit::Single::new(&setting, seed);
    for i in 0..setting.adopters.market.len() {
        let own = usize::from(setting.adopters.market[i]);
        run.settle(i, Some(if from_one { 0 } else { own }));
    }
    let mut sum = [[0.0; 3]; 3];
    let measured = (ticks / 4).max(1);
    for t in 0..ticks {
        run.tick();
        if t >= ticks - measured {
            (0..3).for_each(|b| (0..3).for_each(|s| sum[b][s] += run.world().mix(0, b)[s] / measured as f64));
        }
    }
    sum
}

fn leader(x: &Shares, bloc: usize) -> usize {
    (0..3).rev().max_by(|s, t| x[bloc][*s].total_cmp(&x[bloc][*t])).unwrap_or(0)
}

/// Whether every bloc leads with its own standard.
fn split(x: &Shares) -> bool {
    (0..3).all(|b| leader(x, b) == b)
}

/// The standard that leads in all blocs.
fn common(x: &Shares) -> Option<usize> {
    let first = leader(x, 0);
    (1..3).all(|b| leader(x, b) == first).then_some(first)
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let case = ThreeBlocs { alpha: values.number("alpha"), h: values.number("h"), omega: values.number("omega") };
    let (from_one, size) = (values.word("start") == "one", (values.whole("n"), values.whole("ticks")));
    let ends = trial.each(|seed| simulate(case, from_one, size, seed))?;
    let (until, from) = (case.split_until(), case.one_standard_from());
    let mut outcome = Outcome {
        simulated: format!("{} runs of {} adopters over {} ticks, all reviewing every tick", trial.runs, size.0, size.1),
        picture: picture(case, size, trial, (from, until))?,
        ..Outcome::default()
    };
    let start: Shares = [0, 1, 2].map(|b| [0, 1, 2].map(|s| f64::from(u8::from(s == if from_one { 0 } else { b }))));
    let expected = destination(case, &start, until);
    const BASIS: &str = "mean field, for endless adopters, from the same start";
    let apart = ends.iter().filter(|x| split(x)).count();
    outcome.lines.push(Line::share("runs that end split", apart, ends.len(), Some(f64::from(u8::from(split(&expected)))), BASIS));
    let together: Vec<(&Shares, usize)> = ends.iter().filter_map(|x| common(x).map(|s| (x, s))).collect();
    outcome.lines.push(Line::share(
        "runs that end with one standard",
        together.len(),
        ends.len(),
        Some(f64::from(u8::from(common(&expected).is_some()))),
        BASIS,
    ));
    if apart > 0 {
        let own: Vec<f64> = ends.iter().filter(|x| split(x)).map(|x| (x[0][0] + x[1][1] + x[2][2]) / 3.0).collect();
        let line = Line::mean(
            "share of the own standard, where split",
            &own,
            split(&expected).then(|| case.own_share()),
            "root of ln(2y/(1−y)) = α(1−ω)(3y−1)/2 + h",
        );
        outcome.lines.push(line.within(finite(case, &case.split(), size.0)));
    }
    // Runs that go elsewhere than the mean field may still be on their way: their shares have no reference.
    if !together.is_empty() {
        let state = case.settle(&[[1.0, 0.0, 0.0]; 3]);
        let home: Vec<f64> = together.iter().map(|(x, s)| x[*s][*s]).collect();
        let abroad: Vec<f64> = together.iter().map(|(x, s)| (0..3).filter(|b| b != s).map(|b| x[b][*s] / 2.0).sum()).collect();
        outcome.lines.push(
            Line::mean("share of the common standard at home", &home, common(&expected).map(|_| state[0][0]), BASIS)
                .within(finite(case, &state, size.0)),
        );
        outcome.lines.push(
            Line::mean("share of the common standard abroad", &abroad, common(&expected).map(|_| state[1][0]), BASIS)
                .within(finite(case, &state, size.0)),
        );
    }
    outcome.lines.extend(until.map(|omega| Line::theory("ω at which the split loses stability", omega, "largest eigenvalue of the response is 1")));
    if until.is_none() {
        outcome.notes.push("The split never loses stability: it lasts even in one world market.".to_owned());
    }
    outcome
        .lines
        .extend(from.map(|omega| Line::theory("ω from which one common standard can last", omega, "smallest ω with a stable state of that kind")));
    outcome.notes.push(
        "The error of mean-field references is what finitely many adopters may lie beside them: of order 1/n, more near the threshold.".to_owned(),
    );
    remarks(case, from_one, &ends, until, &mut outcome);
    Ok(outcome)
}

/// How far finitely many adopters may lie beside the mean field: of order 1/n, and the more the nearer the state is to its threshold.
fn finite(case: ThreeBlocs, state: &Shares, n: usize) -> f64 {
    let slack = 1.0 - case.largest_eigenvalue(state);
    if slack > 0.0 { 1.0 / (n as f64 * slack) } else { 0.0 }
}

/// Where the mean field ends from a start; past the threshold the smallest difference between blocs decides, so that one is given.
fn destination(case: ThreeBlocs, start: &Shares, until: Option<f64>) -> Shares {
    let mut x = case.settle(start);
    if split(&x) && until.is_some_and(|omega| case.omega > omega) {
        x[0][0] += 1e-3;
        x[0][1] -= 1e-3;
        x = case.settle(&x);
    }
    x
}

/// What agents add to the mean field.
fn remarks(case: ThreeBlocs, from_one: bool, ends: &[Shares], until: Option<f64>, outcome: &mut Outcome) {
    outcome.notes.push(
        "The mean field gives the states that can last and where they end. Agents add which of them a run takes, whose standard it is, how long the way is, and that near a threshold chance alone can leave a state."
            .to_owned(),
    );
    let apart = ends.iter().filter(|x| split(x)).count();
    let band = until.is_some_and(|omega| case.omega <= omega);
    if band && !from_one && apart < ends.len() {
        outcome.notes.push(format!(
            "{} of {} runs left the split although the mean field would keep it: near the threshold the chance in finite numbers of adopters is enough.",
            ends.len() - apart,
            ends.len()
        ));
    }
    let winners = [0, 1, 2].map(|s| ends.iter().filter(|x| common(x) == Some(s)).count());
    if winners.iter().sum::<usize>() > 0 {
        outcome.notes.push(format!(
            "The common standard was that of bloc 1, 2, 3 in {}, {}, {} runs. The mean field knows that one will lead, agents which one.",
            winners[0], winners[1], winners[2]
        ));
    }
}

/// Fragmentation against ω: equilibria with their stability, the bistable band, and runs from both starts.
fn picture(case: ThreeBlocs, size: (usize, usize), trial: Trial<'_>, (from, until): (Option<f64>, Option<f64>)) -> Result<Picture, String> {
    let diagram = case.diagram(101);
    let branch = |pattern: Pattern, stable: bool| {
        let of = |(omega, states): &(f64, Vec<meanfield::Equilibrium>)| {
            let state = states.iter().find(|state| state.pattern == pattern && state.stable == stable)?;
            Some((*omega, meanfield::fragmentation(&state.shares)))
        };
        diagram.iter().filter_map(of).collect::<Vec<_>>()
    };
    let mut series = Vec::new();
    if let Some(from) = from
        && from < until.unwrap_or(1.0)
    {
        series.push(Series::new("both states can last", Shape::Band, [(from, 0.0), (until.unwrap_or(1.0), 1.0)]));
    }
    series.extend([
        Series::new("split", Shape::Exact, branch(Pattern::Split, true)),
        Series::new("split, unstable", Shape::Unstable, branch(Pattern::Split, false)),
        Series::new("two joined", Shape::Exact, branch(Pattern::TwoJoined, true)),
        Series::new("one standard", Shape::Exact, branch(Pattern::One, true)),
    ]);
    series.retain(|series| !series.points.is_empty());
    series.push(agents("runs from a split", case, false, size, trial)?);
    series.push(agents("runs from one standard", case, true, size, trial)?);
    Ok(Picture { x: "cooperation in use ω".to_owned(), y: "fragmentation, 0 to 1".to_owned(), series })
}

/// Where a few runs of agents end from a start, over ω.
fn agents(name: &str, case: ThreeBlocs, from_one: bool, size: (usize, usize), trial: Trial<'_>) -> Result<Series, String> {
    let few = Trial { runs: trial.runs.min(4), ..trial };
    let quick = (size.0.min(1_500), size.1.min(120));
    let dots = grid(0.05, 0.95, 10).into_iter().map(|omega| {
        let found = few.each(|seed| meanfield::fragmentation(&simulate(case.at(omega), from_one, quick, seed)))?;
        let (mean, error) = mean_and_error(&found);
        Ok([omega, mean, error])
    });
    Ok(Series { name: name.to_owned(), shape: Shape::Dots, points: dots.collect::<Result<_, String>>()? })
}
