//! What all runs of a scenario share: parameters, lever paths, sizes, the partner network, review cycles.
//!
//! Nothing here depends on the seed of a run: structure is scenario data, drawn once with the structure seed.

use rand::seq::SliceRandom;

use crate::draws::{Draws, Stream};
use crate::indicators::{self, INDICATORS, Indicator};
use crate::layout::Layout;
use crate::scenario::{Point, Reach, Review, Scenario, SizeLaw};
use crate::schedule::{LeverShape, Schedule};
use crate::uncertainties::index_of;

/// Fixed-point scale of suppliers' relative sizes.
pub(crate) const SIZE_SCALE: f64 = (1u64 << 40) as f64;

/// Units into which the size of a market is divided: tallies are sums of whole numbers, so their order cannot matter.
const MARKET_UNITS: f64 = (1u32 << 31) as f64;

/// Everything about a scenario that its runs share.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The scenario.
    pub scenario: Scenario,
    /// The columns of a trajectory.
    pub layout: Layout,
    pub(crate) indicators: Vec<&'static Indicator>,
    pub(crate) parameters: Parameters,
    pub(crate) schedule: Schedule,
    pub(crate) shape: LeverShape,
    pub(crate) markets: Markets,
    pub(crate) adopters: Adopters,
    pub(crate) suppliers: Suppliers,
    pub(crate) partitions: Vec<Vec<u32>>,
    /// Quality of every text in utility units, `[domain][standard]`.
    pub(crate) quality: Vec<f64>,
}

impl Setting {
    /// Prepares a checked scenario for running.
    pub fn new(scenario: &Scenario) -> Setting {
        Setting::build(scenario, None)
    }

    /// Prepares a checked scenario with a given partner network instead of a drawn one.
    ///
    /// `partners` holds the partners of each adopter in turn, `sizes.partners` of them, as numbers of adopters; adopters are numbered
    /// market by market, blocs first.
    ///
    /// # Errors
    /// When the length does not fit the scenario or a partner does not exist; the sentence says which.
    pub fn with_network(scenario: &Scenario, partners: Vec<u32>) -> Result<Setting, String> {
        let (adopters, each) = (scenario.sizes.adopters, scenario.sizes.partners);
        if partners.len() != adopters * each {
            return Err(format!(
                "the network has {} entries; {adopters} adopters with {each} partners each need {}",
                partners.len(),
                adopters * each
            ));
        }
        if let Some(at) = partners.iter().position(|partner| *partner as usize >= adopters) {
            return Err(format!(
                "partner {} of adopter {} is number {}; there are {adopters} adopters, counted from 0",
                at % each,
                at / each,
                partners[at]
            ));
        }
        Ok(Setting::build(scenario, Some(partners)))
    }

    /// Measures only some of the indicators: trajectories have their columns alone.
    ///
    /// # Errors
    /// With the first id that is none of an indicator.
    pub fn measuring<'i>(mut self, ids: &[&'i str]) -> Result<Setting, &'i str> {
        self.indicators = ids.iter().map(|id| Indicator::find(id).ok_or(*id)).collect::<Result<_, _>>()?;
        self.layout = indicators::layout(&self.scenario, &self.indicators);
        Ok(self)
    }

    /// The columns that runs of a scenario have when they measure only these indicators; ids of none are passed over.
    pub fn layout_of(scenario: &Scenario, ids: &[&str]) -> Layout {
        indicators::layout(scenario, &ids.iter().filter_map(|id| Indicator::find(id)).collect::<Vec<_>>())
    }

    fn build(scenario: &Scenario, network: Option<Vec<u32>>) -> Setting {
        let draws = Draws::new(scenario.sizes.structure_seed);
        let parameters = Parameters::new(scenario);
        let markets = Markets::new(scenario, draws);
        let adopters = Adopters::new(scenario, &parameters, &markets, draws, network);
        let suppliers = Suppliers::new(scenario, &parameters, &markets, draws);
        Setting {
            layout: indicators::layout(scenario, INDICATORS),
            indicators: INDICATORS.to_vec(),
            schedule: Schedule::new(scenario),
            shape: LeverShape::of(scenario),
            partitions: partitions(scenario.blocs.len() + 1),
            quality: quality(scenario),
            scenario: scenario.clone(),
            parameters,
            markets,
            adopters,
            suppliers,
        }
    }

    /// Number of adopters in each market, blocs first.
    pub fn adopters_by_market(&self) -> Vec<usize> {
        self.adopters.first.windows(2).map(|ends| (ends[1] - ends[0]) as usize).collect()
    }

    /// Number of blocs.
    pub(crate) fn blocs(&self) -> usize {
        self.scenario.blocs.len()
    }

    /// Number of domains.
    pub(crate) fn domains(&self) -> usize {
        self.scenario.domains.len()
    }

    /// Number of standards per domain.
    pub(crate) fn standards(&self) -> usize {
        self.scenario.standards()
    }
}

