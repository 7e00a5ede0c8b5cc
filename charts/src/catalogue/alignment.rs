//! Who follows whom: alignments of third countries as flows.

use faultline_models::ensemble::Ensemble;

use super::series::{look, row};
use super::wording::{alt, runs, short};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Anchor, Axis, Block, Chart, Fill, Label, Panel, Ribbon, Role, Tick, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "alignment",
    name: "Alignment of third countries",
    question: "Which standards do economies outside the blocs follow, and who changes?",
    how_to_read: "Columns are years; heights are shares of the economies’ size, averaged over the runs. Ribbons show who moves where. Black with hatch is the international text.",
    needs: Needs::One,
    build,
};

/// Most columns, width of a column, gap between options.
const STAGES: usize = 5;
const WIDTH: f64 = 0.12;
const GAP: f64 = 0.03;

/// The scenario shown is the last one; without a wanted domain the one with the largest weight.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let ensemble = request.ensembles[request.ensembles.len() - 1];
    let scenario = &ensemble.scenario;
    if scenario.economies.is_empty() {
        return Err(Unsuited("the scenario has no economies outside the blocs".to_owned()));
    }
    let heaviest = (0..scenario.domains.len()).rev().max_by(|a, b| scenario.domains[*a].weight.total_cmp(&scenario.domains[*b].weight)).unwrap_or(0);
    let domain = request.domain()?.unwrap_or(heaviest);
    let stages = stages(ensemble.rows());
    let mut chart = Chart::new(
        KIND.id,
        &format!("Alignment of {} economies, {}, {}", scenario.economies.len(), scenario.domains[domain].name, super::series::span(ensemble)),
    );
    let stable = stable(ensemble, domain);
    chart.subtitle =
        format!("{} · {} · unchanged from start to end: {} of 100 by size", short(&scenario.name), runs(request), number(100.0 * stable, 0));
    let ticks = stages.iter().enumerate().map(|(k, at)| Tick { at: k as f64, label: scenario.calendar.quarter(*at).to_string() }).collect();
    let last = stages.len() - 1;
    let x = Axis { ticks, ..Axis::hidden(-0.4, last as f64 + 0.6) };
    let standards = scenario.standards();
    let mut panel = Panel::new("", x, Axis::hidden(1.0 + GAP * standards as f64, 0.0));
    let shares: Vec<Vec<f64>> = stages.iter().map(|at| shares(ensemble, domain, *at)).collect();
    for k in 0..last {
        ribbons(&mut panel, ensemble, k, (&shares[k], &shares[k + 1]), &flows(ensemble, domain, (stages[k], stages[k + 1])));
    }
    for (k, shares) in shares.iter().enumerate() {
        let quarter = scenario.calendar.quarter(stages[k]).to_string();
        for (s, share) in shares.iter().enumerate() {
            chart.table.push(row(ensemble, scenario.standard_label(s), &quarter, "mean share", (*share, "share of economies’ size")));
        }
        blocks(&mut panel, ensemble, k, shares, k == 0 || k == last);
    }
    chart.panels.push(panel);
    let said: Vec<String> = (0..standards)
        .map(|s| format!("{} from {} to {} %", scenario.standard_label(s), number(100.0 * shares[0][s], 0), number(100.0 * shares[last][s], 0)))
        .collect();
    chart.alt = alt(&format!(
        "Alluvial diagram of the alignment of {} economies, mean over {}. {}.",
        scenario.economies.len(),
        runs(request),
        said.join(", ")
    ));
    Ok(chart)
}

/// Rows of the columns, evenly spread.
fn stages(rows: usize) -> Vec<usize> {
    let n = STAGES.min(rows);
    (0..n).map(|k| k * (rows - 1) / (n - 1).max(1)).collect()
}

fn aligned(ensemble: &Ensemble, run: usize, row: usize, domain: usize, economy: usize) -> usize {
    let (domains, economies) = (ensemble.scenario.domains.len(), ensemble.scenario.economies.len());
    usize::from(ensemble.runs[run].trace.alignment[(row * domains + domain) * economies + economy])
}

