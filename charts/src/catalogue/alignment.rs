//! Who follows whom: alignments of third countries as flows.

use faultline_models::ensemble::Ensemble;

use super::series::{look, row, span};
use super::wording::{alt, runs, short, standard_name};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Anchor, Axis, Block, Chart, Fill, Hold, Label, Panel, Ribbon, Role, TextSize, Tick, number};
use crate::words::Words;

pub(super) const KIND: ChartKind =
    ChartKind { id: "alignment", needs: Needs::One, shows: Shows::Alone, of_run: OfRun::Alone, about: |w| w.alignment_chart, build, finding: None };

/// Most columns, width of a column, gap between options.
const STAGES: usize = 5;
const WIDTH: f64 = 0.12;
const GAP: f64 = 0.03;

/// Smallest share that is drawn.
const LEAST: f64 = 0.001;

/// Room at both sides for names, in distances between two columns of five.
const ROOM: f64 = 0.95;

/// Without a wanted domain it shows the one with the largest weight.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, (ensemble, _)) = (request.words(), request.shown());
    let scenario = &ensemble.scenario;
    if scenario.economies.is_empty() {
        return Err(Unsuited(words.no_economies()));
    }
    let heaviest = (0..scenario.domains.len()).rev().max_by(|a, b| scenario.domains[*a].weight.total_cmp(&scenario.domains[*b].weight)).unwrap_or(0);
    let domain = request.domain()?.unwrap_or(heaviest);
    let stages = stages(request.row(ensemble) + 1);
    let last = stages.len() - 1;
    let n = scenario.economies.len();
    let mut chart = Chart::new(KIND.id, &words.alignment_title(n, request.domain_name(Some(domain)), span(ensemble)));
    let stays: f64 = flows(ensemble, domain, (0, stages[last])).iter().enumerate().map(|(s, row)| row[s].share).sum();
    chart.subtitle = words.alignment_subtitle(short(&scenario.name), runs(request), number(100.0 * stays, 0));
    let ticks = stages.iter().enumerate().map(|(k, at)| Tick { at: k as f64, label: scenario.calendar.quarter(*at).to_string() }).collect();
    let room = ROOM * last.max(1) as f64 / 4.0;
    let x = Axis { ticks, ..Axis::hidden(-room, last as f64 + room) };
    let standards = scenario.standards();
    let mut panel = Panel::new("", x, Axis::hidden(1.0 + GAP * standards as f64, 0.0));
    let shares: Vec<Vec<f64>> = stages.iter().map(|at| shares(ensemble, domain, *at)).collect();
    for k in 0..last {
        ribbons(&mut panel, (words, ensemble), k, (&shares[k], &shares[k + 1]), &flows(ensemble, domain, (stages[k], stages[k + 1])));
    }
    for (k, shares) in shares.iter().enumerate() {
        let quarter = scenario.calendar.quarter(stages[k]).to_string();
        for (s, share) in shares.iter().enumerate() {
            chart.table.push(row(ensemble, &standard_name(words, scenario, s), &quarter, &words.mean_share(), (*share, &words.of_economies())));
        }
        blocks(&mut panel, (words, ensemble), k, shares, k == 0 || k == last);
    }
    chart.panels.push(panel);
    chart.notes.push(words.international_note());
    let course =
        |s: usize| words.alignment_course(standard_name(words, scenario, s), number(100.0 * shares[0][s], 0), number(100.0 * shares[last][s], 0));
    chart.alt = alt(&words.alignment_alt(n, runs(request), words.list(&(0..standards).map(course).collect::<Vec<_>>())));
    Ok(chart)
}

/// Rows of the columns, evenly spread over the first `rows`.
fn stages(rows: usize) -> Vec<usize> {
    let n = STAGES.min(rows);
    (0..n).map(|k| k * (rows - 1) / (n - 1).max(1)).collect()
}

fn aligned(ensemble: &Ensemble, run: usize, row: usize, domain: usize, economy: usize) -> usize {
    let (domains, economies) = (ensemble.scenario.domains.len(), ensemble.scenario.economies.len());
    usize::from(ensemble.runs[run].trace.alignment[(row * domains + domain) * economies + economy])
}

/// Size of each economy as a share of all.
fn sizes(ensemble: &Ensemble) -> Vec<f64> {
    let total: f64 = ensemble.scenario.economies.iter().map(|e| e.size).sum();
    ensemble.scenario.economies.iter().map(|e| e.size / total).collect()
}

