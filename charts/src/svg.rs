//! plotters' output becomes a document: size in px over ten times finer coordinates, a role, a title and a description.

use crate::chart::Chart;
use crate::fonts::FAMILY;
use crate::style::Size;
use crate::text::clean;

/// The document around what plotters drew.
pub(crate) fn document(drawn: &str, chart: &Chart, size: Size) -> String {
    let (head, rest) = drawn.split_once(">\n").unwrap_or(("", drawn));
    let view_box = head.split_once("viewBox=\"").and_then(|(_, tail)| tail.split_once('"')).map_or("", |(value, _)| value);
    let (width, height) = size.stated();
    let (title, alt) = (escape(&clean(&chart.title)), escape(&clean(&chart.alt)));
    // What all elements share stands once, on the root. Text cannot contain these patterns: its quotes are escaped.
    let rest = rest.replace(" font-family=\"Inter\"", "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{view_box}\" role=\"img\" \
         font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n<title>{title}</title>\n<desc>{alt}</desc>\n{rest}"
    )
}

/// Text as XML may contain it.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            c => escaped.push(c),
        }
    }
    escaped
}
