//! Cost and access per bloc: a point with its intervals for each, a panel per scenario.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::Findings;
use faultline_models::layout::Entity;

use super::series::{column, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Direction, Interval, Marker, Panel, Role, number};

pub(super) const COST: ChartKind = ChartKind {
    id: "cost",
    name: "Compliance cost",
    question: "What do suppliers spend on conformity and on keeping product variants, by home?",
    how_to_read: "One row per home of suppliers, one panel per scenario, on a shared axis. Point: middle run; thick: half, thin: nine tenths of the runs.",
    needs: Needs::One,
    build: |request| {
        build(
            request,
            &Measure { id: "cost", indicator: "compliance-cost", title: "Compliance cost, % of revenue", unit: "% of revenue", from_zero: true },
        )
    },
};

pub(super) const ACCESS: ChartKind = ChartKind {
    id: "access",
    name: "Market access",
    question: "What do suppliers reach of the revenue that open markets would offer, by home?",
    how_to_read: "One row per home of suppliers, one panel per scenario, on a shared axis. Point: middle run; thick: half, thin: nine tenths of the runs. 100 % is the market without restrictions and mandates.",
    needs: Needs::One,
    build: |request| {
        build(
            request,
            &Measure {
                id: "access",
                indicator: "market-access",
                title: "Market access, % of open-market revenue",
                unit: "% of open-market revenue",
                from_zero: false,
            },
        )
    },
};

struct Measure {
    id: &'static str,
    indicator: &'static str,
    title: &'static str,
    unit: &'static str,
    from_zero: bool,
}

/// Who is shown: the blocs, and the economies outside them.
fn homes(ensemble: &Ensemble) -> Vec<(Entity, String, Role, Marker)> {
    let scenario = &ensemble.scenario;
    let mut homes: Vec<_> =
        scenario.blocs.iter().enumerate().map(|(b, bloc)| (Entity::Bloc(b), short(&bloc.name), Role::Bloc(b), Marker::of_bloc(b))).collect();
    if !scenario.economies.is_empty() {
        homes.push((Entity::Rest, "Third countries".to_owned(), Role::Rest, Marker::Diamond));
    }
    homes
}

fn build(request: &Request<'_>, measure: &Measure) -> Result<Chart, Unsuited> {
    let domain = request.domain()?;
    let end = request.base().scenario.calendar.end();
    let mut chart = Chart::new(measure.id, &format!("{}, {}, {end}", measure.title, request.domain_name(domain)));
    chart.subtitle = runs(request);
    chart.layout = super::comparison::column_of(request.ensembles.len());
    let mut all = Vec::new();
    for (ensemble, findings) in request.each() {
        all.push((ensemble, values(ensemble, findings, measure, domain)?));
    }
    let ends = || all.iter().flat_map(|(_, rows)| rows.iter().flat_map(|(_, q)| *q)).filter(|v| v.is_finite());
    let (low, high) = (ends().fold(f64::MAX, f64::min), ends().fold(f64::MIN, f64::max));
    if low > high {
        return Err(Unsuited(format!("{} is not defined in the last quarter", measure.indicator)));
    }
    let pad = 0.05 * (high - low).max(0.1);
    let (from, to) = (if measure.from_zero { 0.0 } else { low - pad }, high + pad);
    let mut said = Vec::new();
    for (ensemble, rows) in all {
        let mut panel = Panel::new(
            &short(&ensemble.scenario.name),
            Axis::linear(measure.unit, from, to).with_room_for("100.0"),
            Axis::names(rows.iter().map(|(home, _)| home.1.clone())).reversed(),
        );
        for (at, ((_, name, role, marker), q)) in rows.iter().enumerate() {
            panel.marks.push(
                Interval {
                    along: Direction::Horizontal,
                    at: at as f64,
                    point: q[2],
                    inner: [q[1], q[3]],
                    outer: [q[0], q[4]],
                    role: *role,
                    marker: *marker,
                    label: number(q[2], decimals(to - from)),
                }
                .mark(name),
            );
            for (statistic, value) in ["q05", "q25", "q50", "q75", "q95"].iter().zip(q) {
                chart.table.push(row(ensemble, name, &end.to_string(), statistic, (*value, measure.unit)));
            }
        }
        let parts: Vec<String> = rows.iter().map(|((_, name, ..), q)| format!("{name} {}", number(q[2], decimals(to - from)))).collect();
        said.push(format!("{}: {}.", short(&ensemble.scenario.name), parts.join(", ")));
        chart.panels.push(panel.at(chart.panels.len(), 0));
    }
    super::comparison::share_axis(&mut chart);
    chart.alt = alt(&format!("Interval chart of {} by home of suppliers, {end}, middle run of {}. {}", measure.title, runs(request), said.join(" ")));
    Ok(chart)
}

type Home = (Entity, String, Role, Marker);

fn values(ensemble: &Ensemble, findings: &Findings, measure: &Measure, domain: Option<usize>) -> Result<Vec<(Home, [f64; 5])>, Unsuited> {
    let last = ensemble.rows() - 1;
    homes(ensemble)
        .into_iter()
        .map(|home| {
            let at = column(ensemble, measure.indicator, &home.0, domain)?;
            Ok((home, findings.at(last, at).quantiles.map(|q| 100.0 * q)))
        })
        .collect()
}

/// Decimals that tell apart values on an axis of this length.
fn decimals(length: f64) -> usize {
    if length < 5.0 { 2 } else { 1 }
}
