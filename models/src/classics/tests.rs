//! Every classic at its defaults agrees with its reference; parameters out of domain are refused.

use super::*;

fn no_file(_: &str) -> Result<Landscape, String> {
    Err("no file".to_owned())
}

fn values(id: &str, given: &[(&str, &str)]) -> (&'static Classic, Values) {
    let classic = Classic::find(id).unwrap();
    let given: Vec<(String, String)> = given.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    (classic, Values::read(classic, &given, &no_file).unwrap_or_else(|wrong| panic!("{id}: {wrong:?}")))
}

fn outcome(id: &str, given: &[(&str, &str)], runs: usize) -> Outcome {
    let (classic, values) = values(id, given);
    classic.run(&values, Trial { runs, seed: 1, control: &Control::default() }).unwrap()
}

/// The line with this name.
fn line<'a>(outcome: &'a Outcome, name: &str) -> &'a Line {
    outcome.lines.iter().find(|line| line.name == name).unwrap_or_else(|| panic!("no line “{name}” in {:?}", outcome.lines))
}

fn assert_agrees(id: &str, given: &[(&str, &str)], runs: usize) {
    for line in outcome(id, given, runs).lines {
        assert_ne!(line.agrees(), Some(false), "{id} {given:?}: {line:?}, {:?} standard errors", line.distance());
    }
}

#[test]
fn every_classic_agrees_with_its_references() {
    for (id, runs) in [
        ("arthur", 1_000),
        ("urn", 500),
        ("logit", 20),
        ("logit-chain", 300),
        ("three-blocs", 6),
        ("bass", 400),
        ("watts", 60),
        ("degroot", 1),
        ("hegselmann-krause", 1),
        ("deffuant", 10),
        ("ballot", 5_000),
        ("landscape", 1),
        ("katz-shapiro", 1),
        ("installed-base", 1),
        ("war-of-attrition", 5_000),
        ("variants", 20),
        ("standardization-gap", 1),
        ("voting-power", 5_000),
        ("gains-from-trade", 1),
        ("abc", 20_000),
    ] {
        assert_agrees(id, &[], runs);
    }
    assert_eq!(CLASSICS.len(), 20, "a new classic belongs into this list");
}

#[test]
fn values_that_nobody_wrote_down_agree_as_well() {
    assert_agrees("arthur", &[("a_R", "1"), ("b_R", "0.5"), ("a_S", "0.2"), ("b_S", "1"), ("p", "0.55")], 1_000);
    assert_agrees("arthur", &[("r", "0.3"), ("p", "0.42")], 1_000);
    assert_agrees("urn", &[("start", "3,2")], 500);
    assert_agrees("urn", &[("start", "2,1"), ("g", "2")], 500);
    assert_agrees("urn", &[("start", "2,1"), ("f", "majority")], 500);
    assert_agrees("urn", &[("start", "1,1,1"), ("n", "500")], 500);
    assert_agrees("logit", &[("h", "0,0,0"), ("b", "3.5"), ("start", "leader")], 6);
    assert_agrees("logit", &[("h", "0.4,0.1,0,-0.3"), ("b", "1.5")], 6);
    assert_agrees("logit-chain", &[("N", "20"), ("b", "3"), ("h", "0.2")], 300);
    assert_agrees("three-blocs", &[("alpha", "5"), ("h", "1"), ("omega", "0.3")], 4);
    assert_agrees("three-blocs", &[("omega", "0.8")], 4);
    assert_agrees("bass", &[("p", "0.01"), ("q", "0.6"), ("M", "20"), ("t", "3,8")], 400);
    assert_agrees("watts", &[("phi", "0.22"), ("z", "2.5")], 60);
    assert_agrees("degroot", &[("T", "0.5,0.5;0.25,0.75"), ("x0", "1,0")], 1);
    assert_agrees("ballot", &[("members", "41"), ("p", "0.8"), ("abstain", "0.1"), ("rule", "home")], 5_000);
    assert_agrees("katz-shapiro", &[("groups", "2,1,2"), ("beta", "0.4")], 1);
    assert_agrees("installed-base", &[("a", "1.5"), ("r", "0.2")], 1);
    assert_agrees("variants", &[("phi_1", "2"), ("zeta", "0.5"), ("distance", "quadratic")], 20);
    assert_agrees("standardization-gap", &[("n", "31"), ("K", "14.9")], 1);
    assert_agrees("voting-power", &[("weights", "4,3,2,1"), ("quota", "6")], 5_000);
    assert_agrees("abc", &[("n", "20"), ("k", "15")], 20_000);
}

