//! Fragmentation metrics of a table of shares: the functions that the indicators use, and the whole list for a table of anybody's.
//!
//! Notation: groups b (blocs) with weights w_b that add to 1, standards s, shares p_bs that add to 1 in each group, pooled shares
//! g_s = Σ w_b p_bs, distances d_st in [0, 1] with similarity σ = 1 − d.

use crate::rules::recognise;

/// Shannon entropy −Σ x ln x in nats.
pub fn entropy(shares: &[f64]) -> f64 {
    entropy_of(shares.iter().copied())
}

fn entropy_of(shares: impl Iterator<Item = f64>) -> f64 {
    -shares.filter(|x| *x > 0.0).map(|x| x * libm::log(x)).sum::<f64>()
}

/// Herfindahl–Hirschman index Σ x².
pub fn concentration(shares: &[f64]) -> f64 {
    shares.iter().map(|x| x * x).sum()
}

/// Hill number of order `q` ≥ 0 (Hill 1973): (Σ x^q)^(1/(1−q)); exp(H) at q = 1, the number of standards in use at q = 0.
pub fn hill(shares: &[f64], q: f64) -> f64 {
    if (q - 1.0).abs() < 1e-12 {
        return libm::exp(entropy(shares));
    }
    let sum: f64 = shares.iter().filter(|x| **x > 0.0).map(|x| libm::pow(*x, q)).sum();
    libm::pow(sum, 1.0 / (1.0 - q))
}

/// Weighted mean of the groups' shares.
pub fn pooled(weights: &[f64], mixes: &[&[f64]]) -> Vec<f64> {
    pooled_shares(weights, mixes).collect()
}

fn pooled_shares(weights: &[f64], mixes: &[&[f64]]) -> impl Iterator<Item = f64> {
    let standards = mixes.first().map_or(0, |mix| mix.len());
    (0..standards).map(move |s| weights.iter().zip(mixes).map(|(w, y)| w * y[s]).sum())
}

/// Jensen–Shannon divergence H(Σ w y) − Σ w H(y) in nats (Lin 1991).
pub fn jensen_shannon(weights: &[f64], mixes: &[&[f64]]) -> f64 {
    let within: f64 = weights.iter().zip(mixes).map(|(w, y)| w * entropy(y)).sum();
    (entropy_of(pooled_shares(weights, mixes)) - within).max(0.0)
}

/// Jensen–Shannon divergence over the entropy of the weights, in [0, 1]; 0 for one group. Equals mutual information of group and
/// standard over the entropy of groups.
pub fn divergence(weights: &[f64], mixes: &[&[f64]]) -> f64 {
    let scale = entropy(weights);
    if scale > 0.0 { (jensen_shannon(weights, mixes) / scale).clamp(0.0, 1.0) } else { 0.0 }
}

/// Similarity-sensitive number of standards of order `q` (Leinster & Cobbold 2012); `sigma` is `[standard][standard]`.
pub fn effective_standards(shares: &[f64], sigma: &[f64], q: f64) -> f64 {
    let n = shares.len();
    let ordinary = |s: usize| (0..n).map(|t| sigma[s * n + t] * shares[t]).sum::<f64>();
    let used = (0..n).filter(|s| shares[*s] > 0.0);
    if (q - 1.0).abs() < 1e-12 {
        return libm::exp(-used.map(|s| shares[s] * libm::log(ordinary(s))).sum::<f64>());
    }
    libm::pow(used.map(|s| shares[s] * libm::pow(ordinary(s), q - 1.0)).sum(), 1.0 / (1.0 - q))
}

/// Rao's quadratic entropy Σ d_st x_s x_t (Rao 1982); `distance` is `[standard][standard]`.
pub fn quadratic_entropy(shares: &[f64], distance: &[f64]) -> f64 {
    recognise::interoperability(shares, shares, distance)
}

