//! Rule (4): suppliers group markets into product variants — the channel of de-facto compliance beyond the border.

use crate::rules::adopt::{self, MAX_STANDARDS};
use crate::scenario::{Point, VariantRule};
use crate::setting::{SIZE_SCALE, Setting};
use crate::world::{World, distance};

/// Marks a market group that a supplier does not serve.
const ABSENT: u8 = u8::MAX;

/// A supplier reviews its products once a year; a quarter of all each quarter.
const REVIEW_TICKS: usize = 4;

/// What suppliers offer.
#[derive(Debug, Clone)]
pub(crate) struct Supply {
    /// Standard of the variant sold to each market group, or absent, `[domain][supplier][group]`.
    pub(super) variant: Vec<u8>,
    /// Cost of keeping the variants, in mean suppliers' revenue, `[domain][supplier]`.
    pub(crate) upkeep: Vec<f64>,
    /// Size-weighted share of the suppliers in a group whose variant implements a standard, `[domain][group][standard]`.
    pub(crate) offer: Vec<f64>,
    /// Part of revenue that is there with a standard in a group, `[domain][group][standard]`.
    pub(crate) demand: Vec<f64>,
    /// Conformity cost in a group, `[domain][group][standard]`.
    pub(crate) cost: Vec<f64>,
    /// Share of supply from a home group that reaches a group, `[domain][home][group]`.
    pub(crate) access: Vec<f64>,
    /// Size of suppliers by what they sell where, `[domain][home][group][standard]`, in fixed point: the order of moves cannot matter.
    sold: Vec<u64>,
    /// Cost of keeping the variants of a home group's suppliers, `[domain][home]`.
    pub(crate) home_upkeep: Vec<f64>,
    /// Menus of a domain by home group, kept to save their memory.
    menus: Vec<Menu>,
}

impl Supply {
    pub(crate) fn new(setting: &Setting) -> Supply {
        let (domains, standards, groups, suppliers) = (setting.domains(), setting.standards(), setting.blocs() + 1, setting.suppliers.len());
        Supply {
            variant: vec![ABSENT; domains * suppliers * groups],
            upkeep: vec![0.0; domains * suppliers],
            offer: vec![0.0; domains * groups * standards],
            demand: vec![0.0; domains * groups * standards],
            cost: vec![0.0; domains * groups * standards],
            access: vec![1.0; domains * groups * groups],
            sold: vec![0; domains * groups * groups * standards],
            home_upkeep: vec![0.0; domains * groups],
            menus: (0..groups).map(|_| Menu::new(groups)).collect(),
        }
    }
}

impl World<'_> {
    /// Number of market groups: the blocs and the rest.
    pub(crate) fn groups(&self) -> usize {
        self.blocs() + 1
    }

    /// Relative size of suppliers of a home group that sell a standard in a market group.
    pub(crate) fn sold(&self, domain: usize, home: usize, group: usize, standard: usize) -> f64 {
        let at = self.group_at(domain * self.groups() + home, group, standard);
        self.supply.sold[at] as f64 / SIZE_SCALE
    }

    /// Revenue weight of a market group for suppliers of a home group: half home, half by market size.
    pub(crate) fn revenue_weight(&self, home: usize, group: usize) -> f64 {
        0.5 * f64::from(u8::from(home == group)) + 0.5 * self.setting.markets.group_share[group]
    }

    fn group_at(&self, domain: usize, group: usize, standard: usize) -> usize {
        (domain * self.groups() + group) * self.standards() + standard
    }

    pub(crate) fn demand(&self, domain: usize, group: usize, standard: usize) -> f64 {
        self.supply.demand[self.group_at(domain, group, standard)]
    }

    pub(crate) fn group_cost(&self, domain: usize, group: usize, standard: usize) -> f64 {
        self.supply.cost[self.group_at(domain, group, standard)]
    }

    pub(crate) fn access(&self, domain: usize, home: usize, group: usize) -> f64 {
        self.supply.access[(domain * self.groups() + home) * self.groups() + group]
    }

    /// Size-weighted mean over the economies, of a quantity per market.
    fn over_economies(&self, value: impl Fn(usize) -> f64) -> f64 {
        let (blocs, share) = (self.blocs(), &self.setting.markets.share);
        let total = self.setting.markets.group_share[blocs];
        if total > 0.0 { (blocs..share.len()).map(|m| share[m] * value(m)).sum::<f64>() / total } else { 0.0 }
    }
}

/// All suppliers choose; to be on every market costs no entry at the start.
pub(crate) fn begin(world: &mut World<'_>) {
    for d in 0..world.domains() {
        for f in 0..world.setting.suppliers.len() {
            (0..world.groups()).for_each(|g| replace(world, d, (f, g), 0));
        }
    }
    choose(world, |_| true);
}

