//! Charts of classics and of hindcasts: theory as lines, what was simulated as dots, what was seen as marks.

use faultline_models::classics::{Classic, Outcome, Series, Shape};
use faultline_models::hindcast::{Card, Episode, Part, Point};

use crate::chart::{
    Axis, Band, Block, Chart, Dash, Direction, Dots, Fill, Interval, Key, Line, Mark, Marker, Panel, Role, Row, Rule, Swatch, Tint, Weight,
};

/// The chart of a classic.
pub fn classic(classic: &Classic, outcome: &Outcome) -> Chart {
    let picture = &outcome.picture;
    let mut chart = Chart::new(classic.id, classic.name);
    chart.subtitle = format!("{}. {}.", picture.y, outcome.simulated);
    let (x, y) = (range(&picture.series, 0), range(&picture.series, 1));
    let mut panel = Panel::new("", axis(&picture.x, x), axis(&picture.y, y));
    for (k, series) in picture.series.iter().enumerate() {
        panel.marks.extend(marks(series, k, y));
    }
    chart.panels.push(panel);
    chart.key = keys(&picture.series);
    chart.footer = format!("Source of the theory: {}. Lines: theory; dots: the engine’s rules, with two standard errors.", classic.source);
    chart.alt = shortened(&format!("{}: {} against {}. {}", classic.name, picture.y, picture.x, classic.lesson), 600);
    chart.table = picture.series.iter().flat_map(|series| rows(classic.name, series, &picture.y)).collect();
    chart
}

fn axis(label: &str, (from, to): (f64, f64)) -> Axis {
    Axis { line: true, ..Axis::linear(label, from, to) }
}

/// Range of a coordinate over all series, a little wider than what is drawn; from 0 where that is near.
fn range(series: &[Series], coordinate: usize) -> (f64, f64) {
    let drawn = series.iter().filter(|series| series.shape != Shape::Band || coordinate == 0);
    let values = || drawn.clone().flat_map(|series| &series.points).map(|point| point[coordinate]).filter(|value| value.is_finite());
    let (low, high) = values().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let span = high - low;
    match span {
        span if !span.is_finite() => (0.0, 1.0),
        span if span < 1e-9 * high.abs().max(1.0) => (low - 0.5 * low.abs().max(1.0), high + 0.5 * high.abs().max(1.0)),
        span => (
            if low >= 0.0 && low < 0.3 * span { 0.0 } else { low - 0.05 * span },
            if (0.9..=1.0).contains(&high) && low >= 0.0 { 1.0 } else { high + 0.05 * span },
        ),
    }
}

/// Marks of the k-th series.
fn marks(series: &Series, k: usize, y: (f64, f64)) -> Vec<Mark> {
    let line = || series.points.iter().map(|[x, y, _]| [*x, *y]).collect::<Vec<_>>();
    match series.shape {
        Shape::Exact => vec![Line { weight: Weight::Own, ..Line::own(role(k), line()) }.mark(&series.name)],
        Shape::Unstable => vec![Line { weight: Weight::Context, ..Line::own(Role::Muted, line()) }.marked(Dash::Dash, None).mark(&series.name)],
        Shape::Run => vec![Line::run(line()).mark(&series.name)],
        Shape::Band => {
            let ends = [series.points.first().map_or(0.0, |p| p[0]), series.points.last().map_or(0.0, |p| p[0])];
            vec![Block { x: ends, y: [y.0, y.1], fill: Fill::tinted(Role::System, Tint::Band90), text: String::new() }.mark(&series.name)]
        }
        Shape::Dots if series.points.iter().any(|point| point[2] > 0.0) => {
            series.points.iter().map(|point| interval(point).mark(&series.name)).collect()
        }
        Shape::Dots => vec![Dots { points: line(), marker: Marker::Circle, role: Role::Ink, size: 1.0, strength: 1.0 }.mark(&series.name)],
    }
}

/// A dot with one and two standard errors.
fn interval([x, y, error]: &[f64; 3]) -> Interval {
    Interval {
        along: Direction::Vertical,
        at: *x,
        point: *y,
        inner: [y - error, y + error],
        outer: [y - 2.0 * error, y + 2.0 * error],
        role: Role::Ink,
        marker: Marker::Circle,
        label: String::new(),
    }
}

/// Colour of the k-th line.
fn role(k: usize) -> Role {
    [Role::System, Role::Bloc(0), Role::Bloc(2), Role::Bloc(1), Role::Rest][k % 5]
}

/// What the lines mean; single runs are not named.
fn keys(series: &[Series]) -> Vec<Key> {
    let swatch = |k: usize, shape: Shape| match shape {
        Shape::Exact => Swatch::Line { role: role(k), weight: Weight::Own, dash: Dash::Solid, marker: None },
        Shape::Unstable => Swatch::Line { role: Role::Muted, weight: Weight::Context, dash: Dash::Dash, marker: None },
        Shape::Band => Swatch::Fill(Fill::tinted(Role::System, Tint::Band90)),
        Shape::Dots | Shape::Run => Swatch::Dot { role: Role::Ink, marker: Marker::Circle },
    };
    let named = series.iter().enumerate().filter(|(_, series)| series.shape != Shape::Run && !series.name.is_empty());
    named.map(|(k, series)| Key { label: series.name.clone(), swatch: swatch(k, series.shape) }).collect()
}

