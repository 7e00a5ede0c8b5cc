//! One part of a study: what is kept of its runs, as a Parquet table with one line per run and quarter.

use std::io::{self, Write};
use std::sync::Arc;

use faultline_models::indicators::Indicator;
use faultline_models::layout::{Column, Entity, Layout};
use faultline_models::run::Setting;
use faultline_models::scenario::Scenario;
use faultline_models::trajectory::Trajectory;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, FileReader};
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::request::{Quarters, Study};
use crate::outcome::future_kind;

/// Columns before the factors and the indicators.
const LEADING: [&str; 4] = ["point", "seed", "quarter", "end-state"];

/// Before the keys of what varies: a lever and an indicator may have one name.
const INPUT: &str = "input ";

/// Under these names a part says what it belongs to.
const OF_STUDY: &str = "faultline:study";
const NUMBER: &str = "faultline:part";

/// What is kept of a run.
#[derive(Debug, Clone)]
pub(super) struct Extract {
    columns: Vec<usize>,
    /// Names of the columns.
    pub(super) names: Vec<String>,
    rows: Vec<usize>,
    quarters: Vec<ByteArray>,
}

/// What is kept of some runs of a point.
#[derive(Debug, Clone)]
pub(super) struct Block {
    point: usize,
    seeds: Vec<u32>,
    ends: Vec<&'static str>,
    /// `[run][row][column]`.
    values: Vec<f64>,
}

impl Extract {
    /// What is kept of the runs of a scenario that measure these indicators: of each the column for the world where there is one, else
    /// those of blocs, pairs and groups.
    pub(super) fn new(scenario: &Scenario, indicators: &[String], by_domain: bool, quarters: Quarters) -> Extract {
        let ids: Vec<&str> = indicators.iter().map(String::as_str).collect();
        let layout = Setting::layout_of(scenario, &ids);
        let columns: Vec<usize> = ids.iter().flat_map(|id| kept(&layout, id, by_domain)).collect();
        let names = columns.iter().map(|at| name(&layout.columns[*at], scenario)).collect();
        let last = scenario.calendar.rows - 1;
        let quarter = |row: usize| scenario.calendar.quarter(row).to_string();
        let wanted = |row: &usize| match quarters {
            Quarters::All => true,
            Quarters::Yearly => *row == last || quarter(*row).ends_with("Q4"),
            Quarters::Last => *row == last,
        };
        let rows: Vec<usize> = (0..=last).filter(wanted).collect();
        let quarters = rows.iter().map(|row| ByteArray::from(quarter(*row).into_bytes())).collect();
        Extract { columns, names, rows, quarters }
    }

    /// Bytes that a run takes in memory until its part is written.
    pub(super) fn bytes_per_run(&self, factors: usize) -> usize {
        self.rows.len() * 8 * (self.columns.len() + factors + LEADING.len())
    }

    /// What is kept of these runs.
    pub(super) fn block(&self, point: usize, runs: &[Trajectory]) -> Block {
        let of = |run: &Trajectory| self.rows.iter().flat_map(|row| self.columns.iter().map(|c| run.at(*row, *c))).collect::<Vec<f64>>();
        Block {
            point,
            seeds: runs.iter().map(|run| run.seed).collect(),
            ends: runs.iter().map(|run| future_kind(run.future)).collect(),
            values: runs.iter().flat_map(of).collect(),
        }
    }
}

/// Columns of an indicator that are kept.
fn kept(layout: &Layout, id: &str, by_domain: bool) -> Vec<usize> {
    let world = |at: &usize| layout.columns[*at].entity == Entity::World;
    let all: Vec<usize> = layout.of(id).filter(|at| by_domain || layout.columns[*at].domain.is_none()).collect();
    if all.iter().any(world) { all.into_iter().filter(world).collect() } else { all }
}

/// `fragmentation`, `interoperability EU-US`, `interoperability EU-US in governance`.
fn name(column: &Column, scenario: &Scenario) -> String {
    let entity = if column.entity == Entity::World { String::new() } else { format!(" {}", column.entity.label(scenario)) };
    let domain = column.domain.map_or_else(String::new, |d| format!(" in {}", scenario.domains[d].id));
    format!("{}{entity}{domain}", column.indicator)
}

/// Writes a part: the runs of the blocks in their order.
pub(super) fn write(out: &mut (impl Write + Send), extract: &Extract, study: &Study, identity: (&str, usize), blocks: &[Block]) -> io::Result<()> {
    write_parquet(out, extract, study, identity, blocks).map_err(|e| match e {
        ParquetError::External(cause) => cause.downcast::<io::Error>().map_or_else(io::Error::other, |cause| *cause),
        other => io::Error::other(other),
    })
}