/// Esteban & Ray (1994) polarisation Σ Σ π_i^(1+a) π_j d_ij, 0 < a ≤ 1.6.
pub fn polarisation(shares: &[f64], distance: &[f64], a: f64) -> f64 {
    let n = shares.len();
    let one = |i: usize| libm::pow(shares[i], 1.0 + a) * (0..n).map(|j| shares[j] * distance[i * n + j]).sum::<f64>();
    (0..n).filter(|i| shares[*i] > 0.0).map(one).sum()
}

/// Reynal-Querol (2002) polarisation 4 Σ π² (1 − π).
pub fn evenness_of_two(shares: &[f64]) -> f64 {
    4.0 * shares.iter().map(|x| x * x * (1.0 - x)).sum::<f64>()
}

/// Theil's (1967) index of positive values in groups: the whole, its part between groups and its part within.
pub fn theil(groups: &[Vec<f64>]) -> [f64; 3] {
    let (total, count): (f64, f64) = groups.iter().flatten().fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
    let (mut between, mut within) = (0.0, 0.0);
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let (sum, n) = (group.iter().sum::<f64>(), group.len() as f64);
        between += sum / total * libm::log(sum / total / (n / count));
        within += sum / total * group.iter().map(|x| x / sum * libm::log(x / sum * n)).sum::<f64>();
    }
    [between + within, between, within]
}

/// Modularity Q = (1/2m) Σ (A_ij − k_i k_j / 2m) [same group] of an undirected graph (Newman & Girvan 2004).
///
/// `edges` name two nodes and a positive weight, each edge once; `group` is the group of each node.
pub fn modularity(edges: &[(usize, usize, f64)], group: &[usize]) -> f64 {
    let total: f64 = edges.iter().map(|(_, _, w)| w).sum();
    let mut degree = vec![0.0; group.iter().max().map_or(0, |most| most + 1)];
    let mut inside = 0.0;
    for (a, b, w) in edges {
        degree[group[*a]] += w;
        degree[group[*b]] += w;
        inside += if group[*a] == group[*b] { *w } else { 0.0 };
    }
    inside / total - degree.iter().map(|k| k / (2.0 * total) * (k / (2.0 * total))).sum::<f64>()
}

/// Shares of standards in groups, with weights of groups and distances of standards.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareTable {
    /// Names of the groups.
    pub groups: Vec<String>,
    /// Names of the standards.
    pub standards: Vec<String>,
    /// Weights of the groups; they add to 1.
    pub weights: Vec<f64>,
    /// Shares, `[group][standard]`; each row adds to 1.
    pub shares: Vec<Vec<f64>>,
    /// Distances, `[standard][standard]` in one row, in [0, 1], 0 on the diagonal.
    pub distances: Vec<f64>,
}

/// One metric of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Key, `concentration` or `interoperability.EU-CN`.
    pub id: String,
    /// Name for people.
    pub name: &'static str,
    /// The value.
    pub value: f64,
    /// Unit or bounds in words.
    pub unit: &'static str,
    /// Formula.
    pub formula: &'static str,
}

impl ShareTable {
    /// All metrics, in fixed order; `orders` are orders of Hill and Leinster–Cobbold numbers beside 0, 1 and 2, `exponents` those
    /// of Esteban–Ray polarisation.
    pub fn metrics(&self, orders: &[f64], exponents: &[f64]) -> Vec<Metric> {
        let mut list = self.of_pool(orders, exponents);
        list.extend(self.of_groups());
        list.extend(self.of_pairs());
        list
    }

    fn rows(&self) -> Vec<&[f64]> {
        self.shares.iter().map(Vec::as_slice).collect()
    }

    fn sigma(&self) -> Vec<f64> {
        self.distances.iter().map(|d| 1.0 - d).collect()
    }

