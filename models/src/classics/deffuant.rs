//! Deffuant et al. (2000): bounded confidence in pairs.

use super::hegselmann_krause::clusters;
use super::parameter::{number, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::rules::draft::{heard, moved};
use crate::scenario::Point;

pub(super) const CLASSIC: Classic = Classic {
    id: "deffuant",
    name: "Bounded confidence in pairs",
    lesson: "Talks between two, and only if they are near enough, leave as many camps as the bound allows.",
    story: "The same idea, but members meet two by two, and only if they are near enough do they move towards each other. Consensus comes at a bound of about 0.27, not at one half as a rule of thumb has it. Below it the number of camps grows roughly like one over twice the bound.",
    engine: "draft: committees of two drawn at random, confidence bound eps, rate 2 mu, nobody is stubborn",
    source: "Deffuant, Neau, Amblard & Weisbuch 2000, Advances in Complex Systems 3:87–98; cluster counts computed for this project (60 runs each)",
    level: Level::Distribution,
    parameters: &[
        number("eps", "confidence bound", "view", 0.2, (0.001, 1.0)),
        number("mu", "how far both move to each other; one half is all the way", "share", 0.5, (0.01, 0.5)),
        whole("N", "members, who start anywhere between 0 and 1", "members", 1_000, (2, 20_000)),
        number("least", "smallest cluster that counts, as a share of members", "share", 0.05, (0.0, 0.5)),
    ],
    runs: 60,
    run,
};

/// Mean number of clusters with at least 5 per cent of 1,000 members at mu = 1/2, by confidence bound; standard error about .1.
const PUBLISHED: [(f64, f64); 7] = [(0.05, 8.4), (0.10, 4.3), (0.15, 2.9), (0.20, 2.0), (0.25, 1.9), (0.30, 1.0), (0.50, 1.0)];

/// Views when no two members within the bound are farther apart than a hundredth of it, or after so many talks per member.
fn converse(n: usize, eps: f64, mu: f64, seed: u32) -> Vec<f64> {
    const MOST: usize = 4_000;
    let draws = Draws::new(seed);
    let mut points: Vec<Point> = (0..n).map(|i| [draws.unit(Stream::Member, i, 0), 0.0]).collect();
    for round in 0..MOST {
        for talk in 0..n {
            let bits = draws.bits(Stream::Order, talk, round);
            let (i, other) = (pick(bits as u32, n), pick((bits >> 32) as u32, n - 1));
            let j = if other >= i { other + 1 } else { other };
            let pair = [points[i], points[j]];
            for (k, at) in [(0, i), (1, j)] {
                points[at] = moved(pair[k], heard(&pair, &[1.0, 1.0], pair[k], eps), 2.0 * mu, (pair[k], 0.0));
            }
        }
        if round % 10 == 9 && settled(&points, eps) {
            break;
        }
    }
    points.into_iter().map(|x| x[0]).collect()
}

/// A number below n from 32 random bits.
fn pick(bits: u32, n: usize) -> usize {
    ((u64::from(bits) * n as u64) >> 32) as usize
}

/// Whether views stand in clusters narrower than a hundredth of the bound, farther apart than it.
fn settled(points: &[Point], eps: f64) -> bool {
    let mut sorted: Vec<f64> = points.iter().map(|x| x[0]).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.windows(2).all(|pair| pair[1] - pair[0] < 0.01 * eps || pair[1] - pair[0] > eps)
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (eps, mu, n, least) = (values.number("eps"), values.number("mu"), values.whole("N"), values.number("least"));
    let ends = trial.each(|seed| converse(n, eps, mu, seed))?;
    let count = |views: &Vec<f64>| clusters(views, 0.5 * eps).into_iter().filter(|size| *size as f64 >= least * n as f64).count() as f64;
    let counts: Vec<f64> = ends.iter().map(count).collect();
    let usual = mu == 0.5 && n == 1_000 && least == 0.05;
    let known = PUBLISHED.iter().find(|(bound, _)| usual && (bound - eps).abs() < 1e-12).map(|(_, count)| *count);
    let line =
        Line::mean("mean number of clusters that count", &counts, known, "computed independently from 60 runs each, for some bounds; no formula")
            .within(0.1);
    let mut notes = vec![format!("Rule of thumb: 1/(2 eps) = {:.1} clusters; it is a guide only.", 0.5 / eps)];
    if known.is_none() {
        notes.push("No published count for these values; the nearest are those of the chart.".to_owned());
    }
    let published = Series {
        name: "computed for this project".to_owned(),
        shape: Shape::Dots,
        points: PUBLISHED.iter().map(|(eps, count)| [*eps, *count, 0.1]).collect(),
    };
    let rule = super::numeric::grid(0.05, 0.5, 46).into_iter().map(|eps| (eps, 0.5 / eps));
    let own =
        Series { name: "these runs".to_owned(), shape: Shape::Dots, points: vec![[eps, line.simulated.unwrap_or(f64::NAN), line.standard_error]] };
    Ok(Outcome {
        simulated: format!("{} runs of {n} members", trial.runs),
        lines: vec![line],
        notes,
        picture: Picture {
            x: "confidence bound eps".to_owned(),
            y: "clusters".to_owned(),
            series: vec![Series::new("rule of thumb 1/(2 eps)", Shape::Unstable, rule), published, own],
        },
        ..Outcome::default()
    })
}