fn write_parquet(out: &mut (impl Write + Send), extract: &Extract, study: &Study, (of_study, number): (&str, usize), blocks: &[Block]) -> Result<()> {
    let about = vec![KeyValue::new(OF_STUDY.to_owned(), of_study.to_owned()), KeyValue::new(NUMBER.to_owned(), number.to_string())];
    let properties =
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("faultline".to_owned()).set_key_value_metadata(Some(about));
    let mut writer = SerializedFileWriter::new(out, schema(study, extract)?, Arc::new(properties.build()))?;
    let mut group = writer.next_row_group()?;
    let rows = extract.rows.len();
    let repeated = |n: usize, value: i32| std::iter::repeat_n(value, n);
    let points = blocks.iter().flat_map(|b| repeated(rows * b.seeds.len(), (b.point + 1) as i32)).collect::<Vec<i32>>();
    write_numbers(&mut group, &points)?;
    let seeds = blocks.iter().flat_map(|b| b.seeds.iter().flat_map(|seed| repeated(rows, i32::from_ne_bytes(seed.to_ne_bytes()))));
    write_numbers(&mut group, &seeds.collect::<Vec<i32>>())?;
    write_texts(&mut group, &blocks.iter().flat_map(|b| b.seeds.iter().flat_map(|_| extract.quarters.iter().cloned())).collect::<Vec<_>>())?;
    let end = |end: &&'static str| std::iter::repeat_n(ByteArray::from(*end), rows);
    write_texts(&mut group, &blocks.iter().flat_map(|b| b.ends.iter().flat_map(end)).collect::<Vec<_>>())?;
    for f in 0..study.factors.len() {
        let values = blocks.iter().flat_map(|b| std::iter::repeat_n(study.point(b.point)[f], rows * b.seeds.len()));
        write_values(&mut group, &values.collect::<Vec<f64>>())?;
    }
    let columns = extract.columns.len();
    for c in 0..columns {
        let values = blocks.iter().flat_map(|b| b.values.iter().skip(c).step_by(columns).map(|value| plain(*value)));
        write_values(&mut group, &values.collect::<Vec<f64>>())?;
    }
    group.close()?;
    writer.close().map(|_| ())
}

/// There is one NaN: its bits differ between processors, a file must not.
fn plain(value: f64) -> f64 {
    if value.is_nan() { f64::NAN } else { value }
}

fn schema(study: &Study, extract: &Extract) -> Result<TypePtr> {
    let field = |name: &str, physical: Physical, logical: Option<LogicalType>| {
        let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::REQUIRED).with_logical_type(logical);
        builder.build().map(Arc::new)
    };
    let [point, seed, quarter, end] = LEADING;
    let unsigned = || Some(LogicalType::integer(32, false));
    let mut fields = vec![
        field(point, Physical::INT32, None)?,
        field(seed, Physical::INT32, unsigned())?,
        field(quarter, Physical::BYTE_ARRAY, Some(LogicalType::String))?,
        field(end, Physical::BYTE_ARRAY, Some(LogicalType::String))?,
    ];
    for name in study.factors.iter().map(|f| format!("{INPUT}{}", f.key)).chain(extract.names.iter().cloned()) {
        fields.push(field(&name, Physical::DOUBLE, None)?);
    }
    Type::group_type_builder("study").with_fields(fields).build().map(Arc::new)
}

fn write_numbers(group: &mut SerializedRowGroupWriter<'_, impl Write + Send>, values: &[i32]) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<Int32Type>().write_batch(values, None, None)?;
    column.close()
}

fn write_texts(group: &mut SerializedRowGroupWriter<'_, impl Write + Send>, values: &[ByteArray]) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<ByteArrayType>().write_batch(values, None, None)?;
    column.close()
}

fn write_values(group: &mut SerializedRowGroupWriter<'_, impl Write + Send>, values: &[f64]) -> Result<()> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    column.typed::<DoubleType>().write_batch(values, None, None)?;
    column.close()
}

/// Whether a file is this part of this study, whole; a sentence when it is not.
pub(super) fn check(
    file: impl ChunkReader + 'static,
    extract: &Extract,
    study: &Study,
    (of_study, number): (&str, usize),
) -> std::result::Result<(), String> {
    let reader = SerializedFileReader::new(file).map_err(|e| format!("is damaged ({e})"))?;
    let about = reader.metadata().file_metadata();
    let says = |key: &str| about.key_value_metadata()?.iter().find(|entry| entry.key == key)?.value.clone();
    let rows = study.runs_of(number).len() * extract.rows.len();
    if says(OF_STUDY).as_deref() != Some(of_study) || says(NUMBER) != Some(number.to_string()) {
        return Err("belongs to another study".to_owned());
    }
    if usize::try_from(about.num_rows()) != Ok(rows) {
        return Err(format!("has {} lines instead of {rows}", about.num_rows()));
    }
    Ok(())
}

/// What a column of indicators means, for the record of the study.
pub(super) fn unit(name: &str) -> &'static str {
    name.split(' ').next().and_then(Indicator::find).map_or("", |indicator| indicator.unit)
}
