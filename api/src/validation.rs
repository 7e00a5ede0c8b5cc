//! How far to trust it: classics, mean field, hindcasts and structural switches, all computed anew, as one document with its charts.

use std::fmt::Write;

use faultline_charts::words as charts;
use faultline_models::MODEL_VERSION;
use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::paired;
use faultline_models::layout::Entity;
use faultline_models::meanfield::ThreeBlocs;
use faultline_models::scenario::{Adjust, Choice, NetworkTerm, OnIdenticalAdoption, Structure, Updating, VariantRule};

use crate::charts::Format;
use crate::classics::{self, ClassicPage};
use crate::desk::text::Text;
use crate::hindcast::{self, CardPage, InLanguage};
use crate::picture;
use crate::refusal::Refusal;
use crate::scenarios;
use crate::wire_desktop::Language;

/// Folder of the pictures in Chinese, among the others.
pub(crate) const CHINESE: &str = "zh/";

/// The document as it was last generated, for the app's help.
pub fn document() -> &'static str {
    include_str!("../../docs/validation.md")
}

/// The document and its charts, file names relative to it.
pub struct Report {
    /// Markdown.
    pub text: String,
    /// Names and contents of the charts.
    pub charts: Vec<(String, Vec<u8>)>,
}

/// Rows of section 7 of the model text and what stands for them.
const REDUCTIONS: &[(&str, &str, &str)] = &[
    ("one market, two standards, arrivals one by one, linear payoffs, no noise", "Arthur 1989", "arthur"),
    ("logarithmic network term with seeds, nobody reviews, arrivals one by one", "Pólya and nonlinear urns", "urn"),
    ("no network, preference or cost", "multinomial logit; levers of committees have exactly no effect on shares", "logit"),
    ("one market, reviews only, random order", "logit chain and its thresholds", "logit-chain"),
    ("three blocs, network weights (1−ω)I + ωJ/3, nothing compatible, no cost", "bifurcation and hysteresis of three blocs", "three-blocs"),
    ("one standard, hazard p + q F", "Bass, with the law of finite populations", "bass"),
    ("best reply with thresholds on a sparse network", "Watts’s cascade window", "watts"),
    ("confidence beyond the diameter", "DeGroot", "degroot"),
    ("small confidence", "Hegselmann–Krause; in pairs Deffuant", "hegselmann-krause"),
    ("no noise, two camps, pairwise propensities", "landscape theory, Unix 1988", "landscape"),
    ("one supplier, two markets", "the q* rule", "variants"),
    ("full recognition that makes compatible, no restriction, preference or cost", "interoperability 1, levers without effect", ""),
];

/// Cases beside the defaults, so that every published figure is computed.
const CASES: &[(&str, &[(&str, &str)])] = &[
    ("arthur", &[("a_R", "1"), ("b_R", "0.5"), ("a_S", "0.2"), ("b_S", "1")]),
    ("arthur", &[("a_R", "1"), ("b_R", "0.5"), ("a_S", "0.2"), ("b_S", "1"), ("p", "0.55")]),
    ("arthur", &[("r", "0"), ("s", "0"), ("p", "0.6")]),
    ("arthur", &[("r", "-0.1"), ("s", "-0.1")]),
    ("urn", &[("start", "3,2")]),
    ("urn", &[("start", "1,1,1")]),
    ("urn", &[("g", "2")]),
    ("urn", &[("start", "2,1"), ("g", "2")]),
    ("urn", &[("start", "2,1"), ("f", "majority")]),
    ("logit", &[("h", "0,0"), ("b", "2.5"), ("start", "leader")]),
    ("logit", &[("h", "0,0"), ("b", "3"), ("start", "leader")]),
    ("logit", &[("h", "0,0,0"), ("b", "3"), ("start", "leader")]),
    ("logit", &[("h", "0,0,0,0"), ("b", "3.5"), ("start", "leader")]),
    ("logit-chain", &[("b", "3")]),
    ("logit-chain", &[("N", "20"), ("b", "3"), ("h", "0.2")]),
    ("three-blocs", &[("omega", "0.53")]),
    ("three-blocs", &[("omega", "0.3"), ("start", "one")]),
    ("watts", &[("z", "1.5")]),
    ("watts", &[("z", "7")]),
    ("watts", &[("phi", "0.25")]),
    ("watts", &[("phi", "0.1"), ("z", "5")]),
    ("degroot", &[("T", "0.5,0.5;0.25,0.75"), ("x0", "1,0")]),
    ("hegselmann-krause", &[("eps", "0.2")]),
    ("hegselmann-krause", &[("eps", "0.05")]),
    ("deffuant", &[("eps", "0.1")]),
    ("ballot", &[("p", "0.8")]),
    ("landscape", &[("case", "five-powers")]),
    ("landscape", &[("case", "seventeen-nations")]),
    ("katz-shapiro", &[("groups", "1,1,1")]),
    ("katz-shapiro", &[("groups", "2,1")]),
    ("variants", &[("distance", "quadratic")]),
    ("standardization-gap", &[("K", "50")]),
    ("standardization-gap", &[("K", "98")]),
    ("gains-from-trade", &[("lambda_after", "0.95"), ("theta", "4")]),
];

