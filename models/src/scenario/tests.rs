//! What the gate lets through and what it says about the rest.

use super::{Adjust, Override, Problem, SourceText, load, parent_of};
use crate::calendar::Quarter;

const BASE: &str = include_str!("../../../scenarios/today-extended.toml");

fn source(id: &str, text: &str) -> SourceText {
    SourceText { id: id.to_owned(), path: format!("{id}.toml"), text: text.to_owned() }
}

/// A child of the baseline.
fn child(body: &str) -> Result<super::Scenario, Vec<Problem>> {
    let head = "name = \"Mine\"\nextends = \"today-extended\"\n";
    load(&[source("mine", &format!("{head}{body}")), source("today-extended", BASE)], &Adjust::default())
}

/// The baseline with one piece of text exchanged.
fn changed(from: &str, to: &str) -> Vec<Problem> {
    assert!(BASE.contains(from), "the baseline does not contain {from}");
    load(&[source("today-extended", &BASE.replacen(from, to, 1))], &Adjust::default()).unwrap_err()
}

fn says(problems: &[Problem], fragments: &[&str]) {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(all.iter().any(|line| fragments.iter().all(|f| line.contains(f))), "none of {all:#?} says {fragments:?}");
}

#[test]
fn the_baseline_is_complete_and_every_number_of_it_is_in_the_ledger() {
    let scenario = load(&[source("today-extended", BASE)], &Adjust::default()).unwrap();
    assert_eq!(scenario.calendar.rows, 64);
    assert_eq!((scenario.blocs.len(), scenario.economies.len(), scenario.domains.len()), (3, 30, 3));
    let quantities = BASE.matches("value = ").count() - BASE.matches("\nvalue = {").count();
    assert_eq!(scenario.ledger.len(), quantities);
    assert!(scenario.ledger.iter().all(|e| !e.quantity.unit.is_empty() && !e.quantity.source.is_empty()));
}

#[test]
fn ideal_points_shrink_to_their_centre() {
    let scenario = load(&[source("today-extended", BASE)], &Adjust::default()).unwrap();
    assert_eq!(scenario.blocs[0].ideal[1], [0.8, 0.5]);
    let centre = (0.8 + 0.55 + 0.35) / 3.0;
    assert!((scenario.blocs[0].ideal[0][0] - (centre + 0.3 * (0.8 - centre))).abs() < 1e-12);
}

#[test]
fn a_child_changes_a_value_and_keeps_its_unit_and_range() {
    let scenario = child("story = \"A story.\"\n[uncertainties]\nswitching-cost = 2\n").unwrap();
    let entry = scenario.ledger.iter().find(|e| e.key == "uncertainties.switching-cost").unwrap();
    assert_eq!((entry.quantity.value, entry.quantity.high), (2.0, 2.5));
    assert_eq!((entry.set_by.as_str(), entry.quantity.source.as_str(), entry.quantity.grade.word()), ("mine", "set in mine", "assumed"));
    let other = scenario.ledger.iter().find(|e| e.key == "uncertainties.margin").unwrap();
    assert_eq!(other.set_by, "today-extended");
}

