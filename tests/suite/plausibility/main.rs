//! The shipped scenarios show the patterns that the model was made to show: `tests/checks/*.toml`, run as paired ensembles.
//!
//! ```text
//! cargo test -p faultline-tests --test plausibility -- --nocapture
//! ```

mod checks;
mod judge;
mod readings;

use checks::{Check, CheckFile};
use faultline_tests::shipped;
use judge::{Verdict, judge};
use readings::Readings;

/// Outcome of one check, with what the report shows of it.
struct Line {
    text: String,
    /// A claim fails, or a known miss has come to hold.
    surprise: bool,
}

#[test]
fn shipped_scenarios_show_the_patterns() {
    let mut surprises = Vec::new();
    for path in shipped::files("tests/checks", "toml") {
        let text = std::fs::read_to_string(&path).unwrap();
        let file: CheckFile = toml::from_str(&text).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()));
        let readings = Readings::take(&file);
        println!("\n{} — {} paired runs of {} adopters", path.file_name().unwrap().to_string_lossy(), file.runs, file.adopters);
        for check in &file.check {
            let line = line(check, &judge(&check.claim, &readings));
            println!("{}", line.text);
            if line.surprise {
                surprises.push(line.text);
            }
        }
    }
    assert!(surprises.is_empty(), "{} checks did not turn out as written:\n{}", surprises.len(), surprises.join("\n"));
}

fn line(check: &Check, verdict: &Verdict) -> Line {
    let (mark, remark) = match (&check.known_miss, verdict.holds) {
        (None, true) => ("holds     ", String::new()),
        (None, false) => ("FAILS     ", String::new()),
        (Some(miss), false) => ("known miss", format!("\n             known miss: {} ({})", miss.figure, miss.why)),
        (Some(_), true) => ("NOW HOLDS ", "\n             remove its known_miss".to_owned()),
    };
    let text = format!(
        "{:>2} {mark}  {}\n             found {}; wanted {}; prototype {}{remark}",
        check.pattern, check.says, verdict.found, verdict.wanted, check.prototype
    );
    Line { text, surprise: verdict.holds == check.known_miss.is_some() }
}

#[test]
fn every_pattern_has_a_check() {
    let mut patterns = Vec::new();
    for path in shipped::files("tests/checks", "toml") {
        let file: CheckFile = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        patterns.extend(file.check.iter().map(|check| check.pattern));
    }
    for pattern in 1..=10 {
        assert!(patterns.contains(&pattern), "no check stands for pattern {pattern}");
    }
}
