//! From ensembles to the numbers that charts draw.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::Findings;
use faultline_models::layout::Entity;
use faultline_models::scenario::Scenario;

use super::{Request, Unsuited};
use crate::chart::{Axis, Band, Dash, Direction, Fill, Key, Line, Mark, Marker, Role, Row, Rule, Swatch, Tint, Weight};
use crate::words::Words;

/// Decimal years of all rows: the beginning of each quarter.
pub(super) fn years(ensemble: &Ensemble) -> Vec<f64> {
    let calendar = ensemble.scenario.calendar;
    (0..calendar.rows).map(|row| calendar.quarter(row).decimal_year() - 0.125).collect()
}

/// The time axis of a scenario.
pub(super) fn time_axis(ensemble: &Ensemble) -> Axis {
    let years = years(ensemble);
    Axis::years(years[0], years[years.len() - 1])
}

/// “2025–2040”.
pub(super) fn span(ensemble: &Ensemble) -> String {
    let calendar = ensemble.scenario.calendar;
    format!("{}–{}", calendar.start.year(), calendar.end().year())
}

/// Position of a column that the chart cannot do without.
pub(super) fn column(words: &Words, ensemble: &Ensemble, indicator: &str, entity: &Entity, domain: Option<usize>) -> Result<usize, Unsuited> {
    ensemble.layout.find(indicator, entity, domain).ok_or_else(|| Unsuited(words.no_values(&ensemble.scenario.id, indicator)))
}

/// Bands of a column over time, scaled: `[row][quantile]` for 5, 25, 50, 75 and 95 per cent.
pub(super) fn quantiles(findings: &Findings, column: usize, rows: usize, scale: f64) -> Vec<[f64; 5]> {
    (0..rows).map(|row| findings.at(row, column).quantiles.map(|q| q * scale)).collect()
}

/// The 90 and the 50 per cent band of a series; none for a single run.
pub(super) fn bands(ensemble: &Ensemble, years: &[f64], quantiles: &[[f64; 5]], role: Role) -> Vec<Mark> {
    let band = |low: usize, high: usize, tint: Tint| Band {
        points: years.iter().zip(quantiles).map(|(x, q)| [*x, q[low], q[high]]).collect(),
        fill: Fill::tinted(role, tint),
    };
    let both = [band(0, 4, Tint::Band90), band(1, 3, Tint::Band50)];
    both.into_iter().filter(|_| ensemble.runs.len() > 1).map(|band| band.mark("")).collect()
}

/// The middle run over time.
pub(super) fn median(years: &[f64], quantiles: &[[f64; 5]]) -> Vec<[f64; 2]> {
    years.iter().zip(quantiles).map(|(x, q)| [*x, q[2]]).collect()
}

/// Lower and upper ends of the bands around each point of a line, for readouts.
pub(super) fn around(quantiles: &[[f64; 5]]) -> Vec<[f64; 4]> {
    quantiles.iter().map(|q| [q[0], q[1], q[3], q[4]]).collect()
}

/// The middle run of the baseline, dashed.
pub(super) fn baseline_line(years: &[f64], quantiles: &[[f64; 5]], name: &str) -> Mark {
    let line = Line { weight: Weight::Context, around: around(quantiles), ..Line::own(Role::Ink, median(years, quantiles)) };
    line.marked(Dash::Dash, None).mark(name)
}

/// The key entry of a dashed baseline.
pub(super) fn dashed(label: String) -> Key {
    Key { label, swatch: Swatch::Line { role: Role::Ink, weight: Weight::Context, dash: Dash::Dash, marker: None } }
}

/// Where the reader is in time, when years are played.
pub(super) fn cursor(request: &Request<'_>, ensemble: &Ensemble) -> Option<Mark> {
    let row = request.options.row.filter(|row| *row < ensemble.rows())?;
    let quarter = ensemble.scenario.calendar.quarter(row);
    let (along, at) = (Direction::Vertical, quarter.decimal_year() - 0.125);
    Some(Rule { along, at, role: Role::Ink, dash: Dash::Solid, label: quarter.to_string() }.mark(""))
}

