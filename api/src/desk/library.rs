//! What there is to choose from, in the user’s language.

use faultline_charts::catalogue::{CHARTS, ChartKind, Needs, OfRun, Shows};
use faultline_models::MODEL_VERSION;

use super::figures;
use super::text::Text;
use crate::refusal::Refusal;
use crate::wire::{IndicatorLine, LeverLine, ScenarioLine, UncertaintyLine};
use crate::wire_desktop::{ChartInfo, FutureInfo, Language, Library, SwitchInfo};
use crate::{charts, lists, wire_desktop};

/// Most runs per scenario that the window asks for.
const MAX_RUNS: u32 = 2_000;

/// End states, from least to most split, with what they mean.
const FUTURES: [(&str, [&str; 2]); 5] = [
    ("single-market", ["All blocs are joined and hardly more than one standard is in use.", "所有集团相连，使用的标准几乎只有一个。"]),
    ("common-core", ["All blocs are joined, with several standards in use.", "所有集团相连，使用多个标准。"]),
    ("bridge", ["The blocs hang together through one of them only.", "各集团仅通过其中之一相连。"]),
    ("two-blocs", ["Some blocs are joined, another stands apart.", "一些集团相连，另一个单独存在。"]),
    ("split", ["No two blocs are joined.", "没有两个集团相连。"]),
];

