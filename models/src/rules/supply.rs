//! Rule (4): suppliers group markets into product variants — the channel of de-facto compliance beyond the border.

use crate::rules::adopt;
use crate::scenario::{Point, VariantRule};
use crate::setting::Setting;
use crate::world::{World, distance};

/// Marks a market group that a supplier does not serve.
const ABSENT: u8 = u8::MAX;

/// A supplier reviews its products once a year; a quarter of all each quarter.
const REVIEW_TICKS: usize = 4;

/// What suppliers offer.
#[derive(Debug, Clone)]
pub(crate) struct Supply {
    /// Standard of the variant sold to each market group, or absent, `[domain][supplier][group]`.
    variant: Vec<u8>,
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
}

impl Supply {
    pub(crate) fn new(setting: &Setting) -> Supply {
        let (domains, standards, groups, suppliers) = (setting.domains(), setting.standards(), setting.blocs() + 1, setting.suppliers.len());
        Supply {
            variant: vec![0; domains * suppliers * groups],
            upkeep: vec![0.0; domains * suppliers],
            offer: vec![0.0; domains * groups * standards],
            demand: vec![0.0; domains * groups * standards],
            cost: vec![0.0; domains * groups * standards],
            access: vec![1.0; domains * groups * groups],
        }
    }
}

