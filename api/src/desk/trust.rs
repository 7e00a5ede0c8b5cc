//! The generated document on how far to trust this, as parts and blocks that the window sets.

use faultline_charts::palette::{Theme, recoloured};

use super::text::Text;
use crate::wire_desktop::{Colours, Language};
use crate::wire_trust::{Span, SpanStyle, TrustBlock, TrustPage, TrustPart};
use crate::{classics, embedded, validation};

use faultline_models::MODEL_VERSION;

/// Heading under which the cards of episodes stand.
const CARDS: &str = "History";

/// The document in the language, as far as it has been translated, with its pictures in the colours.
pub(crate) fn page(theme: Colours, language: Language) -> TrustPage {
    let (text, mut under) = (Text(language), String::new());
    let mut parts: Vec<TrustPart> = Vec::new();
    for block in validation::document().split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        match heading(block) {
            Some((level, title)) => {
                if level == 2 {
                    title.clone_into(&mut under);
                }
                let classic = classics::list().into_iter().find(|line| level == 3 && line.name == title).map(|line| line.id.to_owned());
                let card = level == 3 && classic.is_none() && under == CARDS;
                parts.push(TrustPart { id: format!("part-{}", parts.len()), level, title: text.classic(title), classic, card, blocks: Vec::new() });
            }
            None => {
                if let Some(part) = parts.last_mut() {
                    part.blocks.extend(read(block, theme, text));
                }
            }
        }
    }
    TrustPage { model_version: MODEL_VERSION.to_owned(), parts }
}

/// Level and title of a heading.
fn heading(block: &str) -> Option<(u32, &str)> {
    let marks = block.bytes().take_while(|byte| *byte == b'#').count();
    let title = block[marks..].strip_prefix(' ')?;
    (1..=3).contains(&marks).then_some((u32::try_from(marks).unwrap_or(1), title.trim()))
}

/// A block of the generated Markdown: a picture, a table, a list or a paragraph.
fn read(block: &str, theme: Colours, text: Text) -> Option<TrustBlock> {
    if let Some((alt, file)) = block.strip_prefix("![").and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once("](")) {
        let name = file.rsplit('/').next().unwrap_or(file);
        let chinese = (text.0 == Language::Zh).then(|| embedded::picture(&format!("{}{name}", validation::CHINESE))).flatten();
        let svg = chinese.or_else(|| embedded::picture(name))?;
        let svg = if theme == Colours::Dark { recoloured(svg, Theme::Light, Theme::Dark) } else { svg.to_owned() };
        return Some(TrustBlock::Picture { svg, alt: text.classic(alt) });
    }
    if block.starts_with('|') {
        let mut rows = block.lines().filter(|line| !line.starts_with("|---")).map(|line| cells(line, text));
        return Some(TrustBlock::Table { head: rows.next()?, rows: rows.collect() });
    }
    if block.starts_with("- ") {
        let items = block.lines().map(|line| spans(&text.classic(line.trim_start_matches("- ")))).collect();
        return Some(TrustBlock::List { items });
    }
    Some(TrustBlock::Paragraph { spans: spans(&paragraph(block, text)) })
}

/// A paragraph in the language: as a whole where it is known as one, else its parts that are.
fn paragraph(block: &str, text: Text) -> String {
    let whole = text.classic(block);
    if whole != block || text.0 != Language::Zh {
        return whole;
    }
    if let Some((source, engine, level)) = about_classic(block) {
        return format!("*{source}* {}：{}。{}：{}。", text.classic("Engine"), text.classic(engine), text.classic("Level"), text.classic(level));
    }
    // A verdict: one sentence per market, which has its name from the file.
    if let Some(verdict) = block.strip_prefix("**").and_then(|rest| rest.strip_suffix(".**")) {
        let told = |sentence: &str| match sentence.split_once(": ") {
            Some((market, said)) => format!("{}：{}。", text.classic(market), text.classic(said)),
            None => sentence.to_owned(),
        };
        return format!("**{}**", verdict.split(". ").map(told).collect::<String>());
    }
    if let Some((command, rest)) = block.split_once("`: ") {
        return format!("{command}`：{}", text.classic(rest));
    }
    match block.split_once(": ") {
        Some((head @ ("Misses" | "Identified only together"), rest)) => format!("{}：{rest}", text.classic(head)),
        _ => whole,
    }
}

/// Source, engine and level of the line under a classic.
fn about_classic(block: &str) -> Option<(&str, &str, &str)> {
    let (source, rest) = block.strip_prefix('*')?.split_once("* Engine: ")?;
    let (engine, level) = rest.strip_suffix('.')?.rsplit_once(". Level: ")?;
    Some((source, engine, level))
}

/// The cells of a row.
fn cells(line: &str, text: Text) -> Vec<Vec<Span>> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|').replace("\\|", "\u{1}");
    inner.split('|').map(|cell| spans(&text.classic(&cell.trim().replace('\u{1}', "|")))).collect()
}

