//! What a client asks for, as typed; checked as a whole, so that every mistake is reported at once.

use faultline_models::calendar::Quarter;
use faultline_models::levers::{COOPERATION, Lever};
use faultline_models::scenario::{Adjust, Override};

use crate::embedded::BASELINE;
use crate::jobs::Plan;
use crate::refusal::Refusal;
use crate::scenarios::{self, Loaded};

/// Most runs of one request.
pub const MAX_RUNS: usize = 100_000;

/// Most scenarios of one request.
pub const MAX_SCENARIOS: usize = 32;

/// Runs when nothing else is asked for.
pub const DEFAULT_RUNS: usize = 200;

/// A request as typed. `None` and empty lists stand for what the scenario or the program gives by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ask {
    /// Scenarios by id or path; the first is the baseline.
    pub scenarios: Vec<String>,
    /// Values to set, as `key=value`.
    pub set: Vec<String>,
    /// Runs per scenario.
    pub runs: Option<String>,
    /// First seed.
    pub seed: Option<String>,
    /// Number of adopters.
    pub adopters: Option<String>,
    /// First quarter.
    pub from: Option<String>,
    /// Last quarter.
    pub to: Option<String>,
    /// Threads.
    pub threads: Option<String>,
}

/// A request that has been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The scenarios, each with what was changed in it.
    pub loaded: Vec<Loaded>,
    /// Runs, seed and threads.
    pub plan: Plan,
}

/// Which scenarios get what the client sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    /// All of them.
    All,
    /// All but the first, which keeps its levers: the frozen baseline. What is no lever holds for all.
    AllButFirst,
    /// Only the second, which is the first one changed.
    Twin,
}

impl Ask {
    /// Checks the request and loads its scenarios, all changed as asked.
    ///
    /// # Errors
    /// Everything that is wrong with it, in one refusal.
    pub fn check(&self) -> Result<Asked, Refusal> {
        self.check_as(Moved::All, &self.scenarios)
    }

    /// Checks a request for a comparison and loads its scenarios; the first is the frozen baseline.
    ///
    /// A lever that is set is a choice and moves all scenarios but the first; an uncertainty is an assumption about the world
    /// and holds in all of them. One scenario alone is compared with itself as changed by whatever is set.
    ///
    /// # Errors
    /// Everything that is wrong with it, in one refusal.
    pub fn compared(&self) -> Result<Asked, Refusal> {
        match &self.scenarios[..] {
            [one] if self.set.is_empty() => {
                let alone = "one scenario alone gives nothing to compare. Name a second one, or change this one with --set";
                Err(Refusal::all(self.check_as(Moved::All, std::slice::from_ref(one)).err().into_iter().chain([Refusal::input(alone)]).collect()))
            }
            [one] => self.check_as(Moved::Twin, &[one.clone(), one.clone()]),
            several => self.check_as(Moved::AllButFirst, several),
        }
    }

    fn check_as(&self, moved: Moved, scenarios: &[String]) -> Result<Asked, Refusal> {
        let mut wrong = Vec::new();
        let whole = Adjust { overrides: self.overrides(&mut wrong), ..self.frame(&mut wrong) };
        let plan = self.plan(&mut wrong);
        if scenarios.len() > MAX_SCENARIOS {
            wrong.push(Refusal::input(format!("{} scenarios are asked for; at most {MAX_SCENARIOS} are compared at a time", scenarios.len())));
        }
        let asked: Vec<(String, Adjust)> =
            scenarios.iter().take(MAX_SCENARIOS).enumerate().map(|(i, name)| (name.clone(), share(&whole, i, moved))).collect();
        let (loaded, refusals) = scenarios::open_all(&asked);
        if !scenarios.iter().take(MAX_SCENARIOS).any(|name| scenarios::exists(name)) {
            // Without any scenario nothing would be said about what is set; the baseline knows the usual names, but not the size and
            // calendar of another scenario.
            let set = Adjust { overrides: whole.overrides.clone(), ..Adjust::default() };
            wrong.extend(scenarios::open(BASELINE, &set).err());
        }
        wrong.extend(refusals);
        if wrong.is_empty() { Ok(Asked { loaded, plan }) } else { Err(Refusal::all(wrong)) }
    }

    fn overrides(&self, wrong: &mut Vec<Refusal>) -> Vec<Override> {
        let read = |text: &String| match text.split_once('=') {
            Some((key, value)) => match value.trim().parse::<f64>() {
                Ok(number) => Ok(Override { key: key.trim().to_owned(), value: number }),
                Err(_) => {
                    Err(Refusal::input(format!("--set {}: “{}” is not a number. Write it like home-mandate.EU=0.7", shown(text), shown(value))))
                }
            },
            None => Err(Refusal::input(format!("--set {}: has no value. Write it like home-mandate.EU=0.7", shown(text)))),
        };
        collect(self.set.iter().map(read), wrong)
    }

    /// Adopters and calendar.
    fn frame(&self, wrong: &mut Vec<Refusal>) -> Adjust {
        let mut quarter = |flag: &str, text: &Option<String>| {
            let read = text.as_ref()?.parse::<Quarter>();
            read.map_err(|sentence| wrong.push(Refusal::input(format!("{flag}: {sentence}")))).ok()
        };
        let (from, to) = (quarter("--from", &self.from), quarter("--to", &self.to));
        let adopters = whole("--adopters", self.adopters.as_deref(), (1, 1_000_000), wrong).and_then(|n| usize::try_from(n).ok());
        Adjust { overrides: Vec::new(), adopters, from, to }
    }

