//! Charts with every kind of mark, ordinary and hostile texts; made up from formulas, not from runs.
#![allow(unreachable_pub, reason = "shared by the tests and the bench, each a crate of its own")]
#![allow(clippy::needless_range_loop, reason = "the index stands for a bloc or a stage and goes into several lists")]

use faultline_charts::chart::*;

const FOOTER: &str = "Source: Faultline, 200 runs, scenario “Today extended”; inputs 2024–2026. Bands: middle 50 % and 90 % of runs. Conditional on assumptions, not a forecast. model 0.1.0 · a1b2c3d · seed 42";
const NAMES: [&str; 4] = ["European Union", "China", "United States", "Rest of the world"];

fn role(k: usize) -> Role {
    if k < 3 { Role::Bloc(k) } else { Role::Rest }
}

fn years() -> impl Iterator<Item = f64> {
    (0..64).map(|q| 2025.125 + f64::from(q) / 4.0)
}

fn wave(k: usize, x: f64) -> f64 {
    let t = (x - 2025.0) / 16.0;
    [0.2 + 0.3 * t, 0.25 + 0.35 * t * t, 0.3 - 0.12 * t, 0.1 + 0.08 * (t * 6.0).sin() * t][k]
}

fn finished(mut chart: Chart) -> Chart {
    chart.subtitle = "Scenario “Today extended”, all domains together, 200 runs".into();
    chart.footer = FOOTER.into();
    chart.alt = format!("{} Data in the table beside it.", chart.title);
    chart
}

/// Small multiples: bands, own and context lines, direct labels.
pub fn shares() -> Chart {
    let mut chart = finished(Chart::new("shares", "Adoption share by bloc, % of market, 2025–2040"));
    for k in 0..4 {
        let axis = Axis::linear(if k == 0 { "% of market" } else { "" }, 0.0, 80.0).in_unit("%");
        let mut panel = Panel::new(NAMES[k], Axis::years(2025.0, 2041.0).with_room_for("100 %"), axis);
        panel.badge = Some((role(k), Marker::of_bloc(k)));
        for (tint, w) in [(Tint::Band90, 16.0), (Tint::Band50, 6.0)] {
            let points = years().map(|x| [x, 100.0 * wave(k, x) - w, 100.0 * wave(k, x) + w]).collect();
            panel.marks.push(Band { points, fill: Fill::tinted(role(k), tint) }.mark(""));
        }
        for other in (0..4).filter(|o| *o != k) {
            panel.marks.push(Line::context(years().map(|x| [x, 100.0 * wave(other, x)]).collect()).mark(NAMES[other]));
        }
        let line = Line::own(role(k), years().map(|x| [x, 100.0 * wave(k, x)]).collect());
        panel.marks.push(line.marked(Dash::of_bloc(k), Some(Marker::of_bloc(k))).mark(NAMES[k]));
        let end = 100.0 * wave(k, 2040.875);
        panel.marks.push(Label::direct([2040.875, end], &format!("{end:.0} %"), role(k), None).mark(""));
        chart.panels.push(panel);
    }
    chart
}

