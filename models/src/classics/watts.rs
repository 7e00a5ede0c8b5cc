//! Watts (2002): cascades on sparse random networks.

use super::limit;
use super::numeric::{grid, roots};
use super::parameter::{number, whole};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::scenario::Choice;
use crate::setting::{Reviews, Setting};
use crate::uncertainties::index_of;

pub(super) const CLASSIC: Classic = Classic {
    id: "watts",
    name: "Cascades",
    lesson: "A new standard that everybody takes up once enough partners have it spreads from a single user only where the network is neither too sparse nor too dense.",
    story: "Each user switches once a given share of their partners has switched. Start with a single user. If people have too few partners there is no path to travel; if they have too many, one convert is never a large enough share of anybody’s partners. Between the two lies a window in which one user can, rarely, set off almost everybody. Move z through the window and watch.",
    engine: "the whole tick: best reply, the network of partners is Poisson, all of the network benefit is local, everybody reviews every tick; the old text is better by 1 − 2φ",
    source: "Watts 2002, PNAS 99:5766–5771",
    level: Level::Distribution,
    parameters: &[
        number("phi", "threshold: share of partners that must have the new standard", "share", 0.18, (0.01, 0.499)),
        number("z", "mean number of partners", "partners", 3.0, (0.1, 30.0)),
        whole("n", "adopters", "adopters", 5_000, (100, 100_000)),
        number("global", "share of adopters from which a cascade counts as global", "share", 0.1, (0.01, 0.9)),
    ],
    runs: 400,
    run,
};

/// Ticks after which a run is cut off; cascades are over long before.
const TICKS: usize = 390;

/// Partners of a Poisson random graph with mean degree z, as lists of equal length: the rest is filled with the index n, of an
/// adopter who never has anything.
fn poisson_graph(n: usize, z: f64, seed: u32) -> (Vec<u32>, usize) {
    let draws = Draws::new(seed);
    let wanted = (n as f64 * z / 2.0).round() as usize;
    let mut partners = vec![Vec::new(); n];
    for (edge, attempt) in (0..wanted).zip(0..) {
        let end = |k: usize| ((draws.unit(Stream::Partner, edge, 2 * attempt + k) * n as f64) as usize).min(n - 1);
        let (a, b) = (end(0), end(1));
        // Loops and double edges are a share of order 1/n of all.
        if a != b && !partners[a].contains(&(b as u32)) {
            partners[a].push(b as u32);
            partners[b].push(a as u32);
        }
    }
    let most = partners.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let flat = partners.into_iter().flat_map(|own| own.into_iter().chain(std::iter::repeat(n as u32)).take(most).collect::<Vec<_>>()).collect();
    (flat, most)
}

/// The setting of a run: n adopters and one more who fills up lists of partners and has nothing.
fn setting(phi: f64, z: f64, n: usize, origin: usize, seed: u32) -> Setting {
    let mut scenario = limit::scenario(1, n + 1, TICKS + 1);
    limit::set(&mut scenario, "network-strength", 1.0);
    limit::set(&mut scenario, "local-share", 1.0);
    // The new text is the bloc's, the old one the international. New is taken where f ≥ (1 − f) + quality, that is f ≥ φ.
    scenario.uncertainties[const { index_of("international-quality") }].fill(2.0 * phi - 1.0 - 1e-12);
    scenario.structure.choice = Choice::BestReply;
    let mut setting = Setting::new(&scenario);
    let (mut partner, most) = poisson_graph(n, z, seed);
    partner.extend(std::iter::repeat_n(n as u32, most));
    (setting.adopters.partner, setting.adopters.partners) = (partner, most);
    // The origin has made up its mind, the filler has none, and who has no partner has nobody to follow: none of them reviews.
    let reviews = |i: usize| i != origin && i != n && partner_of(&setting, i) != n;
    let still: Vec<bool> = (0..=n).map(|i| !reviews(i)).collect();
    if let Reviews::Due(due) = &mut setting.adopters.reviews {
        due.iter_mut().for_each(|row| row.retain(|i| !still[*i as usize]));
    }
    setting
}

