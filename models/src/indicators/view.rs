//! What several indicators need in a row, worked out once.

use crate::layout::Entity;
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
    /// Size of suppliers by what they sell where, `[domain][home][group][standard]`.
    sold: Vec<f64>,
    /// Upkeep of variants, `[domain][home]`.
    upkeep: Vec<f64>,
}

impl<'a> View<'a> {
    pub(crate) fn new(world: &'a World<'a>, start: &'a Start) -> View<'a> {
        let (groups, standards, suppliers) = (world.groups(), world.standards(), &world.setting.suppliers);
        let mut sold = vec![0.0; world.domains() * groups * groups * standards];
        let mut upkeep = vec![0.0; world.domains() * groups];
        for d in 0..world.domains() {
            for (f, size) in suppliers.relative_size.iter().enumerate() {
                let home = d * groups + usize::from(suppliers.home[f]);
                upkeep[home] += world.supply.upkeep[d * suppliers.len() + f];
                for g in 0..groups {
                    if let Some(s) = world.variant(d, f, g) {
                        sold[(home * groups + g) * standards + s] += size;
                    }
                }
            }
        }
        View { world, start, sold, upkeep }
    }

    /// Revenue of suppliers of a home group from a market group with a standard, in mean suppliers' revenue.
    pub(crate) fn revenue(&self, domain: usize, home: usize, group: usize, standard: usize) -> f64 {
        let (world, groups) = (self.world, self.world.groups());
        let size = self.sold[((domain * groups + home) * groups + group) * world.standards() + standard];
        size * world.revenue_weight(home, group) * world.access(domain, home, group) * world.demand(domain, group, standard)
    }

    /// Upkeep of the variants of a home group's suppliers.
    pub(crate) fn upkeep(&self, domain: usize, home: usize) -> f64 {
        self.upkeep[domain * self.world.groups() + home]
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

    /// Markets that an entity stands for.
    pub(crate) fn markets<'b>(&'b self, entity: &Entity) -> Box<dyn Iterator<Item = usize> + 'b> {
        let (blocs, scenario) = (self.world.blocs(), self.world.scenario());
        match entity {
            Entity::Group(g) | Entity::GroupStandard(g, _) => {
                let g = *g;
                Box::new(scenario.economies.iter().enumerate().filter(move |(_, e)| e.group == g).map(move |(c, _)| blocs + c))
            }
            _ => Box::new(self.world.markets_of(entity)),
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

    /// Mean over markets, weighted by active size, of the mix of standards.
    pub(crate) fn pooled(&self, domain: usize, markets: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut pooled = vec![0.0; self.world.standards()];
        for m in markets {
            let weight = self.world.setting.markets.share[m];
            pooled.iter_mut().zip(self.world.mix(domain, m)).for_each(|(sum, y)| *sum += weight * y);
        }
        let total: f64 = pooled.iter().sum();
        pooled.iter_mut().for_each(|share| *share = if total > 0.0 { *share / total } else { 0.0 });
        pooled
    }
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