/// The suppliers whose review falls into this quarter choose.
pub(crate) fn supply(world: &mut World<'_>) {
    let row = world.row;
    choose(world, |supplier| supplier % REVIEW_TICKS == row % REVIEW_TICKS);
}

fn choose(world: &mut World<'_>, due: impl Fn(usize) -> bool) {
    for d in 0..world.domains() {
        adopt::join(world, d);
        if world.setting.suppliers.len() == 0 {
            // Whatever nobody sells has no conditions.
            continue;
        }
        tabulate(world, d);
        let mut menus = std::mem::take(&mut world.supply.menus);
        menus.iter_mut().enumerate().for_each(|(home, menu)| menu.fill(world, d, home));
        for f in (0..world.setting.suppliers.len()).filter(|f| due(*f)) {
            review(world, d, f, &mut menus[usize::from(world.setting.suppliers.home[f])]);
        }
        world.supply.menus = menus;
        tally_offer(world, d);
    }
}

/// Conditions per market group; those of the rest are the size-weighted means over its economies.
fn tabulate(world: &mut World<'_>, domain: usize) {
    let (blocs, groups, standards, markets) = (world.blocs(), world.groups(), world.standards(), world.setting.markets.len());
    let weight = world.setting.parameters.demand_weight;
    for g in 0..groups {
        for s in 0..standards {
            let reached = |m: usize| world.joined(domain, m, s);
            let cost = |m: usize| world.rules.cost[(domain * markets + m) * standards + s];
            let (users, cost) = if g < blocs { (reached(g), cost(g)) } else { (world.over_economies(reached), world.over_economies(cost)) };
            let at = world.group_at(domain, g, s);
            world.supply.demand[at] = 1.0 - weight + weight * users;
            world.supply.cost[at] = cost;
        }
        for home in 0..groups {
            let restriction = |m: usize, bloc: usize| world.rules.restriction[(domain * markets + m) * blocs + bloc];
            let cut = match (home < blocs, g < blocs) {
                _ if home == g => 0.0,
                (_, true) if home < blocs => restriction(home, g),
                (false, true) => world.over_economies(|m| restriction(m, g)),
                _ => world.over_economies(|m| restriction(m, home)),
            };
            world.supply.access[(domain * groups + home) * groups + g] = 1.0 - cut;
        }
    }
}

/// For every non-empty set of market groups: the best text for it and what it earns a supplier of mean size.
#[derive(Debug, Clone)]
struct Menu {
    /// By set of groups, as bits.
    value: Vec<f64>,
    standard: Vec<u8>,
    /// Earnings of a set with each text, `[set][standard]`.
    total: Vec<[f64; MAX_STANDARDS]>,
    /// Whether any text leaves a positive margin in the group.
    viable: Vec<bool>,
    /// By set of served groups, the partitions of it that may pay; empty until somebody serves just that set.
    plans: Vec<Vec<Plan>>,
    /// Distances between texts, `[standard][standard]`.
    apart: [[f64; MAX_STANDARDS]; MAX_STANDARDS],
}

/// A partition of the served groups into variants: what it earns a supplier of mean size, how many variants it takes and how
/// far they lie apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) partition: usize,
    pub(crate) value: f64,
    pub(crate) variants: f64,
    pub(crate) spread: f64,
}

impl Menu {
    fn new(groups: usize) -> Menu {
        Menu {
            value: vec![0.0; 1 << groups],
            standard: vec![ABSENT; 1 << groups],
            total: vec![[0.0; MAX_STANDARDS]; 1 << groups],
            viable: vec![false; groups],
            plans: vec![Vec::new(); 1 << groups],
            apart: [[0.0; MAX_STANDARDS]; MAX_STANDARDS],
        }
    }

    fn fill(&mut self, world: &World<'_>, domain: usize, home: usize) {
        let (groups, standards) = (world.groups(), world.standards());
        let point = |s: usize| world.texts.point[world.text(domain, s)];
        for a in 0..standards {
            for b in 0..standards {
                self.apart[a][b] = distance(point(a), point(b));
            }
        }
        let mut earning = [[0.0; MAX_STANDARDS]; MAX_STANDARDS];
        for (g, earning) in earning.iter_mut().enumerate().take(groups) {
            let reached = world.revenue_weight(home, g) * world.access(domain, home, g);
            for (s, earning) in earning.iter_mut().enumerate().take(standards) {
                let margin = world.setting.parameters.margin - world.group_cost(domain, g, s);
                *earning = reached * margin * world.demand(domain, g, s);
            }
        }
        for set in 1usize..1 << groups {
            let last = set.ilog2() as usize;
            let without = self.total[set ^ 1 << last];
            self.total[set] = std::array::from_fn(|s| without[s] + earning[last][s]);
            let total = &self.total[set];
            let standard = candidate(world, domain, home, set as u32).unwrap_or_else(|| best(world, domain, |s| total[s]));
            self.value[set] = total[standard];
            self.standard[set] = standard as u8;
        }
        for g in 0..groups {
            self.viable[g] = self.value[1 << g] >= 0.0;
        }
        self.plans.iter_mut().for_each(Vec::clear);
    }