#[test]
fn constant_and_diminishing_returns_do_not_lock_in() {
    for returns in ["0", "-0.1"] {
        let outcome = outcome("arthur", &[("r", returns), ("s", returns), ("steps", "5000")], 100);
        assert_eq!(line(&outcome, "runs that lock in").simulated, Some(0.0), "returns {returns}");
        let share = line(&outcome, "share of A in the end").simulated.unwrap();
        assert!((share - 0.5).abs() < 0.005, "returns {returns}: {share}");
    }
    let uneven = outcome("arthur", &[("r", "-0.1"), ("s", "-0.1"), ("p", "0.7"), ("steps", "5000")], 50);
    assert!((line(&uneven, "share of A in the end").simulated.unwrap() - 0.5).abs() < 0.005, "diminishing returns even out");
}

#[test]
fn fifty_adopters_that_hit_the_curve_of_bass_would_be_wrong() {
    let outcome = outcome("bass", &[("t", "10")], 4_000);
    let found = line(&outcome, "share active after 10 years");
    let curve = line(&outcome, "Bass’s curve after 10 years (endless adopters)").reference.unwrap();
    let off = (found.simulated.unwrap() - curve) / found.standard_error;
    assert!(off < -6.0, "{off} standard errors from the curve: the finite population must lie below it");
    assert!(found.agrees().unwrap());
}

#[test]
fn the_standardization_gap_opens_where_it_must() {
    for (k, alone, together) in [("49", 1.0, 1.0), ("50", 0.0, 1.0), ("98", 0.0, 1.0), ("99", 0.0, 0.0)] {
        let outcome = outcome("standardization-gap", &[("K", k)], 1);
        assert_eq!(line(&outcome, "share that standardises by itself").simulated, Some(alone), "K = {k}");
        assert_eq!(line(&outcome, "networks in which all together would gain").simulated, Some(together), "K = {k}");
    }
}

#[test]
fn sparse_and_uneven_networks_standardise_less_than_would_pay() {
    // The direction that Weitzel, Beimborn & König (2006) report; their numbers are not known.
    for topology in ["close", "random", "complete"] {
        let given = [("topology", topology), ("K", if topology == "complete" { "60" } else { "5" }), ("c_sd", "0.3"), ("K_sd", "1")];
        let outcome = outcome("standardization-gap", &given, 10);
        let alone = line(&outcome, "share that standardises by itself").simulated.unwrap();
        let together = line(&outcome, "networks in which all together would gain").simulated.unwrap();
        assert!(alone < together, "{topology}: {alone} by themselves, {together} together");
    }
}

#[test]
fn a_split_and_one_standard_both_last_in_the_bistable_band() {
    let ends = |start: &str| line(&outcome("three-blocs", &[("omega", "0.4"), ("start", start)], 6), "runs that end split").simulated.unwrap();
    assert_eq!((ends("own"), ends("one")), (1.0, 0.0));
}

#[test]
fn pictures_have_points_and_defaults_lie_in_their_domains() {
    for classic in CLASSICS {
        for parameter in classic.parameters.iter().filter(|parameter| !parameter.default_text().is_empty()) {
            let given = [(parameter.id.to_owned(), parameter.default_text())];
            assert!(Values::read(classic, &given, &no_file).is_ok(), "{}: {}", classic.id, parameter.id);
        }
    }
    for id in ["arthur", "degroot", "landscape", "katz-shapiro", "installed-base"] {
        let picture = outcome(id, &[], 50).picture;
        assert!(picture.series.iter().any(|series| series.points.len() > 1), "{id}");
        assert!(picture.series.iter().flat_map(|series| &series.points).flatten().all(|x| x.is_finite()), "{id}");
    }
}