impl World<'_> {
    /// Number of market groups: the blocs and the rest.
    pub(crate) fn groups(&self) -> usize {
        self.blocs() + 1
    }

    /// Standard that a supplier's product implements in a market group, or none where it does not sell.
    pub(crate) fn variant(&self, domain: usize, supplier: usize, group: usize) -> Option<usize> {
        let groups = self.groups();
        let standard = self.supply.variant[(domain * self.setting.suppliers.len() + supplier) * groups + group];
        (standard != ABSENT).then_some(usize::from(standard))
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

/// All suppliers choose.
pub(crate) fn begin(world: &mut World<'_>) {
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
        tabulate(world, d);
        if world.setting.suppliers.len() == 0 {
            continue;
        }
        let menus: Vec<Menu> = (0..world.groups()).map(|home| Menu::new(world, d, home)).collect();
        for f in (0..world.setting.suppliers.len()).filter(|f| due(*f)) {
            review(world, d, f, &menus[usize::from(world.setting.suppliers.home[f])]);
        }
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
struct Menu {
    value: Vec<f64>,
    standard: Vec<u8>,
    /// Earnings of each group alone with its best text, for entry and exit.
    alone: Vec<f64>,
    /// Whether any text leaves a positive margin in the group.
    viable: Vec<bool>,
    /// The partitions of all groups.
    all: Vec<Plan>,
}

/// A partition of the served groups into variants: what it earns a supplier of mean size, how many variants it takes and how
/// far they lie apart.
#[derive(Clone, Copy)]
struct Plan {
    partition: usize,
    value: f64,
    variants: f64,
    spread: f64,
}

impl Menu {
    fn new(world: &World<'_>, domain: usize, home: usize) -> Menu {
        let groups = world.groups();
        let earning = |g: usize, s: usize| {
            let margin = world.setting.parameters.margin - world.group_cost(domain, g, s);
            world.revenue_weight(home, g) * world.access(domain, home, g) * margin * world.demand(domain, g, s)
        };
        let mut menu = Menu {
            value: vec![0.0; 1 << groups],
            standard: vec![ABSENT; 1 << groups],
            alone: vec![0.0; groups],
            viable: vec![false; groups],
            all: Vec::new(),
        };
        for set in 1u32..1 << groups {
            let members = || (0..groups).filter(|g| set >> g & 1 == 1);
            let total = |s: usize| members().map(|g| earning(g, s)).sum::<f64>();
            let standard = candidate(world, domain, home, set).unwrap_or_else(|| best(world, domain, &total));
            menu.value[set as usize] = total(standard);
            menu.standard[set as usize] = standard as u8;
        }
        for g in 0..groups {
            menu.alone[g] = menu.value[1 << g];
            menu.viable[g] = menu.value[1 << g] >= 0.0;
        }
        menu.all = menu.plans(world, domain, (1 << groups) - 1);
        menu
    }

    /// All partitions of a set of served groups.
    fn plans(&self, world: &World<'_>, domain: usize, served: u32) -> Vec<Plan> {
        let partitions = world.setting.partitions.iter().enumerate();
        partitions.map(|(at, partition)| self.plan(world, domain, at, partition.iter().map(|set| set & served).filter(|set| *set != 0))).collect()
    }

    fn plan(&self, world: &World<'_>, domain: usize, partition: usize, variants: impl Iterator<Item = u32>) -> Plan {
        let sets: Vec<u32> = variants.collect();
        let point = |set: u32| world.texts.point[world.text(domain, usize::from(self.standard[set as usize]))];
        let apart = sets.iter().enumerate().flat_map(|(i, a)| sets[i + 1..].iter().map(move |b| distance(point(*a), point(*b))));
        Plan { partition, value: sets.iter().map(|set| self.value[*set as usize]).sum(), variants: sets.len() as f64, spread: apart.sum() }
    }
}

/// The offered text that earns most; the first of equals.
fn best(world: &World<'_>, domain: usize, total: &impl Fn(usize) -> f64) -> usize {
    let mut choice = (world.blocs(), total(world.blocs()));
    for s in (0..world.blocs()).filter(|s| world.offered(domain, *s)) {
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
        VariantRule::Strictest => members.map(required).max_by(|a, b| point(*a)[0].total_cmp(&point(*b)[0]).then(b.cmp(a))),
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
fn review(world: &mut World<'_>, domain: usize, supplier: usize, menu: &Menu) {
    let groups = world.groups();
    let size = world.setting.suppliers.relative_size[supplier];
    let base = (domain * world.setting.suppliers.len() + supplier) * groups;
    let entry = world.setting.parameters.entry_cost;
    let serves = |g: usize| {
        let present = world.supply.variant[base + g] != ABSENT;
        menu.viable[g] && (present || size * menu.alone[g] > entry)
    };
    let served: u32 = (0..groups).filter(|g| serves(*g)).map(|g| 1 << g).sum();
    let per_variant = world.setting.suppliers.variant_cost[supplier];
    let (plan, upkeep) = if served == (1 << groups) - 1 {
        best_plan(world, size, per_variant, &menu.all)
    } else {
        best_plan(world, size, per_variant, &menu.plans(world, domain, served))
    };
    world.supply.upkeep[domain * world.setting.suppliers.len() + supplier] = upkeep;
    let partition = &world.setting.partitions[plan.partition];
    for g in 0..groups {
        let variant = partition.iter().find(|set| *set & served & (1 << g) != 0);
        world.supply.variant[base + g] = variant.map_or(ABSENT, |set| menu.standard[(set & served) as usize]);
    }
}

/// The plan with the highest profit (the first of equals), and the upkeep of its variants.
fn best_plan(world: &World<'_>, size: f64, per_variant: f64, plans: &[Plan]) -> (Plan, f64) {
    let upkeep = |plan: &Plan| per_variant * plan.variants + world.setting.parameters.variant_distance * plan.spread;
    let profit = |plan: &Plan| size * plan.value - upkeep(plan);
    let mut best = plans[0];
    for plan in &plans[1..] {
        if profit(plan) > profit(&best) {
            best = *plan;
        }
    }
    (best, upkeep(&best))
}

fn tally_offer(world: &mut World<'_>, domain: usize) {
    let (groups, standards) = (world.groups(), world.standards());
    for g in 0..groups {
        let mut by_standard = vec![0.0; standards];
        for (f, size) in world.setting.suppliers.relative_size.iter().enumerate() {
            if let Some(s) = world.variant(domain, f, g) {
                by_standard[s] += size;
            }
        }
        let total: f64 = by_standard.iter().sum();
        for (s, size) in by_standard.into_iter().enumerate() {
            let at = world.group_at(domain, g, s);
            world.supply.offer[at] = if total > 0.0 { size / total } else { 0.0 };
        }
    }
}
