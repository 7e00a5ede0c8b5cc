//! Simplified Chinese of the classics and of the document on how far to trust this, by the English text.
//!
//! Numbers stand as `#` on both sides: a sentence that holds figures is one entry, whatever they are.

/// The Chinese of an English text, its numbers put where the Chinese has them.
pub(super) fn said(english: &str) -> Option<String> {
    let (template, numbers) = taken_apart(english);
    let chinese = PHRASES.iter().find(|(known, _)| *known == template).map(|(_, chinese)| *chinese)?;
    let mut pieces = chinese.split('#');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (piece, number) in pieces.zip(&numbers) {
        text.push_str(number);
        text.push_str(piece);
    }
    Some(text)
}

/// A text with `#` for its numbers, and these.
fn taken_apart(text: &str) -> (String, Vec<String>) {
    let (mut template, mut numbers, mut number) = (String::new(), Vec::new(), String::new());
    let chars: Vec<char> = text.chars().collect();
    for (k, c) in chars.iter().enumerate() {
        let point = *c == '.' && !number.is_empty() && chars.get(k + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() || point {
            number.push(*c);
            continue;
        }
        if !number.is_empty() {
            template.push('#');
            numbers.push(std::mem::take(&mut number));
        }
        template.push(*c);
    }
    if !number.is_empty() {
        template.push('#');
        numbers.push(number);
    }
    (template, numbers)
}

const PHRASES: &[(&str, &str)] = &[
];