    /// What is read off the pooled shares.
    fn of_pool(&self, orders: &[f64], exponents: &[f64]) -> Vec<Metric> {
        let (g, sigma) = (pooled(&self.weights, &self.rows()), self.sigma());
        let mut list: Vec<Metric> =
            self.standards.iter().zip(&g).map(|(s, g)| metric(format!("pooled.{s}"), "Pooled share", *g, "share", "g_s = Σ w_b p_bs")).collect();
        let mut add = |id: &str, name, value, unit, formula| list.push(metric(id.to_owned(), name, value, unit, formula));
        add("concentration", "Herfindahl–Hirschman index", concentration(&g), "1/n to 1", "Σ g²");
        add("shannon", "Shannon entropy", entropy(&g), "nats", "−Σ g ln g");
        add("laakso-taagepera", "Effective number of standards (Laakso–Taagepera)", 1.0 / concentration(&g), "standards", "1 / Σ g²");
        let quadratic = quadratic_entropy(&g, &self.distances);
        add("rao", "Rao’s quadratic entropy", quadratic, "0 to 1", "Q = Σ d_st g_s g_t");
        add("interoperability", "Interoperability of two organisations drawn from the world", 1.0 - quadratic, "0 to 1", "I = 1 − Q");
        add("reynal-querol", "Reynal-Querol polarisation", evenness_of_two(&g), "0 to 1", "4 Σ g² (1 − g)");
        let with = |extra: &[f64], own: &[f64]| own.iter().chain(extra.iter().filter(|q| !own.contains(q))).copied().collect::<Vec<_>>();
        for q in with(orders, &[0.0, 1.0, 2.0]) {
            list.push(metric(format!("hill.{q}"), "Hill number", hill(&g, q), "standards", "(Σ g^q)^(1/(1−q)); exp(H) at q = 1"));
        }
        for q in with(orders, &[1.0, 2.0]) {
            let value = effective_standards(&g, &sigma, q);
            list.push(metric(
                format!("leinster-cobbold.{q}"),
                "Similarity-sensitive number of standards",
                value,
                "standards",
                "(Σ g_s (σg)_s^(q−1))^(1/(1−q)); exp(−Σ g ln σg) at q = 1",
            ));
        }
        for a in with(exponents, &[1.0, 1.3, 1.6]) {
            let value = polarisation(&g, &self.distances, a);
            list.push(metric(format!("esteban-ray.{a}"), "Esteban–Ray polarisation", value, "from 0", "Σ Σ g_s^(1+a) g_t d_st"));
        }
        list
    }

    /// What compares the groups.
    fn of_groups(&self) -> Vec<Metric> {
        let (rows, w) = (self.rows(), &self.weights);
        let even = vec![1.0 / w.len() as f64; w.len()];
        let alpha = libm::exp(rows.iter().zip(w).map(|(y, w)| w * entropy(y)).sum());
        let gamma = libm::exp(entropy(&pooled(w, &rows)));
        let alpha_2 = 1.0 / rows.iter().zip(&even).map(|(y, w)| w * concentration(y)).sum::<f64>();
        let gamma_2 = 1.0 / concentration(&pooled(&even, &rows));
        let nats = jensen_shannon(w, &rows);
        let mut list = Vec::new();
        let mut add = |id: &str, name, value, unit, formula| list.push(metric(id.to_owned(), name, value, unit, formula));
        add("alpha.1", "Standards within a group, order 1", alpha, "standards", "exp(Σ w_b H_b)");
        add("gamma.1", "Standards in the world, order 1", gamma, "standards", "exp(H(g))");
        add("beta.1", "Number of distinct groups, order 1 (Jost 2007)", gamma / alpha, "groups", "γ / α");
        add("alpha.2-equal", "Standards within a group, order 2, groups weighing alike", alpha_2, "standards", "1 / mean_b Σ p_bs²");
        add("gamma.2-equal", "Standards in the world, order 2, groups weighing alike", gamma_2, "standards", "1 / Σ g²");
        add("beta.2-equal", "Number of distinct groups, order 2, groups weighing alike", gamma_2 / alpha_2, "groups", "γ / α");
        add("jensen-shannon", "Jensen–Shannon divergence", nats, "nats", "H(g) − Σ w_b H_b = ln β");
        add("jensen-shannon-bits", "Jensen–Shannon divergence", nats / std::f64::consts::LN_2, "bits", "the same over ln 2");
        add("divergence", "Divergence of mixes", divergence(w, &rows), "0 same mix to 1 disjoint", "Jensen–Shannon / H(w)");
        let apart = recognise::fragmentation(w, &self.sigma(), |b| &self.shares[b]);
        add("cross-group-interoperability", "Interoperability across groups", 1.0 - apart, "0 to 1", "Σ w_a w_b I_ab / Σ w_a w_b, a ≠ b");
        add("fragmentation", "Fragmentation", apart, "0 one market to 1 fully split", "1 − interoperability across groups");
        for (name, y) in self.groups.iter().zip(&rows) {
            list.push(metric(format!("concentration.{name}"), "Herfindahl–Hirschman index of a group", concentration(y), "1/n to 1", "Σ p_bs²"));
        }
        list
    }