    fn plan(&self, wrong: &mut Vec<Refusal>) -> Plan {
        let runs = whole("--runs", self.runs.as_deref(), (1, MAX_RUNS as u64), wrong).map_or(DEFAULT_RUNS, |n| n as usize);
        let seed = whole("--seed", self.seed.as_deref(), (0, u64::from(u32::MAX)), wrong).map_or(1, |n| n as u32);
        let threads = whole("--threads", self.threads.as_deref(), (1, 1024), wrong).map(|n| n as usize);
        if u64::from(seed) + runs as u64 - 1 > u64::from(u32::MAX) {
            wrong.push(Refusal::input(format!(
                "--seed {seed}: {runs} runs from there go past the largest seed, {}. Begin at {} or below",
                u32::MAX,
                u64::from(u32::MAX) - runs as u64 + 1
            )));
        }
        Plan { runs, seed, threads }
    }
}

/// The part of the changes that a scenario gets.
fn share(whole: &Adjust, index: usize, moved: Moved) -> Adjust {
    let mut adjust = whole.clone();
    match moved {
        Moved::AllButFirst if index == 0 => adjust.overrides.retain(|o| !is_choice(&o.key)),
        Moved::Twin if index == 0 => adjust.overrides.clear(),
        _ => {}
    }
    adjust
}

/// Whether a key names a lever, which somebody chooses, rather than an uncertainty.
pub fn is_choice(key: &str) -> bool {
    let id = key.split('.').next().unwrap_or("");
    id == COOPERATION || Lever::find(id).is_some()
}

/// A whole number within bounds.
fn whole(flag: &str, text: Option<&str>, (low, high): (u64, u64), wrong: &mut Vec<Refusal>) -> Option<u64> {
    let text = text?;
    match text.trim().replace('_', "").parse::<u64>() {
        Ok(number) if (low..=high).contains(&number) => return Some(number),
        _ => wrong.push(Refusal::input(format!("{flag} {}: should be a whole number from {low} to {high}", shown(text)))),
    }
    None
}

/// A whole number within bounds, as typed; nothing when it was not.
///
/// # Errors
/// When it is none, or out of bounds.
pub fn whole_number(flag: &str, text: Option<&str>, bounds: (u64, u64)) -> Result<Option<usize>, Refusal> {
    let mut wrong = Vec::new();
    let number = whole(flag, text, bounds, &mut wrong).map(|n| n as usize);
    if wrong.is_empty() { Ok(number) } else { Err(Refusal::all(wrong)) }
}

/// What was typed, short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

fn collect<T>(results: impl Iterator<Item = Result<T, Refusal>>, wrong: &mut Vec<Refusal>) -> Vec<T> {
    results.filter_map(|result| result.map_err(|refusal| wrong.push(refusal)).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(scenarios: &[&str], set: &[&str]) -> Ask {
        let own = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Ask { scenarios: own(scenarios), set: own(set), ..Ask::default() }
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let ask =
            Ask { runs: Some("0".to_owned()), from: Some("2027".to_owned()), ..ask(&["decuopling"], &["home-mandat.EU=1", "switching-cost=much"]) };
        let text = ask.check().unwrap_err().to_string();
        for part in ["--runs 0", "did you mean home-mandate?", "“2027” is not a quarter", "Did you mean decoupling?", "“much” is not a number"]
        {
            assert!(text.contains(part), "{part} is missing in: {text}");
        }
    }

    #[test]
    fn an_unknown_key_is_reported_with_the_nearest_known_one() {
        let text = ask(&["decoupling"], &["home-mandat.EU=0.5"]).check().unwrap_err().to_string();
        assert!(text.contains("did you mean home-mandate?"), "{text}");
    }

    #[test]
    fn the_baseline_keeps_its_levers_but_shares_assumptions() {
        let asked = ask(&["today-extended", "decoupling"], &["home-mandate.EU=0.9", "switching-cost=2"]).compared().unwrap();
        let keys = |i: usize| asked.loaded[i].adjust.overrides.iter().map(|o| o.key.as_str()).collect::<Vec<_>>();
        assert_eq!(keys(0), ["switching-cost"]);
        assert_eq!(keys(1), ["home-mandate.EU", "switching-cost"]);
    }

    #[test]
    fn one_scenario_is_compared_with_itself_as_changed() {
        let asked = ask(&["decoupling"], &["switching-cost=2"]).compared().unwrap();
        let [was, now] = &asked.loaded[..] else { panic!("two scenarios are expected") };
        assert!(was.adjust.overrides.is_empty() && now.adjust.overrides.len() == 1);
        assert_eq!((now.scenario.id.as_str(), now.scenario.name.as_str()), ("decoupling-changed", "Decoupling, changed"));
        assert!(ask(&["decoupling"], &[]).compared().is_err());
        assert!(ask(&["decoupling", "decoupling"], &[]).compared().is_err());
    }

    #[test]
    fn seeds_do_not_wrap_round() {
        let ask = Ask { runs: Some("10".to_owned()), seed: Some(u32::MAX.to_string()), ..ask(&["decoupling"], &[]) };
        assert!(ask.check().unwrap_err().message.contains("largest seed"));
    }
}