/// Band with sample runs, events and a threshold, beside a dotplot on the same scale.
pub fn fragmentation() -> Chart {
    let mut chart = finished(Chart::new("fragmentation", "Fragmentation index, 0 = one market, 1 = fully split, 2025–2040"));
    chart.layout = Layout::Grid { columns: vec![3.0, 1.0], rows: vec![1.0] };
    chart.notes = vec!["7 of 200 runs drawn, picked at even ranks of their last value. 13 of 20 dots lie above 0.60.".into()];
    let middle = |x: f64| 0.35 + 0.3 * ((x - 2025.0) / 16.0).powf(1.5);
    let mut panel = Panel::new("", Axis::years(2025.0, 2041.0).with_room_for("every bloc at home"), Axis::linear("index, 0–1", 0.0, 1.0));
    for (tint, w) in [(Tint::Band90, 0.18), (Tint::Band50, 0.07)] {
        let points = years().map(|x| [x, middle(x) - w * (x - 2024.5) / 16.0, middle(x) + w * (x - 2024.5) / 16.0]).collect();
        panel.marks.push(Band { points, fill: Fill::tinted(Role::System, tint) }.mark(""));
    }
    for k in -3..=3 {
        let run = years().map(|x| [x, middle(x) + f64::from(k) * 0.05 * (x - 2025.0) / 16.0 + 0.012 * (x * 3.0 + f64::from(k)).sin()]).collect();
        panel.marks.push(Line::run(run).mark(""));
    }
    panel.marks.push(Line::own(Role::System, years().map(|x| [x, middle(x)]).collect()).mark("median"));
    panel.marks.push(Line { dash: Dash::Dash, ..Line::own(Role::Ink, years().map(|x| [x, 0.4]).collect()) }.mark("baseline"));
    for (at, label) in [(2027.0, "export rule"), (2027.5, "mutual recognition agreed"), (2033.0, "late repair")] {
        panel.marks.push(Rule { along: Direction::Vertical, at, role: Role::Muted, dash: Dash::Dot, label: label.into() }.mark(""));
    }
    panel.marks.push(Rule { along: Direction::Horizontal, at: 0.6, role: Role::Muted, dash: Dash::Dash, label: "threshold 0.60".into() }.mark(""));
    for (y, text, role) in [(0.65, "median", Role::System), (0.4, "baseline", Role::Ink), (0.66, "every bloc at home", Role::Muted)] {
        panel.marks.push(Label::direct([2040.875, y], text, role, None).mark(""));
    }
    chart.panels.push(panel);
    let mut dots =
        Panel::new("", Axis::hidden(0.0, 1.0), Axis { grid: true, ..Axis::hidden(0.0, 1.0) }.labelled("at the end of 2040, 20 dots")).at(0, 1);
    let stacks = [(0.475, 1), (0.525, 2), (0.575, 4), (0.625, 6), (0.675, 4), (0.725, 2), (0.825, 1)];
    let stacks = stacks.into_iter().map(|(at, count)| Stack { at, count, role: Role::System }).collect();
    dots.marks.push(Dotplot { stacks, bin: 0.05, marker: Marker::Circle, from: 0.0 }.mark("runs"));
    dots.marks.push(Rule { along: Direction::Horizontal, at: 0.6, role: Role::Muted, dash: Dash::Dash, label: String::new() }.mark(""));
    chart.panels.push(dots);
    chart
}

/// Stacked bars with names, counts and ranges.
pub fn futures() -> Chart {
    let mut chart = finished(Chart::new("futures", "Where 100 runs end in 2040"));
    let scenarios = ["Today extended", "Common ground", "Decoupling with a long and winding name that has to be wrapped somehow"];
    let names = ["single standard", "common core", "two blocs", "three-way split"];
    let mut panel = Panel::new("", Axis::linear("runs of 100", 0.0, 100.0), Axis::names(scenarios).reversed());
    for (k, counts) in [[9, 31, 42, 18], [55, 40, 3, 2], [0, 2, 16, 82]].into_iter().enumerate() {
        let mut from = 0.0;
        let parts = counts.into_iter().enumerate().map(|(f, count)| {
            let to = from + f64::from(count);
            let part = Segment {
                name: names[f].into(),
                from,
                to,
                fill: Fill::solid(Role::Future(f)).outlined(Role::Ink),
                inside: count.to_string(),
                above: if k == 0 { names[f].into() } else { String::new() },
                below: format!("{}–{}", (count - 5).max(0), count + 5),
            };
            from = to;
            part
        });
        let parts = parts.collect();
        panel.marks.push(Segments { along: Direction::Horizontal, at: k as f64, thickness: 0.5, parts }.mark(scenarios[k]));
    }
    chart.panels.push(panel);
    chart
}

/// Heat map with numbers and corner ticks, and a difference beside it.
pub fn matrix() -> Chart {
    let mut chart = finished(Chart::new("matrix", "Interoperability, 0–1, 2040"));
    chart.layout = Layout::Grid { columns: vec![1.0, 1.0], rows: vec![1.0] };
    for column in 0..2 {
        let title = ["Today extended", "Decoupling minus today extended"][column];
        let y = Axis::names(["EU", "China", "US", "INT"]).reversed().labelled("adopts from →");
        let mut panel = Panel::new(title, Axis::names(["EU", "China", "US", "INT"]).on_opposite_side(), y).at(0, column);
        panel.aspect = Some(0.7);
        for r in 0..4 {
            for c in 0..4 {
                let v = if r == c { 1.0 } else { 0.15 + 0.2 * f64::from((r * 2 + c * 3) % 4) };
                let role = if column == 0 { Role::Heat(v) } else { Role::Diff(v * 1.6 - 1.0) };
                let (x, y) = (f64::from(c), f64::from(r));
                let cell = Cell {
                    x: [x - 0.5, x + 0.5],
                    y: [y - 0.5, y + 0.5],
                    fill: Fill::solid(role),
                    text: number(v * 1.6 - 0.6, 2),
                    corner: (r + c) % 3 == 1,
                    around: None,
                };
                panel.marks.push(cell.mark("pair"));
            }
        }
        chart.panels.push(panel);
    }
    chart
}

