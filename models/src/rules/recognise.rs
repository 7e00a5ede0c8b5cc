//! Rule (3): compatibility, recognition, conformity cost and the reach of markets.

use multiversion::multiversion;

use crate::levers::index_of;
use crate::rules::adopt::MAX_STANDARDS;
use crate::scenario::{Point, pair_index};
use crate::setting::Setting;
use crate::world::{World, distance};

/// Mandate, preference and restriction of an economy relative to those of the bloc that it is aligned with.
const ECONOMY_SHARE: f64 = 0.5;

/// What follows from texts and rules within a tick.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    /// Compatibility, `[domain][standard][standard]`.
    pub(crate) sigma: Vec<f64>,
    /// Mutual recognition, `[domain][standard][standard]`, the international standard included.
    pub(crate) recognition: Vec<f64>,
    /// Conformity cost as a share of unit cost, `[domain][market][standard]`.
    pub(crate) cost: Vec<f64>,
    /// Home preference in utility units for the required text, `[domain][market]`.
    pub(crate) preference: Vec<f64>,
    /// Access restriction between a market and a bloc, `[domain][market][bloc]`.
    pub(crate) restriction: Vec<f64>,
    /// Network weights of markets, `[domain][market][market]`, rows adding to 1.
    pub(crate) reach: Vec<f64>,
    /// What the tables of each domain were made from.
    made_from: Vec<Inputs>,
}

/// Everything that the tables of a domain depend on and that moves within a run.
#[derive(Debug, Clone, Default)]
struct Inputs {
    /// Of the levers in [`READ`] in turn.
    levers: Vec<f64>,
    points: Vec<Point>,
    required: Vec<u8>,
    alignment: Vec<u8>,
}

/// Levers that the tables depend on.
const READ: [usize; 4] = [index_of("mutual-recognition"), index_of("home-mandate"), index_of("home-preference"), index_of("access-restriction")];

impl Tables {
    pub(crate) fn new(setting: &Setting) -> Tables {
        let (domains, markets, standards, blocs) = (setting.domains(), setting.markets.len(), setting.standards(), setting.blocs());
        Tables {
            sigma: vec![0.0; domains * standards * standards],
            recognition: vec![0.0; domains * standards * standards],
            cost: vec![0.0; domains * markets * standards],
            preference: vec![0.0; domains * markets],
            restriction: vec![0.0; domains * markets * blocs],
            reach: vec![0.0; domains * markets * markets],
            made_from: vec![Inputs::default(); domains],
        }
    }
}

/// Brings the tables up to date with texts, alignments and levers.
pub(crate) fn recognise(world: &mut World<'_>) {
    for d in 0..world.domains() {
        if !moved(world, d) {
            continue;
        }
        tabulate_recognition(world, d);
        tabulate_compatibility(world, d);
        tabulate_markets(world, d);
        tabulate_reach(world, d);
    }
}

/// Whether anything that the tables of a domain depend on has moved since they were made; what there is now is remembered.
fn moved(world: &mut World<'_>, domain: usize) -> bool {
    let (blocs, standards, economies, shape) = (world.blocs(), world.standards(), world.scenario().economies.len(), world.setting.shape);
    let levers = READ.map(|lever| &world.climate.levers[shape.at(lever, domain, 0)..][..shape.slots]);
    let points = &world.texts.point[domain * standards..(domain + 1) * standards];
    let required = &world.texts.required[domain * blocs..(domain + 1) * blocs];
    let alignment = &world.alignment[domain * economies..(domain + 1) * economies];
    let made = &mut world.rules.made_from[domain];
    let same_levers = made.levers.len() == READ.len() * shape.slots && made.levers.chunks_exact(shape.slots).zip(levers).all(|(a, b)| a == b);
    if same_levers && made.points == points && made.required == required && made.alignment == alignment {
        return false;
    }
    made.levers.clear();
    levers.iter().for_each(|values| made.levers.extend_from_slice(values));
    points.clone_into(&mut made.points);
    required.clone_into(&mut made.required);
    alignment.clone_into(&mut made.alignment);
    true
}

