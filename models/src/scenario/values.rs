//! Levers as of today and uncertainties: their keys are read off the lists, so a new one needs no change here.

use super::reader::{Reader, join};
use super::tree::{Node, Value};
use super::{pair_index, pairs};
use crate::levers::{LEVERS, Lever, Scope};
use crate::uncertainties::{UNCERTAINTIES, Uncertainty};

/// Names that values are given for.
pub(super) struct Names {
    pub(super) blocs: Vec<String>,
    pub(super) domains: Vec<String>,
    /// File that lists the blocs: values inherited from further up for other blocs do not count.
    pub(super) blocs_file: usize,
}

impl Names {
    /// The slot of a lever that a key names.
    pub(super) fn slot(&self, scope: Scope, key: &str) -> Option<usize> {
        match scope {
            Scope::World => (key == "world").then_some(0),
            Scope::Bloc => self.blocs.iter().position(|bloc| bloc == key),
            Scope::Pair => {
                let named = |(a, b): &(usize, usize)| {
                    key == format!("{}-{}", self.blocs[*a], self.blocs[*b]) || key == format!("{}-{}", self.blocs[*b], self.blocs[*a])
                };
                pairs(self.blocs.len()).into_iter().find(|pair| named(pair)).map(|(a, b)| pair_index(self.blocs.len(), a, b))
            }
        }
    }

    /// Names of all slots of a lever.
    pub(super) fn slots(&self, scope: Scope) -> Vec<String> {
        match scope {
            Scope::World => vec!["world".to_owned()],
            Scope::Bloc => self.blocs.clone(),
            Scope::Pair => pairs(self.blocs.len()).into_iter().map(|(a, b)| format!("{}-{}", self.blocs[a], self.blocs[b])).collect(),
        }
    }
}

/// Values of all levers as of today, `[lever][domain][slot]`.
pub(super) fn levers(reader: &mut Reader<'_>, tree: &Node, names: &Names) -> Vec<Vec<Vec<f64>>> {
    let ids: Vec<&str> = LEVERS.iter().map(|lever| lever.id).collect();
    let section = reader.required(tree, "", "levers");
    if let Some(section) = section {
        reader.only(section, "levers", &ids);
    }
    LEVERS
        .iter()
        .map(|lever| {
            let node = section.and_then(|section| reader.required(section, "levers", lever.id));
            node.map_or_else(
                || vec![vec![lever.low; lever.scope.slots(names.blocs.len())]; names.domains.len()],
                |node| lever_values(reader, node, lever, names),
            )
        })
        .collect()
}

fn lever_values(reader: &mut Reader<'_>, node: &Node, lever: &Lever, names: &Names) -> Vec<Vec<f64>> {
    let path = join("levers", lever.id);
    let slots = names.slots(lever.scope);
    let mut general = vec![None; slots.len()];
    read_slots(reader, node, &path, (lever, names), &mut general, true);
    for (slot, value) in general.iter().enumerate() {
        if value.is_none() {
            reader.report(node.at, &join(&path, &slots[slot]), "is missing", format!("add it, or `all` for every {}", lever.scope.word()));
        }
    }
    names
        .domains
        .iter()
        .map(|domain| {
            let mut values = general.clone();
            if let Some(special) = node.get(domain) {
                read_slots(reader, special, &join(&path, domain), (lever, names), &mut values, false);
            }
            values.into_iter().map(|value| value.unwrap_or(lever.low)).collect()
        })
        .collect()
}

/// Reads the slots of a table; `all` fills those that are not named.
fn read_slots(reader: &mut Reader<'_>, node: &Node, path: &str, (lever, names): (&Lever, &Names), values: &mut [Option<f64>], with_domains: bool) {
    let bounds = (lever.low, lever.high);
    if !matches!(node.value, Value::Table(_)) {
        reader.only(node, path, &[]);
        return;
    }
    if let Some(all) = node.get("all") {
        let value = reader.quantity(all, &join(path, "all"), bounds);
        values.fill(Some(value));
    }
    let slots = names.slots(lever.scope);
    for (key, entry) in node.entries().iter().filter(|(key, _)| key != "all") {
        if let Some(slot) = names.slot(lever.scope, key) {
            values[slot] = Some(reader.quantity(entry, &join(path, &slots[slot]), bounds));
        } else if !(with_domains && names.domains.contains(key)) && entry.at.file >= names.blocs_file {
            let known: Vec<&str> = slots.iter().chain(&names.domains).map(String::as_str).chain(["all"]).collect();
            reader.unknown(entry.at, path, key, &known);
        }
    }
}

/// Values of all uncertainties, `[uncertainty][domain]`.
pub(super) fn uncertainties(reader: &mut Reader<'_>, tree: &Node, names: &Names) -> Vec<Vec<f64>> {
    let ids: Vec<&str> = UNCERTAINTIES.iter().map(|uncertainty| uncertainty.id).collect();
    let section = reader.required(tree, "", "uncertainties");
    if let Some(section) = section {
        reader.only(section, "uncertainties", &ids);
    }
    UNCERTAINTIES
        .iter()
        .map(|uncertainty| {
            let node = section.and_then(|section| reader.required(section, "uncertainties", uncertainty.id));
            node.map_or_else(|| vec![uncertainty.low; names.domains.len().max(1)], |node| uncertain_values(reader, node, uncertainty, names))
        })
        .collect()
}

fn uncertain_values(reader: &mut Reader<'_>, node: &Node, uncertainty: &Uncertainty, names: &Names) -> Vec<f64> {
    let path = join("uncertainties", uncertainty.id);
    let bounds = (uncertainty.low, uncertainty.high);
    let by_domain = uncertainty.per_domain && !node.is_quantity() && matches!(node.value, Value::Table(_));
    if !by_domain {
        return vec![reader.quantity(node, &path, bounds); names.domains.len().max(1)];
    }
    let known: Vec<&str> = names.domains.iter().map(String::as_str).collect();
    reader.only(node, &path, &known);
    names
        .domains
        .iter()
        .map(|domain| reader.required(node, &path, domain).map_or(bounds.0, |n| reader.quantity(n, &join(&path, domain), bounds)))
        .collect()
}
