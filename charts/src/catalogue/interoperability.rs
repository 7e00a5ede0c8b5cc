//! Who can work with whom: a heat map of the blocs.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{Findings, paired};
use faultline_models::layout::Entity;

use super::series::{column, row};
use super::wording::{alt, capital, runs, short, subtitle};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Cell, Chart, Fill, Layout, Panel, Role, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "interoperability",
    needs: Needs::One,
    shows: Shows::All,
    of_run: OfRun::Alone,
    about: |w| w.interoperability_chart,
    build,
    finding: None,
};

/// A 90 % range wider than this gets a tick in the corner.
const WIDE: f64 = 0.3;

/// Most scenarios set side by side.
const MOST: usize = 4;

/// One scenario: all domains and each. Several: each scenario, and under it the difference to the baseline.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, base) = (request.words(), request.base());
    if base.scenario.blocs.len() < 2 {
        return Err(Unsuited(words.one_bloc()));
    }
    let domain = request.domain()?;
    let quarter = base.scenario.calendar.quarter(request.row(base));
    let mut chart = Chart::new(KIND.id, &words.interoperability_title(quarter));
    let mut said = Vec::new();
    if request.ensembles.len() == 1 {
        chart.subtitle = subtitle(request);
        let domains: Vec<Option<usize>> = match (domain, base.scenario.domains.len()) {
            (None, 2..) => std::iter::once(None).chain((0..base.scenario.domains.len()).map(Some)).collect(),
            // One domain is all there is: its panel and that of all domains would be the same.
            (None, _) => vec![Some(0)],
            (one, _) => vec![one],
        };
        for d in domains {
            said.push(matrix(&mut chart, request, request.shown(), d, &capital(&request.domain_name(d)))?);
        }
    } else {
        chart.subtitle = words.subtitle(capital(&request.domain_name(domain)), runs(request));
        let shown: Vec<_> = request.each().take(MOST).collect();
        // Two scenarios and their difference stand in a row; more have their differences below them.
        let below = shown.len() > 2;
        if below {
            chart.layout = Layout::Grid { columns: vec![1.0; shown.len()], rows: vec![1.0; 2] };
        }
        for (column, (ensemble, findings)) in shown.iter().enumerate() {
            said.push(matrix(&mut chart, request, (ensemble, findings), domain, &ensemble.scenario.name)?);
            move_last(&mut chart, 0, column);
        }
        for (column, (ensemble, _)) in shown.iter().enumerate().skip(1) {
            difference(&mut chart, request, ensemble, domain)?;
            move_last(&mut chart, 1, column);
        }
    }
    chart.notes.push(words.interoperability_note());
    chart.alt = alt(&words.interoperability_alt(quarter, runs(request), said.join("; ")));
    Ok(chart)
}

fn move_last(chart: &mut Chart, row: usize, column: usize) {
    if let Some(panel) = chart.panels.pop() {
        chart.panels.push(panel.at(row, column));
    }
}

/// A panel without cells.
fn empty(ensemble: &Ensemble, title: &str) -> Panel {
    let names: Vec<String> = ensemble.scenario.blocs.iter().map(|bloc| bloc.id.clone()).collect();
    Panel::new(title, Axis::names(names.clone()).on_opposite_side(), Axis::names(names).reversed())
}

/// What a cell shows: fill, median, and the 90 % range.
type Shown = (Fill, String, [f64; 2]);

/// A cell for a pair of blocs, above and below the diagonal.
fn put(panel: &mut Panel, (a, b): (usize, usize), name: &str, (fill, text, around): Shown) {
    for (row, column) in [(a, b), (b, a)] {
        let (x, y) = (column as f64, row as f64);
        let corner = around[1] - around[0] > WIDE;
        // Pale steps of the ramp need an outline to be seen.
        let fill = fill.outlined(Role::Muted);
        let cell = Cell { x: [x - 0.47, x + 0.47], y: [y - 0.47, y + 0.47], fill, text: text.clone(), corner, around: Some(around) };
        panel.marks.push(cell.mark(name));
    }
}

fn pair_name(ensemble: &Ensemble, (a, b): (usize, usize)) -> String {
    format!("{}–{}", ensemble.scenario.blocs[a].id, ensemble.scenario.blocs[b].id)
}

fn matrix(
    chart: &mut Chart,
    request: &Request<'_>,
    (ensemble, findings): (&Ensemble, &Findings),
    domain: Option<usize>,
    title: &str,
) -> Result<String, Unsuited> {
    let (words, at) = (request.words(), request.row(ensemble));
    let mut panel = empty(ensemble, title);
    let mut said = Vec::new();
    for pair in ensemble.scenario.pairs() {
        let q = findings.at(at, column(words, ensemble, "interoperability", &Entity::Pair(pair.0, pair.1), domain)?).quantiles;
        let name = pair_name(ensemble, pair);
        put(&mut panel, pair, &name, (Fill::solid(Role::Heat(q[2].clamp(0.0, 1.0))), number(q[2], 2), [q[0], q[4]]));
        for (statistic, value) in ["q05", "q50", "q95"].iter().zip([q[0], q[2], q[4]]) {
            let quarter = ensemble.scenario.calendar.quarter(at).to_string();
            chart.table.push(row(ensemble, &format!("{title}: {name}"), &quarter, statistic, (value, &words.index_zero_one())));
        }
        said.push(words.range(words.part(name, number(q[2], 2)), number(q[0], 2), number(q[4], 2)));
    }
    chart.panels.push(panel);
    Ok(words.pair(short(title), words.list(&said)))
}

/// The paired difference to the baseline, on a ramp of two colours.
fn difference(chart: &mut Chart, request: &Request<'_>, other: &Ensemble, domain: Option<usize>) -> Result<(), Unsuited> {
    let (words, base) = (request.words(), request.base());
    let at = request.common_row(base, other);
    let title = words.interoperability_difference();
    let mut panel = empty(other, &title);
    for pair in other.scenario.pairs() {
        let entity = Entity::Pair(pair.0, pair.1);
        let columns = (column(words, base, "interoperability", &entity, domain)?, column(words, other, "interoperability", &entity, domain)?);
        let d = paired(base, other, at, columns).statistics;
        let name = pair_name(other, pair);
        let sign = if d.median() > 0.0 { "+" } else { "" };
        // Red is less interoperability than in the baseline.
        // Colours are full from a half on, so that a tenth is no longer called none.
        let fill = Fill::solid(Role::Diff((-d.median() * 2.0).clamp(-1.0, 1.0)));
        put(&mut panel, pair, &name, (fill, format!("{sign}{}", number(d.median(), 2)), [d.quantiles[0], d.quantiles[4]]));
        let quarter = other.scenario.calendar.quarter(at).to_string();
        chart.table.push(row(other, &format!("{title}: {name}"), &quarter, "q50", (d.median(), &words.index_zero_one())));
    }
    chart.panels.push(panel);
    Ok(())
}