/// Pieces of a line: `**bold**`, `*slanted*` and what stands between back-quotes.
fn spans(line: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut rest = line;
    let mut plain = String::new();
    while !rest.is_empty() {
        // A star within a word, as in q*, marks nothing.
        let within = plain.ends_with(char::is_alphanumeric);
        let marks = [("**", SpanStyle::Strong), ("*", SpanStyle::Emphasis), ("`", SpanStyle::Code)];
        let marked = marks.into_iter().filter(|_| !within).find_map(|(mark, style)| {
            let (inner, after) = rest.strip_prefix(mark)?.split_once(mark)?;
            (!inner.is_empty()).then_some((inner, after, style))
        });
        match marked {
            Some((inner, after, style)) => {
                flush(&mut plain, &mut pieces);
                pieces.push(Span { text: inner.to_owned(), style });
                rest = after;
            }
            None => {
                let next = rest.chars().next().map_or(1, char::len_utf8);
                plain.push_str(&rest[..next]);
                rest = &rest[next..];
            }
        }
    }
    flush(&mut plain, &mut pieces);
    pieces
}

fn flush(plain: &mut String, pieces: &mut Vec<Span>) {
    if !plain.is_empty() {
        pieces.push(Span { text: std::mem::take(plain), style: SpanStyle::Plain });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_text(part: &TrustPart) -> String {
        let of = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
        let block = |block: &TrustBlock| match block {
            TrustBlock::Paragraph { spans } => of(spans),
            TrustBlock::List { items } => items.iter().map(|item| of(item)).collect::<Vec<_>>().join("\n"),
            TrustBlock::Table { head, rows } => std::iter::once(head).chain(rows).flatten().map(|cell| of(cell)).collect::<Vec<_>>().join("\n"),
            TrustBlock::Picture { alt, .. } => alt.clone(),
        };
        part.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_word_of_the_document_is_on_the_page_and_no_mark_of_its_file() {
        let page = page(Colours::Light, Language::En);
        let shown = page.parts.iter().map(|part| format!("{}\n{}", part.title, all_text(part))).collect::<Vec<_>>().join("\n");
        for word in validation::document().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3) {
            assert!(shown.contains(word) || word == "validation" || word == "images", "“{word}” is missing");
        }
        for mark in ["](", "**", "|--", "\n#", "`"] {
            assert!(
                !shown.contains(mark),
                "“{mark}” is left over: {:?}",
                shown.find(mark).map(|at| &shown[at.saturating_sub(60)..(at + 20).min(shown.len())])
            );
        }
    }

    #[test]
    fn every_classic_has_a_part_with_its_picture_and_every_episode_a_card() {
        let page = page(Colours::Light, Language::En);
        let pictured = |part: &TrustPart| part.blocks.iter().any(|block| matches!(block, TrustBlock::Picture { svg, .. } if svg.starts_with("<svg")));
        for line in classics::list() {
            assert!(page.parts.iter().any(|part| part.classic.as_deref() == Some(line.id) && pictured(part)), "{} is missing", line.id);
        }
        let cards: Vec<&TrustPart> = page.parts.iter().filter(|part| part.card).collect();
        assert_eq!(cards.len(), embedded::episode_ids().len());
        for card in cards {
            let said = all_text(card);
            assert!(pictured(card) && said.contains("within the band") && said.contains("Misses:") && said.contains("source"), "{}", card.title);
        }
    }

    #[test]
    fn every_picture_speaks_the_language_of_the_page() {
        let pictures =
            |language| page(Colours::Light, language).parts.into_iter().flat_map(|part| part.blocks).filter_map(picture).collect::<Vec<_>>();
        let chinese = |svg: &str| svg.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        let (en, zh) = (pictures(Language::En), pictures(Language::Zh));
        assert!(en.len() > 20 && en.len() == zh.len());
        assert!(!en.iter().any(|svg| chinese(svg)) && zh.iter().all(|svg| chinese(svg)));
        // Whatever has Chinese on the page has it in the pictures.
        for (svg, of) in zh.iter().zip(&en) {
            let same: Vec<&str> =
                texts(svg).into_iter().filter(|text| texts(of).contains(text) && Text(Language::Zh).classic(text) != *text).collect();
            assert!(same.is_empty(), "{same:?} are left in English");
        }
    }

    fn picture(block: TrustBlock) -> Option<String> {
        match block {
            TrustBlock::Picture { svg, .. } => Some(svg),
            _ => None,
        }
    }

    /// Texts of a drawing.
    fn texts(svg: &str) -> Vec<&str> {
        svg.split("<text").skip(1).filter_map(|piece| piece.split_once('>')?.1.split_once("</text>")).map(|(text, _)| text.trim()).collect()
    }

    #[test]
    fn pictures_are_recoloured_for_the_dark() {
        let surfaces = |theme| {
            let page = page(theme, Language::En);
            let pictures = page.parts.into_iter().flat_map(|part| part.blocks).filter_map(picture);
            pictures.filter(|svg| svg.to_lowercase().contains("#ffffff")).count()
        };
        assert!(surfaces(Colours::Light) > 20);
        assert_eq!(surfaces(Colours::Dark), 0);
    }

    #[test]
    fn marks_within_a_line_become_pieces() {
        let pieces = spans("a **b** c *d* `e * f` g*h*");
        let told: Vec<(&str, SpanStyle)> = pieces.iter().map(|span| (span.text.as_str(), span.style)).collect();
        use SpanStyle::{Code, Emphasis, Plain, Strong};
        assert_eq!(told, [("a ", Plain), ("b", Strong), (" c ", Plain), ("d", Emphasis), (" ", Plain), ("e * f", Code), (" g*h*", Plain)]);
    }
}
