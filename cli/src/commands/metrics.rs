//! `metrics`: every fragmentation metric of somebody's table of shares.

use faultline_api::Refusal;
use faultline_api::share_table::{Wish, of_file};

use crate::options::Metrics;
use crate::terminal::Terminal;

pub(super) fn metrics(options: &Metrics, terminal: &Terminal) -> Result<(), Refusal> {
    let wish = Wish { orders: options.order.clone(), exponents: options.alpha.clone() };
    let lines = of_file(&options.file, options.distances.as_deref(), &wish)?;
    if terminal.json {
        return terminal.answer(&lines);
    }
    let value = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.6}"));
    terminal.table(&lines.into_iter().map(|line| vec![line.id, value(line.value), line.unit.to_owned(), line.name.to_owned()]).collect::<Vec<_>>());
    Ok(())
}
