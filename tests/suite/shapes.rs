//! Worlds of unusual shape: whatever way the adopters are worked through, every bit is that of the clear rule.

use std::borrow::Borrow;
use std::fmt::Write as _;
use std::fs;

use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::run::{Setting, Way, run_group};
use faultline_models::scenario::{Adjust, Review, Scenario, SizeLaw, SourceText, load};
use faultline_models::trajectory::Trajectory;
use faultline_models::uncertainties::Uncertainty;

use faultline_tests::shipped::top;

/// A number of the speed workload's scenario, whose footing does not matter here.
fn number(value: f64) -> String {
    format!("{{ value = {value:?}, unit = \"any\", low = -20, high = 240, source = \"a test\", grade = \"assumed\" }}")
}

/// The speed workload with as many blocs as asked for, each with a text of its own and a taste for every text.
fn world(blocs: usize) -> Scenario {
    let text = fs::read_to_string(top().join("api/workloads/adopt-1.toml")).unwrap();
    let (head, _) = text.split_once("[[blocs]]").unwrap();
    let (_, tail) = text.split_once("[levers.international-channel]").unwrap();
    let id = |b: usize| char::from(b'A' + b as u8);
    let mut own = String::new();
    for b in 0..blocs {
        let at = |k: usize| number((b * k % 7) as f64 / 7.0);
        let (size, one, other) = (number(0.1 + b as f64 / 10.0), at(3), at(5));
        write!(own, "[[blocs]]\nid = \"{0}\"\nname = \"{0}\"\nsize = {size}\nideal-stringency = {one}\nideal-state-led = {other}\n", id(b)).unwrap();
        writeln!(own, "work-months = {}", number(12.0)).unwrap();
        for s in 0..=blocs {
            let name = if s < blocs { id(s).to_string() } else { "INT".to_owned() };
            writeln!(own, "taste.{name} = {}", number(((b + 2 * s) % 5) as f64 / 4.0 - 0.25)).unwrap();
        }
    }
    for a in 0..blocs {
        for b in a + 1..blocs {
            write!(own, "[[trade]]\nbetween = [\"{}\", \"{}\"]\nvalue = {}\n", id(a), id(b), number(1.0)).unwrap();
        }
    }
    let text = format!("{head}{own}[levers.international-channel]{tail}");
    let source = SourceText { id: "shape".to_owned(), path: "shape.toml".to_owned(), text };
    let adjust = Adjust { adopters: Some(60), to: "2028Q4".parse().ok(), ..Adjust::default() };
    load(&[source], &adjust).unwrap_or_else(|problems| panic!("{blocs} blocs: {problems:?}"))
}

fn fix(scenario: &mut Scenario, uncertainty: &str, value: f64) {
    let uncertainty = Uncertainty::find(uncertainty).unwrap().index();
    scenario.uncertainties[uncertainty].iter_mut().for_each(|slot| *slot = value);
}

fn runs(setting: &Setting, runs: u32, way: Way) -> Vec<Trajectory> {
    let seeds: Vec<u32> = (7..7 + runs).collect();
    run_group(setting, &seeds, way, &|| false).unwrap()
}

fn bits<R: Borrow<Trajectory>>(runs: &[R]) -> Vec<u64> {
    runs.iter().map(Borrow::borrow).flat_map(|run| run.values.iter().map(|value| value.to_bits())).collect()
}

/// Every way and number of runs against the clear rule, with all indicators and with users alone.
fn check(what: &str, scenario: &Scenario) {
    let clear_of = |setting: &Setting| runs(setting, 32, Way::Clear);
    let whole = Setting::new(scenario);
    let users = whole.clone().measuring(&["adoption-share"]).unwrap();
    for (measured, setting) in [("everything", &whole), ("users", &users)] {
        let clear = clear_of(setting);
        for count in [1, 2, 3, 4, 9, 17, 32] {
            for way in [Way::Fast, Way::Portable] {
                let found = runs(setting, count, way);
                let same = bits(&found) == bits(&clear[..count as usize])
                    && found.iter().zip(&clear).all(|(a, b)| a.trace == b.trace && a.log == b.log && a.future == b.future);
                assert!(same, "{what}, {count} runs, {way:?}, measuring {measured}");
            }
        }
    }
}

#[test]
fn two_to_eight_standards() {
    for blocs in 1..=7 {
        let scenario = world(blocs);
        assert_eq!(scenario.standards(), blocs + 1);
        check(&format!("{blocs} blocs"), &scenario);
        let mut changed = scenario.clone();
        fix(&mut changed, "compatibility-distance", 0.5);
        check(&format!("{blocs} blocs whose texts work together in part"), &changed);
        let mut changed = scenario;
        changed.structure.review = Review::Cycle;
        changed.structure.sizes = SizeLaw::Pareto;
        changed.sizes.active_at_start = 0.2;
        check(&format!("{blocs} blocs, reviews in turn, adopters of many sizes"), &changed);
    }
}

#[test]
fn one_adopter_and_few() {
    for (blocs, adopters) in [(1, 1), (1, 2), (2, 3), (3, 4), (3, 9)] {
        for active in [0.0, 0.4, 1.0] {
            let mut scenario = world(blocs);
            scenario.sizes.adopters = adopters;
            scenario.sizes.active_at_start = active;
            scenario.sizes.partners = 2;
            check(&format!("{adopters} adopters of {blocs} blocs, {active} active"), &scenario);
        }
    }
}

#[test]
fn no_partner_and_more_than_a_register_counts() {
    for partners in [0, 1, 3, 7, 8, 9, 12, 15, 16, 33, 64] {
        for active in [0.3, 1.0] {
            let mut scenario = world(3);
            scenario.sizes.partners = partners;
            scenario.sizes.active_at_start = active;
            check(&format!("{partners} partners, {active} active"), &scenario);
        }
    }
}

#[test]
fn reviews_by_any_chance_and_costs_of_any_size() {
    for rate in [0.001, 0.3, 0.49, 0.51, 1.0] {
        for cost in [0.0, 6.0] {
            let mut scenario = world(3);
            fix(&mut scenario, "review-rate", rate);
            fix(&mut scenario, "switching-cost", cost);
            fix(&mut scenario, "network-strength", 12.0);
            check(&format!("review rate {rate}, switching cost {cost}"), &scenario);
        }
    }
}

#[test]
fn blocks_that_end_anywhere() {
    // Markets begin with even and odd numbers, and end within and at the end of what is worked on together.
    for adopters in [127, 128, 129, 190, 257, 640] {
        let mut scenario = world(3);
        scenario.sizes.adopters = adopters;
        check(&format!("{adopters} adopters"), &scenario);
    }
}

#[test]
fn thirty_three_runs_are_those_of_each_seed() {
    let setting = Setting::new(&world(3));
    let ensemble = Ensemble::of(&setting, 7, 33, &Control::default());
    let clear: Vec<Trajectory> =
        [7, 39].into_iter().flat_map(|from| run_group(&setting, &(from..from + 1).collect::<Vec<_>>(), Way::Clear, &|| false).unwrap()).collect();
    assert_eq!(ensemble.runs.len(), 33);
    assert!(bits(&ensemble.runs[..1]) == bits(&clear[..1]) && bits(&ensemble.runs[32..]) == bits(&clear[1..]));
}
