//! The ballot of an international body, and the quota that keeps votes from going round in circles.

use super::numeric::{binomial, grid};
use super::parameter::{number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::rules::draft::passes;

pub(super) const CLASSIC: Classic = Classic {
    id: "ballot",
    name: "The ballot",
    lesson: "An international text needs two thirds in favour and at most a quarter against; with everybody voting the second condition binds.",
    story: "An international text needs two thirds of the members in favour, and not more than a quarter of all votes against. When everybody votes, the second condition is the harder one: with 30 members 23 must say yes. At a chance of 70 per cent for each yes the text passes in fewer than three of ten ballots. A few firm opponents are enough to hold it up.",
    engine: "draft: the ballot rule itself, on members who vote independently",
    source: "ISO/IEC Directives, Part 1, 2.6.3; quota: Caplin & Nalebuff 1988, Econometrica 56:787–814",
    level: Level::Distribution,
    parameters: &[
        whole("members", "members entitled to vote", "members", 30, (1, 2_000)),
        number("p", "chance that a vote cast is in favour", "chance", 0.7, (0.0, 1.0)),
        number("abstain", "chance that a member abstains; abstentions do not count", "chance", 0.0, (0.0, 0.99)),
        word("rule", "international (two thirds for, at most a quarter against) or home (two thirds for)", &["international", "home"]),
        whole("m", "dimensions of the matter voted on, for the quota", "dimensions", 2, (1, 1_000)),
    ],
    runs: 20_000,
    run,
};

/// Votes in favour that `cast` votes need: at least two thirds, internationally at least three quarters, and at least one.
fn needed(cast: usize, international: bool) -> usize {
    let thirds = (2 * cast).div_ceil(3);
    let quarters = if international { (3 * cast).div_ceil(4) } else { 0 };
    thirds.max(quarters).max(1)
}

/// Exact chance of passing.
fn exact(members: usize, p: f64, abstain: f64, international: bool) -> f64 {
    let given = |cast: usize| (needed(cast, international)..=cast).map(|yes| binomial(cast, yes, p)).sum::<f64>();
    if abstain == 0.0 {
        return given(members);
    }
    (0..=members).map(|cast| binomial(members, cast, 1.0 - abstain) * given(cast)).sum()
}

fn simulate(members: usize, p: f64, abstain: f64, international: bool, seed: u32) -> bool {
    let draws = Draws::new(seed);
    let cast = (0..members).filter(|i| draws.unit(Stream::Order, *i, 0) >= abstain);
    let (cast, yes) = cast.fold((0, 0), |(cast, yes), i| (cast + 1, yes + usize::from(draws.unit(Stream::BlocVote, i, 0) < p)));
    passes(yes, cast, international)
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (members, p, abstain) = (values.whole("members"), values.number("p"), values.number("abstain"));
    let international = values.word("rule") == "international";
    let passed = trial.each(|seed| simulate(members, p, abstain, international, seed))?.into_iter().filter(|passed| *passed).count();
    let m = values.whole("m") as f64;
    let curve = grid(0.4, 1.0, 61).into_iter().map(|p| (p, exact(members, p, abstain, international)));
    let found = passed as f64 / trial.runs as f64;
    let lines = vec![
        Line::share("ballots that pass", passed, trial.runs, Some(exact(members, p, abstain, international)), "binomial law over the votes cast"),
        Line::theory(
            "votes in favour needed when all vote",
            needed(members, international) as f64,
            "the larger of two thirds and, internationally, three quarters",
        ),
        Line::theory("quota from which a text that nothing beats exists in m dimensions", 1.0 - libm::pow(m / (m + 1.0), m), "1 − (m/(m+1))^m"),
        Line::theory("the same in any number of dimensions", 1.0 - libm::exp(-1.0), "1 − 1/e"),
    ];
    Ok(Outcome {
        simulated: format!("{} ballots of {members} members who vote independently", trial.runs),
        lines,
        picture: Picture {
            x: "chance that a vote is in favour".to_owned(),
            y: "share of ballots that pass".to_owned(),
            series: vec![
                Series::new("exact", Shape::Exact, curve),
                Series { name: "runs".to_owned(), shape: Shape::Dots, points: vec![[p, found, (found * (1.0 - found) / trial.runs as f64).sqrt()]] },
            ],
        },
        ..Outcome::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_members_need_twenty_three() {
        assert_eq!(needed(30, true), 23);
        assert!((exact(30, 0.7, 0.0, true) - 0.281_377).abs() < 1e-6);
        assert!((exact(30, 0.8, 0.0, true) - 0.760_791).abs() < 1e-6);
    }

    #[test]
    fn what_is_needed_is_what_the_rule_asks() {
        for cast in 0..60 {
            for international in [true, false] {
                let least = (0..=cast).find(|yes| passes(*yes, cast, international)).unwrap_or(cast.max(1));
                assert_eq!(least.max(1), needed(cast, international).max(1), "{cast}");
            }
        }
    }
}