/// Recognition between standards: that of their blocs; with the international one, the mean of a bloc's with the others.
fn tabulate_recognition(world: &mut World<'_>, domain: usize) {
    let (blocs, standards) = (world.blocs(), world.standards());
    let pair = |world: &World<'_>, a: usize, b: usize| world.lever(const { index_of("mutual-recognition") }, domain, pair_index(blocs, a, b));
    for a in 0..blocs {
        let mut sum = 0.0;
        for b in (0..blocs).filter(|b| *b != a) {
            let value = pair(world, a, b);
            sum += value;
            world.rules.recognition[(domain * standards + a) * standards + b] = value;
        }
        let mean = if blocs > 1 { sum / (blocs - 1) as f64 } else { 0.0 };
        world.rules.recognition[(domain * standards + a) * standards + blocs] = mean;
        world.rules.recognition[(domain * standards + blocs) * standards + a] = mean;
    }
}

fn tabulate_compatibility(world: &mut World<'_>, domain: usize) {
    let (standards, p) = (world.standards(), &world.setting.parameters);
    let at = domain * standards * standards;
    compatibility(
        &world.texts.point[domain * standards..(domain + 1) * standards],
        &world.rules.recognition[at..at + standards * standards],
        (p.compatibility_distance, p.recognition_effect),
        &mut world.rules.sigma[at..at + standards * standards],
    );
}

/// σ = 1 − (1 − m_σ M)(1 − exp(−distance / d₀)); 1 with itself. `recognition` and `sigma` are `[standard][standard]`.
pub(crate) fn compatibility(points: &[Point], recognition: &[f64], (scale, effect): (f64, f64), sigma: &mut [f64]) {
    let n = points.len();
    for a in 0..n {
        for b in 0..n {
            let apart = 1.0 - libm::exp(-distance(points[a], points[b]) / scale);
            sigma[a * n + b] = if a == b { 1.0 } else { 1.0 - (1.0 - effect * recognition[a * n + b]) * apart };
        }
    }
}

/// Interoperability of two mixes: chance that a user of one works with a user of the other. `sigma` is `[standard][standard]`.
pub(crate) fn interoperability(a: &[f64], b: &[f64], sigma: &[f64]) -> f64 {
    let n = a.len();
    a.iter().enumerate().map(|(s, share)| share * sigma[s * n..(s + 1) * n].iter().zip(b).map(|(c, y)| c * y).sum::<f64>()).sum()
}

/// 1 − Σ w_a w_b I_ab / Σ w_a w_b over different blocs; blocs without active adopters do not count, 0 when none is left.
pub(crate) fn fragmentation<'m>(weights: &[f64], sigma: &[f64], mix: impl Fn(usize) -> &'m [f64]) -> f64 {
    let (mut joined, mut total) = (0.0, 0.0);
    for a in 0..weights.len() {
        for b in a + 1..weights.len() {
            let (y, z) = (mix(a), mix(b));
            if y.iter().any(|share| *share > 0.0) && z.iter().any(|share| *share > 0.0) {
                joined += weights[a] * weights[b] * interoperability(y, z, sigma);
                total += weights[a] * weights[b];
            }
        }
    }
    if total > 0.0 { 1.0 - joined / total } else { f64::NAN }
}

/// Shortfall d⁺ of a text against a requirement: too little stringency, or any difference on the second axis.
pub(crate) fn shortfall(text: Point, required: Point) -> f64 {
    let (x, y) = ((required[0] - text[0]).max(0.0), required[1] - text[1]);
    (x * x + y * y).sqrt()
}

/// Conformity cost, home preference and restriction of every market.
fn tabulate_markets(world: &mut World<'_>, domain: usize) {
    let (blocs, standards, markets) = (world.blocs(), world.standards(), world.setting.markets.len());
    let burdens: [[f64; MAX_STANDARDS]; MAX_STANDARDS] =
        std::array::from_fn(|home| if home < standards { burden(world, domain, home) } else { [0.0; MAX_STANDARDS] });
    for m in 0..markets {
        let home = if m < blocs { m } else { world.aligned(domain, m - blocs) };
        let scale = if m < blocs { 1.0 } else { ECONOMY_SHARE };
        let of_home = |world: &World<'_>, lever: usize| if home < blocs { scale * world.lever(lever, domain, home) } else { 0.0 };
        let mandate = of_home(world, const { index_of("home-mandate") });
        world.rules.preference[domain * markets + m] = of_home(world, const { index_of("home-preference") });
        let costs = &mut world.rules.cost[(domain * markets + m) * standards..][..standards];
        costs.iter_mut().zip(&burdens[home]).for_each(|(cost, burden)| *cost = mandate * burden);
        for b in 0..blocs {
            let xi = if home == b || home == blocs {
                0.0
            } else {
                scale * world.lever(const { index_of("access-restriction") }, domain, pair_index(blocs, home, b))
            };
            world.rules.restriction[(domain * markets + m) * blocs + b] = xi;
        }
    }
}

