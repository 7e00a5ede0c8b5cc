//! All sentences that the api composes for the window, one module per language.
//!
//! Names, units and readings of the lists are written in English where the things are; [`zh`] holds their Chinese by the English text,
//! and a test sees to it that none is missing. Sentences are functions of what they speak of, so that each language has its own order.

mod en;
mod trust_zh;
mod zh;

use crate::wire_desktop::Language;

/// What the one sentence says of the outcome.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// Runs of 100 that end in a state: its kind, in the baseline and in the scenario.
    Future {
        /// Kind of end state.
        kind: &'static str,
        /// Of 100 in the baseline.
        from: usize,
        /// Of 100 in the scenario.
        to: usize,
    },
    /// An indicator, by its name in the language.
    Level {
        /// Name.
        name: String,
        /// Mean in the baseline.
        from: String,
        /// Mean in the scenario.
        to: String,
        /// Pairs of 100 that agree.
        agreement: usize,
        /// Whether the scenario is higher.
        higher: bool,
    },
    /// There are too few runs to tell anything.
    TooFew {
        /// Pairs of runs.
        pairs: usize,
        /// How many are needed at least.
        needed: usize,
    },
    /// The runs do not tell a difference.
    Unclear {
        /// Pairs of 100 that agree in the direction of the difference in fragmentation.
        agreement: usize,
    },
}

/// The words of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Language);

/// Defines a sentence in all languages: the pseudo one is the English one in disguise.
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $kind:ty),*);)*) => {
        impl Text {
            $(
                $(#[$doc])*
                pub(crate) fn $name(self $(, $arg: $kind)*) -> String {
                    match self.0 {
                        Language::En => en::$name($($arg),*),
                        Language::Zh => zh::$name($($arg),*),
                        Language::Pseudo => pseudo(&en::$name($($arg),*)),
                    }
                }
            )*
        }
    };
}