/// Computes everything. Takes a minute or two.
///
/// # Errors
/// When a shipped file has problems or a chart cannot be drawn.
pub fn report() -> Result<Report, Refusal> {
    let mut report = Report { text: HEAD.to_owned(), charts: Vec::new() };
    let pages = pages(&mut report.charts)?;
    reductions(&mut report.text, &pages);
    figures(&mut report.text, &pages);
    mean_field(&mut report.text);
    history(&mut report)?;
    switches(&mut report.text)?;
    report.text.push_str(TAIL);
    Ok(report)
}

const HEAD: &str = "# How far to trust this

Every figure here is computed by `cargo xtask validation`, which also draws the charts. Nothing is typed in. Model version and seeds are fixed, so that the same version gives the same document.

Levels of agreement follow Axtell et al. (1996): *numerical identity* (the same number up to rounding), *distributional* (differences within a few Monte-Carlo standard errors), *relational* (the same direction). No more is claimed than the level reached.

";

const TAIL: &str = "## What is assumed, what is contested

**Assumed.** Ideal points of the blocs, network strengths, most lever values of today, levels and effects of tension, costs of variants, committee sizes and tolerances are judgements. Each carries a range and the grade *assumed*; `faultline uncertainties` and `faultline levers` list them. None is fitted to the scenarios' own results.

**Estimated or measured.** Drafting times, shares of identical adoption, sizes of markets and trade rest on published figures (`faultline evidence`); some of these were not read in a source and are marked *unverified* wherever they are shown.

**Fitted.** One number, the trade cost of restriction, is fitted to one published figure. The historical episodes above are fitted on their own first years only and feed nothing back into the scenarios.

**Contested.** Whether large or small suppliers carry rules abroad (the size exponent of the variant cost: Siegmann & Anderljung 2022 expect large ones, fixed costs alone favour small ones); whether shared standards raise trade or importers' own ones do (Moenius 2004); whether management and risk standards have network effects at all (kept at or below 1 for governance); whether committees or markets coordinate better (Farrell & Saloner 1988). Each is a switch or a wide range.

**Not in the model.** Licensing of patents and its politics; expectations that tip a market before users do; quality that grows with use; firms that set prices strategically (the Katz–Shapiro classic shows what that adds); anything about how likely a policy is.

**Not replicated.** The full case of the Second World War in Axelrod & Bennett (1993) needs a matrix that is not printed; the numbers of Weitzel, Beimborn & König (2006) were not found, so that only directions are compared.
";

/// All cases, the defaults first, with a chart of each default.
fn pages(charts: &mut Vec<(String, Vec<u8>)>) -> Result<Vec<ClassicPage>, Refusal> {
    let mut pages = Vec::new();
    for line in classics::list() {
        let wish = |given: &[(&str, &str)]| classics::Wish {
            id: line.id.to_owned(),
            given: given.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
            ..classics::Wish::default()
        };
        let played = classics::run(&wish(&[]), &Control::default())?;
        charts.extend(in_each_language(line.id, &|language, said| played.chart(language, said))?);
        pages.push(played.page());
        for (_, given) in CASES.iter().filter(|(id, _)| *id == line.id) {
            pages.push(classics::play(&wish(given))?);
        }
    }
    Ok(pages)
}