    /// What compares two groups.
    fn of_pairs(&self) -> Vec<Metric> {
        let (sigma, n) = (self.sigma(), self.groups.len());
        let mut list = Vec::new();
        for a in 0..n {
            for b in a + 1..n {
                let pair = format!("{}-{}", self.groups[a], self.groups[b]);
                let (y, z) = (&self.shares[a], &self.shares[b]);
                let joint = recognise::interoperability(y, z, &sigma);
                list.push(metric(format!("interoperability.{pair}"), "Interoperability of two groups", joint, "0 to 1", "I_ab = 1 − p_a′ d p_b"));
                let apart = jensen_shannon(&[0.5, 0.5], &[y, z]);
                list.push(metric(
                    format!("jensen-shannon.{pair}"),
                    "Jensen–Shannon divergence of two groups, weighing alike",
                    apart,
                    "nats",
                    "H((p_a + p_b)/2) − (H_a + H_b)/2",
                ));
            }
        }
        list
    }
}

fn metric(id: String, name: &'static str, value: f64, unit: &'static str, formula: &'static str) -> Metric {
    Metric { id, name, value, unit, formula }
}

/// Metrics of values in groups.
pub fn of_values(groups: &[Vec<f64>]) -> Vec<Metric> {
    let [whole, between, within] = theil(groups);
    let formula = "Σ s_g ln(s_g / n_g) + Σ s_g T_g with s_g, n_g shares of value and number";
    vec![
        metric("theil".to_owned(), "Theil index", whole, "from 0", formula),
        metric("theil.between".to_owned(), "Theil index between groups", between, "from 0", "Σ s_g ln(s_g / n_g)"),
        metric("theil.within".to_owned(), "Theil index within groups", within, "from 0", "Σ s_g T_g"),
    ]
}

