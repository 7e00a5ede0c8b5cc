//! Lever paths: the value of every lever in every row, before tension and reciprocity act.

use crate::calendar::{Calendar, Quarter};
use crate::levers::{COOPERATION, LEVERS, Lever, Scope};
use crate::scenario::{Move, Scenario, pair_index, pairs};

/// Lever values by `[row][lever][domain][slot]`; unused slots hold 0.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    values: Vec<f64>,
    shape: LeverShape,
}

/// Dimensions of a table of levers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeverShape {
    pub(crate) domains: usize,
    pub(crate) slots: usize,
}

impl LeverShape {
    pub(crate) fn of(scenario: &Scenario) -> LeverShape {
        let blocs = scenario.blocs.len();
        LeverShape { domains: scenario.domains.len(), slots: blocs.max(Scope::Pair.slots(blocs)).max(1) }
    }

    /// Length of one table.
    pub(crate) fn len(self) -> usize {
        LEVERS.len() * self.domains * self.slots
    }

    /// Position of a value.
    pub(crate) fn at(self, lever: usize, domain: usize, slot: usize) -> usize {
        (lever * self.domains + domain) * self.slots + slot
    }
}

impl Schedule {
    pub(crate) fn new(scenario: &Scenario) -> Schedule {
        let shape = LeverShape::of(scenario);
        let calendar = scenario.calendar;
        let mut values = vec![0.0; calendar.rows * shape.len()];
        for (l, lever) in LEVERS.iter().enumerate() {
            for d in 0..shape.domains {
                for slot in 0..lever.scope.slots(scenario.blocs.len()) {
                    let today = scenario.levers_today[l][d][slot];
                    let path = path(scenario, lever, d, slot, today);
                    for (row, value) in path.into_iter().enumerate() {
                        values[row * shape.len() + shape.at(l, d, slot)] = value;
                    }
                }
            }
        }
        Schedule { values, shape }
    }

    /// The table of a row, laid out as by [`LeverShape::at`].
    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.shape.len()..(row + 1) * self.shape.len()]
    }
}

impl Scenario {
    /// Values of a slot of a lever in a domain over all rows, before tension and reciprocity act on it.
    ///
    /// `lever` is a position in [`LEVERS`]; slots are counted as by [`Scope::slots`].
    pub fn lever_path(&self, lever: usize, domain: usize, slot: usize) -> Vec<f64> {
        path(self, LEVERS[lever], domain, slot, self.levers_today[lever][domain][slot])
    }
}

/// Values of one slot over all rows: today's, then each move in turn from where the earlier ones had brought it.
fn path(scenario: &Scenario, lever: &Lever, domain: usize, slot: usize, today: f64) -> Vec<f64> {
    let Calendar { start, rows } = scenario.calendar;
    let moves = moves_of(scenario, lever, domain, slot, today);
    (0..rows).map(|row| value_at(start.plus(row as i32), today, &moves)).collect()
}

/// The moves that act on a slot, in the order in which they take over, each with its target.
pub(crate) fn moves_of<'s>(scenario: &'s Scenario, lever: &Lever, domain: usize, slot: usize, today: f64) -> Vec<(&'s Move, f64)> {
    let covering = scenario.moves.iter().filter(|m| covers(m, lever, domain, slot, scenario.blocs.len()));
    let target = |m: &Move| if m.lever == COOPERATION { lever.at_cooperation(today, m.to) } else { m.to };
    in_force(covering).into_iter().map(|m| (m, target(m))).collect()
}

/// The moves of a slot in the order in which they take over: by date, the later written of two of one date.
///
/// A move that replaces others puts away whatever was written above it for its date or later. A single lever overrides the
/// master slider: once it has moved by itself, the slider no longer moves it, in whatever order the two are written.
fn in_force<'m>(covering: impl Iterator<Item = &'m Move>) -> Vec<&'m Move> {
    let mut moves: Vec<&Move> = Vec::new();
    for m in covering {
        if m.replaces {
            moves.retain(|above| above.from < m.from || (above.replaces && above.lever != COOPERATION && m.lever == COOPERATION));
        }
        moves.push(m);
    }
    moves.sort_by_key(|m| m.from);
    let single = moves.iter().filter(|m| m.lever != COOPERATION && (m.replaces || !moves.iter().any(|other| other.replaces))).map(|m| m.from).min();
    moves.retain(|m| m.lever != COOPERATION || single.is_none_or(|single| m.from < single));
    moves
}