    /// The partitions of a set of served groups that may pay.
    fn plans(&mut self, world: &World<'_>, served: u32) -> &[Plan] {
        let at = served as usize;
        if self.plans[at].is_empty() {
            let mut paying = std::mem::take(&mut self.plans[at]);
            for (partition, sets) in world.setting.partitions.iter().enumerate() {
                let plan = self.plan(partition, sets, served);
                // One that is nowhere better than an earlier one is never chosen.
                let beaten = |other: &Plan| other.value >= plan.value && other.variants <= plan.variants && other.spread <= plan.spread;
                if !paying.iter().any(beaten) {
                    paying.push(plan);
                }
            }
            self.plans[at] = paying;
        }
        &self.plans[at]
    }

    /// The text of each group when the groups of a set share a variant.
    fn variants_of(&self, sets: impl Iterator<Item = u32>, groups: usize) -> [u8; MAX_STANDARDS] {
        let mut variants = [ABSENT; MAX_STANDARDS];
        for set in sets.filter(|set| *set != 0) {
            for (g, variant) in variants.iter_mut().enumerate().take(groups) {
                if set >> g & 1 == 1 {
                    *variant = self.standard[set as usize];
                }
            }
        }
        variants
    }

    /// A partition of the served groups.
    fn plan(&self, partition: usize, sets: &[u32], served: u32) -> Plan {
        let (mut kept, mut count) = ([0; MAX_STANDARDS], 0);
        for set in sets.iter().map(|set| set & served).filter(|set| *set != 0) {
            kept[count] = set;
            count += 1;
        }
        self.plan_of(partition, &kept[..count])
    }

    /// A partition of all groups that are served, none of its sets empty.
    fn plan_of(&self, partition: usize, sets: &[u32]) -> Plan {
        let mut plan = Plan { partition, value: 0.0, variants: sets.len() as f64, spread: 0.0 };
        for (i, set) in sets.iter().enumerate() {
            plan.value += self.value[*set as usize];
            let apart = &self.apart[usize::from(self.standard[*set as usize]) % MAX_STANDARDS];
            for other in &sets[i + 1..] {
                plan.spread += apart[usize::from(self.standard[*other as usize]) % MAX_STANDARDS];
            }
        }
        plan
    }
}

/// The offered text that earns most; the first of equals.
fn best(world: &World<'_>, domain: usize, total: impl Fn(usize) -> f64) -> usize {
    // The international text first, where there is one: it wins among equals.
    let mut choice = (world.blocs(), f64::NEG_INFINITY);
    for s in [world.blocs()].into_iter().chain(0..world.blocs()).filter(|s| world.offered(domain, *s)) {
        let value = total(s);
        if value > choice.1 {
            choice = (s, value);
        }
    }
    choice.0
}

/// The text that a structural switch prescribes for a set of groups, if one does.
fn candidate(world: &World<'_>, domain: usize, home: usize, set: u32) -> Option<usize> {
    let blocs = world.blocs();
    let required = |g: usize| if g < blocs { world.required(domain, g) } else { blocs };
    let members = (0..world.groups()).filter(|g| set >> g & 1 == 1);
    let point = |s: usize| world.texts.point[world.text(domain, s)];
    match world.scenario().structure.variant {
        VariantRule::Best => None,
        VariantRule::Strictest => {
            members.map(required).filter(|s| world.offered(domain, *s)).max_by(|a, b| point(*a)[0].total_cmp(&point(*b)[0]).then(b.cmp(a)))
        }
        VariantRule::WeightedMean => {
            let mean = weighted_mean(members.map(|g| (world.revenue_weight(home, g), point(required(g)))));
            (0..=blocs).filter(|s| world.offered(domain, *s)).min_by(|a, b| distance(point(*a), mean).total_cmp(&distance(point(*b), mean)))
        }
    }
}