#[test]
fn each_mistake_is_reported_with_its_place_and_a_way_out() {
    let cases: [(&str, &[&str]); 24] = [
        ("[uncertainties]\nswitching-costs = 2", &["mine.toml:5", "unknown key “switching-costs”", "did you mean switching-cost?"]),
        ("[uncertainties]\nswitching-cost = \"two\"", &["uncertainties.switching-cost", "is text, but should be a number with its footing"]),
        ("[uncertainties]\nswitching-cost = { value = \"two\" }", &["switching-cost.value", "is text, but should be a number"]),
        ("[uncertainties]\nswitching-cost = 9", &["uncertainties.switching-cost", "lies outside its own range 0 to 2.5"]),
        ("[uncertainties]\nmargin = { value = 7, high = 8 }", &["margin", "out of range", "between 0 and 1"]),
        ("[uncertainties]\nmargin = nan", &["margin", "not a finite number"]),
        ("[uncertainties]\nmargin = { value = inf }", &["margin", "not a finite number"]),
        ("[levers.home-mandat]\nEU = 0.5", &["unknown key “home-mandat”", "did you mean home-mandate?"]),
        ("[levers.home-mandate]\nUE = 0.5", &["levers.home-mandate", "unknown key “UE”"]),
        (
            "[levers.home-mandate]\nEU = { value = 0.5, grade = \"guessed\" }",
            &["grade", "“guessed” is not known here", "assumed, estimated, measured"],
        ),
        ("[calendar]\nstart = \"2040Q4\"\nend = \"2025Q1\"", &["calendar", "not after its start"]),
        ("[calendar]\nend = \"2400Q1\"", &["calendar", "at most 400"]),
        ("[calendar]\nstart = \"2025\"", &["calendar.start", "is not a quarter"]),
        ("[calendar]\nstart = 2025-01-01", &["calendar.start", "is a date"]),
        ("[sizes]\nadopters = { value = 5000000, high = 5000000 }", &["sizes.adopters", "out of range", "1000000"]),
        ("[sizes]\nadopters = { value = 3000.5 }", &["sizes.adopters", "not a whole number"]),
        ("[[moves]]\nlever = \"cooperation\"\nto = 2\nfrom = \"2027Q1\"\nbecause = \"x\"", &["moves[1].to", "out of range"]),
        ("[[moves]]\nlever = \"tension\"\nblocs = [\"EU\"]\nto = 0.5\nfrom = \"2027Q1\"\nbecause = \"x\"", &["moves[1].blocs", "one for the world"]),
        ("[[moves]]\nlever = \"tension\"\nto = 0.5\nfrom = \"2041Q1\"\nbecause = \"x\"", &["moves[1].from", "after the scenario ends"]),
        (
            "[[moves]]\nlever = \"home-mandate\"\npair = [\"EU\", \"EU\"]\nto = 0.5\nfrom = \"2027Q1\"\nbecause = \"x\"",
            &["moves[1].pair", "two different blocs"],
        ),
        ("[[events]]\ndate = \"2010Q1\"\nname = \"Early\"", &["events[1].date", "outside the scenario"]),
        ("[structure]\nchoice = \"logti\"", &["structure.choice", "did you mean logit?"]),
        ("[[domains]]\nid = \"one\"\nname = \"One\"", &["domains.one.weight", "is missing"]),
        ("name2 = 1\n", &["unknown key “name2”", "did you mean name?"]),
    ];
    for (body, fragments) in cases {
        let problems = child(&format!("story = \"A story.\"\n{body}")).unwrap_err();
        says(&problems, fragments);
        assert!(problems.iter().all(|p| !p.hint.is_empty()), "{problems:?}");
    }
}

#[test]
fn ten_mistakes_are_reported_as_ten() {
    let problems = child(
        "story = 7\nnmae = \"x\"\n[sizes]\npartners = 65\nsuppliers = -1\n[uncertainties]\nmargin = nan\nconfidance = 1\n[levers.tension]\nworld = 2\n\
         [structure]\nupdating = \"never\"\n[future]\njoined-from = 3\n[[events]]\nname = \"No date\"\n",
    )
    .unwrap_err();
    assert_eq!(problems.len(), 10, "{problems:#?}");
    assert!(problems.windows(2).all(|pair| pair[0].line <= pair[1].line), "in the order of lines");
}

#[test]
fn moves_of_one_lever_stand_in_order_of_time() {
    let one = |date: &str| format!("[[moves]]\nlever = \"tension\"\nto = 0.5\nfrom = \"{date}\"\nbecause = \"x\"\n");
    assert!(child(&format!("story = \"S\"\n{}{}", one("2027Q1"), one("2030Q1"))).is_ok());
    says(&child(&format!("story = \"S\"\n{}{}", one("2030Q1"), one("2027Q1"))).unwrap_err(), &["moves[2].from", "order of time"]);
}