#[test]
fn what_lies_outside_its_domain_is_refused_with_a_reason() {
    for (id, key, text, reason) in [
        ("arthur", "p", "1.2", "0 to 1"),
        ("arthur", "p", "nan", "0 to 1"),
        ("arthur", "q", "1", "no such parameter"),
        ("urn", "start", "1", "2 to 8"),
        ("urn", "start", "1,x", "number"),
        ("urn", "f", "powr", "power"),
        ("bass", "M", "0", "whole number"),
        ("bass", "M", "2.5", "whole number"),
        ("degroot", "T", "0.5,0.5;1", "not square"),
        ("landscape", "file", "nowhere.toml", "no file"),
        ("hegselmann-krause", "eps", "inf", "0 to 1"),
    ] {
        let classic = Classic::find(id).unwrap();
        let wrong = Values::read(classic, &[(key.to_owned(), text.to_owned())], &no_file).unwrap_err();
        assert!(wrong.len() == 1 && wrong[0].contains(reason), "{id} --{key} {text}: {wrong:?}");
    }
    for (id, given, reason) in [
        ("arthur", &[("a_R", "1")][..], "a_R above b_R"),
        ("degroot", &[("T", "0.5,0.4;0.25,0.75"), ("x0", "1,0")], "row 1 adds to 0.9"),
        ("degroot", &[("x0", "1,0")], "2 views for 3"),
        ("katz-shapiro", &[("groups", "1.5")], "whole numbers"),
        ("voting-power", &[("quota", "99")], "more than"),
        ("war-of-attrition", &[("c", "2")], "c below a"),
        ("bass", &[("t", "5,5")], "rise"),
        ("abc", &[("k", "11")], "11 successes"),
    ] {
        let (classic, values) = values(id, given);
        let why = classic.run(&values, Trial { runs: 1, seed: 1, control: &Control::default() }).unwrap_err();
        assert!(why.contains(reason), "{id}: {why}");
    }
}

#[test]
fn a_classic_that_is_stopped_says_so_and_starts_no_further_run() {
    let (started, stop) = (AtomicUsize::new(0), std::sync::atomic::AtomicBool::new(false));
    let progress = |_: usize| {
        started.fetch_add(1, Ordering::Relaxed);
        stop.store(true, Ordering::Relaxed);
    };
    let control = Control { cancel: Some(&stop), progress: Some(&progress) };
    let (classic, values) = values("arthur", &[]);
    let why = classic.run(&values, Trial { runs: 100_000, seed: 1, control: &control }).unwrap_err();
    assert!(why.contains("stopped"), "{why}");
    assert!(started.load(Ordering::Relaxed) <= rayon::current_num_threads(), "runs went on after the stop");
}

#[test]
fn both_branches_of_three_blocs_are_drawn_with_agents_beside_them() {
    let drawn = outcome("three-blocs", &[("n", "600"), ("ticks", "40")], 2).picture;
    let named = |name: &str| drawn.series.iter().find(|series| series.name == name).unwrap_or_else(|| panic!("no series {name}"));
    assert_eq!(named("both states can last").shape, Shape::Band);
    let (apart, together) = (named("runs from a split"), named("runs from one standard"));
    assert_eq!((apart.shape, together.shape), (Shape::Dots, Shape::Dots));
    // At ω = 0.35 both last, so that the start decides: history counts.
    let at = |series: &Series| series.points.iter().find(|p| (p[0] - 0.35).abs() < 1e-9).map(|p| p[1]).unwrap();
    assert!(at(apart) - at(together) > 0.3, "{} and {}", at(apart), at(together));
}
