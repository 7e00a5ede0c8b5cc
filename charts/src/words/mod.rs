//! Every sentence a chart draws, one module per language; the compiler says which sentence a language lacks.
//!
//! Names of scenarios, events and of blocs that a file brings along stay as written.

mod en;
mod pseudo;
mod zh;

use std::fmt::Display;

use serde::Serialize;

/// Language of the texts of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
    /// English with accents and two fifths longer: what does not survive it would not survive a translation.
    Pseudo,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 3] = [Language::En, Language::Zh, Language::Pseudo];

    /// Name for options.
    pub const fn id(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Zh => "zh",
            Language::Pseudo => "pseudo",
        }
    }

    /// Language tag of documents (RFC 5646).
    pub const fn tag(self) -> &'static str {
        match self {
            Language::En | Language::Pseudo => "en",
            Language::Zh => "zh-Hans",
        }
    }

    /// Its sentences.
    pub(crate) fn words(self) -> &'static Words {
        match self {
            Language::En => &en::WORDS,
            Language::Zh => &zh::WORDS,
            Language::Pseudo => pseudo::words(),
        }
    }
}

/// What is said about a kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Name for people.
    pub name: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// How to read it, in at most 40 words.
    pub how_to_read: &'static str,
}

impl About {
    fn map(self, change: fn(&'static str) -> &'static str) -> About {
        About { name: change(self.name), question: change(self.question), how_to_read: change(self.how_to_read) }
    }
}

/// Declares the sentences: `name(holes)`. A language gives a template in which each hole stands once, as `{hole}`; the method of the
/// same name fills it.
macro_rules! words {
    (about { $($kind:ident,)* } proper { $($proper:ident,)* } sentences { $($name:ident($($hole:ident),*),)* }) => {
        /// The sentences of a language.
        pub(crate) struct Words {
            $(pub(crate) $kind: About,)*
            $(pub(crate) $proper: &'static str,)*
            $($name: &'static str,)*
        }

        impl Words {
            $(pub(crate) fn $name(&self, $($hole: impl Display),*) -> String {
                fill(self.$name, &[$((stringify!($hole), $hole.to_string())),*])
            })*

            /// Names of shipped blocs, domains and groups, in a fixed order.
            fn proper_names(&self) -> Vec<&'static str> {
                vec![$(self.$proper),*]
            }

            /// The same sentences, changed.
            fn map(&self, change: fn(&'static str) -> &'static str) -> Words {
                Words {
                    $($kind: self.$kind.map(change),)*
                    $($proper: change(self.$proper),)*
                    $($name: change(self.$name),)*
                }
            }

            /// Every text with its name and its holes.
            #[cfg(test)]
            fn all(&self) -> Vec<(&'static str, &'static str, &'static [&'static str])> {
                let mut all: Vec<(&'static str, &'static str, &'static [&'static str])> = Vec::new();
                $(for text in [self.$kind.name, self.$kind.question, self.$kind.how_to_read] { all.push((stringify!($kind), text, &[])); })*
                $(all.push((stringify!($proper), self.$proper, &[]));)*
                $(all.push((stringify!($name), self.$name, &[$(stringify!($hole)),*]));)*
                all
            }
        }
    };
}

words! {
    about {
        fragmentation_chart, futures_chart, adoption_chart, comparison_chart, split_chart, interoperability_chart, alignment_chart, cost_chart,
        access_chart, map_chart, mix_chart, runs_chart, drafting_chart,
    }
    proper {
        european_union, china, united_states, foundation, governance, application, advanced_economies, emerging_economies, belt_and_road,
    }
    sentences {
        // What many charts say.
        all_domains(),
        one_run(),
        runs(n),
        runs_of(done, asked),
        run_with_seed(seed),
        scenario_named(name),
        scenarios_named(names),
        quoted(name),
        comma(),
        sentence(a, b),
        part(name, value),
        pair(a, b),
        inputs(quarter),
        footer(runs, scenarios, inputs, bands, origin),
        footer_bands(),
        model(version),
        seed(seed),
        unverified(n, all),
        set(values),
        baseline(name),
        international(),
        international_note(),
        third_countries(),
        median(),
        course(series, first, last, low, high),
        range(value, low, high),
        no_value(),
        subtitle(scenario, runs),
        in_pairs(baseline, runs),
        mean(),
        percent(value),
        // The gate of takeaway titles.
        fragmentation(),
        fragmentation_lower(),
        higher_clear(measure, scenario, n),
        lower_clear(measure, scenario, n),
        higher_tends(measure, scenario),
        lower_tends(measure, scenario),
        no_difference(measure),
        // Why a chart cannot be made.
        no_runs(),
        needs_two(chart),
        no_domain(),
        no_such_run(run, runs),
        no_values(scenario, indicator),
        // Fragmentation.
        fragmentation_title(domain, span),
        fragmentation_axis(),
        fragmentation_home(),
        fragmentation_dots(n),
        fragmentation_alt(runs, span, said),
        last_runs(),
        index(),
        // Futures.
        single_market(),
        common_core(),
        bridge(),
        two_blocs(),
        full_split(),
        three_way_split(),
        two_blocs_of(a, b),
        bridge_of(bloc),
        futures_which(scenario, ends),
        futures_title(quarter),
        runs_of_hundred(),
        futures_rule(joined, single),
        futures_range(),
        range_low(),
        range_high(),
        futures_alt(runs, quarter, said),
        // Adoption.
        adoption_title(domain, span),
        adoption_missing(),
        adoption_alt(span, said),
        of_market_size(),
        // Comparison.
        effective_standards(),
        fragmentation_world(),
        common_foundation(),
        distance_of_texts(),
        compliance_cost(),
        market_access(),
        cross_bloc_trade(),
        surplus(),
        comparison_title(quarter),
        comparison_axis(),
        comparison_row(difference, n),
        comparison_most(most, all),
        comparison_note(),
        comparison_alt(baseline, runs, said),
        to_the_baseline(),
        pairs_higher(),
        pairs_lower(),
        points(),
        // Change split.
        split_texts(),
        split_recognition(),
        split_use(),
        split_total(),
        split_title(),
        split_axis(),
        split_alt(baseline, runs, said),
        split_other(),
        // Interoperability.
        interoperability_title(quarter),
        interoperability_difference(),
        interoperability_note(),
        interoperability_alt(quarter, runs, said),
        one_bloc(),
        index_zero_one(),
        // Alignment.
        alignment_title(n, domain, span),
        alignment_subtitle(scenario, runs, n),
        alignment_flow(from, to),
        alignment_course(name, first, last),
        alignment_alt(n, runs, said),
        no_economies(),
        of_economies(),
        mean_share(),
        // Cost and access.
        cost_title(domain, quarter),
        access_title(domain, quarter),
        of_revenue(),
        of_open_revenue(),
        bars_alt(title, runs, said),
        // Requirement map.
        map_title(span),
        map_x(),
        map_y(),
        map_wants(bloc),
        map_note(),
        map_end(name, x, y),
        map_alt(said),
        stringency(),
        state_led(),
        position(),
        // Mix.
        mix_title(names, domain, span),
        mix_framed(),
        mix_left_out(first, last),
        mix_others(names, first, last),
        mix_contour(),
        mix_ends(),
        mix_mean(),
        mix_alt(runs, ends, note),
        mix_three(),
        of_the_three(),
        // Single runs.
        runs_title(domain, span),
        runs_subtitle(scenario, seed, runs),
        runs_alt(span, seed, first, last, end),
        same_seed(name),
        changes_begin(),
        value(),
        // Drafting.
        own_edition(),
        failed_ballot(),
        item_dropped(),
        taken_over(),
        taken_over_changed(),
        in_work(),
        drafting_title(span),
        drafting_nothing(),
        drafting_alt(seed, span, editions, failed, taken),
        event(),
        // Classics.
        classic_subtitle(measure, simulated),
        classic_footer(source),
        classic_alt(name, measure, across, lesson),
        classic_how(),
        // Hindcasts.
        hindcast_subtitle(until, kept),
        hindcast_axis(),
        hindcast_held_back(),
        hindcast_footer(),
        hindcast_band(),
        hindcast_median(),
        hindcast_fitted(),
        hindcast_checked(),
        hindcast_hits(market, n, all),
        hindcast_alt(name, said),
    }
}

impl Words {
    /// A name from a scenario file: that of a shipped bloc, domain or group in this language, any other as written.
    pub(crate) fn proper<'a>(&self, written: &'a str) -> &'a str
    where
        'static: 'a,
    {
        let at = en::WORDS.proper_names().into_iter().position(|name| name == written);
        at.map_or(written, |at| self.proper_names()[at])
    }