/// Metrics of a network in groups.
pub fn of_network(edges: &[(usize, usize, f64)], group: &[usize]) -> Vec<Metric> {
    let one = modularity(edges, group);
    vec![metric("modularity".to_owned(), "Modularity", one, "−1/2 to 1", "(1/2m) Σ (A_ij − k_i k_j / 2m) [same group]")]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of `docs/validation.md`: EU, CN, US and the rest.
    fn example() -> ShareTable {
        let own = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        ShareTable {
            groups: own(&["EU", "CN", "US", "rest"]),
            standards: own(&["1", "2", "3"]),
            weights: vec![0.20, 0.20, 0.25, 0.35],
            shares: vec![vec![0.7, 0.1, 0.2], vec![0.05, 0.9, 0.05], vec![0.2, 0.05, 0.75], vec![0.3, 0.4, 0.3]],
            distances: vec![0.0, 0.6, 0.3, 0.6, 0.0, 0.5, 0.3, 0.5, 0.0],
        }
    }

    #[test]
    fn the_worked_example_gives_every_published_figure() {
        let metrics = example().metrics(&[], &[]);
        for (id, value, digits) in [
            ("pooled.1", 0.305, 1e-12),
            ("pooled.2", 0.3525, 1e-12),
            ("pooled.3", 0.3425, 1e-12),
            ("concentration", 0.334_587_5, 1e-12),
            ("concentration.EU", 0.54, 1e-12),
            ("concentration.CN", 0.815, 1e-12),
            ("concentration.US", 0.605, 1e-12),
            ("concentration.rest", 0.34, 1e-12),
            ("alpha.1", 2.208_287, 5e-7),
            ("gamma.1", 2.994_289, 5e-7),
            ("beta.1", 1.355_933, 5e-7),
            ("jensen-shannon", 0.304_490, 5e-7),
            ("jensen-shannon-bits", 0.439_286, 5e-7),
            ("divergence", 0.224_254, 5e-7),
            ("alpha.2-equal", 1.739_130, 5e-7),
            ("gamma.2-equal", 2.987_862, 5e-7),
            ("beta.2-equal", 1.718_021, 5e-7),
            ("rao", 0.312_424, 5e-7),
            ("interoperability", 0.687_576, 5e-7),
            ("cross-group-interoperability", 0.655_497, 5e-7),
            ("interoperability.EU-CN", 0.513, 1e-12),
            ("interoperability.EU-US", 0.755, 1e-12),
            ("interoperability.CN-US", 0.5375, 1e-12),
            ("leinster-cobbold.2", 1.454_384, 5e-7),
            ("leinster-cobbold.1", 1.456_384, 5e-7),
            ("jensen-shannon.EU-CN", 0.376_207, 5e-7),
        ] {
            let found = metrics.iter().find(|metric| metric.id == id).unwrap_or_else(|| panic!("{id} is missing"));
            assert!((found.value - value).abs() <= digits, "{id}: {} instead of {value}", found.value);
        }
    }

    #[test]
    fn textbook_values_come_out() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 5e-7, "{a} instead of {b}");
        near(concentration(&[0.5, 0.3, 0.2]), 0.38);
        near(1.0 / concentration(&[0.5, 0.3, 0.2]), 2.631_579);
        let chinese_3g = [0.36, 0.35, 0.29];
        near(hill(&chinese_3g, 1.0), 2.986_839);
        near(hill(&chinese_3g, 2.0), 2.974_420);
        near(entropy(&chinese_3g), 1.094_216);
        let two = [0.0, 1.0, 1.0, 0.0];
        for (a, value) in [(1.0, 0.25), (1.3, 0.203_063), (1.6, 0.164_938)] {
            near(polarisation(&[0.5, 0.5], &two, a), value);
        }
        let third = 1.0 / 3.0;
        near(polarisation(&[third; 3], &[0.0, 0.5, 1.0, 0.5, 0.0, 0.5, 1.0, 0.5, 0.0], 1.0), 0.148_148);
        near(evenness_of_two(&[0.5, 0.5]), 1.0);
        near(evenness_of_two(&[third; 3]), 0.888_889);
        assert_eq!(effective_standards(&[0.0, 1.0, 0.0], &[1.0, 0.4, 0.7, 0.4, 1.0, 0.5, 0.7, 0.5, 1.0], 1.0), 1.0);
        let [whole, between, within] = theil(&[vec![1.0, 2.0], vec![3.0, 4.0, 10.0]]);
        near(whole, 0.276_364);
        near(between, 0.148_936);
        near(within, 0.127_427);
    }

    #[test]
    fn two_cliques_joined_by_an_edge_have_the_modularity_of_the_formula() {
        // Two triangles and one bridge: m = 7, each group has 3 edges inside and degree sum 7.
        let edges = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0), (3, 5, 1.0), (2, 3, 1.0)];
        assert!((modularity(&edges, &[0, 0, 0, 1, 1, 1]) - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
    }

    #[test]
    fn one_mix_does_not_diverge_and_disjoint_ones_do_fully() {
        assert_eq!(divergence(&[0.5, 0.5], &[&[0.3, 0.7], &[0.3, 0.7]]), 0.0);
        assert_eq!(divergence(&[0.5, 0.5], &[&[1.0, 0.0], &[0.0, 1.0]]), 1.0);
    }

    #[test]
    fn order_and_names_do_not_matter() {
        let straight = example();
        let mut turned = example();
        turned.groups.swap(0, 2);
        turned.weights.swap(0, 2);
        turned.shares.swap(0, 2);
        for (a, b) in straight.metrics(&[], &[]).iter().zip(turned.metrics(&[], &[])).filter(|(a, _)| !a.id.contains('.')) {
            assert!((a.value - b.value).abs() < 1e-12, "{}", a.id);
        }
    }
}