fn weighted_mean(points: impl Iterator<Item = (f64, Point)>) -> Point {
    let (mut total, mut sum) = (0.0, [0.0; 2]);
    for (weight, point) in points {
        total += weight;
        sum = [sum[0] + weight * point[0], sum[1] + weight * point[1]];
    }
    if total > 0.0 { [sum[0] / total, sum[1] / total] } else { [0.5, 0.5] }
}

/// A supplier leaves markets without margin, returns where it pays, and splits the markets it serves into variants.
fn review(world: &mut World<'_>, domain: usize, supplier: usize, menu: &mut Menu) {
    let groups = world.groups();
    let size = world.setting.suppliers.relative_size[supplier];
    let base = (domain * world.setting.suppliers.len() + supplier) * groups;
    let per_variant = world.setting.suppliers.variant_cost[supplier];
    let costs = (size, per_variant, world.setting.parameters.variant_distance);
    let present = |g: usize| world.supply.variant[base + g] != ABSENT;
    let viable = (0..groups).filter(|g| menu.viable[*g]).fold(0, |set, g| set | 1 << g);
    let kept = (0..groups).filter(|g| present(*g)).fold(0, |set, g| set | 1 << g) & viable;
    let mut best = |served: u32| best_plan(costs, menu.plans(world, served));
    let mut choice = best(kept);
    let mut served = kept;
    if kept != viable {
        let entry = world.setting.parameters.entry_cost;
        let pays = |g: &usize| (viable & !kept) >> g & 1 == 1 && best(kept | 1 << g).profit - choice.profit > entry;
        served |= (0..groups).filter(pays).fold(0, |set, g| set | 1 << g);
        choice = best(served);
    }
    let Choice { partition, upkeep, .. } = choice;
    let variants = menu.variants_of(world.setting.partitions[partition].iter().map(|set| set & served), groups);
    world.supply.upkeep[domain * world.setting.suppliers.len() + supplier] = upkeep;
    let before = &world.supply.variant[base..base + groups];
    if before.iter().zip(&variants).any(|(before, variant)| before != variant) {
        for (g, variant) in variants.into_iter().enumerate().take(groups) {
            replace(world, domain, (supplier, g), variant);
        }
    }
}

/// Puts another variant, or none, on the market of a group.
fn replace(world: &mut World<'_>, domain: usize, (supplier, group): (usize, usize), variant: u8) {
    let (groups, suppliers) = (world.groups(), &world.setting.suppliers);
    let before = std::mem::replace(&mut world.supply.variant[(domain * suppliers.len() + supplier) * groups + group], variant);
    if before == variant {
        return;
    }
    let first = world.group_at(domain * groups + usize::from(suppliers.home[supplier]), group, 0);
    let size = suppliers.size_units[supplier];
    if before != ABSENT {
        world.supply.sold[first + usize::from(before)] -= size;
    }
    if variant != ABSENT {
        world.supply.sold[first + usize::from(variant)] += size;
    }
}

/// The partition that a supplier of a size takes, the upkeep of its variants (Φ per variant and Φ_d per distance), and its profit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    pub(crate) partition: usize,
    pub(crate) upkeep: f64,
    pub(crate) profit: f64,
}

/// The partition with the highest profit; the first of equals.
pub(crate) fn best_plan((size, per_variant, per_distance): (f64, f64, f64), plans: &[Plan]) -> Choice {
    let mut best = Choice { partition: 0, upkeep: 0.0, profit: f64::NEG_INFINITY };
    for plan in plans {
        let upkeep = per_variant * plan.variants + per_distance * plan.spread;
        let profit = size * plan.value - upkeep;
        if profit > best.profit {
            best = Choice { partition: plan.partition, upkeep, profit };
        }
    }
    best
}

/// What each group is offered, and what variants cost their suppliers' home groups.
fn tally_offer(world: &mut World<'_>, domain: usize) {
    let (groups, standards) = (world.groups(), world.standards());
    for g in 0..groups {
        let of = |s: usize| (0..groups).map(|home| world.sold(domain, home, g, s)).sum::<f64>();
        let by_standard: [f64; MAX_STANDARDS] = std::array::from_fn(|s| if s < standards { of(s) } else { 0.0 });
        let total: f64 = by_standard.iter().sum();
        for (s, offer) in world.supply.offer[(domain * groups + g) * standards..][..standards].iter_mut().enumerate() {
            *offer = if total > 0.0 { by_standard[s] / total } else { 0.0 };
        }
    }
    let suppliers = &world.setting.suppliers;
    let sums = &mut world.supply.home_upkeep[domain * groups..][..groups];
    sums.fill(0.0);
    for (home, upkeep) in suppliers.home.iter().zip(&world.supply.upkeep[domain * suppliers.len()..]) {
        sums[usize::from(*home)] += upkeep;
    }
}
