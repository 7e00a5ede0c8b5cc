//! Fragmentation over time: bands, seven sample runs, and a quantile dotplot of the last year.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::{Findings, quantile};
use faultline_models::layout::Entity;
use faultline_models::split::home_text_fragmentation;

use super::series::{around, band_rows, bands, baseline_line, column, cursor, median, quantiles, row, sample_runs, span, time_axis, years};
use super::wording::{alt, course, fragmentation_gate, runs, short, subtitle};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Anchor, Axis, Chart, Dash, Direction, Dotplot, Label, Line, Marker, Panel, Role, Rule, Stack, Tick, Weight};

pub(super) const KIND: ChartKind = ChartKind {
    id: "fragmentation",
    needs: Needs::One,
    shows: Shows::All,
    of_run: OfRun::Alone,
    about: |w| w.fragmentation_chart,
    build,
    finding: Some(fragmentation_gate),
};

/// Dots of the dotplot and distance of its stacks.
const DOTS: usize = 50;
const BIN: f64 = 0.02;

/// Width of the dotplot as a share of the time axis, and its distance from it.
const STRIP: f64 = 0.3;
const AIR: f64 = 0.05;

/// One scenario, with the baseline if there is one; or a panel for each of several scenarios, the baseline in all of them.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, domain) = (request.words(), request.domain()?);
    let base = request.base();
    let mut chart = Chart::new(KIND.id, &words.fragmentation_title(request.domain_name(domain), span(base)));
    let several = request.ensembles.len() > 2;
    chart.subtitle = if several { runs(request) } else { subtitle(request) };
    let from = if several { 0 } else { request.ensembles.len() - 1 };
    let mut said = Vec::new();
    for (at, (ensemble, findings)) in request.each().enumerate().skip(from) {
        let column = column(words, ensemble, "fragmentation", &Entity::World, domain)?;
        let q = quantiles(findings, column, ensemble.rows(), 1.0);
        let before = (at > 0).then(|| request.baseline()).flatten();
        let mut panel = panel(request, ensemble, (column, &q), before);
        if several {
            panel.title.clone_from(&ensemble.scenario.name);
            said.push(words.pair(short(&ensemble.scenario.name), course(words, &words.fragmentation(), &q, 2)));
        } else {
            said.push(course(words, &words.fragmentation(), &q, 2));
        }
        chart.panels.push(panel);
        chart.table.extend(band_rows(ensemble, &words.fragmentation(), &words.index(), &q));
        if let Some(mark) = home_text_fragmentation(ensemble).filter(|_| domain.is_none()) {
            chart.table.push(row(
                ensemble,
                &words.fragmentation_home(),
                &ensemble.scenario.calendar.start.to_string(),
                &words.value(),
                (mark, &words.index()),
            ));
        }
    }
    if let Some((_, q)) = request.baseline().filter(|_| !several).and_then(|base| in_baseline(request, base, domain)) {
        chart.table.extend(band_rows(base, &words.fragmentation(), &words.index(), &q));
    }
    if several {
        chart.key.push(super::series::dashed(words.baseline(short(&base.scenario.name))));
    }
    if request.shown().0.runs.len() > 1 {
        chart.notes.push(words.fragmentation_dots(DOTS));
    }
    chart.alt = alt(&words.fragmentation_alt(runs(request), span(base), words.told(&said)));
    Ok(chart)
}

