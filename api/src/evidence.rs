//! Sourced figures that scenarios cite by key.

use std::sync::OnceLock;

use faultline_models::scenario::Scenario;
use faultline_models::text::nearest;

use crate::embedded;
use crate::refusal::Refusal;

/// What a citation begins with; several are separated by semicolons.
const PREFIX: &str = "evidence:";

/// A sourced figure: one row of an evidence file.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Figure {
    /// Key by which it is cited.
    pub key: String,
    /// Value as published (a number, a range or a word).
    pub value: String,
    /// Unit in words.
    pub unit: String,
    /// Year or period.
    pub year: String,
    /// Place.
    pub geography: String,
    /// What it measures.
    pub what: String,
    /// Title of the source.
    pub source: String,
    /// Publisher.
    pub publisher: String,
    /// Where it was read.
    pub address: String,
    /// `verified` (read in a page) or `unverified` (from memory).
    pub status: String,
    /// Kind of source, e.g. primary or secondary.
    pub basis: String,
    /// Remark.
    pub note: String,
}

impl Figure {
    /// Whether nobody has read this in a page; it is shown with a warning wherever it appears.
    pub fn unverified(&self) -> bool {
        self.status != "verified"
    }
}

/// Where the parts of a figure stand in an evidence file. A name in capitals' place: `=text` is that text itself.
struct Columns {
    file: &'static str,
    id: &'static [&'static str],
    value: &'static str,
    unit: &'static str,
    year: &'static str,
    geography: &'static str,
    what: &'static str,
    source: &'static str,
}

/// How each evidence file is read.
const FILES: [Columns; 11] = [
    columns("facts", &["key"], ["value", "unit", "year", "geography", "what_it_measures", "source_title"]),
    columns(
        "ai_notable_models_by_bloc",
        &["year"],
        ["models", "=models, all blocs", "year", "=World", "=notable AI models; the row holds the split by bloc", "source"],
    ),
    columns("dtv_adopters_aggregate", &["date", "standard", "measure"], ["value", "unit", "date", "=World", "measure", "source"]),
    columns("dtv_country_decisions", &["country", "standard", "event", "date"], ["standard", "=standard", "date", "country", "event", "source"]),
    columns(
        "fragmentation_losses",
        &["source", "scenario", "unit_of_analysis"],
        ["value", "unit", "horizon", "unit_of_analysis", "scenario", "source"],
    ),
    columns(
        "gdp_by_bloc",
        &["bloc", "year"],
        ["share_of_world", "=share of world GDP at current prices", "year", "bloc", "=gross domestic product", "source"],
    ),
    columns(
        "mobile_2g_3g_subscribers",
        &["date", "region", "standard", "operator_or_scope"],
        ["subscribers_million", "=million subscribers", "date", "region", "standard", "source"],
    ),
    columns(
        "mobile_3g_china_shares",
        &["date"],
        ["share_td_scdma", "=share of 3G subscribers on TD-SCDMA", "date", "=China", "=split of 3G subscribers by standard", "source"],
    ),
    columns("policy_levers", &["parameter"], ["starting_value_or_range", "unit_or_range", "=2025", "=World", "meaning", "source"]),
    columns("scenario_exercises", &["source", "horizon"], ["scenario_names", "=names of scenarios", "horizon", "=World", "axes_or_method", "source"]),
    columns(
        "trade_matrix_goods_2024",
        &["exporter", "importer"],
        ["usd_bn", "=bn USD of goods", "year", "=exporter to importer as in the key", "=exports of goods", "source"],
    ),
];

const fn columns(file: &'static str, id: &'static [&'static str], parts: [&'static str; 6]) -> Columns {
    let [value, unit, year, geography, what, source] = parts;
    Columns { file, id, value, unit, year, geography, what, source }
}

/// All sourced figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    figures: Vec<Figure>,
}

