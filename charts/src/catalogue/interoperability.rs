//! Who can work with whom: a heat map of the blocs.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{Findings, paired};
use faultline_models::layout::Entity;

use super::series::{column, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Cell, Chart, Fill, Panel, Role, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "interoperability",
    name: "Interoperability",
    question: "Which blocs can still work together without adaptation?",
    how_to_read: "Each cell is the chance that a user in one bloc and a user in the other can work together without adaptation, in the middle run. A tick in the corner: nine tenths of the runs lie more than 0.3 apart.",
    needs: Needs::One,
    build,
};

/// A 90 % range wider than this gets a tick in the corner.
const WIDE: f64 = 0.3;

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let base = request.base();
    if base.scenario.blocs.len() < 2 {
        return Err(Unsuited("there is only one bloc, so nothing to be interoperable with".to_owned()));
    }
    let domain = request.domain()?;
    let end = base.scenario.calendar.end();
    let mut chart = Chart::new(KIND.id, &format!("Interoperability of blocs, 0–1, {end}"));
    chart.subtitle = format!("{} · {}", short(&request.ensembles[request.ensembles.len() - 1].scenario.name), runs(request));
    let mut said = Vec::new();
    if request.ensembles.len() == 1 {
        let domains: Vec<Option<usize>> =
            if domain.is_some() { vec![domain] } else { std::iter::once(None).chain((0..base.scenario.domains.len()).map(Some)).collect() };
        for d in domains {
            said.push(matrix(&mut chart, (base, request.findings[0]), d, &capital(&request.domain_name(d)))?);
        }
    } else {
        let last = request.ensembles.len() - 1;
        chart.subtitle = format!("{} · {}", request.domain_name(domain), runs(request));
        for at in [0, last] {
            let ensemble = request.ensembles[at];
            said.push(matrix(&mut chart, (ensemble, request.findings[at]), domain, &short(&ensemble.scenario.name))?);
        }
        difference(&mut chart, base, request.ensembles[last], domain)?;
    }
    chart.alt = alt(&format!("Heat maps of interoperability between blocs, 0 to 1, {end}, middle run of {}. {}", runs(request), said.join(" ")));
    Ok(chart)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A panel with a cell for each pair of blocs, above and below the diagonal.
fn empty(ensemble: &Ensemble, title: &str) -> Panel {
    let names: Vec<String> = ensemble.scenario.blocs.iter().map(|bloc| bloc.id.clone()).collect();
    Panel::new(title, Axis::names(names.clone()).on_opposite_side(), Axis::names(names).reversed())
}

fn put(panel: &mut Panel, a: usize, b: usize, (fill, text, corner): (Fill, &str, bool)) {
    for (row, column) in [(a, b), (b, a)] {
        let (x, y) = (column as f64, row as f64);
        let cell = Cell { x: [x - 0.48, x + 0.48], y: [y - 0.48, y + 0.48], fill, text: text.to_owned(), corner };
        panel.marks.push(cell.mark(""));
    }
}

fn matrix(chart: &mut Chart, (ensemble, findings): (&Ensemble, &Findings), domain: Option<usize>, title: &str) -> Result<String, Unsuited> {
    let last = ensemble.rows() - 1;
    let mut panel = empty(ensemble, title);
    let mut said = Vec::new();
    for (a, b) in ensemble.scenario.pairs() {
        let q = findings.at(last, column(ensemble, "interoperability", &Entity::Pair(a, b), domain)?).quantiles;
        put(&mut panel, a, b, (Fill::solid(Role::Heat(q[2].clamp(0.0, 1.0))), &number(q[2], 2), q[4] - q[0] > WIDE));
        let pair = format!("{}–{}", ensemble.scenario.blocs[a].id, ensemble.scenario.blocs[b].id);
        for (statistic, value) in ["q05", "q50", "q95"].iter().zip([q[0], q[2], q[4]]) {
            chart.table.push(row(
                ensemble,
                &format!("{title}: {pair}"),
                &ensemble.scenario.calendar.end().to_string(),
                statistic,
                (value, "index, 0 to 1"),
            ));
        }
        said.push(format!("{} {}", pair, number(q[2], 2)));
    }
    chart.panels.push(panel);
    Ok(format!("{title}: {}.", said.join(", ")))
}

/// The paired difference of two scenarios, on a ramp of two colours.
fn difference(chart: &mut Chart, base: &Ensemble, other: &Ensemble, domain: Option<usize>) -> Result<(), Unsuited> {
    let last = base.rows().min(other.rows()) - 1;
    let mut panel = empty(other, "Difference, run by run");
    for (a, b) in other.scenario.pairs() {
        let pair = Entity::Pair(a, b);
        let columns = (column(base, "interoperability", &pair, domain)?, column(other, "interoperability", &pair, domain)?);
        let d = paired(base, other, last, columns).statistics;
        // Red is less interoperability than in the baseline.
        put(
            &mut panel,
            a,
            b,
            (Fill::solid(Role::Diff((-d.median()).clamp(-1.0, 1.0))), &super::comparison::signed(d.median()), d.quantiles[4] - d.quantiles[0] > WIDE),
        );
        let name = format!("difference: {}–{}", other.scenario.blocs[a].id, other.scenario.blocs[b].id);
        chart.table.push(row(other, &name, &other.scenario.calendar.quarter(last).to_string(), "q50", (d.median(), "index, 0 to 1")));
    }
    chart.panels.push(panel);
    Ok(())
}
