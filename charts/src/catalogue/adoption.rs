//! Adoption shares: a small panel per bloc and per group of economies.

use faultline_models::ensemble::Ensemble;
use faultline_models::layout::Entity;

use super::series::{around, band_rows, bands, baseline_line, column, cursor, look, median, quantiles, span, standard_line, time_axis, years};
use super::wording::{alt, course, short, subtitle};
use super::{ChartKind, Needs, OfRun, Request, Shows, Unsuited};
use crate::chart::{Axis, Chart, Hold, Label, Line, Marker, Panel, Role, Row, TextSize, number};
use crate::words::Words;

pub(super) const KIND: ChartKind =
    ChartKind { id: "adoption", needs: Needs::One, shows: Shows::Last, of_run: OfRun::Alone, about: |w| w.adoption_chart, build, finding: None };

/// A market of the chart.
#[derive(Clone, Copy)]
enum Market {
    Bloc(usize),
    Group(usize),
}

impl Market {
    fn entity(self, standard: usize) -> Entity {
        match self {
            Market::Bloc(b) => Entity::BlocStandard(b, Some(standard)),
            Market::Group(g) => Entity::GroupStandard(g, Some(standard)),
        }
    }

    fn name(self, words: &Words, ensemble: &Ensemble) -> String {
        let scenario = &ensemble.scenario;
        words
            .proper(match self {
                Market::Bloc(b) => &scenario.blocs[b].name,
                Market::Group(g) => &scenario.groups[g].name,
            })
            .to_owned()
    }
}

fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let (words, domain, (ensemble, _)) = (request.words(), request.domain()?, request.shown());
    let mut chart = Chart::new(KIND.id, &words.adoption_title(request.domain_name(domain), span(ensemble)));
    chart.subtitle = subtitle(request);
    let blocs = (0..ensemble.scenario.blocs.len()).map(Market::Bloc);
    let mut said = Vec::new();
    for market in blocs.chain((0..ensemble.scenario.groups.len()).map(Market::Group)) {
        let (panel, rows, sentence) = panel(request, market, domain)?;
        chart.panels.push(panel);
        chart.table.extend(rows);
        said.push(sentence);
    }
    chart.notes.push(words.sentence(words.international_note(), words.adoption_missing()));
    if let Some((base, _)) = request.baseline() {
        chart.key.push(super::series::dashed(words.baseline(short(&base.scenario.name))));
    }
    chart.alt = alt(&words.adoption_alt(span(ensemble), words.told(&said)));
    Ok(chart)
}

fn panel(request: &Request<'_>, market: Market, domain: Option<usize>) -> Result<(Panel, Vec<Row>, String), Unsuited> {
    let (words, (ensemble, findings)) = (request.words(), request.shown());
    let scenario = &ensemble.scenario;
    let years = years(ensemble);
    let mut all = Vec::new();
    for s in 0..scenario.standards() {
        all.push(quantiles(findings, column(words, ensemble, "adoption-share", &market.entity(s), domain)?, years.len(), 100.0));
    }
    let last = |s: usize| all[s].last().map_or(0.0, |q| q[2]);
    let most = (0..scenario.standards()).max_by(|a, b| last(*a).total_cmp(&last(*b)).then(b.cmp(a))).unwrap_or(0);
    let own = match market {
        Market::Bloc(b) => b,
        Market::Group(_) => most,
    };
    let name = market.name(words, ensemble);
    let mut panel = Panel::new(&name, time_axis(ensemble).with_room_for("INT 100"), Axis::linear("", 0.0, 100.0).in_unit("%"));
    panel.badge = match market {
        Market::Bloc(b) => Some((Role::Bloc(b), Marker::of_bloc(b))),
        Market::Group(_) => None,
    };
    panel.marks.extend(bands(ensemble, &years, &all[own], look(scenario, own).0));
    let front = |s: usize| s == own || s == scenario.international();
    for s in (0..scenario.standards()).filter(|s| !front(*s)) {
        panel.marks.push(Line { around: around(&all[s]), ..Line::context(median(&years, &all[s])) }.mark(scenario.standard_label(s)));
    }
    let mut rows: Vec<Row> = Vec::new();
    if let Some((base, q)) = before(request, market, own, domain) {
        let label = words.baseline(scenario.standard_label(own));
        panel.marks.push(baseline_line(&super::series::years(base), &q, &label));
        rows.extend(band_rows(base, &format!("{name}: {}", scenario.standard_label(own)), &words.of_market_size(), &q));
    }
    let mut coloured = vec![scenario.international(), own];
    coloured.dedup();
    for &s in &coloured {
        let line = Line { around: around(&all[s]), ..standard_line(scenario, s, median(&years, &all[s])) };
        panel.marks.push(line.mark(scenario.standard_label(s)));
    }
    // The most important labels first: where there is no room for all, the last ones are left out.
    coloured.reverse();
    for s in coloured.into_iter().chain((0..scenario.standards()).filter(|s| !front(*s) && last(*s) >= 5.0)) {
        let text = format!("{} {}", short(scenario.standard_label(s)), number(last(s), 0));
        let (role, _, marker) = look(scenario, s);
        let (role, marker) = if front(s) { (role, Some(marker)) } else { (Role::Context, None) };
        let end = [years[years.len() - 1], last(s)];
        panel.marks.push(Label { size: TextSize::Small, hold: Hold::Group(0), ..Label::direct(end, &text, role, marker) }.mark(""));
    }
    panel.marks.extend(cursor(request, ensemble));
    let of = |(s, q): (usize, &Vec<[f64; 5]>)| band_rows(ensemble, &format!("{name}: {}", scenario.standard_label(s)), &words.of_market_size(), q);
    rows.extend(all.iter().enumerate().flat_map(of));
    let sentence = words.pair(short(&name), course(words, scenario.standard_label(own), &all[own], 0));
    Ok((panel, rows, sentence))
}

/// The same share in the baseline, if that has such a market and standard.
fn before<'a>(request: &Request<'a>, market: Market, standard: usize, domain: Option<usize>) -> Option<(&'a Ensemble, Vec<[f64; 5]>)> {
    let (base, findings) = request.baseline()?;
    let at = base.layout.find("adoption-share", &market.entity(standard), domain)?;
    Some((base, quantiles(findings, at, base.rows(), 100.0)))
}