impl Evidence {
    /// The evidence that ships with the program.
    pub fn embedded() -> &'static Evidence {
        static ALL: OnceLock<Evidence> = OnceLock::new();
        ALL.get_or_init(|| Evidence { figures: embedded::evidence_files().iter().flat_map(|(name, text)| read(name, text)).collect() })
    }

    /// All figures, file by file.
    pub fn all(&self) -> &[Figure] {
        &self.figures
    }

    /// The figure with this key.
    pub fn find(&self, key: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.key == key)
    }

    /// The key most like `key`.
    pub fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.figures.iter().map(|figure| figure.key.as_str()))
    }

    /// Keys cited in a source line, in order.
    pub fn citations(source: &str) -> Vec<&str> {
        source.split(';').filter_map(|part| part.trim().strip_prefix(PREFIX)).map(str::trim).collect()
    }

    /// Every citation of a scenario: the ledger key of the number, and the cited key.
    pub fn cited_in(scenario: &Scenario) -> Vec<(String, String)> {
        let values = scenario.ledger.iter().map(|entry| (entry.key.clone(), entry.quantity.source.clone()));
        let moves = scenario.moves.iter().map(|m| (format!("move of {}", m.lever), m.source.clone()));
        values
            .chain(moves)
            .flat_map(|(key, source)| Evidence::citations(&source).into_iter().map(|cited| (key.clone(), cited.to_owned())).collect::<Vec<_>>())
            .collect()
    }

    /// Numbers of a scenario that rest on a figure which nobody has verified, with that figure.
    pub fn unverified_in(&self, scenario: &Scenario) -> Vec<(String, &Figure)> {
        let cited = Evidence::cited_in(scenario);
        cited.into_iter().filter_map(|(key, cited)| Some((key, self.find(&cited)?))).filter(|(_, figure)| figure.unverified()).collect()
    }
}

/// The sourced figure with this key.
///
/// # Errors
/// When there is none; the nearest key is named.
pub fn figure(key: &str) -> Result<Figure, Refusal> {
    let all = Evidence::embedded();
    all.find(key).cloned().ok_or_else(|| {
        let shown: String = key.chars().filter(|c| !c.is_control()).take(60).collect();
        let near = all.nearest(key).map_or(String::new(), |near| format!(" Did you mean {near}?"));
        Refusal::input(format!("there is no sourced figure “{shown}”.{near}"))
    })
}

fn read(name: &str, text: &str) -> Vec<Figure> {
    let Some(columns) = FILES.iter().find(|columns| columns.file == name) else { return Vec::new() };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let Ok(headers) = reader.headers().cloned() else { return Vec::new() };
    reader.records().filter_map(Result::ok).map(|record| row_figure(columns, &headers, &record)).collect()
}

fn row_figure(columns: &Columns, headers: &csv::StringRecord, record: &csv::StringRecord) -> Figure {
    let field = |name: &str| match name.strip_prefix('=') {
        Some(literal) => literal.to_owned(),
        None => headers.iter().position(|h| h == name).and_then(|at| record.get(at)).unwrap_or("").to_owned(),
    };
    let id: Vec<String> = columns.id.iter().map(|name| slug(&field(name))).collect();
    Figure {
        key: if columns.file == "facts" { field("key") } else { format!("{}/{}", columns.file, id.join("/")) },
        value: field(columns.value),
        unit: field(columns.unit),
        year: field(columns.year),
        geography: field(columns.geography),
        what: field(columns.what),
        source: field(columns.source),
        publisher: field("publisher"),
        address: field("address"),
        status: field("status"),
        basis: field("basis"),
        note: field("note"),
    }
}

/// Letters and digits of a field, anything else as single hyphens.
fn slug(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use faultline_models::scenario::{Adjust, load};

    use super::*;
    use crate::embedded::{scenario_ids, scenario_sources};

    fn scenarios() -> Vec<Scenario> {
        let load = |id: &String| load(&scenario_sources(id).unwrap(), &Adjust::default());
        scenario_ids().iter().map(|id| load(id).unwrap_or_else(|p| panic!("{id}: {}", p[0]))).collect()
    }

    #[test]
    fn every_evidence_file_is_read_and_keys_are_unique() {
        let evidence = Evidence::embedded();
        for (name, text) in embedded::evidence_files() {
            let rows = csv::Reader::from_reader(text.as_bytes()).records().count();
            assert_eq!(read(&name, text).len(), rows, "{name}");
            assert!(rows > 0, "{name}");
        }
        let keys: BTreeSet<&str> = evidence.all().iter().map(|f| f.key.as_str()).collect();
        assert_eq!(keys.len(), evidence.all().len());
    }

    #[test]
    fn every_citation_of_every_scenario_resolves() {
        for scenario in scenarios() {
            let cited = Evidence::cited_in(&scenario);
            assert!(cited.len() > 10, "{}", scenario.id);
            for (key, citation) in cited {
                assert!(Evidence::embedded().find(&citation).is_some(), "{}: {key} cites {citation}", scenario.id);
            }
        }
    }

    #[test]
    fn unverified_figures_are_found_where_they_are_used() {
        let scenarios = scenarios();
        let keys: BTreeSet<String> = Evidence::embedded().unverified_in(&scenarios[0]).into_iter().map(|(key, _)| key).collect();
        assert!(keys.contains("trade.EU-rest"), "{keys:?}");
        assert!(!keys.contains("trade.CN-US"), "{keys:?}");
    }
}
