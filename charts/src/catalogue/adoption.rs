//! Adoption shares: a small panel per bloc and per group of economies.

use faultline_models::ensemble::Ensemble;
use faultline_models::findings::Findings;
use faultline_models::layout::Entity;

use super::series::{band_rows, bands, column, look, median, quantiles, span, standard_line, time_axis, years};
use super::wording::{alt, course, short, subtitle};
use super::{ChartKind, Needs, Request, Unsuited};
use crate::chart::{Axis, Chart, Label, Line, Panel, Role, number};

pub(super) const KIND: ChartKind = ChartKind {
    id: "adoption",
    name: "Adoption shares",
    question: "Which standards do organisations in each market use?",
    how_to_read: "One panel per market. In colour, with bands for half and nine tenths of the runs: the market’s own text, or the one used most. Black: the international text. Grey: the others.",
    needs: Needs::One,
    build,
};

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

    fn name(self, ensemble: &Ensemble) -> String {
        match self {
            Market::Bloc(b) => ensemble.scenario.blocs[b].name.clone(),
            Market::Group(g) => ensemble.scenario.groups[g].name.clone(),
        }
    }
}

/// The scenario shown is the last one.
fn build(request: &Request<'_>) -> Result<Chart, Unsuited> {
    let domain = request.domain()?;
    let shown = request.ensembles.len() - 1;
    let (ensemble, findings) = (request.ensembles[shown], request.findings[shown]);
    let mut chart = Chart::new(KIND.id, &format!("Adoption share by market, % of its size, {}, {}", request.domain_name(domain), span(ensemble)));
    chart.subtitle = subtitle(&Request { ensembles: &request.ensembles[shown..], findings: &request.findings[shown..], options: request.options });
    let blocs = (0..ensemble.scenario.blocs.len()).map(Market::Bloc);
    let mut said = Vec::new();
    for market in blocs.chain((0..ensemble.scenario.groups.len()).map(Market::Group)) {
        let (panel, rows, sentence) = panel((ensemble, findings), market, domain)?;
        chart.panels.push(panel);
        chart.table.extend(rows);
        said.push(sentence);
    }
    chart.notes.push("What is missing to 100 % has not adopted any standard yet.".to_owned());
    chart.alt = alt(&format!("Small multiples of adoption shares, % of market size, {}. {}", span(ensemble), said.join(" ")));
    Ok(chart)
}

fn panel(
    (ensemble, findings): (&Ensemble, &Findings),
    market: Market,
    domain: Option<usize>,
) -> Result<(Panel, Vec<crate::chart::Row>, String), Unsuited> {
    let scenario = &ensemble.scenario;
    let years = years(ensemble);
    let mut all = Vec::new();
    for s in 0..scenario.standards() {
        all.push(quantiles(findings, column(ensemble, "adoption-share", &market.entity(s), domain)?, years.len(), 100.0));
    }
    let last = |s: usize| all[s].last().map_or(0.0, |q| q[2]);
    let most = (0..scenario.standards()).max_by(|a, b| last(*a).total_cmp(&last(*b)).then(b.cmp(a))).unwrap_or(0);
    let own = match market {
        Market::Bloc(b) => b,
        Market::Group(_) => most,
    };
    let name = market.name(ensemble);
    let end = years[years.len() - 1];
    let mut panel = Panel::new(&short(&name), time_axis(ensemble).with_room_for("● INT 100"), Axis::linear("", 0.0, 100.0).in_unit("%"));
    panel.badge = match market {
        Market::Bloc(b) => Some((Role::Bloc(b), crate::chart::Marker::of_bloc(b))),
        Market::Group(_) => None,
    };
    let (role, _, _) = look(scenario, own);
    panel.marks.extend(bands(&years, &all[own], role, scenario.standard_label(own)));
    for s in (0..scenario.standards()).filter(|s| *s != own && *s != scenario.international()) {
        panel.marks.push(Line::context(median(&years, &all[s])).mark(scenario.standard_label(s)));
    }
    let mut front = vec![scenario.international(), own];
    front.dedup();
    for s in front {
        panel.marks.push(standard_line(scenario, s, median(&years, &all[s])).mark(scenario.standard_label(s)));
    }
    for s in 0..scenario.standards() {
        let (role, _, marker) = look(scenario, s);
        let coloured = s == own || s == scenario.international();
        let text = format!("{} {}", short(scenario.standard_label(s)), number(last(s), 0));
        if coloured || last(s) >= 5.0 {
            panel.marks.push(
                Label {
                    size: crate::chart::TextSize::Small,
                    ..Label::direct([end, last(s)], &text, if coloured { role } else { Role::Context }, coloured.then_some(marker))
                }
                .mark(""),
            );
        }
    }
    let rows = all
        .iter()
        .enumerate()
        .flat_map(|(s, q)| band_rows(ensemble, &format!("{name}: {}", scenario.standard_label(s)), "% of market size", q))
        .collect();
    Ok((panel, rows, format!("{}: {}", short(&name), course(scenario.standard_label(own), &all[own], 0))))
}