#[test]
fn a_move_that_is_wrong_twice_is_reported_twice() {
    let problems = child("story = \"S\"\n[[moves]]\nlever = \"tension\"\nto = 7\nfrom = \"2050Q1\"\nbecause = \"x\"\n").unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:#?}");
    says(&problems, &["moves[1].to", "out of range"]);
    says(&problems, &["moves[1].from", "after the scenario ends"]);
}

#[test]
fn an_incomplete_file_without_a_parent_lists_all_that_is_missing() {
    let problems = load(&[source("mine", "name = \"Mine\"\n")], &Adjust::default()).unwrap_err();
    for key in ["story", "calendar", "sizes", "domains", "blocs", "trade", "levers", "uncertainties", "future"] {
        says(&problems, &[key, "is missing", "extends"]);
    }
}

#[test]
fn contradictions_between_entries_are_found() {
    says(&changed("id = \"CN\"", "id = \"EU\""), &["used twice"]);
    says(&changed("id = \"CN\"", "id = \"INT\""), &["meaning of its own"]);
    says(&changed("id = \"CN\"", "id = \"C N\""), &["no identifier"]);
    says(&changed("weight = { value = 0.3,", "weight = { value = 0.5,"), &["the weights add to 1.2"]);
    says(&changed("exposure.EU = { value = 0.36", "exposure.EU = { value = 0.4"), &["exposures add to 1.04"]);
    says(&changed("between = [\"EU\", \"CN\"]", "between = [\"EU\", \"US\"]"), &["given twice"]);
    says(&changed("between = [\"EU\", \"CN\"]", "between = [\"EU\", \"EU\"]"), &["names EU twice", "two different groups"]);
    says(&changed("low = 0.1, high = 0.6", "low = 0.6, high = 0.1"), &["is above high"]);
}

#[test]
fn nobody_starts_on_an_international_text_that_is_absent() {
    let problems = child("story = \"S\"\n[structure]\ninternational-text = \"absent\"\n").unwrap_err();
    says(&problems, &["blocs.EU.starts-identical", "international text is absent", "offered"]);
}

#[test]
fn a_shock_on_the_start_state_is_refused_because_nothing_acts_on_it() {
    let shock = |date: &str| child(&format!("story = \"S\"\n[[events]]\ndate = \"{date}\"\nname = \"X\"\ntension-shock = 0.5\n"));
    says(&shock("2025Q1").unwrap_err(), &["events[1].tension-shock", "2025Q2 or later"]);
    assert!(shock("2025Q2").is_ok());
}

#[test]
fn a_lever_set_on_runs_that_end_before_it_moves_is_refused() {
    let set = Adjust { overrides: vec![Override { key: "tension".to_owned(), value: 0.7 }], to: Some(Quarter::new(2027, 1)), ..Adjust::default() };
    says(&load(&[source("today-extended", BASE)], &set).unwrap_err(), &["tension", "runs end in 2027Q1", "[levers]"]);
}

#[test]
fn chains_of_parents_are_followed_and_circles_named() {
    let mine = source("mine", "name = \"A\"\nextends = \"other\"\n");
    says(&load(std::slice::from_ref(&mine), &Adjust::default()).unwrap_err(), &["mine.toml:2", "there is no scenario “other”"]);
    let other = source("other", "name = \"B\"\nextends = \"mine\"\n");
    says(&load(&[mine.clone(), other], &Adjust::default()).unwrap_err(), &["circle: mine → other → mine"]);
    says(&load(&[source("mine", "extends = \"mine\"")], &Adjust::default()).unwrap_err(), &["circle: mine → mine"]);
    assert_eq!(parent_of(&mine).as_deref(), Some("other"));
}

#[test]
fn a_missing_parent_hides_nothing_else_that_is_wrong() {
    let mine = source("mine", "name = \"A\"\nextends = \"other\"\n[uncertainties]\nswitching-costs = 2\n[calendar]\nstart = \"2030Q5\"\n");
    let problems = load(&[mine, source("today-extended", BASE)], &Adjust::default()).unwrap_err();
    assert_eq!(problems.len(), 3, "{problems:#?}");
    says(&problems, &["mine.toml:2", "there is no scenario “other”"]);
    says(&problems, &["mine.toml:4", "did you mean switching-cost?"]);
    says(&problems, &["mine.toml:6", "is not a quarter"]);
}

