//! Charts of classics and of hindcasts: theory as lines, what was simulated as dots, what was seen as marks.

use faultline_models::classics::{Picture, Series, Shape};
use faultline_models::hindcast::{Card, Episode, Part, Point};

use crate::chart::{
    Axis, Band, Block, Chart, Dash, Direction, Dots, Fill, Interval, Key, Line, Mark, Marker, Panel, Role, Row, Rule, Swatch, Tint, Weight,
};
use crate::words::{Language, Words};

/// What is said about a classic on its chart.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Key.
    pub id: &'a str,
    /// Name for people.
    pub name: &'a str,
    /// What it shows.
    pub lesson: &'a str,
    /// Author, year, place.
    pub source: &'a str,
    /// What was simulated.
    pub simulated: &'a str,
}

/// The chart of a classic after so many runs; `said` puts the names of its axes and series into the language.
pub fn classic(told: &Told<'_>, picture: &Picture, runs: usize, language: Language, said: &dyn Fn(&str) -> String) -> Chart {
    let words = language.words();
    let named = |series: &Series| Series { name: said(&series.name), ..series.clone() };
    let (series, labels) = (picture.series.iter().map(named).collect::<Vec<_>>(), (said(&picture.x), said(&picture.y)));
    let mut chart = Chart::new(told.id, told.name);
    language.tag().clone_into(&mut chart.language);
    chart.subtitle = words.classic_subtitle(&labels.1, told.simulated);
    let (x, y) = (range(&series, 0), range(&series, 1));
    let mut panel = Panel::new("", axis(&labels.0, x), axis(&labels.1, y));
    for (k, one) in series.iter().enumerate() {
        panel.marks.extend(marks(one, place(&series, k), y));
    }
    chart.panels.push(panel);
    chart.key = keys(&series);
    chart.footer = words.classic_footer(told.source);
    chart.alt = shortened(&words.classic_alt(told.name, &labels.1, &labels.0, told.lesson), 600);
    chart.table = series.iter().flat_map(|series| rows(told.name, series, &labels, runs)).collect();
    chart
}

/// How to read the chart of a classic.
pub fn how_to_read(language: Language) -> String {
    language.words().classic_how()
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

/// How many series of the same shape stand before the k-th.
fn place(series: &[Series], k: usize) -> usize {
    series[..k].iter().filter(|other| other.shape == series[k].shape).count()
}

/// Marks of the k-th series of its shape.
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
            series.points.iter().map(|point| interval(point, marker(k)).mark(&series.name)).collect()
        }
        Shape::Dots => vec![Dots { points: line(), marker: marker(k), role: Role::Ink, size: 1.0, strength: 1.0 }.mark(&series.name)],
    }
}

/// A dot with one and two standard errors.
fn interval([x, y, error]: &[f64; 3], marker: Marker) -> Interval {
    Interval {
        along: Direction::Vertical,
        at: *x,
        point: *y,
        inner: [y - error, y + error],
        outer: [y - 2.0 * error, y + 2.0 * error],
        role: Role::Ink,
        marker,
        label: String::new(),
    }
}

/// Form of the k-th kind of dots.
fn marker(k: usize) -> Marker {
    [Marker::Circle, Marker::Ring, Marker::Diamond][k % 3]
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
        Shape::Dots | Shape::Run => Swatch::Dot { role: Role::Ink, marker: marker(k) },
    };
    let named = series.iter().enumerate().filter(|(_, series)| series.shape != Shape::Run && !series.name.is_empty());
    named.map(|(k, one)| Key { label: one.name.clone(), swatch: swatch(place(series, k), one.shape) }).collect()
}

/// The numbers of a series; where it stands for runs, of how many.
fn rows(scenario: &str, series: &Series, (across, unit): &(String, String), runs: usize) -> Vec<Row> {
    let n_runs = if matches!(series.shape, Shape::Dots) { runs } else { 0 };
    let row = |[x, y, error]: &[f64; 3]| {
        let one = |statistic: &str, value: f64| Row {
            scenario: scenario.to_owned(),
            series: series.name.clone(),
            x: format!("{across} {}", written(*x)),
            statistic: statistic.to_owned(),
            value,
            unit: unit.clone(),
            n_runs,
        };
        let spread = (*error > 0.0).then(|| one("standard error", *error));
        std::iter::once(one("value", *y)).chain(spread).collect::<Vec<_>>()
    };
    series.points.iter().flat_map(row).collect()
}

