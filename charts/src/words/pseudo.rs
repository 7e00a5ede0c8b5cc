//! English with accents and two fifths longer, for tests of the layout.

use std::sync::OnceLock;

use super::{Words, en};

/// The changed sentences; made once.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| en::WORDS.map(changed))
}

/// A text with accents, and longer by two fifths; holes stay.
fn changed(text: &'static str) -> &'static str {
    if text.chars().all(|c| !c.is_alphabetic()) {
        return text;
    }
    let mut hole = false;
    let mut longer: String = text
        .chars()
        .map(|c| {
            hole = (hole || c == '{') && c != '}';
            if hole { c } else { accented(c) }
        })
        .collect();
    let more = (text.chars().count() * 2).div_ceil(5);
    longer.push_str(&" löñgér".chars().cycle().take(more).collect::<String>());
    // Once per sentence and process: what lives as long as the program may be given away.
    Box::leak(longer.into_boxed_str())
}

const fn accented(c: char) -> char {
    match c {
        'a' => 'á',
        'e' => 'ê',
        'i' => 'î',
        'o' => 'ö',
        'u' => 'û',
        'n' => 'ñ',
        'A' => 'Å',
        'E' => 'É',
        'I' => 'Î',
        'O' => 'Ø',
        'U' => 'Û',
        c => c,
    }
}
