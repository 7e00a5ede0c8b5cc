//! Cost and access per bloc: a point with its intervals for each, a panel per scenario.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::Findings;
use faultline_models::layout::Entity;

use super::series::{column, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Direction, Interval, Marker, Panel, Role, number};
use crate::words::Words;

pub(super) const COST: ChartKind = ChartKind {
    id: "cost",
    needs: Needs::One,
    shows: Shows::All,
    of_run: OfRun::Alone,
    about: |w| w.cost_chart,
    build: |request| {
        let words = request.words();
        let title = |domain: String, quarter: String| words.cost_title(domain, quarter);
        build(request, &Measure { id: "cost", indicator: "compliance-cost", title: &title, unit: words.of_revenue(), from_zero: true })
    },
    finding: None,
};

pub(super) const ACCESS: ChartKind = ChartKind {
    id: "access",
    needs: Needs::One,
    shows: Shows::All,
    of_run: OfRun::Alone,
    about: |w| w.access_chart,
    build: |request| {
        let words = request.words();
        let title = |domain: String, quarter: String| words.access_title(domain, quarter);
        build(request, &Measure { id: "access", indicator: "market-access", title: &title, unit: words.of_open_revenue(), from_zero: false })
    },
    finding: None,
};

struct Measure<'a> {
    id: &'static str,
    indicator: &'static str,
    /// Title for a domain and a quarter.
    title: &'a dyn Fn(String, String) -> String,
    unit: String,
    from_zero: bool,
}

/// A home of suppliers: a bloc, or the economies outside all of them.
struct Home {
    entity: Entity,
    name: String,
    role: Role,
    marker: Marker,
}

/// A home with its quantiles.
type Bar = (Home, [f64; 5]);

fn homes(words: &Words, ensemble: &Ensemble) -> Vec<Home> {
    let scenario = &ensemble.scenario;
    let bloc = |(b, bloc): (usize, &faultline_models::scenario::Bloc)| Home {
        entity: Entity::Bloc(b),
        name: short(words.proper(&bloc.name)),
        role: Role::Bloc(b),
        marker: Marker::of_bloc(b),
    };
    let mut homes: Vec<_> = scenario.blocs.iter().enumerate().map(bloc).collect();
    if !scenario.economies.is_empty() {
        homes.push(Home { entity: Entity::Rest, name: words.third_countries(), role: Role::Rest, marker: Marker::Diamond });
    }
    homes
}

fn build(request: &Request<'_>, measure: &Measure<'_>) -> Result<Chart, Unsuited> {
    let (words, domain) = (request.words(), request.domain()?);
    let quarter = request.base().scenario.calendar.quarter(request.row(request.base())).to_string();
    let title = (measure.title)(request.domain_name(domain), quarter.clone());
    let mut chart = Chart::new(measure.id, &title);
    chart.subtitle = runs(request);
    chart.layout = super::comparison::column_of(request.ensembles.len());
    let mut all = Vec::new();
    for (ensemble, findings) in request.each() {
        all.push((ensemble, values(request, (ensemble, findings), measure, domain)?));
    }
    let ends = || all.iter().flat_map(|(_, bars)| bars.iter().flat_map(|(_, q)| *q)).filter(|v| v.is_finite());
    let (low, high) = (ends().fold(f64::MAX, f64::min), ends().fold(f64::MIN, f64::max));
    if low > high {
        return Err(Unsuited(words.no_values(&request.base().scenario.id, measure.indicator)));
    }
    let pad = 0.05 * (high - low).max(0.1);
    let (from, to) = (if measure.from_zero { 0.0 } else { low - pad }, high + pad);
    let mut said = Vec::new();
    for (ensemble, bars) in all {
        let x = Axis::linear(&measure.unit, from, to).with_room_for("100.0");
        let mut panel = Panel::new(&ensemble.scenario.name, x, Axis::names(bars.iter().map(|(home, _)| home.name.clone())).reversed());
        let shown = |value: f64| number(value, decimals(to - from));
        for (at, (home, q)) in bars.iter().enumerate() {
            let interval = Interval {
                along: Direction::Horizontal,
                at: at as f64,
                point: q[2],
                inner: [q[1], q[3]],
                outer: [q[0], q[4]],
                role: home.role,
                marker: home.marker,
                label: shown(q[2]),
            };
            panel.marks.push(interval.mark(&home.name));
            for (statistic, value) in ["q05", "q25", "q50", "q75", "q95"].iter().zip(q) {
                chart.table.push(row(ensemble, &home.name, &quarter, statistic, (*value, &measure.unit)));
            }
        }
        let parts: Vec<String> = bars.iter().map(|(home, q)| words.range(words.part(&home.name, shown(q[2])), shown(q[0]), shown(q[4]))).collect();
        said.push(words.pair(short(&ensemble.scenario.name), words.list(&parts)));
        chart.panels.push(panel.at(chart.panels.len(), 0));
    }
    chart.alt = alt(&words.bars_alt(title, runs(request), said.join("; ")));
    Ok(chart)
}

/// The homes with their quantiles in per cent, in the order of the largest values of the baseline.
fn values(
    request: &Request<'_>,
    (ensemble, findings): (&Ensemble, &Findings),
    measure: &Measure<'_>,
    domain: Option<usize>,
) -> Result<Vec<Bar>, Unsuited> {
    let (words, row) = (request.words(), request.row(ensemble));
    let mut bars: Vec<Bar> = Vec::new();
    for home in homes(words, ensemble) {
        let at = column(words, ensemble, measure.indicator, &home.entity, domain)?;
        bars.push((home, findings.at(row, at).quantiles.map(|q| 100.0 * q)));
    }
    let base = (request.base(), request.findings[0]);
    let before =
        |home: &Home| base.0.layout.find(measure.indicator, &home.entity, domain).map_or(0.0, |at| base.1.at(request.row(base.0), at).median());
    bars.sort_by(|a, b| before(&b.0).total_cmp(&before(&a.0)));
    Ok(bars)
}

/// Decimals that tell apart values on an axis of this length.
fn decimals(length: f64) -> usize {
    if length < 5.0 { 2 } else { 1 }
}