/// Uncertainties by name; see the list of uncertainties for units.
#[derive(Debug, Clone)]
pub(crate) struct Parameters {
    pub(crate) network_strength: Vec<f64>,
    pub(crate) local_share: f64,
    pub(crate) review_rate: f64,
    pub(crate) innovation: f64,
    pub(crate) imitation: f64,
    pub(crate) offer_weight: f64,
    pub(crate) offer_floor: f64,
    pub(crate) switching_cost: f64,
    pub(crate) compatibility_distance: f64,
    pub(crate) recognition_effect: f64,
    pub(crate) cost_sensitivity: f64,
    pub(crate) conformity_fixed: f64,
    pub(crate) conformity_slope: f64,
    pub(crate) margin: f64,
    pub(crate) demand_weight: f64,
    pub(crate) entry_cost: f64,
    pub(crate) variant_fixed: f64,
    pub(crate) variant_scale: f64,
    pub(crate) variant_exponent: f64,
    pub(crate) variant_distance: f64,
    pub(crate) confidence: f64,
    pub(crate) ballot_tolerance: f64,
    pub(crate) convergence_rate: f64,
    pub(crate) stubbornness: f64,
    pub(crate) adoption_radius: f64,
    pub(crate) modification_weight: f64,
    pub(crate) tension_memory: f64,
    pub(crate) tension_shock: f64,
    pub(crate) tension_bite: f64,
    pub(crate) tension_feedback: f64,
    pub(crate) alignment_network: f64,
    pub(crate) alignment_distance: f64,
    pub(crate) alignment_switching: f64,
    pub(crate) trade_compatibility: f64,
    pub(crate) trade_restriction: f64,
    pub(crate) trade_elasticity: f64,
}

impl Parameters {
    fn new(scenario: &Scenario) -> Parameters {
        let per_domain = |index: usize| scenario.uncertainties[index].clone();
        let one = |index: usize| scenario.uncertainties[index][0];
        Parameters {
            network_strength: per_domain(const { index_of("network-strength") }),
            local_share: one(const { index_of("local-share") }),
            review_rate: one(const { index_of("review-rate") }),
            innovation: one(const { index_of("innovation") }),
            imitation: one(const { index_of("imitation") }),
            offer_weight: one(const { index_of("offer-weight") }),
            offer_floor: one(const { index_of("offer-floor") }),
            switching_cost: one(const { index_of("switching-cost") }),
            compatibility_distance: one(const { index_of("compatibility-distance") }),
            recognition_effect: one(const { index_of("recognition-effect") }),
            cost_sensitivity: one(const { index_of("cost-sensitivity") }),
            conformity_fixed: one(const { index_of("conformity-fixed") }),
            conformity_slope: one(const { index_of("conformity-slope") }),
            margin: one(const { index_of("margin") }),
            demand_weight: one(const { index_of("demand-weight") }),
            entry_cost: one(const { index_of("entry-cost") }),
            variant_fixed: one(const { index_of("variant-fixed") }),
            variant_scale: one(const { index_of("variant-scale") }),
            variant_exponent: one(const { index_of("variant-exponent") }),
            variant_distance: one(const { index_of("variant-distance") }),
            confidence: one(const { index_of("confidence") }),
            ballot_tolerance: one(const { index_of("ballot-tolerance") }),
            convergence_rate: one(const { index_of("convergence-rate") }),
            stubbornness: one(const { index_of("stubbornness") }),
            adoption_radius: one(const { index_of("adoption-radius") }),
            modification_weight: one(const { index_of("modification-weight") }),
            tension_memory: one(const { index_of("tension-memory") }),
            tension_shock: one(const { index_of("tension-shock") }),
            tension_bite: one(const { index_of("tension-bite") }),
            tension_feedback: one(const { index_of("tension-feedback") }),
            alignment_network: one(const { index_of("alignment-network") }),
            alignment_distance: one(const { index_of("alignment-distance") }),
            alignment_switching: one(const { index_of("alignment-switching") }),
            trade_compatibility: one(const { index_of("trade-compatibility") }),
            trade_restriction: one(const { index_of("trade-restriction") }),
            trade_elasticity: one(const { index_of("trade-elasticity") }),
        }
    }
}