/// Colour, dash and marker of a standard.
pub(super) fn look(scenario: &Scenario, standard: usize) -> (Role, Dash, Marker) {
    if standard == scenario.international() {
        (Role::Common, Dash::Solid, Marker::Ring)
    } else {
        (Role::Bloc(standard), Dash::of_bloc(standard), Marker::of_bloc(standard))
    }
}

/// A line in the look of a standard.
pub(super) fn standard_line(scenario: &Scenario, standard: usize, points: Vec<[f64; 2]>) -> Line {
    let (role, dash, marker) = look(scenario, standard);
    Line::own(role, points).marked(dash, Some(marker))
}

/// Rows of the table behind a band: one per year end and quantile drawn.
pub(super) fn band_rows(ensemble: &Ensemble, series: &str, unit: &str, quantiles: &[[f64; 5]]) -> Vec<Row> {
    let names = ["q05", "q25", "q50", "q75", "q95"];
    let calendar = ensemble.scenario.calendar;
    let row = |at: usize, k: usize| Row {
        scenario: ensemble.scenario.name.clone(),
        series: series.to_owned(),
        x: calendar.quarter(at).to_string(),
        statistic: names[k].to_owned(),
        value: quantiles[at][k],
        unit: unit.to_owned(),
        n_runs: ensemble.runs.len(),
    };
    (0..quantiles.len()).flat_map(|at| (0..5).map(move |k| (at, k))).map(|(at, k)| row(at, k)).collect()
}

/// One row of a table.
pub(super) fn row(ensemble: &Ensemble, series: &str, x: &str, statistic: &str, (value, unit): (f64, &str)) -> Row {
    Row {
        scenario: ensemble.scenario.name.clone(),
        series: series.to_owned(),
        x: x.to_owned(),
        statistic: statistic.to_owned(),
        value,
        unit: unit.to_owned(),
        n_runs: ensemble.runs.len(),
    }
}

/// Positions of up to `n` runs spread over the quantiles of a column in a row: the runs that stand for the spread.
pub(super) fn sample_runs(ensemble: &Ensemble, row: usize, column: usize, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ensemble.runs.len()).collect();
    let value = |run: usize| ensemble.runs[run].at(row, column);
    order.sort_by(|a, b| value(*a).total_cmp(&value(*b)).then(a.cmp(b)));
    let n = n.min(order.len());
    let mut chosen: Vec<usize> = (0..n).map(|k| order[((2 * k + 1) * order.len() / (2 * n)).min(order.len() - 1)]).collect();
    chosen.dedup();
    chosen
}

/// Whole numbers that add to 100, in proportion to counts (largest remainder; the first of equals).
pub(super) fn per_hundred(counts: &[usize]) -> Vec<usize> {
    let total: usize = counts.iter().sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let mut parts: Vec<usize> = counts.iter().map(|n| n * 100 / total).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|k| (std::cmp::Reverse(counts[*k] * 100 % total), *k));
    let missing = 100 - parts.iter().sum::<usize>();
    order.into_iter().take(missing).for_each(|k| parts[k] += 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::per_hundred;

    #[test]
    fn parts_of_a_hundred_add_to_a_hundred() {
        for counts in [vec![1, 1, 1], vec![13, 60, 23, 35, 69], vec![0, 7], vec![199, 1], vec![1; 7]] {
            let parts = per_hundred(&counts);
            assert_eq!(parts.iter().sum::<usize>(), 100, "{counts:?}");
            assert!(counts.iter().zip(&parts).all(|(n, p)| (*n > 0) || (*p == 0)));
        }
        assert_eq!(per_hundred(&[0, 0]), [0, 0]);
    }
}