/// Ribbons between blocks.
pub fn alluvial() -> Chart {
    let mut chart = finished(Chart::new("alluvial", "Alignment of 30 economies outside the blocs, 2025–2040, share of their market"));
    chart.key = (0..3)
        .map(|k| Key { label: NAMES[k].into(), swatch: Swatch::Fill(Fill::solid(role(k))) })
        .chain([
            Key { label: "common standard".into(), swatch: Swatch::Fill(Fill::common()) },
            Key { label: "none".into(), swatch: Swatch::Fill(Fill::empty(Role::Muted)) },
        ])
        .collect();
    let mut panel = Panel::new(
        "",
        Axis {
            ticks: ["2025", "2030", "2035", "2040"].iter().enumerate().map(|(k, l)| Tick { at: k as f64, label: (*l).into() }).collect(),
            ..Axis::hidden(-0.1, 3.1)
        },
        Axis::hidden(0.0, 1.05),
    );
    let stages = [[0.2, 0.25, 0.2, 0.05, 0.3], [0.22, 0.28, 0.2, 0.1, 0.2], [0.25, 0.3, 0.18, 0.15, 0.12], [0.27, 0.34, 0.15, 0.2, 0.04]];
    let fill = |k: usize| match k {
        3 => Fill::common(),
        4 => Fill::empty(Role::Muted),
        k => Fill::solid(role(k)),
    };
    let edge = |s: usize, k: usize| stages[s][..k].iter().sum::<f64>() + k as f64 * 0.012;
    for s in 0..3 {
        for k in 0..5 {
            let keep = stages[s][k].min(stages[s + 1][k]);
            let (a, b) = (edge(s, k), edge(s + 1, k));
            let ribbon = Ribbon {
                x: [s as f64 + 0.06, s as f64 + 0.94],
                from: [a, a + keep],
                to: [b, b + keep],
                role: fill(k).role,
                strength: 0.45,
                hatch: k == 3,
                text: String::new(),
            };
            panel.marks.push(ribbon.mark(""));
        }
    }
    for s in 0..4 {
        for k in 0..5 {
            let (x, a) = (s as f64, edge(s, k));
            let text = format!("{:.0} %", 100.0 * stages[s][k]);
            panel.marks.push(
                Block { x: [x - 0.06, x + 0.06], y: [a, a + stages[s][k]], fill: fill(k), text: if k == 3 { String::new() } else { text } }.mark(""),
            );
        }
    }
    chart.panels.push(panel);
    chart
}

/// Intervals sorted by size, with labels, a zero line and Chinese names.
pub fn intervals() -> Chart {
    let mut chart = finished(Chart::new("intervals", "遵从成本与市场准入：按集团划分，2040年，单位：占收入的百分比 (compliance cost)"));
    let names = [
        "中华人民共和国国家标准化管理委员会",
        "European Union",
        "United States of America and its closest trading partners in the agreement",
        "Rest",
    ];
    let mut panel =
        Panel::new("合规成本", Axis::linear("% of revenue", -1.0, 4.0).in_unit("%").with_room_for("2.4 %"), Axis::names(names).reversed());
    panel.marks.push(Rule { along: Direction::Vertical, at: 0.0, role: Role::Ink, dash: Dash::Solid, label: String::new() }.mark(""));
    for k in 0..4 {
        let point = 2.8 - 0.8 * k as f64;
        let interval = Interval {
            along: Direction::Horizontal,
            at: k as f64,
            point,
            inner: [point - 0.3, point + 0.3],
            outer: [point - 0.8, point + 0.7],
            role: role([1, 0, 2, 3][k]),
            marker: Marker::of_bloc([1, 0, 2, 3][k]),
            label: format!("{} %", number(point, 1)),
        };
        panel.marks.push(interval.mark(names[k]));
    }
    chart.panels.push(panel);
    chart
}