#[test]
fn rubbish_is_refused_without_harm() {
    let deep = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    let dotted = format!("{}a = 1", "a.".repeat(100_000));
    for text in ["\0\0\0", "= = =", "[", "\"", &deep, &dotted, "\u{feff}\u{202e}", &"x = 1\n".repeat(1000)] {
        let problems = load(&[source("mine", text)], &Adjust::default()).unwrap_err();
        assert!(!problems.is_empty() && problems.len() <= 101, "{} problems", problems.len());
    }
    says(&load(&[source("mine", &"#".repeat((1 << 20) + 1))], &Adjust::default()).unwrap_err(), &["1048577 bytes"]);
}

#[test]
fn several_syntax_errors_are_reported_at_once() {
    let problems = load(&[source("mine", "name = \nextends = \"today-extended\nstory = [1,\n")], &Adjust::default()).unwrap_err();
    assert!(problems.len() >= 2, "{problems:?}");
    says(&problems, &["mine.toml:1", "not valid TOML"]);
}

#[test]
fn what_a_caller_sets_is_checked_like_a_file() {
    let with = |overrides: &[(&str, f64)]| {
        let overrides = overrides.iter().map(|(key, value)| Override { key: (*key).to_owned(), value: *value }).collect();
        load(&[source("today-extended", BASE)], &Adjust { overrides, ..Adjust::default() })
    };
    let problems = with(&[
        ("home-mandat", 0.5),
        ("home-mandate.UE", 0.5),
        ("home-mandate.EU", 3.0),
        ("switching-cost.EU", 1.0),
        ("network-strength.governence", 1.0),
    ])
    .unwrap_err();
    assert_eq!(problems.len(), 5, "{problems:#?}");
    says(&problems, &["home-mandat", "did you mean home-mandate?"]);
    says(&problems, &["home-mandate.EU", "between 0 and 1"]);
    let scenario = with(&[
        ("home-mandate.EU.governance", 0.9),
        ("mutual-recognition.US-EU", 0.4),
        ("cooperation.CN", 0.0),
        ("network-strength.governance", 1.0),
        ("margin", 0.2),
    ])
    .unwrap();
    assert_eq!(scenario.moves.len(), 3);
    assert_eq!((scenario.moves[0].blocs.clone(), scenario.moves[0].domain), (vec![0], Some(1)));
    assert_eq!(scenario.moves[1].pair, Some((0, 2)));
    let strength = &scenario.uncertainties[crate::uncertainties::index_of("network-strength")];
    assert_eq!(strength[..], [3.5, 1.0, 2.0]);
    let entry = scenario.ledger.iter().find(|e| e.key == "uncertainties.margin").unwrap();
    assert_eq!((entry.quantity.value, entry.set_by.as_str()), (0.2, "--set"));
}

#[test]
fn a_key_that_names_too_much_or_nothing_is_refused() {
    let said = |key: &str| {
        let overrides = vec![Override { key: key.to_owned(), value: 0.3 }];
        load(&[source("today-extended", BASE)], &Adjust { overrides, ..Adjust::default() }).unwrap_err()
    };
    says(&said("home-mandate.EU.CN"), &["“CN” comes on top of another", "once for each"]);
    says(&said("home-mandate.governance.foundation"), &["“foundation” comes on top of another"]);
    says(&said("cooperation.EU.EU-US"), &["“EU-US” comes on top of another"]);
    says(&said("home-mandate."), &["“” cannot be set here", "one of: EU, CN, US"]);
    says(&said("margin."), &["is one value for all"]);
    let tension = said("tension.governance");
    says(&tension, &["“governance” cannot be set here", "one value for the world: write tension=…"]);
    assert!(!tension[0].to_string().contains("did you mean"), "{}", tension[0]);
}