fn shares(ensemble: &Ensemble, domain: usize, row: usize) -> Vec<f64> {
    let mut shares = vec![0.0; ensemble.scenario.standards()];
    for (c, size) in sizes(ensemble).into_iter().enumerate() {
        (0..ensemble.runs.len()).for_each(|run| shares[aligned(ensemble, run, row, domain, c)] += size / ensemble.runs.len() as f64);
    }
    shares
}

/// A flow between two options.
#[derive(Debug, Clone, Copy, Default)]
struct Flow {
    /// Share of all size that takes it, mean over runs.
    share: f64,
    /// The same, each economy weighted by the share of runs in which it takes this way.
    agreed: f64,
}

/// Flows from each standard to each, `[from][to]`.
fn flows(ensemble: &Ensemble, domain: usize, (from, to): (usize, usize)) -> Vec<Vec<Flow>> {
    let (standards, runs) = (ensemble.scenario.standards(), ensemble.runs.len());
    let mut flows = vec![vec![Flow::default(); standards]; standards];
    for (c, size) in sizes(ensemble).into_iter().enumerate() {
        let mut counts = vec![0usize; standards * standards];
        (0..runs).for_each(|run| counts[aligned(ensemble, run, from, domain, c) * standards + aligned(ensemble, run, to, domain, c)] += 1);
        for (at, count) in counts.into_iter().enumerate() {
            let part = count as f64 / runs as f64;
            let flow = &mut flows[at / standards][at % standards];
            flow.share += size * part;
            flow.agreed += size * part * part;
        }
    }
    flows
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

fn ribbons(panel: &mut Panel, (words, ensemble): (&Words, &Ensemble), k: usize, (left, right): (&[f64], &[f64]), flows: &[Vec<Flow>]) {
    let (mut from, mut to) = (tops(left), tops(right));
    for (a, row) in flows.iter().enumerate() {
        for (b, flow) in row.iter().enumerate() {
            let (x, ends) = ([k as f64 + WIDTH / 2.0, (k + 1) as f64 - WIDTH / 2.0], (from[a], to[b]));
            from[a] += flow.share;
            to[b] += flow.share;
            if flow.share < LEAST {
                continue;
            }
            let scenario = &ensemble.scenario;
            let (role, ..) = look(scenario, a);
            // The usual strength is 0.45; more where runs agree on which economies go this way.
            let strength = 0.25 + 0.4 * flow.agreed / flow.share;
            let name = words.alignment_flow(standard_name(words, scenario, a), standard_name(words, scenario, b));
            let text = words.percent(number(100.0 * flow.share, 0));
            let (from, to) = ([ends.0, ends.0 + flow.share], [ends.1, ends.1 + flow.share]);
            panel.marks.push(Ribbon { x, from, to, role, strength, hatch: false, text }.mark(&name));
        }
    }
}

fn blocks(panel: &mut Panel, (words, ensemble): (&Words, &Ensemble), k: usize, shares: &[f64], named: bool) {
    let scenario = &ensemble.scenario;
    for (s, (share, top)) in shares.iter().zip(tops(shares)).enumerate().filter(|(_, (share, _))| **share >= LEAST) {
        let (role, _, marker) = look(scenario, s);
        let fill = if s == scenario.international() { Fill::common() } else { Fill::solid(role) };
        let name = standard_name(words, scenario, s);
        panel.marks.push(Block { x: [k as f64 - WIDTH / 2.0, k as f64 + WIDTH / 2.0], y: [top, top + share], fill, text: String::new() }.mark(""));
        if named {
            let (x, anchor) = if k == 0 { (k as f64 - WIDTH / 2.0, Anchor::Right) } else { (k as f64 + WIDTH / 2.0, Anchor::Left) };
            let text = words.part(&name, number(100.0 * share, 0));
            let role = if s == scenario.international() { Role::Common } else { role };
            let direct = Label::direct([x, top + share / 2.0], &text, role, Some(marker));
            let brief = words.part(scenario.standard_label(s), number(100.0 * share, 0));
            panel.marks.push(Label { anchor, size: TextSize::Small, hold: Hold::Group(k as u32 + 1), brief, ..direct }.mark(""));
        }
    }
}