/// Quality of every text, `[domain][standard]`: the blocs' own, then that of the international one.
fn quality(scenario: &Scenario) -> Vec<f64> {
    let international = &scenario.uncertainties[const { index_of("international-quality") }];
    international.iter().flat_map(|quality| scenario.blocs.iter().map(|bloc| bloc.quality).chain([*quality])).collect()
}

/// Share of an adopter's network that lies in its own market: blocs, economies.
const OWN_MARKET: [f64; 2] = [0.6, 0.48];

/// Scale of the noise in economies' ideal points, relative to a domain's spread.
const ECONOMY_NOISE: f64 = 0.1;

/// The markets: blocs first, then economies.
#[derive(Debug, Clone)]
pub(crate) struct Markets {
    /// Share of world size.
    pub(crate) share: Vec<f64>,
    /// Two-way trade with each other market as a share of a market's foreign trade, `[market][market]`, 0 on the diagonal.
    pub(crate) trade: Vec<f64>,
    /// Weight of the own market in the network.
    pub(crate) own: Vec<f64>,
    /// ln of economies' exposure to blocs, `[economy][bloc]`.
    pub(crate) log_exposure: Vec<f64>,
    /// Ideal points of economies, `[domain][economy]`.
    pub(crate) economy_ideal: Vec<Point>,
    /// Share of world size per market group: blocs, then the rest.
    pub(crate) group_share: Vec<f64>,
}

impl Markets {
    fn new(scenario: &Scenario, draws: Draws) -> Markets {
        let blocs = scenario.blocs.len();
        let sizes: Vec<f64> = scenario.blocs.iter().map(|b| b.size).chain(scenario.economies.iter().map(|e| e.size)).collect();
        let total: f64 = sizes.iter().sum();
        let share: Vec<f64> = sizes.iter().map(|size| size / total).collect();
        let own = match scenario.structure.reach {
            Reach::Trade => (0..share.len()).map(|m| OWN_MARKET[usize::from(m >= blocs)]).collect(),
            Reach::Pooled => share.clone(),
        };
        let trade = match scenario.structure.reach {
            Reach::Trade => trade(scenario, &share),
            Reach::Pooled => pooled(&share),
        };
        let mut group_share = share[..blocs].to_vec();
        group_share.push(share[blocs..].iter().sum());
        let log_exposure = scenario.economies.iter().flat_map(|economy| economy.exposure.iter().map(|t| libm::log(t.max(1e-6)))).collect();
        Markets { trade, own, log_exposure, economy_ideal: economy_ideals(scenario, draws), group_share, share }
    }

    /// Number of markets.
    pub(crate) fn len(&self) -> usize {
        self.share.len()
    }
}

/// Foreign weights where markets count by size alone.
fn pooled(share: &[f64]) -> Vec<f64> {
    let of = |a: usize, b: usize| if a == b { 0.0 } else { ratio(share[b], 1.0 - share[a]) };
    (0..share.len()).flat_map(|a| (0..share.len()).map(move |b| of(a, b))).collect()
}

/// Foreign trade shares between all markets: the group matrix spread over economies by size and exposure.
fn trade(scenario: &Scenario, share: &[f64]) -> Vec<f64> {
    let (blocs, markets) = (scenario.blocs.len(), share.len());
    let rest = blocs;
    let group = |a: usize, b: usize| scenario.trade[a * (blocs + 1) + b];
    let rest_share: f64 = share[blocs..].iter().sum();
    let exposed: Vec<f64> = (0..blocs).map(|b| scenario.economies.iter().enumerate().map(|(c, e)| share[blocs + c] * e.exposure[b]).sum()).collect();
    let flow = |a: usize, b: usize| match (a < blocs, b < blocs) {
        (true, true) => group(a, b),
        (true, false) => group(a, rest) * ratio(share[b] * scenario.economies[b - blocs].exposure[a], exposed[a]),
        (false, true) => group(b, rest) * ratio(share[a] * scenario.economies[a - blocs].exposure[b], exposed[b]),
        (false, false) => group(rest, rest) * ratio(share[a] * share[b], rest_share * rest_share),
    };
    let mut trade = vec![0.0; markets * markets];
    for a in 0..markets {
        let total: f64 = (0..markets).filter(|b| *b != a).map(|b| flow(a, b)).sum();
        for b in (0..markets).filter(|b| *b != a) {
            trade[a * markets + b] = ratio(flow(a, b), total);
        }
    }
    trade
}