#[test]
fn a_bloc_alone_needs_no_trade() {
    let alone = load(&[source("mine", "name = \"Alone\"\n[[blocs]]\nid = \"B0\"\n")], &Adjust::default()).unwrap_err();
    assert!(alone.iter().all(|problem| problem.key != "trade"), "{alone:#?}");
}

#[test]
fn missing_sizes_are_one_problem() {
    let problems = load(&[source("mine", "name = \"Mine\"\n")], &Adjust::default()).unwrap_err();
    assert_eq!(problems.iter().filter(|problem| problem.key.starts_with("sizes")).count(), 1, "{problems:#?}");
}

#[test]
fn the_calendar_and_the_number_of_adopters_can_be_changed() {
    let adjust = Adjust { adopters: Some(500), from: "2026Q1".parse().ok(), to: "2050Q4".parse().ok(), ..Adjust::default() };
    let scenario = load(&[source("today-extended", BASE)], &adjust).unwrap();
    assert_eq!((scenario.calendar.rows, scenario.sizes.adopters), (100, 500));
    let adjust = Adjust { adopters: Some(3), from: "2050Q1".parse().ok(), ..Adjust::default() };
    let problems = load(&[source("today-extended", BASE)], &adjust).unwrap_err();
    says(&problems, &["--adopters", "33"]);
    says(&problems, &["--from/--to", "not after its start"]);
}

const TWO_MOVES: &str = "
[[moves]]
lever = \"tension\"
to = 0.8
from = \"2033Q1\"
because = \"late\"

[[moves]]
lever = \"tension\"
to = 0.2
from = \"2028Q1\"
because = \"early\"
";

#[test]
fn a_move_may_begin_before_the_one_above_it_only_when_it_says_that_it_replaces_it() {
    says(&child(TWO_MOVES).unwrap_err(), &["moves[2].from", "replaces = true"]);
    let replacing = format!("{TWO_MOVES}replaces = true\n");
    let scenario = child(&replacing).unwrap();
    let tension = crate::levers::Lever::find("tension").unwrap().index();
    let course = scenario.lever_path(tension, 0, 0);
    let at = |quarter: &str| course[scenario.calendar.row(quarter.parse().unwrap()).unwrap()];
    assert_eq!((at("2027Q4"), at("2028Q1"), at("2035Q1")), (0.4, 0.2, 0.2));
    says(&child(&replacing.replace("replaces = true", "replaces = 1")).unwrap_err(), &["replaces", "true or false"]);
}

#[test]
fn a_move_names_an_event_that_is_there() {
    let event = "event = \"A shock\"\n[[events]]\ndate = \"2028Q1\"\nname = \"A shock\"\n";
    let scenario = child(&format!("{TWO_MOVES}replaces = true\n{event}")).unwrap();
    assert_eq!(scenario.moves[1].event.as_deref(), Some("A shock"));
    says(&child(&format!("{TWO_MOVES}replaces = true\nevent = \"Another\"\n")).unwrap_err(), &["moves[2].event", "names no event"]);
}

#[test]
fn a_number_that_is_one_for_all_can_be_given_per_domain_and_the_other_way_round() {
    let number = |value: f64| format!("{{ value = {value}, unit = \"x\", low = 0, high = 6, source = \"test\", grade = \"assumed\" }}");
    let apart =
        format!("[uncertainties.international-quality]\nfoundation = {}\ngovernance = {}\napplication = {}\n", number(0.1), number(0.2), number(0.3));
    let at = |scenario: &super::Scenario, id: &str| scenario.uncertainties[crate::uncertainties::Uncertainty::find(id).unwrap().index()].clone();
    assert_eq!(at(&child(&apart).unwrap(), "international-quality"), [0.1, 0.2, 0.3]);
    let together = format!("[uncertainties]\nnetwork-strength = {}\n", number(3.0));
    assert_eq!(at(&child(&together).unwrap(), "network-strength"), [3.0; 3]);
    let partly = format!("[uncertainties.international-quality]\nfoundation = {}\n", number(0.1));
    says(&child(&partly).unwrap_err(), &["uncertainties.international-quality.governance", "is missing"]);
}
