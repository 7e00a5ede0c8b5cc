//! Names of the numbers of a scenario that are neither levers nor uncertainties: sizes, blocs, economies, trade.

use super::text::Text;

/// Name of a number by its key in the ledger; a key of no known kind is shown as it is.
pub(super) fn name(key: &str, text: Text) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    let known = match parts[..] {
        ["sizes", field] => size(field).map(|name| (name, Vec::new())),
        ["future", field] => future(field).map(|name| (name, Vec::new())),
        ["blocs", bloc, field] => bloc_field(field).map(|name| (name, vec![text.label(bloc)])),
        ["domains", domain, "weight"] => Some(("Weight of a domain", vec![text.label(domain)])),
        ["domains", domain, "spread"] => Some(("Spread of ideal points in a domain", vec![text.label(domain)])),
        ["groups", group, "pull", bloc] => Some(("Pull of a bloc on a group", vec![group_label(group, text), text.label(bloc)])),
        ["economies", economy, "size"] => Some(("Market size", vec![economy_label(economy, text)])),
        ["economies", economy, "exposure", bloc] => Some(("Trade exposure", vec![economy_label(economy, text), text.label(bloc)])),
        ["trade", pair] => Some(("Trade in goods", vec![text.label(pair)])),
        _ => None,
    };
    known.map_or_else(|| key.replace('.', " · ").replace('-', " "), |(name, whom)| text.placed(&text.phrase(name), &whom))
}

fn size(field: &str) -> Option<&'static str> {
    Some(match field {
        "adopters" => "Adopters",
        "suppliers" => "Suppliers",
        "partners" => "Business partners of an adopter",
        "home-members" => "Home members of a domestic committee",
        "foreign-members" => "Foreign members of a domestic committee",
        "international-members" => "Members of the international committee per bloc",
        "economy-members" => "Members of the international committee from third countries",
        "international-work-months" => "Time to an international text",
        "active-at-start" => "Active adopters at the start",
        "tension-at-start" => "Tension at the start",
        "structure-seed" => "Seed of the structure",
        _ => return None,
    })
}

fn future(field: &str) -> Option<&'static str> {
    Some(match field {
        "joined-from" => "End states: joined from",
        "single-up-to" => "End states: single market up to",
        _ => return None,
    })
}

fn bloc_field(field: &str) -> Option<&'static str> {
    Some(match field {
        "size" => "Market size",
        "ideal-stringency" => "Ideal point: stringency",
        "ideal-state-led" => "Ideal point: state-led",
        "work-months" => "Time to a text of its own",
        _ => return None,
    })
}

/// `belt-and-road` as words.
fn group_label(id: &str, text: Text) -> String {
    text.phrase(&id.replace('-', " "))
}

/// `advanced-01`: the group and its number.
fn economy_label(id: &str, text: Text) -> String {
    match id.rsplit_once('-') {
        Some((group, number)) if number.chars().all(|c| c.is_ascii_digit()) => format!("{} {number}", group_label(group, text)),
        _ => text.label(id),
    }
}