fn rows(scenario: &str, series: &Series, unit: &str) -> Vec<Row> {
    let row = |[x, y, error]: &[f64; 3]| {
        let one = |statistic: &str, value: f64| Row {
            scenario: scenario.to_owned(),
            series: series.name.clone(),
            x: x.to_string(),
            statistic: statistic.to_owned(),
            value,
            unit: unit.to_owned(),
            n_runs: 0,
        };
        let spread = (*error > 0.0).then(|| one("standard error", *error));
        std::iter::once(one("value", *y)).chain(spread).collect::<Vec<_>>()
    };
    series.points.iter().flat_map(row).collect()
}

/// The card of a hindcast as a picture: a panel per standard in each market that was fitted.
pub fn hindcast(id: &str, episode: &Episode, card: &Card) -> Chart {
    let mut chart = Chart::new(id, &episode.name);
    chart.subtitle = format!("Share of each standard. Fitted up to {}, the rest held back; {} kept draws.", episode.fit_until, card.kept);
    let dates = || card.points.iter().filter(|point| shown(card, point)).map(|point| point.quarter.decimal_year());
    let (first, last) = dates().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), year| (low.min(year), high.max(year)));
    for (market, s, standard) in panels(episode, card) {
        let points: Vec<&Point> = card.points.iter().filter(|point| point.market == market && point.standard == standard).collect();
        let mut panel = Panel::new(&format!("{market}: {standard}"), Axis::years(first.floor(), last.ceil()), Axis::linear("% of users", 0.0, 100.0));
        panel.marks = band(&points, Role::Bloc(s));
        let rule = Rule {
            along: Direction::Vertical,
            at: episode.fit_until.plus(1).decimal_year() - 0.125,
            role: Role::Muted,
            dash: Dash::Dash,
            label: "held back".to_owned(),
        };
        panel.marks.push(rule.mark(""));
        chart.panels.push(panel);
    }
    chart.footer = "Band: 90 of 100 kept draws; line: their median; filled marks: fitted years; rings: held back. A hindcast: what this model would have shown under these assumptions.".to_owned();
    let hits: Vec<String> = card
        .scores
        .iter()
        .map(|score| format!("{} of {} held-back shares of {} within the band", score.hits.0, score.hits.1, score.market))
        .collect();
    chart.alt = shortened(&format!("{}: {}.", episode.name, hits.join("; ")), 600);
    chart.table = card.points.iter().flat_map(|point| card_rows(episode, point)).collect();
    chart
}

/// Whether a point's market was fitted.
fn shown(card: &Card, point: &Point) -> bool {
    card.points.iter().any(|other| other.market == point.market && other.part == Part::Fit)
}

/// Fitted markets with the standards seen there.
fn panels<'a>(episode: &'a Episode, card: &'a Card) -> Vec<(&'a str, usize, &'a str)> {
    let mut panels: Vec<(&str, usize, &str)> = Vec::new();
    for point in card.points.iter().filter(|point| shown(card, point)) {
        let s = episode.blocs.iter().position(|b| b.standard == point.standard).unwrap_or(0);
        let panel = (point.market.as_str(), s, point.standard.as_str());
        if !panels.contains(&panel) {
            panels.push(panel);
        }
    }
    panels
}

fn band(points: &[&Point], role: Role) -> Vec<Mark> {
    let mut sorted = points.to_vec();
    sorted.sort_by_key(|point| point.quarter);
    // Two observations of one quarter stand at one date.
    sorted.dedup_by_key(|point| point.quarter);
    let at = |f: &dyn Fn(&Point) -> f64| sorted.iter().map(|point| [point.quarter.decimal_year(), 100.0 * f(point)]).collect::<Vec<_>>();
    let edges = sorted.iter().map(|point| [point.quarter.decimal_year(), 100.0 * point.band[0], 100.0 * point.band[2]]).collect();
    let seen = |part: fn(Part) -> bool, marker: Marker| {
        let points = points.iter().filter(|point| part(point.part)).map(|point| [point.quarter.decimal_year(), 100.0 * point.seen]).collect();
        Dots { points, marker, role: Role::Ink, size: 1.0, strength: 1.0 }
    };
    vec![
        Band { points: edges, fill: Fill::tinted(role, Tint::Band90) }.mark("90 of 100 kept draws"),
        Line { weight: Weight::Context, ..Line::own(role, at(&|point| point.band[1])) }.mark("median of the kept draws"),
        seen(|part| part != Part::Check, Marker::Circle).mark("seen, fitted years"),
        seen(|part| part == Part::Check, Marker::Ring).mark("seen, held back"),
    ]
}

fn card_rows(episode: &Episode, point: &Point) -> Vec<Row> {
    let one = |statistic: &str, value: f64| Row {
        scenario: episode.name.clone(),
        series: format!("{}: {} ({})", point.market, point.standard, point.part.word()),
        x: point.date.clone(),
        statistic: statistic.to_owned(),
        value,
        unit: "share".to_owned(),
        n_runs: 0,
    };
    vec![one("seen", point.seen), one("q05", point.band[0]), one("q50", point.band[1]), one("q95", point.band[2])]
}

fn shortened(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}
