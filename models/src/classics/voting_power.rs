//! Shapley & Shubik (1954): voting power as the chance of being pivotal.

use super::parameter::{list, number};
use super::{Classic, Level, Line, Listing, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};

pub(super) const CLASSIC: Classic = Classic {
    id: "voting-power",
    name: "Voting power",
    lesson: "Power is not proportional to votes: a veto is worth a hundred times an ordinary seat.",
    story: "How often is a member the one whose vote turns a no into a yes, over all orders in which members may come on board? In the Security Council a seat with a veto is that about a hundred times as often as one without. Weights on paper and power in the room are two things: try weights and quota of a committee you know.",
    engine: "no rule of the engine counts weighted votes; orders of members are drawn by its generator",
    source: "Shapley & Shubik 1954, American Political Science Review 48:787–792",
    level: Level::Distribution,
    parameters: &[
        list(
            "weights",
            "votes of each member, whole; the default is the UN Security Council as a weighted game",
            "votes",
            &[7.0, 7.0, 7.0, 7.0, 7.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
            ((1.0, 1000.0), (1, 40)),
        ),
        number("quota", "votes that a motion needs", "votes", 39.0, (1.0, 40_000.0)),
    ],
    runs: 40_000,
    run,
};

/// Exact index of a member: orders in which it turns a losing set into a winning one, by counting sets by number and votes.
fn exact(weights: &[usize], quota: usize, member: usize) -> f64 {
    let n = weights.len();
    let total: usize = weights.iter().sum();
    // Number of sets of the others, `[members][votes]`.
    let mut sets = vec![vec![0.0; total + 1]; n];
    sets[0][0] = 1.0;
    for (_, w) in weights.iter().enumerate().filter(|(i, _)| *i != member) {
        for size in (1..n).rev() {
            for votes in (*w..=total).rev() {
                sets[size][votes] += sets[size - 1][votes - w];
            }
        }
    }
    let factorial = |k: usize| libm::lgamma(k as f64 + 1.0);
    let share = |size: usize| libm::exp(factorial(size) + factorial(n - 1 - size) - factorial(n));
    let pivotal = quota.saturating_sub(weights[member])..quota;
    (0..n).map(|size| share(size) * sets[size][pivotal.start..pivotal.end.min(total + 1)].iter().sum::<f64>()).sum()
}

/// The member that turns the vote in a random order.
fn pivot(weights: &[usize], quota: usize, seed: u32) -> usize {
    let draws = Draws::new(seed);
    let mut order: Vec<(u64, usize)> = (0..weights.len()).map(|i| (draws.bits(Stream::Order, i, 0), i)).collect();
    order.sort_unstable();
    let mut votes = 0;
    for (_, i) in order {
        votes += weights[i];
        if votes >= quota {
            return i;
        }
    }
    0
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    if values.list("weights").iter().chain([&values.number("quota")]).any(|w| w.fract() != 0.0) {
        return Err("--weights and --quota: give whole numbers of votes".to_owned());
    }
    let weights: Vec<usize> = values.list("weights").iter().map(|w| *w as usize).collect();
    let (quota, total) = (values.number("quota") as usize, weights.iter().sum::<usize>());
    if quota > total {
        return Err(format!("--quota: {quota} is more than the {total} votes there are"));
    }
    let mut hits = vec![0; weights.len()];
    trial.each(|seed| pivot(&weights, quota, seed))?.into_iter().for_each(|i| hits[i] += 1);
    let mut outcome = Outcome { simulated: format!("{} orders of {} members", trial.runs, weights.len()), ..Outcome::default() };
    let mut kinds: Vec<usize> = weights.clone();
    kinds.sort_unstable_by(|a, b| b.cmp(a));
    kinds.dedup();
    let (mut dots, mut curve) = (Vec::new(), Vec::new());
    for votes in kinds {
        let own: Vec<usize> = (0..weights.len()).filter(|i| weights[*i] == votes).collect();
        let each = exact(&weights, quota, own[0]);
        // Members with the same votes are alike: their hits are pooled.
        let pooled = own.iter().map(|i| hits[*i]).sum::<usize>();
        let share = Line::share("", pooled, trial.runs, Some(each * own.len() as f64), "");
        let error = share.standard_error / own.len() as f64;
        let found = share.simulated.unwrap_or(f64::NAN) / own.len() as f64;
        dots.push([votes as f64, found, error]);
        curve.push((votes as f64, each));
        outcome.lines.push(Line {
            name: format!("index of a member with {votes} votes"),
            simulated: Some(found),
            standard_error: error,
            reference: Some(each),
            reference_error: 0.0,
            basis: "share of orders in which it is pivotal, by counting sets",
        });
        outcome.listing.rows.push(vec![votes.to_string(), own.len().to_string(), format!("{each:.6}")]);
    }
    outcome.listing = Listing { columns: vec!["votes", "members", "index of each"], rows: std::mem::take(&mut outcome.listing.rows) };
    outcome.picture = Picture {
        x: "votes".to_owned(),
        y: "Shapley–Shubik index".to_owned(),
        series: vec![Series::new("exact", Shape::Exact, curve), Series { name: "random orders".to_owned(), shape: Shape::Dots, points: dots }],
    };
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_security_council_has_the_published_indices() {
        let weights: Vec<usize> = [7; 5].into_iter().chain([1; 10]).collect();
        assert!((exact(&weights, 39, 0) - 0.196_270).abs() < 1e-6);
        assert!((exact(&weights, 39, 14) - 0.001_865).abs() < 1e-6);
        let all: f64 = (0..15).map(|i| exact(&weights, 39, i)).sum();
        assert!((all - 1.0).abs() < 1e-9);
    }
}