/// Economies want the trade-weighted mean of the blocs' points, plus noise that belongs to the scenario.
fn economy_ideals(scenario: &Scenario, draws: Draws) -> Vec<Point> {
    let mut ideals = Vec::new();
    for (d, domain) in scenario.domains.iter().enumerate() {
        for (c, economy) in scenario.economies.iter().enumerate() {
            ideals.push([0, 1].map(|axis| {
                let mean: f64 = scenario.blocs.iter().zip(&economy.exposure).map(|(bloc, t)| t * bloc.ideal[d][axis]).sum();
                let noise = ECONOMY_NOISE * domain.spread * draws.normal(Stream::EconomyIdeal, c * 2 + axis, d);
                (mean + noise).clamp(0.0, 1.0)
            }));
        }
    }
    ideals
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Adopters: contiguous by market.
#[derive(Debug, Clone)]
pub(crate) struct Adopters {
    /// First adopter of each market; one more entry than markets.
    pub(crate) first: Vec<u32>,
    /// Market of each adopter.
    pub(crate) market: Vec<u16>,
    /// Size of each adopter in units of its market.
    pub(crate) size: Vec<u32>,
    /// Size of each adopter as a share of the world.
    pub(crate) weight: Vec<f64>,
    /// Size of a unit of each market as a share of the world.
    pub(crate) unit: Vec<f64>,
    /// Whether all adopters of a market are of one size.
    pub(crate) even: Vec<bool>,
    /// Summed size of each market as a share of the world.
    pub(crate) market_size: Vec<f64>,
    /// Partners, `partners` per adopter.
    pub(crate) partner: Vec<u32>,
    /// Number of partners per adopter.
    pub(crate) partners: usize,
    /// When adopters review.
    pub(crate) reviews: Reviews,
    /// Personal threshold in utility units, used where the decision rule is one of thresholds.
    pub(crate) threshold: Vec<f32>,
}

/// When active adopters review; the same in every run.
#[derive(Debug, Clone)]
pub(crate) enum Reviews {
    /// The adopters whose personal cycle comes round, by row, in order of number.
    Due(Vec<Vec<u32>>),
    /// Each of them in each tick with a chance, given as the number of 24-bit words below which a draw must lie.
    Hazard(u32),
}

impl Reviews {
    fn new(scenario: &Scenario, rate: f64, n: usize, draws: Draws) -> Reviews {
        if scenario.structure.review == Review::Hazard {
            return Reviews::Hazard((rate * f64::from(1u32 << 24)).round() as u32);
        }
        let rows = scenario.calendar.rows;
        let mut due = vec![Vec::new(); rows];
        for i in 0..n {
            let cycle = cycle(rate, draws.unit(Stream::Cycle, i, 0));
            let phase = 1 + (draws.unit(Stream::Cycle, i, 1) * cycle as f64) as usize;
            (phase..rows).step_by(cycle).for_each(|row| due[row].push(i as u32));
        }
        Reviews::Due(due)
    }
}

impl Adopters {
    fn new(scenario: &Scenario, parameters: &Parameters, markets: &Markets, draws: Draws, network: Option<Vec<u32>>) -> Adopters {
        let first = apportion(scenario.sizes.adopters, &markets.share);
        let n = first[markets.len()] as usize;
        let (mut market, mut size, mut weight, mut unit) = (Vec::with_capacity(n), Vec::with_capacity(n), Vec::with_capacity(n), Vec::new());
        for m in 0..markets.len() {
            let count = (first[m + 1] - first[m]) as usize;
            market.extend(std::iter::repeat_n(m as u16, count));
            let shares = match scenario.structure.sizes {
                SizeLaw::Pareto => pareto_sizes(count, 1.0, draws, m),
                SizeLaw::Equal => vec![1.0 / count as f64; count],
            };
            unit.push(markets.share[m] / MARKET_UNITS);
            size.extend(shares.iter().map(|share| (share * MARKET_UNITS) as u32));
            weight.extend(shares.iter().map(|share| share * markets.share[m]));
        }
        let of_market = |m: usize| &size[first[m] as usize..first[m + 1] as usize];
        let even = (0..markets.len()).map(|m| of_market(m).windows(2).all(|pair| pair[0] == pair[1])).collect();
        let market_size = (0..markets.len()).map(|m| of_market(m).iter().map(|size| f64::from(*size)).sum::<f64>() * unit[m]).collect();
        let reviews = Reviews::new(scenario, parameters.review_rate, n, draws);
        let threshold = (0..n).map(|i| draws.unit(Stream::Threshold, i, 0) as f32).collect();
        let partners = if n > 1 { scenario.sizes.partners } else { 0 };
        let partner = network.unwrap_or_else(|| partner_network(&first, &market, partners, markets, draws));
        Adopters { first, market, size, weight, unit, even, market_size, partner, partners, reviews, threshold }
    }

    /// Number of adopters.
    pub(crate) fn len(&self) -> usize {
        self.market.len()
    }

    /// Partners of an adopter.
    pub(crate) fn partners_of(&self, adopter: usize) -> &[u32] {
        &self.partner[adopter * self.partners..(adopter + 1) * self.partners]
    }
}

/// A personal review cycle: uniform between half and one and a half of the mean cycle 1/θ.
fn cycle(review_rate: f64, unit: f64) -> usize {
    ((0.5 + unit) / review_rate).round().clamp(1.0, 10_000.0) as usize
}

/// Counts proportional to shares, at least one each, by largest remainder; returned as first indices.
fn apportion(total: usize, shares: &[f64]) -> Vec<u32> {
    if total == 0 {
        return vec![0; shares.len() + 1];
    }
    let spare = total.saturating_sub(shares.len()) as f64;
    let exact: Vec<f64> = shares.iter().map(|share| share * spare).collect();
    let mut counts: Vec<usize> = exact.iter().map(|x| 1 + x.floor() as usize).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let missing = total.saturating_sub(counts.iter().sum());
    for m in order.into_iter().take(missing) {
        counts[m] += 1;
    }
    let mut first = vec![0u32];
    for count in counts {
        first.push(first[first.len() - 1] + count as u32);
    }
    first
}

/// Exponent of the survival function of sizes (Axtell 2001 finds about 1.06) and cap as a multiple of the smallest.
const PARETO: (f64, f64) = (1.06, 60.0);

/// Pareto quantiles at (k + ½)/n in random order, scaled so that they add to `share`.
fn pareto_sizes(n: usize, share: f64, draws: Draws, market: usize) -> Vec<f64> {
    let (exponent, cap) = PARETO;
    let mut sizes: Vec<f64> = (0..n).map(|k| libm::pow((k as f64 + 0.5) / n as f64, -1.0 / exponent).min(cap)).collect();
    let total: f64 = sizes.iter().sum();
    sizes.iter_mut().for_each(|size| *size *= share / total);
    sizes.shuffle(&mut draws.sequence(Stream::Size, market, 0));
    sizes
}

/// Fixed partners: the own market with its network weight, else a foreign one by trade, then anybody there.
fn partner_network(first: &[u32], market: &[u16], partners: usize, markets: &Markets, draws: Draws) -> Vec<u32> {
    let reach = cumulative_trade(markets);
    let mut network = Vec::with_capacity(market.len() * partners);
    for (i, m) in market.iter().enumerate() {
        let row = network.len();
        for k in 0..partners {
            let mut attempt = 0;
            let partner = loop {
                let u = draws.unit(Stream::Partner, i * 64 + k, 2 * attempt);
                let v = draws.unit(Stream::Partner, i * 64 + k, 2 * attempt + 1);
                let there = partner_market(usize::from(*m), u, markets, &reach);
                let candidate = first[there] + (v * f64::from(first[there + 1] - first[there])) as u32;
                let taken = candidate as usize == i || network[row..].contains(&candidate);
                // Very small markets have too few different partners: after some attempts a repeated one is accepted.
                if !taken || (attempt >= 16 && candidate as usize != i) {
                    break candidate;
                }
                // Where an adopter is all that its markets have, the next one of the world is its partner; the last one alone has itself.
                if attempt >= 64 {
                    break ((i + 1) % market.len()) as u32;
                }
                attempt += 1;
            };
            network.push(partner);
        }
    }
    network
}

fn cumulative_trade(markets: &Markets) -> Vec<f64> {
    let n = markets.len();
    let mut sums = markets.trade.clone();
    for row in sums.chunks_mut(n) {
        for m in 1..n {
            row[m] += row[m - 1];
        }
    }
    sums
}

/// The market that a partner lies in: own below the own weight, else by the remaining part of the draw along foreign trade.
fn partner_market(own: usize, u: f64, markets: &Markets, reach: &[f64]) -> usize {
    let n = markets.len();
    if u < markets.own[own] || n == 1 {
        return own;
    }
    let row = &reach[own * n..(own + 1) * n];
    // Without foreign trade everybody deals at home.
    if row[n - 1] <= 0.0 {
        return own;
    }
    let target = (u - markets.own[own]) / (1.0 - markets.own[own]) * row[n - 1];
    row.partition_point(|sum| *sum <= target).min(n - 1)
}

/// Suppliers, ordered by home market.
#[derive(Debug, Clone)]
pub(crate) struct Suppliers {
    /// Market group of the home market: a bloc, or the rest.
    pub(crate) home: Vec<u8>,
    /// Size over mean size.
    pub(crate) relative_size: Vec<f64>,
    /// The same in fixed point.
    pub(crate) size_units: Vec<u64>,
    /// Cost of keeping one variant, φ₀ + φ₁ r^ζ, in mean suppliers' revenue.
    pub(crate) variant_cost: Vec<f64>,
    /// Summed relative size per home group.
    pub(crate) home_size: Vec<f64>,
}

impl Suppliers {
    fn new(scenario: &Scenario, p: &Parameters, markets: &Markets, draws: Draws) -> Suppliers {
        let blocs = scenario.blocs.len();
        let first = apportion(scenario.sizes.suppliers, &markets.group_share);
        let mut home = Vec::new();
        let mut size = Vec::new();
        for g in 0..=blocs {
            let count = (first[g + 1] - first[g]) as usize;
            home.extend(std::iter::repeat_n(g as u8, count));
            size.extend(pareto_sizes(count, markets.group_share[g], draws, 1000 + g));
        }
        let mean = size.iter().sum::<f64>() / size.len().max(1) as f64;
        let relative_size: Vec<f64> = size.iter().map(|size| size / mean).collect();
        let variant_cost = relative_size.iter().map(|r| p.variant_fixed + p.variant_scale * libm::pow(*r, p.variant_exponent)).collect();
        let mut home_size = vec![0.0; blocs + 1];
        home.iter().zip(&relative_size).for_each(|(home, size)| home_size[usize::from(*home)] += size);
        let size_units = relative_size.iter().map(|size| (size * SIZE_SCALE) as u64).collect();
        Suppliers { home, relative_size, size_units, variant_cost, home_size }
    }

    /// Number of suppliers.
    pub(crate) fn len(&self) -> usize {
        self.home.len()
    }
}

/// All partitions of `n` market groups, each as a list of bit masks (15 partitions for 4 groups).
fn partitions(n: usize) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![vec![]];
    for group in 0..n {
        let bit = 1u32 << group;
        all = all
            .into_iter()
            .flat_map(|blocks| {
                let joined = (0..blocks.len()).map(|i| {
                    let mut next = blocks.clone();
                    next[i] |= bit;
                    next
                });
                let alone = blocks.iter().copied().chain([bit]).collect();
                joined.chain([alone]).collect::<Vec<_>>()
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_partitions_is_bells() {
        for (n, bell) in [(1, 1), (2, 2), (3, 5), (4, 15), (5, 52)] {
            assert_eq!(partitions(n).len(), bell);
        }
    }

    #[test]
    fn apportionment_is_exact_and_leaves_nobody_out() {
        let first = apportion(3000, &[0.5, 0.3, 0.1999, 0.0001]);
        assert_eq!(first[4], 3000);
        assert!((0..4).all(|m| first[m + 1] > first[m]));
    }

    #[test]
    fn pareto_sizes_add_to_the_share_and_respect_the_cap() {
        let sizes = pareto_sizes(500, 0.25, Draws::new(1), 0);
        let (low, high) = sizes.iter().fold((f64::MAX, 0.0f64), |(low, high), s| (low.min(*s), high.max(*s)));
        assert!((sizes.iter().sum::<f64>() - 0.25).abs() < 1e-12);
        assert!(high / low <= 60.0 + 1e-9);
    }
}
