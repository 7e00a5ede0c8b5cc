//! What several indicators need in a row, worked out once.

use std::cell::OnceCell;

use crate::layout::Entity;
use crate::rules::adopt::MAX_STANDARDS;
use crate::rules::recognise;
use crate::world::{Issued, World};

/// Values of the start state that later rows are compared with.
pub(crate) struct Start {
    /// Trade cost per pair of blocs.
    pub(crate) trade_cost: Vec<f64>,
}

impl Start {
    pub(crate) fn of(world: &World<'_>) -> Start {
        Start { trade_cost: world.scenario().pairs().into_iter().map(|(a, b)| trade_cost(world, a, b)).collect() }
    }
}

/// A row of a run as the indicators see it.
pub(crate) struct View<'a> {
    pub(crate) world: &'a World<'a>,
    pub(crate) start: &'a Start,
    /// Revenue of suppliers, `[domain][home][group][standard]`, in mean suppliers' revenue; worked out when first asked for.
    revenue: OnceCell<Vec<f64>>,
    /// Trade per pair of blocs relative to the start, likewise.
    trade: OnceCell<Vec<f64>>,
    /// Share of world size that is active, `[domain][market]`.
    active: Vec<f64>,
    /// Use per bloc and group of economies, `[domain][row]`.
    rows: Vec<Row>,
}

/// What a bloc or a group of economies uses in a domain, in shares of world size.
#[derive(Clone, Copy, Default)]
pub(crate) struct Row {
    /// Size of its adopters.
    pub(crate) whole: f64,
    /// Size of those that use none yet: whatever the active ones use, to the last bit.
    pub(crate) idle: f64,
    /// Size of those that use each standard.
    pub(crate) used: [f64; MAX_STANDARDS],
    /// Mean over its markets, weighted by size, of the mix of standards; shares once closed.
    pooled: [f64; MAX_STANDARDS],
    /// Summed size of its markets.
    pub(crate) size: f64,
    /// Size of its markets by the standard that they are aligned with; economies only.
    pub(crate) aligned: [f64; MAX_STANDARDS],
    /// Size of its markets by the standard that they require.
    pub(crate) requiring: [f64; MAX_STANDARDS],
}

