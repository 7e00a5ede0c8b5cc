//! Why two scenarios differ: the paired change split by cause, exactly.
//!
//! The changed inputs form at most six groups. Every combination of groups is a scenario of its own, run with the same seeds; the
//! Shapley value of a group (Shapley 1953; Shorrocks 2013) is its mean gain over all orders of taking groups from the other scenario, so
//! that the values add to the whole difference in every pair of runs. Beside it stands what choices do alone, what assumptions do alone,
//! and what they do only together.

use std::sync::atomic::Ordering;

use faultline_models::findings::{PairedDifference, Statistics};
use faultline_models::indicators::Indicator;
use faultline_models::layout::{Entity, Layout};
use faultline_models::levers::LEVERS;
use faultline_models::scenario::{Input, Scenario, differing, mixable, mixed};
use faultline_models::uncertainties::UNCERTAINTIES;

use super::text::Text;
use super::{Desk, draft, explore};
use crate::clock::Stopwatch;
use crate::jobs::{self, Watch};
use crate::refusal::Refusal;
use crate::wire_desktop::{InputKind, Progress, Stage, WhyAnswer, WhyAsk, WhyGroup, WhyPart, WhyStep};

/// Most groups: every combination of them is run.
const MOST: usize = 6;

/// Seeds after which an answer is given.
const BATCH: usize = 8;

/// A group of changed inputs.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    name: String,
    kind: InputKind,
    inputs: Vec<Input>,
}

/// What is asked, with both scenarios checked.
struct Question<'a> {
    ask: &'a WhyAsk,
    text: Text,
    indicator: &'static Indicator,
    column: usize,
    a: Scenario,
    b: Scenario,
    row: usize,
    changed: usize,
    groups: Vec<Group>,
}

/// Answers why two scenarios differ, batch by batch of seeds.
///
/// # Errors
/// Problems of the drafts, an unknown indicator or quarter, scenarios that cannot be mixed, or a failure of the run.
pub(crate) fn why(desk: &Desk, ask: &WhyAsk, sink: &(dyn Fn(WhyStep) + Sync)) -> Result<(), Refusal> {
    let request = desk.whys.begin(&ask.ticket);
    let question = Question::new(ask)?;
    let _turn = desk.whys.turn();
    let coalitions: Vec<Scenario> = (0..1usize << question.groups.len()).map(|mask| question.scenario(mask)).collect();
    let (watch, runs) = (Stopwatch::start(), ask.runs as usize);
    // Values of the indicator, `[seed][coalition]`; the runs themselves are not kept.
    let mut values: Vec<Vec<f64>> = Vec::new();
    if coalitions.len() == 1 {
        sink(WhyStep { progress: question.progress(Stage::Full, runs, None), answer: Some(question.nothing_changed()) });
        desk.whys.end(&ask.ticket);
        return Ok(());
    }
    while values.len() < runs {
        let first = values.len();
        let seeds: Vec<u32> = (first..runs.min(first + BATCH)).map(|i| ask.seed.wrapping_add(i as u32)).collect();
        let silent = |_: usize| ();
        let batch =
            jobs::values(&coalitions, &seeds, Watch { cancel: &request.stop, progress: &silent }, |run| run.at(question.row, question.column))?;
        if request.stop.load(Ordering::Relaxed) {
            sink(WhyStep { progress: question.progress(Stage::Cancelled, values.len(), None), answer: None });
            return Ok(());
        }
        values.extend(batch);
        let left = watch.seconds() / values.len() as f64 * (runs - values.len()) as f64;
        let stage = if values.len() == runs { Stage::Full } else { Stage::Partial };
        sink(WhyStep { progress: question.progress(stage, values.len(), Some(left)), answer: Some(question.answer(&values)) });
    }
    desk.whys.end(&ask.ticket);
    Ok(())
}