/// First partner of an adopter; the filler where there is none.
fn partner_of(setting: &Setting, adopter: usize) -> usize {
    setting.adopters.partners_of(adopter)[0] as usize
}

/// Share of adopters that end on the new standard after a single one, drawn at random, took it up.
fn simulate(phi: f64, z: f64, n: usize, seed: u32) -> f64 {
    let origin = (Draws::new(seed).unit(Stream::Order, 0, 0) * n as f64) as usize;
    let setting = setting(phi, z, n, origin, seed);
    let mut run = limit::Single::new(&setting, seed);
    run.relabel(0, 1);
    run.settle(origin, Some(0));
    run.settle(n, None);
    let mut before = -1.0;
    for _ in 0..TICKS - 1 {
        run.tick();
        let now = run.world().mix(0, 0)[0];
        if now == before {
            break;
        }
        before = now;
    }
    before
}

/// Degree up to which one partner is enough: floor(1/φ).
fn vulnerable_up_to(phi: f64) -> usize {
    (1.0 / phi + 1e-9).floor() as usize
}

/// Σ k(k−1) p_k [k ≤ floor(1/φ)] − z for a Poisson graph: above 0 inside the cascade window.
fn excess(phi: f64, z: f64) -> f64 {
    let mut weight = libm::exp(-z);
    let mut sum = 0.0;
    for k in 1..=vulnerable_up_to(phi) {
        weight *= z / k as f64;
        sum += (k * (k - 1)) as f64 * weight;
    }
    sum - z
}

/// Ends of the cascade window in z; none when there is none.
fn window(phi: f64) -> Option<(f64, f64)> {
    let ends = roots(|z| excess(phi, z) / z, 1e-3, 40.0, 4_000);
    match ends[..] {
        [low, .., high] => Some((low, high)),
        _ => None,
    }
}

/// Share of adopters next to the giant cluster of vulnerable ones, in endless Poisson graphs: the chance that one user sets off a
/// global cascade (Watts 2002, from generating functions).
fn chance(phi: f64, z: f64) -> f64 {
    // u: chance that a partner does not lead into the cluster; u = 1 − Σ_{k ≤ K} q_k (1 − u^(k−1)), q_k = k p_k / z.
    let most = vulnerable_up_to(phi);
    let mut u = 0.0;
    for _ in 0..100_000 {
        // q_k = z^(k−1) e^−z / (k−1)! for Poisson degrees.
        let (mut weight, mut power, mut next) = (libm::exp(-z), 1.0, 1.0);
        for k in 1..=most {
            next -= weight * (1.0 - power);
            weight *= z / k as f64;
            power *= u;
        }
        if (next - u).abs() < 1e-14 {
            break;
        }
        u = next;
    }
    1.0 - libm::exp(z * (u - 1.0))
}

