//! Weitzel, Beimborn & König (2006): the standardization gap.

use super::numeric::grid;
use super::parameter::{number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::rules::adopt::Circumstance;

pub(super) const CLASSIC: Classic = Classic {
    id: "standardization-gap",
    name: "The standardization gap",
    lesson: "Everybody would gain from a common standard and nobody begins: between what pays for one and what pays for all lies a gap.",
    story: "Joining a common standard costs K and pays something for each partner who joins too. All together would gain up to a high K. Each alone, guessing whether others will join, begins only below half of that. Between the two lies a gap in which everybody waits for everybody. Somebody who coordinates, or a subsidy for the first, closes it.",
    engine: "adopt: best reply between standardising and not, against a guess whether each partner will; on a complete, a ring-shaped or a random network",
    source: "Weitzel, Beimborn & König 2006, MIS Quarterly 30 (special issue):489–514; equal costs solved for this project",
    level: Level::Identity,
    parameters: &[
        whole("n", "members", "members", 100, (2, 2_000)),
        number("c", "what a link to a partner with the standard is worth", "cost", 1.0, (1e-6, 1e6)),
        number("K", "cost of standardising", "cost", 49.0, (0.0, 1e9)),
        number("c_sd", "spread of c between links (normal, cut off at 0)", "cost", 0.0, (0.0, 1e6)),
        number("K_sd", "spread of K between members (normal, cut off at 0)", "cost", 0.0, (0.0, 1e9)),
        word("topology", "who is linked with whom", &["complete", "close", "random"]),
        whole("degree", "links per member, for close and random", "links", 8, (1, 1_000)),
        whole("periods", "most periods", "periods", 50, (1, 1_000)),
    ],
    runs: 20,
    run,
};

/// Links of each member and what they are worth to it, and each member's cost.
struct Net {
    links: Vec<Vec<(usize, f64)>>,
    cost: Vec<f64>,
}

impl Net {
    fn new(values: &Values, k: f64, seed: u32) -> Net {
        let (draws, n) = (Draws::new(seed), values.whole("n"));
        let (c, c_sd, k_sd) = (values.number("c"), values.number("c_sd"), values.number("K_sd"));
        let worth = |i: usize, j: usize| if c_sd > 0.0 { (c + c_sd * draws.normal(Stream::Member, i * n + j, 0)).max(0.0) } else { c };
        let cost = |i: usize| if k_sd > 0.0 { (k + k_sd * draws.normal(Stream::Member, i, 1)).max(0.0) } else { k };
        let degree = values.whole("degree").min(n - 1);
        let partners = |i: usize| -> Vec<usize> {
            match values.word("topology") {
                "close" => (1..=degree).map(|d| if d % 2 == 1 { (i + d.div_ceil(2)) % n } else { (i + n - d / 2) % n }).collect(),
                "random" => random_partners(draws, i, n, degree),
                _ => (0..n).filter(|j| *j != i).collect(),
            }
        };
        let links = (0..n).map(|i| partners(i).into_iter().map(|j| (j, worth(i, j))).collect()).collect();
        Net { links, cost: (0..n).map(cost).collect() }
    }

    /// i's guess that j will standardise: all that j may gain from its links against its cost.
    fn guess(&self, j: usize, has: &[bool]) -> f64 {
        let most: f64 = self.links[j].iter().map(|(_, c)| c).sum();
        if has[j] {
            1.0
        } else if most > 0.0 {
            ((most - self.cost[j]) / most).max(0.0)
        } else {
            0.0
        }
    }

    /// Share that standardises by itself.
    fn decentral(&self, periods: usize) -> f64 {
        let n = self.cost.len();
        let mut has = vec![false; n];
        for _ in 0..periods {
            let guesses: Vec<f64> = (0..n).map(|j| self.guess(j, &has)).collect();
            let wants = |i: usize| {
                let gain: f64 = self.links[i].iter().map(|(j, c)| guesses[*j] * c).sum();
                // Not standardising comes first: it wins among equals.
                Circumstance { home: 0, preference: 0.0, current: None, switching_cost: 0.0 }.best(&[0.0, gain - self.cost[i]]) == 1
            };
            let next: Vec<bool> = (0..n).map(|i| has[i] || wants(i)).collect();
            if next == has {
                break;
            }
            has = next;
        }
        has.iter().filter(|has| **has).count() as f64 / n as f64
    }

    /// Whether all together gain by standardising together.
    fn efficient(&self) -> bool {
        self.links.iter().flatten().map(|(_, c)| c).sum::<f64>() > self.cost.iter().sum()
    }
}

fn random_partners(draws: Draws, i: usize, n: usize, degree: usize) -> Vec<usize> {
    let mut partners = Vec::new();
    for attempt in 0..50 * degree {
        let j = (draws.unit(Stream::Partner, i, attempt) * n as f64) as usize;
        if j != i && !partners.contains(&j) {
            partners.push(j);
        }
        if partners.len() == degree {
            break;
        }
    }
    partners
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (n, c, k, periods) = (values.whole("n"), values.number("c"), values.number("K"), values.whole("periods"));
    let degree = values.whole("degree").min(n - 1);
    let links = if values.word("topology") == "complete" { n - 1 } else { degree } as f64;
    let alike = values.number("c_sd") == 0.0 && values.number("K_sd") == 0.0;
    let runs = if alike && values.word("topology") != "random" { 1 } else { trial.runs };
    let ends = Trial { runs, ..trial }.each(|seed| {
        let net = Net::new(values, k, seed);
        (net.decentral(periods), f64::from(u8::from(net.efficient())))
    })?;
    let shares: Vec<f64> = ends.iter().map(|end| end.0).collect();
    let efficient: Vec<f64> = ends.iter().map(|end| end.1).collect();
    let exact = |limit: f64| alike.then_some(f64::from(u8::from(k < limit)));
    let mut outcome = Outcome { simulated: format!("{n} members with {links} links each, {runs} networks"), ..Outcome::default() };
    outcome.lines.push(Line::mean("share that standardises by itself", &shares, exact(c * links / 2.0), "equal costs: all iff K < c·links/2"));
    outcome.lines.push(Line::mean("networks in which all together would gain", &efficient, exact(c * links), "equal costs: iff K < c·links"));
    outcome.lines.push(Line::theory("K below which they standardise by themselves", c * links / 2.0, "c (n−1)/2 on the complete network"));
    outcome.lines.push(Line::theory("K below which all together gain", c * links, "c (n−1) on the complete network"));
    if !alike {
        outcome.notes.push("With uneven costs there is no formula; what holds is the direction: fewer standardise than would gain.".to_owned());
    }
    outcome.picture = picture(values, c * links, trial);
    Ok(outcome)
}

/// Share that standardises by itself, and whether all together would gain, against K.
fn picture(values: &Values, top: f64, trial: Trial<'_>) -> Picture {
    let costs = grid(0.0, 1.2 * top, 61);
    let efficient = costs.iter().map(|k| (*k, f64::from(u8::from(*k < top))));
    let found = costs.iter().map(|k| (*k, Net::new(values, *k, trial.seed).decentral(values.whole("periods"))));
    Picture {
        x: "cost of standardising K".to_owned(),
        y: "share that standardises".to_owned(),
        series: vec![
            Series::new("gap", Shape::Band, [(top / 2.0, 0.0), (top, 1.0)]),
            Series::new("what pays for all", Shape::Exact, efficient),
            Series::new("by themselves", Shape::Dots, found),
        ],
    }
}