impl<'a> Question<'a> {
    fn new(ask: &'a WhyAsk) -> Result<Question<'a>, Refusal> {
        let text = Text(ask.language);
        let (baseline, other) = (draft::loaded(&ask.baseline, ask.adopters)?, draft::loaded(&ask.other, ask.adopters)?);
        let (a, b) = (baseline.scenario, other.scenario);
        let found = Indicator::find(&ask.indicator).and_then(|indicator| Some((indicator, column(&a, indicator.id)?)));
        let (indicator, column) =
            found.ok_or_else(|| Refusal::input("the question why is asked of an indicator of the world; choose one from the table of outcomes"))?;
        if !mixable(&a, &b) {
            return Err(Refusal::input(
                "the two scenarios have different blocs, domains, economies or quarters, so no input of one fits into the other",
            ));
        }
        let row = match &ask.quarter {
            None => a.calendar.rows - 1,
            Some(quarter) => quarter.parse().ok().and_then(|q| a.calendar.row(q)).ok_or_else(|| {
                Refusal::input(format!(
                    "{} is no quarter of the scenarios, which run to {}",
                    quarter.chars().take(20).collect::<String>(),
                    a.calendar.end()
                ))
            })?,
        };
        if !(1..=explore::MAX_RUNS).contains(&ask.runs) {
            return Err(Refusal::input(format!("{} runs are not run; choose 1 to {}", ask.runs, explore::MAX_RUNS)));
        }
        let inputs = differing(&a, &b);
        let groups = groups(&inputs, text);
        Ok(Question { ask, text, indicator, column, row, changed: inputs.len(), groups, a, b })
    }

    /// The baseline with the groups of a mask taken from the other scenario.
    fn scenario(&self, mask: usize) -> Scenario {
        let taken = self.groups.iter().enumerate().filter(|(g, _)| mask >> g & 1 == 1);
        let inputs: Vec<Input> = taken.flat_map(|(_, group)| group.inputs.iter().copied()).collect();
        mixed(&self.a, &self.b, &inputs)
    }

    fn progress(&self, stage: Stage, done: usize, seconds_left: Option<f64>) -> Progress {
        Progress { ticket: self.ask.ticket.clone(), stage, runs_done: done as u32, runs_asked: self.ask.runs, seconds_left }
    }

    fn quarter(&self) -> String {
        self.a.calendar.quarter(self.row).to_string()
    }

    fn name(&self) -> String {
        self.text.phrase(self.indicator.name)
    }

    fn nothing_changed(&self) -> WhyAnswer {
        WhyAnswer {
            indicator: self.indicator.id.to_owned(),
            name: self.name(),
            unit: self.text.phrase(self.indicator.unit),
            quarter: self.quarter(),
            total: WhyPart { name: self.text.part_total(), mean: 0.0, half_width: None, percent: None },
            parts: Vec::new(),
            groups: Vec::new(),
            merged: String::new(),
            sentence: self.text.why_same(),
            distinguishable: false,
        }
    }

    /// The answer from the values `[seed][coalition]`.
    fn answer(&self, values: &[Vec<f64>]) -> WhyAnswer {
        let values: Vec<&Vec<f64>> = values.iter().filter(|v| v.iter().all(|x| x.is_finite())).collect();
        let all = (1usize << self.groups.len()) - 1;
        let mask_of = |kind: InputKind| self.groups.iter().enumerate().filter(|(_, g)| g.kind == kind).fold(0, |mask, (g, _)| mask | 1 << g);
        let (choices, assumptions) = (mask_of(InputKind::Choice), mask_of(InputKind::Assumption));
        let gain = |mask: usize| values.iter().map(|v| v[mask] - v[0]).collect::<Vec<f64>>();
        let (total, by_choices, by_assumptions) = (gain(all), gain(choices), gain(assumptions));
        let together = (0..total.len()).map(|i| total[i] - by_choices[i] - by_assumptions[i]).collect::<Vec<f64>>();
        let zeros = vec![0.0; total.len()];
        let whole = PairedDifference::of(&zeros, &total);
        let told = whole.distinguishable();
        let part = |name: String, gains: &[f64]| {
            let s = Statistics::of(gains.iter().copied());
            let mean = if s.mean.is_finite() { s.mean } else { 0.0 };
            WhyPart { name, mean, half_width: Some(s.half_width()).filter(|h| h.is_finite()), percent: None }
        };
        let mut parts = vec![
            part(self.text.part_choices(), &by_choices),
            part(self.text.part_assumptions(), &by_assumptions),
            part(self.text.part_interaction(), &together),
        ];
        let shapley = (0..self.groups.len()).map(|g| values.iter().map(|v| shapley(v, self.groups.len(), g)).collect::<Vec<f64>>());
        let mut groups: Vec<WhyPart> = self.groups.iter().zip(shapley).map(|(group, gains)| part(group.name.clone(), &gains)).collect();
        let mut total = part(self.text.part_total(), &total);
        if told {
            total.percent = Some(100);
            in_per_cent(&mut parts);
            in_per_cent(&mut groups);
        }
        let percent = |k: usize| parts[k].percent.unwrap_or(0);
        let sentence = if told {
            self.text.why(&self.name(), &self.quarter(), &crate::words::signed(total.mean), [percent(0), percent(1), percent(2)])
        } else {
            self.text.why_unclear(&self.name(), &self.quarter(), whole.further_runs())
        };
        let mut groups: Vec<WhyGroup> = groups
            .into_iter()
            .zip(&self.groups)
            .map(|(part, group)| WhyGroup { part, kind: group.kind, inputs: group.inputs.iter().map(|i| input_name(*i, self.text)).collect() })
            .collect();
        groups.sort_by(|x, y| y.part.mean.abs().total_cmp(&x.part.mean.abs()));
        WhyAnswer {
            indicator: self.indicator.id.to_owned(),
            name: self.name(),
            unit: self.text.phrase(self.indicator.unit),
            quarter: self.quarter(),
            total,
            parts,
            groups,
            merged: if self.groups.len() < self.changed { self.text.merged(self.changed, self.groups.len()) } else { String::new() },
            sentence,
            distinguishable: told,
        }
    }
}

/// The column of an indicator of the world over all domains.
fn column(scenario: &Scenario, indicator: &str) -> Option<usize> {
    Layout::of_scenario(scenario).find(indicator, &Entity::World, None)
}

/// The Shapley value of a group from the value of every coalition.
fn shapley(values: &[f64], groups: usize, group: usize) -> f64 {
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let me = 1usize << group;
    (0..1usize << groups)
        .filter(|mask| mask & me == 0)
        .map(|mask| {
            let size = mask.count_ones() as usize;
            factorial(size) * factorial(groups - size - 1) / factorial(groups) * (values[mask | me] - values[mask])
        })
        .sum()
}

/// Gives each part its share of the whole in whole per cent, so that they add to 100.
fn in_per_cent(parts: &mut [WhyPart]) {
    let total: f64 = parts.iter().map(|p| p.mean).sum();
    if total == 0.0 {
        return;
    }
    let exact: Vec<f64> = parts.iter().map(|p| 100.0 * p.mean / total).collect();
    let mut whole: Vec<i32> = exact.iter().map(|x| x.floor() as i32).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|x, y| (exact[*y] - exact[*y].floor()).total_cmp(&(exact[*x] - exact[*x].floor())).then(x.cmp(y)));
    let missing = 100 - whole.iter().sum::<i32>();
    order.iter().take(usize::try_from(missing).unwrap_or(0)).for_each(|k| whole[*k] += 1);
    parts.iter_mut().zip(whole).for_each(|(part, percent)| part.percent = Some(percent));
}