/// A chart as files, one per language; names of the data are put into it by what the window has for them.
fn in_each_language(id: &str, chart: InLanguage<'_>) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let languages = [("", charts::Language::En, Language::En), (CHINESE, charts::Language::Zh, Language::Zh)];
    let file = |(folder, language, of_names): (&str, charts::Language, Language)| {
        let drawn = chart(language, &|name| Text(of_names).classic(name));
        Ok((format!("{folder}{id}.svg"), picture::file(&drawn, Format::Svg, false)?))
    };
    languages.into_iter().map(file).collect()
}

/// A Markdown row.
fn row(text: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    // Writing into a String cannot fail.
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn head(text: &mut String, cells: &[&str]) {
    row(text, cells);
    let _ = writeln!(text, "|{}", "---|".repeat(cells.len()));
}

/// Largest distance of a classic's lines in standard errors, and how many agree of how many that can.
fn verdict(pages: &[&ClassicPage]) -> (f64, usize, usize) {
    let lines = || pages.iter().flat_map(|page| &page.lines).filter(|line| line.agrees.is_some());
    let farthest = lines().filter_map(|line| line.standard_errors_apart).fold(0.0, |most: f64, apart| most.max(apart.abs()));
    (farthest, lines().filter(|line| line.agrees == Some(true)).count(), lines().count())
}

fn reductions(text: &mut String, pages: &[ClassicPage]) {
    text.push_str("## Limits in which the engine must be something known\n\nEach row is a test. The engine's own rules run in a limiting configuration; there is no second implementation beside them. For the adoption step there is one on purpose: a slow reading of the equations, with which the engine is compared draw by draw (`models/src/rules/reference.rs`).\n\n");
    head(text, &["limit", "becomes", "level", "figures that agree", "farthest, in standard errors", "command"]);
    for (limit, becomes, id) in REDUCTIONS {
        let of: Vec<&ClassicPage> = pages.iter().filter(|page| page.id == *id).collect();
        let (farthest, agree, all) = verdict(&of);
        match of.first() {
            Some(page) => row(
                text,
                &[limit, becomes, page.level, &format!("{agree} of {all}"), &format!("{farthest:.1}"), &format!("`faultline classic {id}`")],
            ),
            None => row(text, &[limit, becomes, "numerical identity", "test", "–", "`tests/suite/invariance.rs`"]),
        }
    }
    text.push_str("\nWhere chance decides, differences are in standard errors: of a hundred figures about five should lie beyond 2 and none beyond 4. Invariances (order of blocs, a market cut in two, the unit of sizes, number of threads) are tests in `tests/suite/invariance.rs` and `tests/suite/determinism.rs`. Negative controls: constant and diminishing returns do not lock in; fifty adopters who hit the curve of Bass would be wrong.\n\n");
}

/// One section per classic: its chart, and every figure beside its reference.
fn figures(text: &mut String, pages: &[ClassicPage]) {
    text.push_str("## Classics\n\n");
    let mut shown = "";
    for page in pages {
        if page.id != shown {
            shown = page.id;
            let _ = write!(
                text,
                "### {}\n\n{}\n\n*{}.* Engine: {}. Level: {}.\n\n![{}](images/validation/{}.svg)\n\n",
                page.name, page.lesson, page.source, page.engine, page.level, page.name, page.id
            );
        }
        let usual = classics::list().into_iter().find(|line| line.id == page.id).map(|line| line.parameters).unwrap_or_default();
        let changed: Vec<String> = page
            .parameters
            .iter()
            .filter(|(key, value)| usual.iter().any(|p| p.id == key && p.default != *value))
            .map(|(key, value)| format!("--{key} {}", quoted(value)))
            .collect();
        let _ = writeln!(text, "`faultline classic {}{}{}`\n", page.id, if changed.is_empty() { "" } else { " " }, changed.join(" "));
        head(text, &["figure", "simulated", "s.e.", "exact or published", "difference in s.e.", "from"]);
        for line in &page.lines {
            let error = if line.standard_error > 0.0 { number(line.standard_error) } else { "–".to_owned() };
            let apart = match (line.standard_errors_apart, line.difference) {
                (Some(apart), _) => format!("{apart:+.2}").replace('-', "−"),
                (None, Some(difference)) => format!("differs by {}", number(difference)),
                (None, None) => "–".to_owned(),
            };
            let maybe = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), number);
            row(text, &[&line.name, &maybe(line.simulated), &error, &maybe(line.reference), &apart, line.basis]);
        }
        text.push('\n');
        for note in &page.notes {
            let _ = writeln!(text, "{note}\n");
        }
    }
}

