//! The figures of the reference workload as a picture for docs/performance.md: one bar per program, on a logarithmic axis.

use std::fmt::Write as _;

const WIDTH: f64 = 860.0;
const LABELS: f64 = 330.0;
const VALUES: f64 = 80.0;
const ROW: f64 = 26.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 46.0;

/// Colours follow the reader's: light, or dark where that is asked for.
const STYLE: &str = "text{font:14px system-ui,sans-serif;fill:#1a1f26}.title{font-size:17px;font-weight:600}.small{font-size:12px;fill:#56606d}\
.grid{stroke:#e3e7ec}.own{fill:#1d5fbf}.other{fill:#95a3b3}.page{fill:#fff}\
@media(prefers-color-scheme:dark){text{fill:#f2f4f7}.small{fill:#a9b3c0}.grid{stroke:#2c343f}.own{fill:#7fb0ff}.other{fill:#737e8c}.page{fill:#12161c}}";

/// The picture: names, nanoseconds of CPU time per firm and tick, and whether it is the engine. Nothing is drawn of no figures.
pub fn chart(figures: &[(String, f64, bool)]) -> String {
    let (low, high) = (1.0_f64, figures.iter().map(|(_, ns, _)| *ns).fold(10.0, f64::max));
    let decades = high.log10().ceil();
    let across = |ns: f64| (ns.max(low).log10() / decades) * (WIDTH - LABELS - VALUES);
    let down = TOP + ROW * figures.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\"><title>CPU time per firm and tick, by program</title>\
         <style>{STYLE}</style><rect class=\"page\" width=\"100%\" height=\"100%\"/>\
         <text class=\"title\" x=\"16\" y=\"28\">CPU time per firm and tick on ADOPT-1</text>\
         <text class=\"small\" x=\"16\" y=\"48\">Nanoseconds on one thread, logarithmic scale; shorter is faster. The engine is drawn in blue.</text>",
        down + BOTTOM
    );
    for decade in 0..=decades as i32 {
        let x = LABELS + across(10_f64.powi(decade));
        let tick = 10_i64.pow(decade.unsigned_abs());
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{down:.1}\"/><text class=\"small\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{tick} ns</text>",
            down + 20.0
        );
    }
    for (row, (name, ns, own)) in figures.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        let class = if *own { "own" } else { "other" };
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text><rect class=\"{class}\" x=\"{LABELS}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\"/><text x=\"{:.1}\" y=\"{:.1}\">{ns:.2}</text>",
            LABELS - 10.0,
            y + 18.0,
            escaped(name),
            y + 4.0,
            across(*ns).max(1.0),
            ROW - 8.0,
            LABELS + across(*ns).max(1.0) + 8.0,
            y + 18.0
        );
    }
    svg + "</svg>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of an attribute in the order of the text.
    fn numbers(svg: &str, class: &str, attribute: &str) -> Vec<f64> {
        let bars = svg.split("<rect ").filter(|bar| bar.starts_with(&format!("class=\"{class}\"")));
        let value = |bar: &str| bar.split_once(&format!(" {attribute}=\""))?.1.split('"').next()?.parse().ok();
        bars.filter_map(value).collect()
    }

    #[test]
    fn ten_times_the_time_is_the_same_way_further() {
        let figures = [10.0, 100.0, 1_000.0].map(|ns| (format!("at {ns}"), ns, ns < 50.0));
        let svg = chart(&figures);
        let (own, others) = (numbers(&svg, "own", "width"), numbers(&svg, "other", "width"));
        assert_eq!((own.len(), others.len()), (1, 2));
        assert!((others[0] - 2.0 * own[0]).abs() < 0.2 && (others[1] - 3.0 * own[0]).abs() < 0.2, "{own:?} {others:?}");
    }

    #[test]
    fn nothing_leaves_the_page_and_names_are_text() {
        let svg = chart(&[("a <b> & c".to_owned(), 0.2, true), ("slow".to_owned(), 98_765.0, false)]);
        assert!(svg.contains("a &lt;b&gt; &amp; c") && !svg.contains("<b>"));
        let widest = numbers(&svg, "other", "width")[0];
        assert!(LABELS + widest + VALUES <= WIDTH, "{widest}");
        assert!(chart(&[]).ends_with("</svg>\n"));
    }
}