/// How far a network of n may lie beside the endless one: 1/√n, and near an end of the window, where a finite network blurs the
/// transition over z n^(−1/3) (the width of the critical window of a random graph, Bollobás 2001), what the chance may change there.
fn blur(phi: f64, z: f64, n: usize) -> f64 {
    let (width, usual) = (z / libm::cbrt(n as f64), 1.0 / (n as f64).sqrt());
    let near = window(phi).is_some_and(|(low, high)| (z - low).abs() < width || (z - high).abs() < width);
    if !near {
        return usual;
    }
    [z - width, z + width].into_iter().map(|beside| (chance(phi, beside) - chance(phi, z)).abs()).fold(usual, f64::max)
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (phi, z, n, global) = (values.number("phi"), values.number("z"), values.whole("n"), values.number("global"));
    if n as f64 * z > 2_000_000.0 {
        return Err("--n and --z: n times z should be at most 2000000 links".to_owned());
    }
    let ends = trial.each(|seed| simulate(phi, z, n, seed))?;
    let hits = ends.iter().filter(|share| **share >= global).count();
    let mut outcome = Outcome {
        simulated: format!("{} networks of {n} adopters, one user at random in each", trial.runs),
        picture: picture(phi, n, global, trial)?,
        ..Outcome::default()
    };
    const BASIS: &str = "share of adopters next to the giant cluster of those whom one partner convinces, endless network";
    outcome.lines.push(Line::share("runs with a global cascade", hits, ends.len(), Some(chance(phi, z)), BASIS).within(blur(phi, z, n)));
    if hits > 0 {
        let sizes: Vec<f64> = ends.iter().copied().filter(|share| *share >= global).collect();
        outcome.lines.push(Line::mean("share of adopters in a global cascade", &sizes, None, "not known in closed form"));
    }
    outcome.lines.push(Line::theory("Σ k(k−1) p_k [k ≤ 1/φ] − z", excess(phi, z), "above 0: cascades are possible"));
    match window(phi) {
        Some((low, high)) => {
            outcome.lines.push(Line::theory("cascades from z", low, "lower root of the condition"));
            outcome.lines.push(Line::theory("cascades up to z", high, "upper root of the condition"));
        }
        None => outcome.notes.push("There is no cascade window for this threshold.".to_owned()),
    }
    outcome.notes.push(
        "The reference is for an endless network; its error is 1/√n, and near an end of the window what the chance changes over n^(−1/3) of z, over which finite networks blur the transition."
            .to_owned(),
    );
    Ok(outcome)
}

/// Share of runs with a global cascade against mean degree.
fn picture(phi: f64, n: usize, global: f64, trial: Trial<'_>) -> Result<Picture, String> {
    let top = window(phi).map_or(10.0, |(_, high)| (1.3 * high).min(30.0));
    let exact = grid(0.2, top, 120).into_iter().map(|z| (z, chance(phi, z)));
    let (runs, n) = (trial.runs.min(60), n.min(2_000));
    let dots = grid(0.5, top, 12).into_iter().map(|z| {
        let hits = Trial { runs, ..trial }.each(|seed| simulate(phi, z, n, seed))?.into_iter().filter(|share| *share >= global).count();
        let share = hits as f64 / runs as f64;
        Ok([z, share, (share * (1.0 - share) / runs as f64).sqrt()])
    });
    let points = dots.collect::<Result<Vec<_>, String>>()?;
    let series = vec![Series::new("endless network", Shape::Exact, exact), Series { name: "runs".to_owned(), shape: Shape::Dots, points }];
    Ok(Picture { x: "mean number of partners z".to_owned(), y: "share of runs with a global cascade".to_owned(), series })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_the_published_ones() {
        for (phi, low, high) in [(0.18, 1.020_704, 5.764_677), (0.25, 1.114_142, 3.863_069), (0.10, 1.000_001, 13.659_314)] {
            let found = window(phi).unwrap();
            assert!((found.0 - low).abs() < 1e-5 && (found.1 - high).abs() < 1e-5, "{phi}: {found:?}");
        }
    }

    #[test]
    fn finite_networks_blur_the_ends_of_the_window_and_nothing_else() {
        let usual = 1.0 / 5_000f64.sqrt();
        assert!(blur(0.25, 4.0, 5_000) > 0.1, "a little above the window");
        assert_eq!(blur(0.18, 3.0, 5_000), usual);
        assert_eq!(blur(0.18, 8.0, 5_000), usual);
        assert!(blur(0.25, 4.0, 5_000_000) < 0.01, "the blur goes with size");
    }

    #[test]
    fn outside_the_window_nothing_spreads_and_inside_it_may() {
        assert!(chance(0.18, 0.9) < 1e-6 && chance(0.18, 7.0) < 1e-6);
        assert!(chance(0.18, 3.0) > 0.5);
    }
}