/// A number without the noise of binary fractions.
fn written(x: f64) -> String {
    ((x * 1e9).round() / 1e9).to_string()
}

/// The card of a hindcast as a picture: a panel per standard in each market that was fitted; `said` puts names of the episode into the
/// language.
pub fn hindcast(id: &str, episode: &Episode, card: &Card, language: Language, said: &dyn Fn(&str) -> String) -> Chart {
    let (words, name) = (language.words(), said(&episode.name));
    let mut chart = Chart::new(id, &name);
    language.tag().clone_into(&mut chart.language);
    chart.subtitle = words.hindcast_subtitle(episode.fit_until, card.kept);
    let dates = || card.points.iter().filter(|point| shown(card, point)).map(|point| point.quarter.decimal_year());
    let (first, last) = dates().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), year| (low.min(year), high.max(year)));
    for (market, s, standard) in panels(episode, card) {
        let points: Vec<&Point> = card.points.iter().filter(|point| point.market == market && point.standard == standard).collect();
        let title = words.pair(said(market), said(standard));
        let mut panel = Panel::new(&title, Axis::years(first.floor(), last.ceil()), Axis::linear(&words.hindcast_axis(), 0.0, 100.0));
        panel.marks = band(words, &points, Role::Bloc(s));
        let rule = Rule {
            along: Direction::Vertical,
            at: episode.fit_until.plus(1).decimal_year() - 0.125,
            role: Role::Muted,
            dash: Dash::Dash,
            label: words.hindcast_held_back(),
        };
        panel.marks.push(rule.mark(""));
        chart.panels.push(panel);
    }
    chart.footer = words.hindcast_footer();
    let hits: Vec<String> = card.scores.iter().map(|score| words.hindcast_hits(said(&score.market), score.hits.0, score.hits.1)).collect();
    chart.alt = shortened(&words.hindcast_alt(&name, hits.join("; ")), 600);
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

fn band(words: &Words, points: &[&Point], role: Role) -> Vec<Mark> {
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
        Band { points: edges, fill: Fill::tinted(role, Tint::Band90) }.mark(&words.hindcast_band()),
        Line { weight: Weight::Context, ..Line::own(role, at(&|point| point.band[1])) }.mark(&words.hindcast_median()),
        seen(|part| part != Part::Check, Marker::Circle).mark(&words.hindcast_fitted()),
        seen(|part| part == Part::Check, Marker::Ring).mark(&words.hindcast_checked()),
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

#[cfg(test)]
mod tests {
    use faultline_models::classics::{CLASSICS, Trial, Values};
    use faultline_models::ensemble::Control;

    use super::*;
    use crate::draw::draw;
    use crate::palette::{Theme, recoloured};
    use crate::style::Style;

    fn charts(language: Language) -> impl Iterator<Item = Chart> {
        CLASSICS.iter().map(move |known| {
            let trial = Trial { runs: known.runs.min(2), seed: 1, control: &Control::default() };
            let outcome = known.run(&Values::defaults(known), trial).unwrap();
            let told = Told { id: known.id, name: known.name, lesson: known.lesson, source: known.source, simulated: &outcome.simulated };
            classic(&told, &outcome.picture, trial.runs, language, &str::to_owned)
        })
    }

    #[test]
    fn a_recoloured_drawing_is_the_drawing_in_the_other_theme() {
        let svg = |chart: &Chart, theme| draw(chart, &Style { theme, ..Style::default() }).svg;
        for chart in charts(Language::En) {
            let (light, dark) = (svg(&chart, Theme::Light), svg(&chart, Theme::Dark));
            assert_eq!(recoloured(&light, Theme::Light, Theme::Dark), dark, "{}", chart.id);
        }
    }

    #[test]
    fn every_classic_has_readouts_that_say_both_coordinates_a_table_and_a_short_alternative_text() {
        for chart in charts(Language::En) {
            let figure = draw(&chart, &Style::default());
            assert!(!figure.readouts.is_empty() && !chart.table.is_empty(), "{} says nothing", chart.id);
            assert!(chart.alt.chars().count() <= 600 && !chart.alt.is_empty(), "{}: {}", chart.id, chart.alt);
            let (across, numbers) = (&chart.panels[0].x.label, !chart.panels[0].x.time);
            assert!(!numbers || figure.readouts.iter().all(|readout| readout.text.contains(across.as_str())), "{}", chart.id);
        }
    }
}