sentences! {
    /// A name with whom and where it holds.
    placed(name: &str, parts: &[String]);
    /// An input with its values before and after.
    moved(name: &str, from: &str, to: &str);
    /// How many inputs differ.
    many_moved(choices: usize, assumptions: usize);
    /// The one sentence: with these changes the runs end so.
    finding(changes: &str, outcome: &Outcome);
    /// The one sentence when nothing differs from the baseline.
    same_inputs(futures: &[(&'static str, usize)]);
    /// Name of an end state.
    future(kind: &str);
    /// Run agreement of a paired difference.
    agreement(higher: bool, of_100: &str);
    /// All pairs are equal.
    all_equal();
    /// A difference that cannot be told from nothing.
    not_distinguishable(further_runs: Option<usize>);
    /// Part of a difference: choices alone.
    part_choices();
    /// Part of a difference: assumptions alone.
    part_assumptions();
    /// Part of a difference: what they do only together.
    part_interaction();
    /// The whole difference.
    part_total();
    /// Why two scenarios differ, in one sentence: indicator, quarter, difference, parts in per cent.
    why(name: &str, quarter: &str, difference: &str, percent: [i32; 3]);
    /// Why the parts of a difference say nothing.
    why_unclear(name: &str, quarter: &str, further_runs: Option<usize>);
    /// Two scenarios without any difference in inputs.
    why_same();
    /// What was put together so that at most six groups remain.
    merged(inputs: usize, groups: usize);
    /// Heading of inputs that are neither levers nor uncertainties.
    other_inputs();
    /// Name of the group of dated events.
    events();
    /// Name of the group of structural switches.
    structure();
    /// Name of the group of all other numbers.
    numbers();
    /// No events.
    none();
    /// Title of the document that the program opens with.
    opening_title();
    /// Name of a shipped scenario of that document.
    scenario(id: &str);
    /// A chart of a domain that the scenarios do not have, and the domains that they have.
    no_domain(domain: &str, known: &str);
    /// A value that a parameter does not take, and what it takes.
    out_of_domain(typed: &str, domain: &str);
}

impl Text {
    /// A name, unit, heading or reading of the lists.
    pub(crate) fn phrase(self, english: &str) -> String {
        match self.0 {
            Language::En => english.to_owned(),
            Language::Zh => zh::phrase(english).map_or_else(|| english.to_owned(), str::to_owned),
            Language::Pseudo => pseudo(english),
        }
    }

    /// A text of the classics and of the document on trust, with its numbers where the language puts them.
    pub(crate) fn classic(self, english: &str) -> String {
        match self.0 {
            Language::En => english.to_owned(),
            Language::Zh => trust_zh::said(english).unwrap_or_else(|| english.to_owned()),
            Language::Pseudo => pseudo(english),
        }
    }

    /// Short label of a bloc, a pair or a domain: an id that ships has a name in Chinese.
    pub(crate) fn label(self, id: &str) -> String {
        let shown = |part: &str| match self.0 {
            Language::Zh => zh::label(part).map_or_else(|| part.to_owned(), str::to_owned),
            _ => part.to_owned(),
        };
        id.split('-').map(shown).collect::<Vec<_>>().join("–")
    }
}

/// English in disguise, four tenths longer: what stays plain on screen has not gone through here.
fn pseudo(text: &str) -> String {
    let accent = |c: char| match c {
        'a' => 'á',
        'e' => 'ê',
        'i' => 'ï',
        'o' => 'ö',
        'u' => 'ü',
        'A' => 'Å',
        'E' => 'É',
        'I' => 'Î',
        'O' => 'Ø',
        'U' => 'Ü',
        'n' => 'ñ',
        'c' => 'ç',
        c => c,
    };
    let letters = text.chars().count();
    let more = if letters <= 10 { letters } else { letters * 2 / 5 };
    format!("[{}{}]", text.chars().map(accent).collect::<String>(), "·".repeat(more))
}

/// A number as a person writes it: at most four significant places, a true minus sign.
pub(crate) fn plain_number(value: f64) -> String {
    let size = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let places = usize::try_from(3 - size).unwrap_or(0).min(8);
    let text = trimmed(&format!("{value:.places$}"));
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// Without zeros at the end that say nothing.
fn trimmed(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use faultline_models::indicators::INDICATORS;
    use faultline_models::levers::LEVERS;
    use faultline_models::uncertainties::UNCERTAINTIES;

    use super::*;

    #[test]
    fn every_character_that_the_window_shows_is_in_the_bundled_fonts() {
        let sources = [
            include_str!("en.rs"),
            include_str!("zh.rs"),
            include_str!("trust_zh.rs"),
            include_str!("../../../../ui/src/text/en.ts"),
            include_str!("../../../../ui/src/text/zh.ts"),
            include_str!("../../../../ui/src/text/told.ts"),
            include_str!("../../../../ui/src/text/gate.ts"),
        ];
        let missing: Vec<char> = sources.concat().chars().filter(|c| !c.is_whitespace() && !faultline_charts::fonts::has(*c)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_name_unit_heading_and_reading_has_chinese() {
        let scenarios = crate::lists::scenarios().unwrap();
        let baseline = crate::lists::baseline().unwrap().scenario;
        let levers = LEVERS.iter().flat_map(|l| [l.name, l.unit, l.group, l.reading]);
        let uncertainties = UNCERTAINTIES.iter().flat_map(|u| [u.name, u.unit, u.group, u.reading]);
        let indicators = INDICATORS.iter().flat_map(|i| [i.name, i.unit, i.reading]);
        let shipped = scenarios.iter().flat_map(|s| [s.name.as_str(), s.gist.as_str()]);
        let named = baseline.blocs.iter().map(|b| b.name.as_str()).chain(baseline.domains.iter().map(|d| d.name.as_str()));
        let all = levers.chain(uncertainties).chain(indicators).chain(shipped).chain(named);
        let missing: Vec<&str> = all.filter(|text| zh::phrase(text).is_none()).collect();
        assert!(missing.is_empty(), "without Chinese: {missing:#?}");
    }

    /// Whether a text has words beside formulas, names of parameters and of people.
    fn has_words(text: &str) -> bool {
        const NONE: [&str; 8] = ["kappa", "delta", "theta", "zeta", "beta", "Beta", "sinh", "floor"];
        text.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 3 && word.is_ascii() && !NONE.contains(&word))
    }

    #[test]
    fn everything_a_classic_says_at_its_defaults_has_chinese() {
        let mut missing = Vec::new();
        let mut look = |text: &str| {
            if has_words(text) && trust_zh::said(text).is_none() {
                missing.push(text.to_owned());
            }
        };
        for line in crate::classics::list() {
            for text in [line.name, line.lesson, line.story, line.engine, line.level] {
                look(text);
            }
            for p in &line.parameters {
                look(p.doc);
                look(p.unit);
                p.words.iter().for_each(|word| look(word));
                if p.kind != "word" {
                    look(&p.domain);
                }
            }
            let wish = crate::classics::Wish { id: line.id.to_owned(), runs: (line.runs > 1).then(|| "3".to_owned()), ..Default::default() };
            let page = crate::classics::play(&wish).unwrap();
            look(&page.simulated);
            page.lines.iter().for_each(|line| [line.name.as_str(), line.basis].into_iter().for_each(&mut look));
            page.notes.iter().for_each(|note| look(note));
            page.listing.columns.iter().for_each(|column| look(column));
            [&page.picture.x, &page.picture.y].into_iter().for_each(|axis| look(axis));
            page.picture.series.iter().for_each(|series| look(&series.name));
        }
        missing.sort();
        missing.dedup();
        assert!(missing.is_empty(), "without Chinese: {missing:#?}");
    }

    #[test]
    fn the_document_on_trust_is_chinese_but_for_names_sources_and_the_stories_of_episodes() {
        let page = super::super::trust::page(crate::wire_desktop::Colours::Light, Language::Zh);
        let chinese = |text: &str| text.chars().any(|c| c as u32 > 0x2e7f);
        for part in page.parts.iter().filter(|part| !part.card) {
            assert!(chinese(&part.title), "{}", part.title);
            for block in &part.blocks {
                let crate::wire_trust::TrustBlock::Paragraph { spans } = block else { continue };
                let text: String = spans.iter().map(|span| span.text.as_str()).collect();
                assert!(chinese(&text) || text.starts_with("faultline classic"), "{text}");
            }
        }
        for card in page.parts.iter().filter(|part| part.card) {
            let said = format!("{:?}", card.blocks);
            assert!(chinese(&card.title) && said.contains("在区间之内") && said.contains("未命中"), "{}", card.title);
        }
    }

    #[test]
    fn numbers_go_where_the_chinese_has_them() {
        assert_eq!(trust_zh::said("share active after 7.5 years, in ticks").as_deref(), Some("7.5 年后的采用份额（按时步）"));
        assert_eq!(trust_zh::said("nobody has translated 3 of these"), None);
    }

    #[test]
    fn no_chinese_phrase_is_left_without_its_english() {
        let mut english: Vec<&str> = zh::english().collect();
        let count = english.len();
        english.sort_unstable();
        english.dedup();
        assert_eq!(english.len(), count, "a phrase is there twice");
        assert!(zh::english().all(|text| zh::phrase(text).is_some_and(|zh| zh.chars().any(|c| c as u32 > 0x2e7f))));
    }

    #[test]
    fn the_disguise_is_longer_and_has_no_plain_vowels() {
        let text = pseudo("Mutual recognition");
        assert!(text.chars().count() >= 18 + 7 && !text.contains(['a', 'e', 'i', 'o', 'u']));
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in
            [(65.0, "65"), (0.4, "0.4"), (0.0625, "0.0625"), (33.333333, "33.33"), (12345.6, "12346"), (-0.25, "−0.25"), (-0.0, "0"), (1.25, "1.25")]
        {
            assert_eq!(plain_number(value), text);
        }
    }
}