/// Weight of each economy: its size as a share of all, over the number of runs.
fn weights(ensemble: &Ensemble) -> Vec<f64> {
    let total: f64 = ensemble.scenario.economies.iter().map(|e| e.size).sum();
    ensemble.scenario.economies.iter().map(|e| e.size / total / ensemble.runs.len() as f64).collect()
}

fn shares(ensemble: &Ensemble, domain: usize, row: usize) -> Vec<f64> {
    let mut shares = vec![0.0; ensemble.scenario.standards()];
    for (c, weight) in weights(ensemble).into_iter().enumerate() {
        (0..ensemble.runs.len()).for_each(|run| shares[aligned(ensemble, run, row, domain, c)] += weight);
    }
    shares
}

/// Share of size that moves from each standard to each, `[from][to]`.
fn flows(ensemble: &Ensemble, domain: usize, (from, to): (usize, usize)) -> Vec<Vec<f64>> {
    let standards = ensemble.scenario.standards();
    let mut flows = vec![vec![0.0; standards]; standards];
    for (c, weight) in weights(ensemble).into_iter().enumerate() {
        for run in 0..ensemble.runs.len() {
            flows[aligned(ensemble, run, from, domain, c)][aligned(ensemble, run, to, domain, c)] += weight;
        }
    }
    flows
}

/// Share of size whose alignment at the end is that of the start.
fn stable(ensemble: &Ensemble, domain: usize) -> f64 {
    let flows = flows(ensemble, domain, (0, ensemble.rows() - 1));
    flows.iter().enumerate().map(|(s, row)| row[s]).sum()
}

/// Upper ends of the options of a column.
fn tops(shares: &[f64]) -> Vec<f64> {
    let mut top = GAP / 2.0;
    shares
        .iter()
        .map(|share| {
            let here = top;
            top += share + GAP;
            here
        })
        .collect()
}

fn ribbons(panel: &mut Panel, ensemble: &Ensemble, k: usize, (left, right): (&[f64], &[f64]), flows: &[Vec<f64>]) {
    let (mut from, mut to) = (tops(left), tops(right));
    for (a, row) in flows.iter().enumerate() {
        for (b, flow) in row.iter().enumerate().filter(|(_, flow)| **flow > 1e-4) {
            let (role, ..) = look(&ensemble.scenario, a);
            let name = format!("{} to {}", ensemble.scenario.standard_label(a), ensemble.scenario.standard_label(b));
            let ribbon = Ribbon {
                x: [k as f64 + WIDTH / 2.0, (k + 1) as f64 - WIDTH / 2.0],
                from: [from[a], from[a] + flow],
                to: [to[b], to[b] + flow],
                role,
                strength: 0.45,
                hatch: false,
            };
            panel.marks.push(ribbon.mark(&name));
            from[a] += flow;
            to[b] += flow;
        }
    }
}

fn blocks(panel: &mut Panel, ensemble: &Ensemble, k: usize, shares: &[f64], named: bool) {
    for (s, (share, top)) in shares.iter().zip(tops(shares)).enumerate().filter(|(_, (share, _))| **share > 1e-4) {
        let (role, _, marker) = look(&ensemble.scenario, s);
        let fill = if s == ensemble.scenario.international() { Fill::common() } else { Fill::solid(role) };
        let name = ensemble.scenario.standard_label(s);
        panel.marks.push(Block { x: [k as f64 - WIDTH / 2.0, k as f64 + WIDTH / 2.0], y: [top, top + share], fill, text: String::new() }.mark(name));
        if named && *share > 0.015 {
            let (x, anchor) = if k == 0 { (k as f64 - WIDTH / 2.0 - 0.02, Anchor::Right) } else { (k as f64 + WIDTH / 2.0 + 0.02, Anchor::Left) };
            let text = format!("{} {}", short(name), number(100.0 * share, 0));
            let role = if s == ensemble.scenario.international() { Role::Common } else { role };
            let label = Label { anchor, hold: Hold::Group(k as u32 + 1), ..Label::direct([x, top + share / 2.0], &text, role, Some(marker)) };
            panel.marks.push(label.mark(""));
        }
    }
}