fn kind(input: Input) -> InputKind {
    if matches!(input, Input::Lever(_)) { InputKind::Choice } else { InputKind::Assumption }
}

fn input_name(input: Input, text: Text) -> String {
    match input {
        Input::Lever(l) => text.phrase(LEVERS[l].name),
        Input::Uncertainty(u) => text.phrase(UNCERTAINTIES[u].name),
        Input::Events => text.events(),
        Input::Structure => text.structure(),
        Input::Numbers => text.numbers(),
    }
}

fn heading(input: Input, text: Text) -> String {
    match input {
        Input::Lever(l) => text.phrase(LEVERS[l].group),
        Input::Uncertainty(u) => text.phrase(UNCERTAINTIES[u].group),
        Input::Events | Input::Structure | Input::Numbers => text.other_inputs(),
    }
}

/// At most six groups: every input alone, else by heading, else the assumptions together, and the smallest headings too.
fn groups(inputs: &[Input], text: Text) -> Vec<Group> {
    let alone: Vec<Group> = inputs.iter().map(|i| Group { name: input_name(*i, text), kind: kind(*i), inputs: vec![*i] }).collect();
    if alone.len() <= MOST {
        return alone;
    }
    let mut by_heading: Vec<Group> = Vec::new();
    for input in inputs {
        let (name, kind) = (heading(*input, text), kind(*input));
        match by_heading.iter_mut().find(|g| g.name == name && g.kind == kind) {
            Some(group) => group.inputs.push(*input),
            None => by_heading.push(Group { name, kind, inputs: vec![*input] }),
        }
    }
    while by_heading.len() > MOST {
        merge_smallest(&mut by_heading);
    }
    by_heading
}

/// Puts the two smallest groups of the kind that has more of them together: choices and assumptions are never mixed.
fn merge_smallest(groups: &mut Vec<Group>) {
    let count = |kind: InputKind| groups.iter().filter(|g| g.kind == kind).count();
    let kind = if count(InputKind::Assumption) >= count(InputKind::Choice) { InputKind::Assumption } else { InputKind::Choice };
    let mut at: Vec<usize> = (0..groups.len()).filter(|g| groups[*g].kind == kind).collect();
    at.sort_by_key(|g| (groups[*g].inputs.len(), *g));
    let (into, from) = (at[0].min(at[1]), at[0].max(at[1]));
    let gone = groups.remove(from);
    groups[into].name = format!("{} + {}", groups[into].name, gone.name);
    groups[into].inputs.extend(gone.inputs);
}