impl<'a> View<'a> {
    pub(crate) fn new(world: &'a World<'a>, start: &'a Start) -> View<'a> {
        let (markets, domains) = (world.setting.markets.len(), world.domains());
        let active: Vec<f64> = (0..domains * markets).map(|at| world.active_size(at / markets, at % markets)).collect();
        let rows = Vec::with_capacity(domains * (world.blocs() + world.scenario().groups.len()));
        let mut view = View { world, start, revenue: OnceCell::new(), trade: OnceCell::new(), active, rows };
        for d in 0..domains {
            view.fill_rows(d);
        }
        view
    }

    fn revenues(&self) -> Vec<f64> {
        let (world, groups, standards) = (self.world, self.world.groups(), self.world.standards());
        let mut revenue = Vec::with_capacity(world.domains() * groups * groups * standards);
        for domain in 0..world.domains() {
            for home in 0..groups {
                for g in 0..groups {
                    let reached = world.revenue_weight(home, g) * world.access(domain, home, g);
                    revenue.extend((0..standards).map(|s| world.sold(domain, home, g, s) * reached * world.demand(domain, g, s)));
                }
            }
        }
        revenue
    }

    /// Trade of a pair of blocs relative to the start: the rise of its cost to the power of the negative elasticity.
    pub(crate) fn trade(&self, pair: usize) -> f64 {
        let elasticity = self.world.setting.parameters.trade_elasticity;
        let of = |(at, (a, b)): (usize, (usize, usize))| libm::pow(trade_cost(self.world, a, b) / self.start.trade_cost[at], -elasticity);
        self.trade.get_or_init(|| self.world.scenario().pairs().into_iter().enumerate().map(of).collect())[pair]
    }

    fn fill_rows(&mut self, domain: usize) {
        let (world, blocs, standards) = (self.world, self.world.blocs(), self.world.standards());
        let first = self.rows.len();
        self.rows.resize(first + blocs + world.scenario().groups.len(), Row::default());
        for m in 0..world.setting.markets.len() {
            let row = &mut self.rows[first + if m < blocs { m } else { blocs + world.scenario().economies[m - blocs].group }];
            let (mix, active) = (world.mix(domain, m), self.active[domain * world.setting.markets.len() + m]);
            row.whole += world.setting.adopters.market_size[m];
            row.idle += world.setting.adopters.market_size[m] - active;
            row.size += world.setting.markets.share[m];
            row.requiring[world.market_required(domain, m)] += world.setting.markets.share[m];
            if m >= blocs {
                row.aligned[world.aligned(domain, m - blocs)] += world.setting.markets.share[m];
            }
            for s in 0..standards {
                row.used[s] += active * mix[s];
                row.pooled[s] += world.setting.markets.share[m] * mix[s];
            }
        }
        for row in &mut self.rows[first..] {
            close(&mut row.pooled);
        }
    }

    /// Use in a bloc or, after the blocs, in a group of economies.
    pub(crate) fn row(&self, domain: usize, row: usize) -> &Row {
        &self.rows[domain * (self.world.blocs() + self.world.scenario().groups.len()) + row]
    }

    /// Mix of a bloc or, after the blocs, of a group of economies: mean over its markets, weighted by their size.
    pub(crate) fn pooled_row(&self, domain: usize, row: usize) -> &[f64] {
        &self.row(domain, row).pooled[..self.world.standards()]
    }

    /// Share of world size that is active in a market.
    pub(crate) fn active(&self, domain: usize, market: usize) -> f64 {
        self.active[domain * self.world.setting.markets.len() + market]
    }

    /// Revenue of suppliers of a home group from a market group with a standard, in mean suppliers' revenue.
    pub(crate) fn revenue(&self, domain: usize, home: usize, group: usize, standard: usize) -> f64 {
        let groups = self.world.groups();
        self.revenue.get_or_init(|| self.revenues())[((domain * groups + home) * groups + group) * self.world.standards() + standard]
    }

    /// Upkeep of the variants of a home group's suppliers.
    pub(crate) fn upkeep(&self, domain: usize, home: usize) -> f64 {
        self.world.supply.home_upkeep[domain * self.world.groups() + home]
    }

    /// Summed relative size of a home group's suppliers.
    pub(crate) fn suppliers(&self, home: usize) -> f64 {
        self.world.setting.suppliers.home_size[home]
    }

    /// Home groups that an entity stands for.
    pub(crate) fn homes(&self, entity: &Entity) -> std::ops::Range<usize> {
        let blocs = self.world.blocs();
        match entity {
            Entity::Bloc(b) => *b..*b + 1,
            Entity::Rest => blocs..blocs + 1,
            _ => 0..blocs + 1,
        }
    }

    /// Calls back with each market that an entity stands for.
    pub(crate) fn each_market(&self, entity: &Entity, mut act: impl FnMut(usize)) {
        let (blocs, scenario) = (self.world.blocs(), self.world.scenario());
        match entity {
            Entity::Group(g) | Entity::GroupStandard(g, _) => {
                scenario.economies.iter().enumerate().filter(|(_, e)| e.group == *g).for_each(|(c, _)| act(blocs + c));
            }
            _ => self.world.markets_of(entity).for_each(act),
        }
    }

    /// Share of the texts that a bloc, or all blocs, issued since the start that are of a kind.
    pub(crate) fn issued_share(&self, domain: usize, entity: &Entity, kind: impl Fn(&Issued) -> u32) -> f64 {
        let blocs = self.world.blocs();
        let range = if let Entity::Bloc(b) = entity { *b..*b + 1 } else { 0..blocs };
        let (mut of_kind, mut all) = (0, 0);
        for issued in &self.world.texts.issued[domain * blocs..][range] {
            of_kind += kind(issued);
            all += issued.total();
        }
        if all > 0 { f64::from(of_kind) / f64::from(all) } else { f64::NAN }
    }

    /// Interoperability of two blocs in a domain.
    pub(crate) fn interoperability(&self, domain: usize, a: usize, b: usize) -> f64 {
        interoperability(self.world, domain, a, b)
    }

    /// Mean over all markets, weighted by their size, of the mix of standards.
    pub(crate) fn pooled(&self, domain: usize) -> [f64; MAX_STANDARDS] {
        let mut pooled = [0.0; MAX_STANDARDS];
        for m in 0..self.world.setting.markets.len() {
            let weight = self.world.setting.markets.share[m];
            pooled.iter_mut().zip(self.world.mix(domain, m)).for_each(|(sum, y)| *sum += weight * y);
        }
        close(&mut pooled);
        pooled
    }
}

/// Makes weights shares; all 0 when there are none.
fn close(weights: &mut [f64; MAX_STANDARDS]) {
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|share| *share = if total > 0.0 { *share / total } else { 0.0 });
}

/// Interoperability of the mixes of two markets in a domain.
pub(crate) fn interoperability(world: &World<'_>, domain: usize, a: usize, b: usize) -> f64 {
    let n = world.standards();
    recognise::interoperability(world.mix(domain, a), world.mix(domain, b), &world.rules.sigma[domain * n * n..(domain + 1) * n * n])
}

/// Trade cost of a pair of blocs: 1 + k_τ (1 − I) + k_ξ ξ, over all domains.
pub(crate) fn trade_cost(world: &World<'_>, a: usize, b: usize) -> f64 {
    let p = &world.setting.parameters;
    let (markets, blocs) = (world.setting.markets.len(), world.blocs());
    let of = |d: usize| {
        let restriction = world.rules.restriction[(d * markets + a) * blocs + b];
        p.trade_compatibility * (1.0 - interoperability(world, d, a, b)) + p.trade_restriction * restriction
    };
    1.0 + world.scenario().domains.iter().enumerate().map(|(d, domain)| domain.weight * of(d)).sum::<f64>()
}
