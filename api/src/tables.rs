//! Results as tidy tables: CSV of bands, and Parquet of all runs.

use std::io::{self, Write};
use std::sync::Arc;

use faultline_charts::chart::Row;
use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{PairedDifference, Statistics, paired};
use faultline_models::indicators::Indicator;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::compare::{Comparison, HEADLINES};
use crate::refusal::Refusal;
use crate::wire::ScenarioPage;

/// Columns of the tidy table.
pub const HEADER: [&str; 9] = ["scenario", "indicator", "entity", "domain", "tick", "statistic", "value", "unit", "n_runs"];

/// Names of the statistics of a band.
const BAND: [&str; 7] = ["mean", "standard_error", "q05", "q25", "q50", "q75", "q95"];

/// Names of the statistics of a paired difference.
const DIFFERENCE: [&str; 7] =
    ["difference_mean", "difference_standard_error", "difference_q05", "difference_q25", "difference_q50", "difference_q75", "difference_q95"];

/// A text cell that a spreadsheet does not take for a formula.
pub fn safe(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\r')).collect();
    if clean.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{clean}") } else { clean }
}

/// Number as text: the shortest that reads back to the same number; empty where it is not defined.
pub(crate) fn cell(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

/// Which columns a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of them: some hundred thousand lines per scenario, for programs.
    Everything,
    /// The headline indicators over all domains: small enough for any spreadsheet.
    Headlines,
}

impl Extent {
    fn columns(self, comparison: &Comparison, scenario: usize) -> Vec<usize> {
        match self {
            Extent::Everything => (0..comparison.ensembles[scenario].layout.columns.len()).collect(),
            Extent::Headlines => HEADLINES.iter().flat_map(|id| comparison.whole(scenario, id)).collect(),
        }
    }
}

/// Bands in each quarter as tidy CSV, with paired differences to the first scenario for the others.
///
/// # Errors
/// When `out` cannot be written to.
pub fn csv(comparison: &Comparison, extent: Extent, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER).map_err(of_system)?;
    for scenario in 0..comparison.ensembles.len() {
        write_scenario(comparison, scenario, &extent.columns(comparison, scenario), &mut writer).map_err(of_system)?;
    }
    writer.flush()
}

/// What the system said, without the wrapping in which its kind (a full disk) is lost.
fn of_system(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn write_scenario(comparison: &Comparison, index: usize, columns: &[usize], writer: &mut csv::Writer<impl Write>) -> csv::Result<()> {
    let (ensemble, findings) = (&comparison.ensembles[index], &comparison.findings[index]);
    let scenario = &ensemble.scenario;
    findings.prepare(columns);
    for at in columns.iter().copied() {
        let column = &ensemble.layout.columns[at];
        let entity = safe(&column.entity.label(scenario));
        let domain = safe(column.domain.map_or("all", |d| &scenario.domains[d].id));
        let unit = Indicator::find(column.indicator).map_or("", |indicator| indicator.unit);
        let base = if index > 0 { comparison.in_baseline(index, column) } else { None };
        for row in 0..ensemble.rows() {
            let tick = scenario.calendar.quarter(row).to_string();
            let mut write = |statistic: &str, value: f64, unit: &str, n: usize| {
                writer.write_record([&safe(&scenario.id), column.indicator, &entity, &domain, &tick, statistic, &cell(value), unit, &n.to_string()])
            };
            let s = findings.at(row, at);
            for (name, value) in BAND.iter().zip(values(s)) {
                write(name, value, unit, s.n)?;
            }
            if let Some(base) = base.filter(|_| row < comparison.ensembles[0].rows()) {
                let difference = paired(&comparison.ensembles[0], ensemble, row, (base, at));
                for (name, value) in DIFFERENCE.iter().zip(values(&difference.statistics)) {
                    write(name, value, unit, difference.statistics.n)?;
                }
                write("run_agreement", higher(&difference), "share of pairs in which the scenario exceeds the baseline", difference.statistics.n)?;
            }
        }
    }
    Ok(())
}

fn values(s: &Statistics) -> [f64; 7] {
    let [a, b, c, d, e] = s.quantiles;
    [s.mean, s.standard_error, a, b, c, d, e]
}

fn higher(difference: &PairedDifference) -> f64 {
    if difference.statistics.n > 0 { difference.share_higher } else { f64::NAN }
}

/// The numbers that a chart draws, as CSV.
///
/// # Errors
/// When memory fails.
pub fn chart_table(rows: &[Row]) -> Result<Vec<u8>, Refusal> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |e: &dyn std::fmt::Display| Refusal::failed(format!("the table could not be made: {e}"));
    writer.write_record(["scenario", "series", "x", "statistic", "value", "unit", "n_runs"]).map_err(|e| failed(&e))?;
    for row in rows {
        let texts = [&row.scenario, &row.series, &row.x, &row.statistic, &row.unit].map(|text| safe(text));
        let [scenario, series, x, statistic, unit] = &texts;
        writer.write_record([scenario, series, x, statistic, &cell(row.value), unit, &row.n_runs.to_string()]).map_err(|e| failed(&e))?;
    }
    writer.into_inner().map_err(|e| failed(&e))
}