/// Cost of showing that a product built to each standard meets the text required by `home`, before the mandate scales it; 0 for that text.
fn burden(world: &World<'_>, domain: usize, home: usize) -> [f64; MAX_STANDARDS] {
    let (p, standards) = (&world.setting.parameters, world.standards());
    let required = if home < world.blocs() { world.required(domain, home) } else { home };
    let point = |s: usize| world.texts.point[domain * standards + s];
    std::array::from_fn(|s| {
        if s >= standards || s == required {
            return 0.0;
        }
        let recognised = world.rules.recognition[(domain * standards + home) * standards + s];
        (1.0 - recognised) * (p.conformity_fixed + p.conformity_slope * shortfall(point(s), point(required)))
    })
}

/// Network weights: own market, the rest by trade that is not restricted; rows add to 1.
fn tabulate_reach(world: &mut World<'_>, domain: usize) {
    let (blocs, markets) = (world.blocs(), world.setting.markets.len());
    let restriction = &world.rules.restriction[domain * markets * blocs..][..markets * blocs];
    let reach = &mut world.rules.reach[domain * markets * markets..][..markets * markets];
    weigh_trade(&world.setting.markets.own, &world.setting.markets.trade, restriction, reach);
    close_rows(reach, markets);
}

/// What a market of one size has of each other one's, before rows are made to add to 1.
#[multiversion(targets("x86_64+avx2"))]
fn weigh_trade(own: &[f64], trade: &[f64], restriction: &[f64], reach: &mut [f64]) {
    let markets = own.len();
    let blocs = restriction.len() / markets;
    for (a, row) in reach.chunks_exact_mut(markets).enumerate() {
        let abroad = 1.0 - own[a];
        let trade = &trade[a * markets..(a + 1) * markets];
        // With a bloc by the row of the other side; economies restrict nothing among each other.
        for b in 0..blocs {
            row[b] = abroad * trade[b] * (1.0 - restriction[a * blocs + b]);
        }
        for b in blocs..markets {
            row[b] = abroad * trade[b];
        }
        if a < blocs {
            for b in blocs..markets {
                row[b] *= 1.0 - restriction[b * blocs + a];
            }
        }
        row[a] = own[a];
    }
}

/// Makes rows add to 1, four at a time: each sum is one long chain of additions, of which a processor can follow several.
fn close_rows(reach: &mut [f64], markets: usize) {
    const TOGETHER: usize = 4;
    for rows in reach.chunks_mut(TOGETHER * markets) {
        let mut sums = [0.0; TOGETHER];
        if rows.len() == TOGETHER * markets {
            for b in 0..markets {
                for (k, sum) in sums.iter_mut().enumerate() {
                    *sum += rows[k * markets + b];
                }
            }
        } else {
            rows.chunks_exact(markets).zip(&mut sums).for_each(|(row, sum)| *sum = row.iter().sum());
        }
        for (row, sum) in rows.chunks_exact_mut(markets).zip(sums) {
            let scale = 1.0 / sum;
            row.iter_mut().for_each(|weight| *weight *= scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_missing_stringency_counts_on_the_first_axis() {
        assert_eq!(shortfall([0.9, 0.5], [0.8, 0.5]), 0.0);
        assert!((shortfall([0.5, 0.1], [0.8, 0.5]) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn the_worked_example_gives_its_interoperabilities() {
        let sigma = [1.0, 0.4, 0.7, 0.4, 1.0, 0.5, 0.7, 0.5, 1.0];
        let (eu, cn, us) = ([0.7, 0.1, 0.2], [0.05, 0.9, 0.05], [0.2, 0.05, 0.75]);
        for (a, b, value) in [(eu, cn, 0.513), (eu, us, 0.755), (cn, us, 0.5375)] {
            assert!((interoperability(&a, &b, &sigma) - value).abs() < 1e-12);
        }
    }
}