/// A value as a shell wants it.
fn quoted(value: &str) -> String {
    if value.contains(';') { format!("\"{value}\"") } else { value.to_owned() }
}

fn number(x: f64) -> String {
    let text = match x.abs() {
        size if size >= 1e6 || (size < 1e-4 && size > 0.0) => format!("{x:.3e}"),
        _ => format!("{x:.6}"),
    };
    text.replace('-', "−")
}

fn mean_field(text: &mut String) {
    text.push_str("## Mean field of three blocs\n\nWhat the equations without agents say: up to which cooperation in use ω a split lasts, and from which on one common standard can. Between the two the start decides, which is hysteresis.\n\n");
    head(text, &["α", "h", "split lasts up to ω", "one standard from ω"]);
    for (alpha, h) in [(4.0, 0.0), (4.0, 0.25), (4.0, 0.5), (4.0, 1.0), (4.0, 1.5), (5.0, 0.5), (5.0, 1.0)] {
        let case = ThreeBlocs { alpha, h, omega: 0.0 };
        let until = case.split_until().map_or_else(|| "never lost".to_owned(), |omega| format!("{omega:.5}"));
        let from = case.one_standard_from().map_or_else(|| "nowhere".to_owned(), |omega| format!("{omega:.3}"));
        row(text, &[&alpha.to_string(), &h.to_string(), &until, &from]);
    }
    text.push_str("\nWhat agents add: which standard leads after a split is lost; how long a split outlasts its threshold or falls before it in finite markets; everything that the equations leave out (partners, uneven sizes, committees, suppliers). In the shipped scenarios texts are partly compatible, which shrinks the effective network strength to about α (1 − σ); for the foundation that is below the threshold, so that no fold is to be expected there.\n\n");
}

fn history(report: &mut Report) -> Result<(), Refusal> {
    report.text.push_str("## History\n\nContests of the past as small worlds of their own (`episodes/`), run by the same tick: fitted on their first years by approximate Bayesian computation with stated priors, held against the later ones. The calibration is checked on a case whose answer is known (`faultline classic abc`). Benchmarks: shares stay as last seen (*persistence*), or additions go on as in the fitted years (*proportional*). A hit is a share within the band of 90 of 100 kept draws.\n\n");
    for line in hindcast::list()? {
        let (card, charts) = hindcast::drawn(&line.id, &hindcast::Wish::default(), &|chart| in_each_language(&line.id, chart))?;
        report.charts.extend(charts);
        one_card(&mut report.text, &line.id, &card);
    }
    Ok(())
}

fn one_card(text: &mut String, id: &str, card: &CardPage) {
    let _ = write!(
        text,
        "### {}\n\n{}\n\n![{}](images/validation/{id}.svg)\n\n`faultline hindcast {id}`: fitted until {}, {} of {} draws kept.\n\n**{}**\n\n",
        card.name, card.story, card.name, card.fit_until, card.kept, card.draws, card.verdict
    );
    head(text, &["market", "observations held back", "model", "persistence", "proportional", "within the band"]);
    for s in &card.scores {
        let proportional = s.proportional.map_or_else(|| "–".to_owned(), |p| format!("{p:.3}"));
        row(
            text,
            &[
                &s.market,
                &s.observations.to_string(),
                &format!("{:.3}", s.model),
                &format!("{:.3}", s.persistence),
                &proportional,
                &format!("{} of {}", s.hits, s.of),
            ],
        );
    }
    text.push_str("\nMean absolute error of shares; *elsewhere* are markets that were never fitted, against equal shares.\n\n");
    head(text, &["parameter", "prior", "posterior (5, 50, 95 %)", "width of the prior left", "identified?"]);
    for p in &card.parameters {
        let [low, middle, high] = p.posterior;
        row(
            text,
            &[
                &p.key,
                &format!("{} to {}", p.prior.0, p.prior.1),
                &format!("{low:.2}, {middle:.2}, {high:.2}"),
                &format!("{:.2}", p.width),
                if p.identified { "yes" } else { "**no**" },
            ],
        );
    }
    text.push('\n');
    for pair in &card.bound_together {
        let _ = writeln!(text, "Identified only together: {pair}.\n");
    }
    let misses: Vec<String> = card
        .points
        .iter()
        .filter(|p| p.part == "held back" && !p.hit)
        .map(|p| format!("{} {} in {}: seen {:.2}, band {:.2} to {:.2}", p.market, p.standard, p.date, p.seen, p.band[0], p.band[2]))
        .collect();
    let _ = writeln!(text, "Misses: {}.\n", if misses.is_empty() { "none".to_owned() } else { misses.join("; ") });
    head(text, &["source", "status", "observations", "note"]);
    for s in &card.sources {
        row(text, &[&s.source, &s.status, &s.dates.join(", "), &s.note]);
    }
    text.push('\n');
}

