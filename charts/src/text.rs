//! Measuring, wrapping and shortening text with the bundled fonts' advances.

use std::borrow::Cow;

use crate::fonts::advance;

/// Kerning and rounding may add this much to the sum of advances.
const SLACK: f64 = 1.01;

/// Text as it may be drawn: control and invisible direction characters removed, white space folded to single spaces.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !(is_invisible(c) || c.is_control() || (folds(c) && c != ' '));
    if text.chars().all(plain) && !text.contains("  ") && text.trim() == text {
        return Cow::Borrowed(text);
    }
    let visible = |c: char| if folds(c) || c.is_control() { ' ' } else { c };
    let kept: String = text.chars().filter(|&c| !is_invisible(c)).map(visible).collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").into()
}

/// White space other than the no-break space.
fn folds(c: char) -> bool {
    c.is_whitespace() && c != '\u{A0}'
}

/// Characters that XML forbids or that change the direction of what follows.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}')
        || (c.is_control() && !c.is_whitespace())
}

/// Whether a text is set in bold where bold is wanted: not if it holds Chinese, of which there is only one weight, and two weights in
/// one line look like a mistake.
pub(crate) fn is_bold(text: &str, wanted: bool) -> bool {
    wanted && !text.chars().any(is_ideograph)
}

/// Width of a line of text in px.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let bold = is_bold(text, bold);
    text.chars().map(|c| advance(c, bold)).sum::<f64>() * size * SLACK
}

/// The text, cleaned, in at most `lines` lines of at most `room` px; what does not fit ends in `…`. Breaks at spaces (not before a percent sign), after hyphens and
/// slashes (but not in dates), between Chinese characters, and inside a word that is longer than a line.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let text = &*clean(text);
    let mut done: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if line.is_empty() || width((line.clone() + piece).trim_end(), size, bold) <= room {
            line.push_str(piece);
        } else {
            done.push(std::mem::replace(&mut line, piece.to_owned()));
        }
        while width(line.trim_end(), size, bold) > room && line.trim_end().chars().count() > 1 {
            let cut = fitting(&line, size, bold, room).max(line.chars().next().map_or(1, char::len_utf8));
            let rest = line.split_off(cut);
            done.push(std::mem::replace(&mut line, rest));
        }
    }
    done.push(line);
    let mut done: Vec<String> = done.into_iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
    if done.len() > lines {
        let rest = done.split_off(lines.max(1) - 1).join(" ");
        done.push(shorten(&rest, size, bold, room));
    }
    done
}

/// The text, cleaned and cut to `room` px, ending in `…` if anything was cut; empty if not even that fits.
pub(crate) fn shorten(text: &str, size: f64, bold: bool, room: f64) -> String {
    let text = &*clean(text);
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let left = room - width("…", size, bold);
    if left <= 0.0 {
        return String::new();
    }
    format!("{}…", text[..fitting(text, size, bold, left)].trim_end())
}

/// Number of bytes at the beginning of the text that fit.
fn fitting(text: &str, size: f64, bold: bool, room: f64) -> usize {
    let mut sum = 0.0;
    for (at, c) in text.char_indices() {
        sum += advance(c, bold) * size * SLACK;
        if sum > room {
            return at;
        }
    }
    text.len()
}

/// Width of the widest part that can only be broken by force.
pub(crate) fn widest_piece(text: &str, size: f64, bold: bool) -> f64 {
    pieces(text).into_iter().map(|piece| width(piece.trim_end(), size, bold)).fold(0.0, f64::max)
}

/// The text cut where a line may break.
fn pieces(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        let between_ideographs = is_ideograph(c) || (is_ideograph(previous) && !"，。、；：？！）》”’".contains(c));
        let after_hyphen = matches!(previous, '-' | '/') && !c.is_ascii_digit();
        if at > 0 && !matches!(c, ' ' | '%') && (previous == ' ' || after_hyphen || between_ideographs) {
            cuts.push(at);
        }
        previous = c;
    }
    cuts.push(text.len());
    cuts.windows(2).map(|w| &text[w[0]..w[1]]).filter(|piece| !piece.is_empty()).collect()
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_fit_and_keep_every_word() {
        let text = "Interoperability between the European Union and 中华人民共和国国家标准化管理委员会 under mutual-recognition/agreements";
        for room in [60.0, 120.0, 300.0, 2000.0] {
            let lines = wrap(text, 12.0, false, room, 99);
            assert!(lines.iter().all(|l| width(l, 12.0, false) <= room), "{room}: {lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""), "{room}");
        }
    }

    #[test]
    fn too_many_lines_end_in_an_ellipsis_that_fits() {
        let lines = wrap(&"standard ".repeat(30), 12.0, true, 150.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && width(&lines[1], 12.0, true) <= 150.0);
    }

    #[test]
    fn cleaning_removes_what_xml_forbids_and_what_turns_text_round() {
        assert_eq!(clean("a\u{0}b\u{1b}[31m\tc\n\n d\u{202e}e\u{feff}\u{ffff}"), "ab[31m c de");
    }
}