/// A structural switch: key, name and what it decides in English and Chinese, settings with their words.
struct Switch {
    key: &'static str,
    name: [&'static str; 2],
    reading: [&'static str; 2],
    settings: &'static [(&'static str, [&'static str; 2])],
    bounds: Option<(f64, f64)>,
}

/// The structural switches, as the scenario file has them.
const SWITCHES: [Switch; 8] = [
    Switch {
        key: "network-term",
        name: ["Network benefit", "网络收益"],
        reading: ["How the benefit of a network grows with its reach.", "网络收益如何随覆盖范围增长。"],
        settings: &[("linear", ["linear", "线性"]), ("logarithmic", ["logarithmic", "对数"]), ("power", ["power", "幂"])],
        bounds: None,
    },
    Switch {
        key: "network-exponent",
        name: ["Exponent of the network benefit", "网络收益的指数"],
        reading: ["Exponent where the network benefit is a power.", "网络收益为幂时的指数。"],
        settings: &[],
        bounds: Some((0.1, 10.0)),
    },
    Switch {
        key: "choice",
        name: ["Decision rule of adopters", "采用者的决策规则"],
        reading: ["How an adopter chooses between standards.", "采用者如何在标准之间选择。"],
        settings: &[
            ("logit", ["multinomial logit", "多项 logit"]),
            ("threshold", ["personal thresholds", "个人阈值"]),
            ("best-reply", ["always the best", "总选最优"]),
        ],
        bounds: None,
    },
    Switch {
        key: "updating",
        name: ["Order of updating", "更新次序"],
        reading: ["Whether adopters due in the same quarter see each other’s choices.", "同一季度复审的采用者是否看到彼此的选择。"],
        settings: &[("synchronous", ["all at once", "同时"]), ("random-order", ["one after the other", "依次"])],
        bounds: None,
    },
    Switch {
        key: "variant",
        name: ["What a product variant implements", "产品型号实现的文本"],
        reading: ["Which text a supplier’s variant follows for a group of markets.", "供应商的型号为一组市场遵循哪份文本。"],
        settings: &[
            ("best", ["the text that earns most", "收益最高者"]),
            ("strictest", ["the strictest text", "最严格者"]),
            ("weighted-mean", ["the text nearest to the mean", "最接近均值者"]),
        ],
        bounds: None,
    },
    Switch {
        key: "on-identical-adoption",
        name: ["Home texts after identical adoption", "等同采用后的本土文本"],
        reading: ["What becomes of the users of a home text when the international one is taken over.", "采用国际文本后，本土文本的用户如何处理。"],
        settings: &[("withdraw", ["withdrawn, kept until review", "撤销，保留至复审"]), ("relabel", ["relabelled at once", "立即改标"])],
        bounds: None,
    },
    Switch {
        key: "reciprocity",
        name: ["Reciprocity", "对等"],
        reading: [
            "Rate per year at which a bloc lowers its openness to the others’ mean; 0 for none.",
            "集团每年把开放度降至他方均值的速率；0 为没有。",
        ],
        settings: &[],
        bounds: Some((0.0, 1.0)),
    },
    Switch {
        key: "international-text",
        name: ["International text", "国际文本"],
        reading: ["Whether there is an international text that adopters can choose.", "是否有可供采用者选择的国际文本。"],
        settings: &[("offered", ["offered", "提供"]), ("absent", ["absent", "没有"])],
        bounds: None,
    },
];

/// One of two words, or the first in disguise.
fn pick(language: Language, [en, zh]: [&str; 2]) -> String {
    if language == Language::Zh { zh.to_owned() } else { Text(language).phrase(en) }
}

/// Name of a structural switch.
pub(crate) fn switch_name(key: &str, text: Text) -> String {
    SWITCHES.iter().find(|s| s.key == key).map_or_else(|| key.to_owned(), |s| pick(text.0, s.name))
}

/// Everything that does not change while the program runs.
///
/// # Errors
/// When a shipped scenario has problems.
pub(crate) fn library(language: Language) -> Result<Library, Refusal> {
    let text = Text(language);
    let baseline = lists::baseline()?.scenario;
    Ok(Library {
        model_version: MODEL_VERSION.to_owned(),
        scenarios: lists::scenarios()?.into_iter().map(|s| scenario(s, text)).collect(),
        levers: lists::levers()?.into_iter().map(|l| lever(l, text)).collect(),
        uncertainties: lists::uncertainties()?.into_iter().map(|u| uncertainty(u, text)).collect(),
        indicators: lists::indicators().iter().map(|i| indicator(i, text)).collect(),
        charts: CHARTS.iter().map(|kind| chart(kind, language)).collect(),
        switches: SWITCHES.iter().map(|s| switch(s, language)).collect(),
        futures: FUTURES
            .iter()
            .map(|(kind, reading)| FutureInfo { kind: (*kind).to_owned(), name: text.future(kind), reading: pick(language, *reading) })
            .collect(),
        blocs: baseline.blocs.iter().map(|b| (b.id.clone(), text.phrase(&b.name))).collect(),
        domains: baseline.domains.iter().map(|d| (d.id.clone(), text.phrase(&d.name))).collect(),
        quarters: (0..baseline.calendar.rows).map(|row| baseline.calendar.quarter(row).to_string()).collect(),
        max_runs: MAX_RUNS,
    })
}

fn scenario(s: ScenarioLine, text: Text) -> ScenarioLine {
    ScenarioLine { name: text.phrase(&s.name), gist: text.phrase(&s.gist), ..s }
}

fn lever(l: LeverLine, text: Text) -> LeverLine {
    LeverLine { name: text.phrase(&l.name), unit: text.phrase(&l.unit), group: text.phrase(&l.group), reading: text.phrase(&l.reading), ..l }
}

fn uncertainty(u: UncertaintyLine, text: Text) -> UncertaintyLine {
    UncertaintyLine { name: text.phrase(&u.name), unit: text.phrase(&u.unit), group: text.phrase(&u.group), reading: text.phrase(&u.reading), ..u }
}

fn indicator(i: &IndicatorLine, text: Text) -> IndicatorLine {
    IndicatorLine { name: text.phrase(&i.name), unit: text.phrase(&i.unit), reading: text.phrase(&i.reading), ..i.clone() }
}

fn chart(kind: &ChartKind, language: Language) -> ChartInfo {
    ChartInfo {
        line: charts::line(kind, figures::language(language)),
        together: kind.shows == Shows::All,
        compares: kind.needs == Needs::Two,
        by_domain: figures::BY_DOMAIN.contains(&kind.id),
        by_run: kind.of_run != OfRun::Never,
        by_quarter: figures::BY_QUARTER.contains(&kind.id),
    }
}

fn switch(s: &Switch, language: Language) -> SwitchInfo {
    wire_desktop::SwitchInfo {
        key: s.key.to_owned(),
        name: pick(language, s.name),
        reading: pick(language, s.reading),
        settings: s.settings.iter().map(|(key, words)| ((*key).to_owned(), pick(language, *words))).collect(),
        bounds: s.bounds,
    }
}