/// The value at a date after the moves that began before it.
fn value_at(date: Quarter, today: f64, moves: &[(&Move, f64)]) -> f64 {
    let Some(((last, target), earlier)) = moves.split_last() else { return today };
    let since = date.since(last.from);
    if since < 0 {
        return value_at(date, today, earlier);
    }
    let done = if last.over == 0 { 1.0 } else { (f64::from(since) / f64::from(last.over)).min(1.0) };
    let from = value_at(last.from.plus(-1), today, earlier);
    from + done * (target - from)
}

/// Whether a move acts on a slot of a lever in a domain.
fn covers(m: &Move, lever: &Lever, domain: usize, slot: usize, blocs: usize) -> bool {
    let master = m.lever == COOPERATION;
    if !(master || m.lever == lever.id) || m.domain.is_some_and(|d| d != domain) {
        return false;
    }
    match lever.scope {
        Scope::World => (m.blocs.is_empty() && m.pair.is_none()) && !(master && m.domain.is_some() && !lever.per_domain()),
        Scope::Bloc => m.pair.is_none() && (m.blocs.is_empty() || m.blocs.contains(&slot)),
        Scope::Pair => match m.pair {
            Some((a, b)) => pair_index(blocs, a, b) == slot,
            None => {
                let (a, b) = pairs(blocs)[slot];
                m.blocs.is_empty() || (m.blocs.contains(&a) && m.blocs.contains(&b))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Grade;

    fn step(to: f64, from: Quarter, over: u32) -> Move {
        Move {
            lever: "tension".to_owned(),
            blocs: Vec::new(),
            pair: None,
            domain: None,
            to,
            from,
            over,
            replaces: false,
            because: String::new(),
            event: None,
            source: String::new(),
            grade: Grade::Assumed,
            set_by: String::new(),
        }
    }

    #[test]
    fn a_ramp_is_linear_and_a_later_move_starts_where_it_stands() {
        let up = step(1.0, Quarter::new(2027, 1), 8);
        let down = step(0.0, Quarter::new(2028, 1), 4);
        let at = |text: &str| value_at(text.parse().unwrap(), 0.2, &[(&up, 1.0), (&down, 0.0)]);
        assert_eq!(at("2026Q4"), 0.2);
        assert_eq!(at("2027Q1"), 0.2);
        assert!((at("2027Q2") - 0.3).abs() < 1e-12);
        assert!((at("2027Q4") - 0.5).abs() < 1e-12);
        assert!((at("2028Q1") - 0.5).abs() < 1e-12);
        assert!((at("2028Q3") - 0.25).abs() < 1e-12);
        assert_eq!(at("2035Q1"), 0.0);
    }

    /// A move of `lever` in a year.
    fn of(lever: &str, year: i32, replaces: bool) -> Move {
        Move { lever: lever.to_owned(), replaces, ..step(0.5, Quarter::new(year, 1), 0) }
    }

    fn years(moves: &[Move]) -> Vec<(&str, i32)> {
        in_force(moves.iter()).into_iter().map(|m| (m.lever.as_str(), m.from.since(Quarter::new(0, 1)) / 4)).collect()
    }

    #[test]
    fn moves_take_over_by_date_and_not_by_their_place_in_the_file() {
        assert_eq!(years(&[of("tension", 2030, false), of("tension", 2028, false)]), [("tension", 2028), ("tension", 2030)]);
    }

    #[test]
    fn a_single_lever_overrides_the_master_slider_in_either_order() {
        let (slider, single) = (of("cooperation", 2027, true), of("tension", 2027, true));
        assert_eq!(years(&[slider.clone(), single.clone()]), [("tension", 2027)]);
        assert_eq!(years(&[single, slider]), [("tension", 2027)]);
        let later = [of("cooperation", 2027, false), of("tension", 2029, false), of("cooperation", 2032, false)];
        assert_eq!(years(&later), [("cooperation", 2027), ("tension", 2029)]);
    }

    #[test]
    fn a_replacing_move_puts_away_what_the_scenario_does_from_its_date_on() {
        let written = [of("cooperation", 2026, false), of("tension", 2027, false), of("cooperation", 2032, false)];
        let with = |m: Move| [&written[..], &[m]].concat();
        assert_eq!(years(&with(of("tension", 2027, true))), [("cooperation", 2026), ("tension", 2027)]);
        assert_eq!(years(&with(of("cooperation", 2027, true))), [("cooperation", 2026), ("cooperation", 2027)]);
    }

    #[test]
    fn a_step_acts_at_once() {
        let up = step(1.0, Quarter::new(2027, 1), 0);
        assert_eq!(value_at(Quarter::new(2026, 4), 0.2, &[(&up, 1.0)]), 0.2);
        assert_eq!(value_at(Quarter::new(2027, 1), 0.2, &[(&up, 1.0)]), 1.0);
    }
}