    /// Several names in a row.
    pub(crate) fn list(&self, names: &[String]) -> String {
        names.join(&self.comma())
    }

    /// Sentences in a row.
    pub(crate) fn told(&self, sentences: &[String]) -> String {
        sentences.iter().skip(1).fold(sentences.first().cloned().unwrap_or_default(), |before, next| self.sentence(before, next))
    }
}

/// The template with its holes filled; what is filled in is never read as a template.
fn fill(template: &str, holes: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        holes.iter().filter(|(hole, _)| *hole == name).for_each(|(_, value)| filled.push_str(value));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts;

    #[test]
    fn every_language_fills_every_hole_once() {
        for language in Language::ALL {
            for (name, text, holes) in language.words().all() {
                assert!(!text.trim().is_empty() || name == "comma", "{}: {name} is empty", language.id());
                assert_eq!(text.matches('{').count(), holes.len(), "{}: {name}: {text}", language.id());
                for hole in holes {
                    assert_eq!(text.matches(&format!("{{{hole}}}")).count(), 1, "{}: {name} lacks {hole}: {text}", language.id());
                }
            }
        }
    }

    #[test]
    fn every_character_is_in_the_bundled_fonts() {
        for language in Language::ALL {
            for (name, text, _) in language.words().all() {
                let missing: Vec<char> = text.chars().filter(|c| !fonts::has(*c)).collect();
                assert!(missing.is_empty(), "{}: {name} needs {missing:?}", language.id());
            }
        }
    }

    #[test]
    fn explanations_have_at_most_forty_words() {
        for (name, text, _) in Language::En.words().all() {
            assert!(!name.ends_with("_chart") || text.split_whitespace().count() <= 40, "{name}: {text}");
        }
    }

    #[test]
    fn chinese_sentences_are_chinese() {
        let chinese = |text: &str| text.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        let signs =
            ["comma", "sentence", "part", "pair", "quoted", "range", "subtitle", "classic_subtitle", "percent", "comparison_row", "hindcast_alt"];
        for (name, text, _) in Language::Zh.words().all() {
            assert!(chinese(text) || signs.contains(&name), "{name}: {text}");
        }
    }

    #[test]
    fn pseudo_sentences_are_two_fifths_longer() {
        let plain = |text: &str| text.chars().count();
        for ((name, english, _), (_, pseudo, _)) in Language::En.words().all().into_iter().zip(Language::Pseudo.words().all()) {
            assert!(plain(english) < 4 || plain(pseudo) * 10 >= plain(english) * 14, "{name}: {pseudo}");
        }
    }

    #[test]
    fn what_is_filled_in_is_not_read_as_a_template() {
        assert_eq!(fill("a {x} b {y}", &[("x", "{y}".to_owned()), ("y", "1".to_owned())]), "a {y} b 1");
    }

    #[test]
    fn only_names_that_are_shipped_are_translated() {
        let words = Language::Zh.words();
        assert_eq!(words.proper("China"), "中国");
        assert_eq!(words.proper("My own bloc"), "My own bloc");
        assert_eq!(Language::En.words().proper("China"), "China");
    }
}