/// A triangle with paths, a cloud and an enlarged inset.
pub fn ternary() -> Chart {
    let mut chart = finished(Chart::new("ternary", "Mix of EU, China and US standards, 2025–2040"));
    let h = 3f64.sqrt() / 2.0;
    let corner = [[0.0, 0.0], [1.0, 0.0], [0.5, h]];
    let mixed = |a: f64, b: f64| [b * corner[1][0] + (1.0 - a - b) * corner[2][0] + a * corner[0][0], (1.0 - a - b) * h];
    let way: Vec<[f64; 2]> = (0..64).map(|q| f64::from(q) / 63.0).map(|t| mixed(0.34 + 0.06 * t, 0.33 - 0.12 * t + 0.05 * t * t)).collect();
    let marks = |labels: bool| {
        let mut marks = vec![Area { points: corner.to_vec(), fill: Fill::empty(Role::Muted) }.mark("")];
        for k in 1..4 {
            let s = f64::from(k) / 4.0;
            for ends in [[mixed(s, 0.0), mixed(s, 1.0 - s)], [mixed(0.0, s), mixed(1.0 - s, s)], [mixed(0.0, 1.0 - s), mixed(1.0 - s, 0.0)]] {
                marks.push(Line { weight: Weight::Hair, role: Role::Grid, ..Line::context(ends.to_vec()) }.mark(""));
            }
        }
        let cloud = (0..60).map(|k| {
            [
                way[63][0] + 0.03 * (f64::from(k) * 2.4).cos() * f64::from(k) / 60.0,
                way[63][1] + 0.03 * (f64::from(k) * 2.4).sin() * f64::from(k) / 60.0,
            ]
        });
        marks.push(Dots { points: cloud.collect(), marker: Marker::Circle, role: Role::Ink, size: 0.6, strength: 0.3 }.mark(""));
        let stop = |q: usize, label: &str| Stop { at: way[q], marker: Marker::Circle, label: if labels { label.into() } else { String::new() } };
        let stops = if labels { vec![stop(0, "2025"), stop(20, "2030"), stop(40, "2035"), stop(63, "2040")] } else { Vec::new() };
        marks.push(
            Path { points: way.clone(), role: Role::Ink, weight: Weight::Own, dash: Dash::Solid, arrow: labels, stops, told: Vec::new() }
                .mark("mean"),
        );
        marks
    };
    let mut panel = Panel::new("Every bloc's shares, mean of runs", Axis::hidden(-0.15, 1.15), Axis::hidden(-0.12, 1.0));
    panel.aspect = Some(1.0);
    panel.marks = marks(false);
    for k in 0..3 {
        let anchor = if k == 2 { Anchor::Above } else { Anchor::Below };
        let label = Label {
            at: corner[k],
            text: NAMES[k].into(),
            brief: String::new(),
            role: role(k),
            marker: Some(Marker::of_bloc(k)),
            anchor,
            size: TextSize::Body,
            bold: true,
            hold: Hold::Free,
        };
        panel.marks.push(label.mark(""));
    }
    chart.panels.push(panel);
    let mut inset = Panel::new("enlarged", Axis::hidden(0.3, 0.56), Axis::hidden(0.22, 0.4));
    inset.place = Place::Inset { of: 0, left: 0.68, top: 0.0, width: 0.42, height: 0.42 };
    inset.marks = marks(true);
    chart.panels.push(inset);
    chart
}

/// A page whose every text is an attack or an imposition.
pub fn hostile() -> Chart {
    let evil = "</text><script>alert(1)</script> \u{202e}'\"&amp;<![CDATA[x]]>\u{0}\u{8}\u{1b} font-family=\"Inter\" =cmd|' /C calc'!A0";
    let mut chart = Chart::new("hostile", &evil.repeat(3));
    chart.subtitle = format!("{evil} {}", "沉".repeat(200));
    chart.footer = FOOTER.repeat(4);
    chart.alt = evil.repeat(5);
    chart.notes = vec![evil.repeat(4), "note".into()];
    chart.key = (0..6).map(|k| Key { label: evil.repeat(k + 1), swatch: Swatch::Dot { role: role(k % 4), marker: Marker::Diamond } }).collect();
    let mut panel = Panel::new(&evil.repeat(2), Axis::linear(evil, 0.0, 1.0).with_room_for(evil), Axis::names([evil, "b", evil, "d"]));
    for k in 0..20 {
        panel.marks.push(Label::direct([1.0, 1.0], &format!("{k} {evil}"), Role::Rest, Some(Marker::Cross)).mark(evil));
    }
    panel.marks.push(Line::own(Role::Ink, vec![[0.0, f64::NAN], [0.5, 1.0], [f64::INFINITY, 2.0], [0.1, 1.0], [0.2, -9e9]]).mark(evil));
    panel.marks.push(Label::remark([f64::NAN, 0.0], evil, Anchor::Above).mark(""));
    chart.panels.push(panel);
    chart
}

/// Every sample.
pub fn all() -> Vec<Chart> {
    vec![shares(), fragmentation(), futures(), matrix(), alluvial(), intervals(), ternary(), hostile()]
}