/// A conclusion: the first scenario ends more fragmented than the second.
const CONCLUSIONS: [(&str, &str); 4] =
    [("decoupling", "common-ground"), ("decoupling", "today-extended"), ("late-repair", "common-ground"), ("decoupling", "late-repair")];

/// Runs and adopters with which switches are tried.
const TRIED: (usize, usize) = (40, 1_000);

/// Pairs of 100 that must agree for a conclusion to stand.
const KEPT: f64 = 66.0;

/// A structural switch and what it sets.
type Switch = (&'static str, fn(&mut Structure));

const SWITCHES: &[Switch] = &[
    ("as shipped", |_| {}),
    ("network term logarithmic", |s| s.network_term = NetworkTerm::Logarithmic(0.05)),
    ("network term square", |s| s.network_term = NetworkTerm::Power(2.0)),
    ("choice by threshold", |s| s.choice = Choice::Threshold),
    ("choice by best reply", |s| s.choice = Choice::BestReply),
    ("updating in random order", |s| s.updating = Updating::RandomOrder),
    ("variants meet the strictest", |s| s.variant = VariantRule::Strictest),
    ("variants at the weighted mean", |s| s.variant = VariantRule::WeightedMean),
    ("users relabelled on identical adoption", |s| s.on_identical_adoption = OnIdenticalAdoption::Relabel),
    ("reciprocity .5 a year", |s| s.reciprocity = 0.5),
];

fn switches(text: &mut String) -> Result<(), Refusal> {
    let (runs, adopters) = TRIED;
    let _ = write!(
        text,
        "## What flips under a structural switch\n\nOf 100 paired runs ({runs} runs, {adopters} adopters, model {MODEL_VERSION}), in how many the first scenario ends more fragmented than the second. A conclusion that falls below 66 flips or is lost; it is marked.\n\n"
    );
    let names: Vec<String> = CONCLUSIONS.iter().map(|(a, b)| format!("{a} above {b}")).collect();
    head(text, &std::iter::once("switch").chain(names.iter().map(String::as_str)).collect::<Vec<_>>());
    let (mut lost, mut least) = (Vec::new(), 100.0f64);
    for (name, set) in SWITCHES {
        let mut cells = vec![(*name).to_owned()];
        let mut done: Vec<(&str, Ensemble)> = Vec::new();
        for id in ["decoupling", "common-ground", "today-extended", "late-repair"] {
            let mut scenario = scenarios::open(id, &Adjust { adopters: Some(adopters), ..Adjust::default() })?.scenario;
            set(&mut scenario.structure);
            done.push((id, Ensemble::run(&scenario, 1, runs, &Control::default())));
        }
        for (first, second) in CONCLUSIONS {
            let of = |id: &str| done.iter().find(|(name, _)| *name == id).map(|(_, ensemble)| ensemble);
            let (Some(a), Some(b)) = (of(first), of(second)) else { continue };
            let column = |e: &Ensemble| e.layout.find("fragmentation", &Entity::World, None).unwrap_or(0);
            let difference = paired(b, a, a.rows() - 1, (column(b), column(a)));
            let share = (100.0 * difference.share_higher).round();
            least = least.min(share);
            if share < KEPT {
                lost.push(format!("{first} above {second} with {name}"));
            }
            cells.push(if share < KEPT {
                format!("**{share:.0}** (mean {:+.3})", difference.statistics.mean)
            } else {
                format!("{share:.0} (mean {:+.3})", difference.statistics.mean)
            });
        }
        row(text, &cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let _ = match &lost[..] {
        [] => writeln!(text, "\nNo conclusion flips: the lowest entry is {least:.0} of 100.\n"),
        lost => writeln!(text, "\nFlipped or lost: {}.\n", lost.join("; ")),
    };
    Ok(())
}