/// The numbers of a scenario with unit, range, source and grade, as CSV.
///
/// # Errors
/// When memory fails.
pub fn ledger(page: &ScenarioPage) -> Result<Vec<u8>, Refusal> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |e: &dyn std::fmt::Display| Refusal::failed(format!("the table could not be made: {e}"));
    writer.write_record(["key", "value", "low", "high", "unit", "grade", "source", "unverified", "note", "set_by"]).map_err(|e| failed(&e))?;
    for n in &page.numbers {
        let numbers = [n.value, n.low, n.high].map(cell);
        let [value, low, high] = &numbers;
        let texts = [&n.key, &n.unit, &n.source, &n.note, &n.set_by].map(|text| safe(text));
        let [key, unit, source, note, set_by] = &texts;
        writer.write_record([key, value, low, high, unit, n.grade, source, &n.unverified.join("; "), note, set_by]).map_err(|e| failed(&e))?;
    }
    writer.into_inner().map_err(|e| failed(&e))
}

/// All runs in long form as Parquet: scenario, seed, tick, indicator, entity, domain, value. One row group per run, so that
/// memory stays that of a single run.
///
/// # Errors
/// When the file cannot be written.
pub fn parquet(ensembles: &[Arc<Ensemble>], file: &mut (impl Write + Send)) -> io::Result<()> {
    write_parquet(ensembles, file).map_err(|e| match e {
        ParquetError::External(cause) => cause.downcast::<io::Error>().map_or_else(io::Error::other, |cause| *cause),
        other => io::Error::other(other),
    })
}

const SCHEMA: &str = "message runs {
    required binary scenario (UTF8);
    required int32 seed (UINT_32);
    required binary tick (UTF8);
    required binary indicator (UTF8);
    required binary entity (UTF8);
    required binary domain (UTF8);
    required double value;
}";

fn write_parquet(ensembles: &[Arc<Ensemble>], file: &mut (impl Write + Send)) -> parquet::errors::Result<()> {
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("faultline".to_owned()).build();
    let mut writer = SerializedFileWriter::new(file, Arc::new(parse_message_type(SCHEMA)?), Arc::new(properties))?;
    for ensemble in ensembles {
        let names = Names::new(ensemble);
        for run in &ensemble.runs {
            let mut group = writer.next_row_group()?;
            names.write(&mut group, run.seed, &run.values)?;
            group.close()?;
        }
    }
    writer.close().map(|_| ())
}

/// The text columns of a run, which are the same for every seed.
struct Names {
    scenario: Vec<ByteArray>,
    tick: Vec<ByteArray>,
    indicator: Vec<ByteArray>,
    entity: Vec<ByteArray>,
    domain: Vec<ByteArray>,
}

impl Names {
    fn new(ensemble: &Ensemble) -> Names {
        let scenario = &ensemble.scenario;
        let columns = &ensemble.layout.columns;
        let rows = ensemble.rows();
        let text = |text: &str| ByteArray::from(text.as_bytes().to_vec());
        let per_column = |f: &dyn Fn(usize) -> ByteArray| {
            let once: Vec<ByteArray> = (0..columns.len()).map(f).collect();
            (0..rows).flat_map(|_| once.iter().cloned()).collect::<Vec<_>>()
        };
        let ticks: Vec<ByteArray> = (0..rows).map(|row| text(&scenario.calendar.quarter(row).to_string())).collect();
        Names {
            scenario: vec![text(&scenario.id); rows * columns.len()],
            tick: ticks.iter().flat_map(|tick| std::iter::repeat_n(tick.clone(), columns.len())).collect(),
            indicator: per_column(&|c| text(columns[c].indicator)),
            entity: per_column(&|c| text(&columns[c].entity.label(scenario))),
            domain: per_column(&|c| text(columns[c].domain.map_or("all", |d| &scenario.domains[d].id))),
        }
    }

    fn write(&self, group: &mut SerializedRowGroupWriter<'_, impl Write + Send>, seed: u32, values: &[f64]) -> parquet::errors::Result<()> {
        write_text(group, &self.scenario)?;
        let seeds = vec![i32::from_ne_bytes(seed.to_ne_bytes()); values.len()];
        let Some(mut column) = group.next_column()? else { return Ok(()) };
        column.typed::<Int32Type>().write_batch(&seeds, None, None)?;
        column.close()?;
        for texts in [&self.tick, &self.indicator, &self.entity, &self.domain] {
            write_text(group, texts)?;
        }
        let Some(mut column) = group.next_column()? else { return Ok(()) };
        column.typed::<DoubleType>().write_batch(values, None, None)?;
        column.close()
    }
}

fn write_text(group: &mut SerializedRowGroupWriter<'_, impl Write + Send>, texts: &[ByteArray]) -> parquet::errors::Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<ByteArrayType>().write_batch(texts, None, None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_cell_begins_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"] {
            assert!(safe(text).starts_with('\''), "{text}");
        }
        assert_eq!(safe("EU:INT"), "EU:INT");
        assert_eq!(safe("a\n=b"), "a=b");
    }

    #[test]
    fn a_full_disk_keeps_its_name() {
        let full = csv::Error::from(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(of_system(full).kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn numbers_are_no_text_and_stay_as_they_are() {
        assert_eq!(cell(-0.25), "-0.25");
    }

    #[test]
    fn numbers_read_back_to_themselves() {
        for value in [0.1 + 0.2, 1e-300, 3.0, -2.5] {
            assert_eq!(cell(value).parse::<f64>().unwrap(), value);
        }
        assert_eq!(cell(f64::NAN), "");
    }
}
