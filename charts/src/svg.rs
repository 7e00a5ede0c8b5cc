//! plotters' output becomes a document: size in px over ten times finer coordinates, dashes, a role, a title and a description.

use crate::canvas::{Dashes, FINE};
use crate::chart::Chart;
use crate::fonts::FAMILY;
use crate::style::Size;
use crate::text::clean;

/// The document around what plotters drew, its lines with their dashes.
pub(crate) fn document(drawn: &str, dashes: &[Dashes], chart: &Chart, size: Size) -> String {
    let (head, rest) = drawn.split_once(">\n").unwrap_or(("", drawn));
    let view_box = head.split_once("viewBox=\"").and_then(|(_, tail)| tail.split_once('"')).map_or("", |(value, _)| value);
    let (width, height) = size.stated();
    let (title, alt) = (escape(&clean(&chart.title)), escape(&clean(&chart.alt)));
    // What all elements share stands once, on the root. Text cannot contain these patterns: its quotes are escaped.
    let rest = rest.replace(" font-family=\"Inter\"", "").replace(" opacity=\"1\"", "").replace(" stroke=\"none\"", "");
    let rest = dashed(&rest, dashes);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"{view_box}\" role=\"img\" \
         font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n<title>{title}</title>\n<desc>{alt}</desc>\n{rest}"
    )
}

/// The elements with the dashes of each line, which are counted in the order of drawing. Every element begins a line of its own, and
/// text cannot look like one: it is escaped.
fn dashed(elements: &str, dashes: &[Dashes]) -> String {
    let mut dashes = dashes.iter();
    let mut document = String::with_capacity(elements.len());
    for line in elements.split_inclusive('\n') {
        let is_line = line.starts_with("<line ") || line.starts_with("<polyline ");
        let lengths = if is_line { dashes.next() } else { None };
        match lengths {
            Some(lengths) if !lengths.is_empty() => document.push_str(&line.replacen(' ', &attribute(lengths), 1)),
            _ => document.push_str(line),
        }
    }
    document
}

/// Lengths in px as an attribute in units of the drawing.
fn attribute(lengths: &Dashes) -> String {
    let lengths: Vec<String> = lengths.iter().map(|px| (px * FINE).round().to_string()).collect();
    format!(" stroke-dasharray=\"{}\" ", lengths.join(" "))
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