fn panel(request: &Request<'_>, ensemble: &Ensemble, (at, q): (usize, &[[f64; 5]]), before: Option<(&Ensemble, &Findings)>) -> Panel {
    let words = request.words();
    let years = years(ensemble);
    let mut panel = Panel::new("", axis(ensemble), Axis::linear(&words.fragmentation_axis(), 0.0, 1.0));
    panel.marks.extend(bands(ensemble, &years, q, Role::System));
    for run in sample_runs(ensemble, years.len() - 1, at, 7).into_iter().filter(|_| ensemble.runs.len() > 1) {
        let points: Vec<[f64; 2]> = years.iter().enumerate().map(|(row, x)| [*x, ensemble.runs[run].at(row, at)]).collect();
        let line = Line { weight: Weight::Edge, role: Role::Muted, ..Line::context(points) };
        panel.marks.push(line.mark(&words.run_with_seed(ensemble.runs[run].seed)));
    }
    let name = if ensemble.runs.len() > 1 { words.median() } else { words.run_with_seed(ensemble.runs[0].seed) };
    panel.marks.push(Line { around: around(q), ..Line::own(Role::System, median(&years, q)) }.mark(&name));
    if let Some((base, q)) = before.and_then(|base| in_baseline(request, base, request.options.domain)) {
        let name = words.baseline(short(&base.scenario.name));
        panel.marks.push(baseline_line(&super::series::years(base), &q, &name));
        if request.ensembles.len() == 2
            && let Some(middle) = q.get(q.len() / 2)
        {
            let at = [super::series::years(base)[q.len() / 2], middle[2]];
            panel.marks.push(Label::remark(at, &name, Anchor::Below).mark(""));
        }
    }
    let home = home_text_fragmentation(ensemble).filter(|_| request.options.domain.is_none());
    if let Some(mark) = home {
        let rule = Rule { along: Direction::Horizontal, at: mark, role: Role::Muted, dash: Dash::Dot, label: words.fragmentation_home() };
        panel.marks.push(rule.mark(""));
    }
    if ensemble.runs.len() > 1 {
        panel.marks.push(dots(ensemble, at, home).mark(&words.last_runs()));
    }
    panel.marks.extend(cursor(request, ensemble));
    panel
}

/// The median and bands of the baseline.
fn in_baseline<'a>(_: &Request<'_>, (base, findings): (&'a Ensemble, &Findings), domain: Option<usize>) -> Option<(&'a Ensemble, Vec<[f64; 5]>)> {
    let at = base.layout.find("fragmentation", &Entity::World, domain)?;
    Some((base, quantiles(findings, at, base.rows(), 1.0)))
}

/// The time axis, with room for the dots of the last quarter after its end.
fn axis(ensemble: &Ensemble) -> Axis {
    let axis = time_axis(ensemble);
    if ensemble.runs.len() < 2 {
        return axis;
    }
    let length = axis.to - axis.from;
    let quarter = ensemble.scenario.calendar.end().to_string();
    let tick = Tick { at: axis.to + length * (AIR + STRIP / 2.0), label: quarter };
    Axis { to: axis.to + length * (AIR + STRIP), ticks: axis.ticks.iter().cloned().chain([tick]).collect(), ..axis }
}

/// Fifty dots at the quantiles of the last quarter, stacked in bins; `edge` is a line that dots must not be carried across.
fn dots(ensemble: &Ensemble, at: usize, edge: Option<f64>) -> Dotplot {
    let last = ensemble.rows() - 1;
    let mut values = ensemble.values(last, at);
    values.retain(|v| v.is_finite());
    values.sort_unstable_by(f64::total_cmp);
    let n = DOTS.min(values.len());
    let edge = edge.unwrap_or(0.0);
    let mut stacks: Vec<Stack> = Vec::new();
    for k in 0..n {
        let value = quantile(&values, (k as f64 + 0.5) / n as f64);
        let bin = (((value - edge) / BIN).floor() + 0.5).mul_add(BIN, edge);
        match stacks.last_mut() {
            Some(stack) if (stack.at - bin).abs() < BIN / 2.0 => stack.count += 1,
            _ => stacks.push(Stack { at: bin, count: 1, role: Role::System }),
        }
    }
    let time = time_axis(ensemble);
    let from = time.to + (time.to - time.from) * AIR;
    Dotplot { stacks, bin: BIN, marker: Marker::Circle, from }
}
