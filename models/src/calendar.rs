//! Quarters: the one unit of time, written `2027Q1`.

use std::fmt;
use std::str::FromStr;

/// A quarter of a calendar year; one tick of the simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(i32);

impl Quarter {
    /// The quarter `quarter` (1 to 4) of `year`.
    pub const fn new(year: i32, quarter: i32) -> Self {
        Quarter(year * 4 + quarter - 1)
    }

    /// The calendar year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(4)
    }

    /// The quarter within the year, 1 to 4.
    pub const fn of_year(self) -> i32 {
        self.0.rem_euclid(4) + 1
    }

    /// The quarter `ticks` quarters later (earlier when negative).
    pub const fn plus(self, ticks: i32) -> Self {
        Quarter(self.0 + ticks)
    }

    /// Number of quarters from `start` to this one; negative when this one is earlier.
    pub const fn since(self, start: Quarter) -> i32 {
        self.0 - start.0
    }

    /// The middle of the quarter as a decimal year, for time axes.
    pub fn decimal_year(self) -> f64 {
        f64::from(self.0) / 4.0 + 0.125
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Q{}", self.year(), self.of_year())
    }
}

impl FromStr for Quarter {
    type Err = String;

    /// Reads `2027Q1`; years 1800 to 2400.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{}” is not a quarter; write it like 2027Q1", text.chars().take(40).collect::<String>());
        let (year, quarter) = text.trim().split_once(['Q', 'q']).ok_or_else(wrong)?;
        let year: i32 = year.parse().map_err(|_| wrong())?;
        let quarter: i32 = quarter.parse().map_err(|_| wrong())?;
        if !(1800..=2400).contains(&year) || !(1..=4).contains(&quarter) {
            return Err(wrong());
        }
        Ok(Quarter::new(year, quarter))
    }
}

/// The quarters that a run covers: row 0 is the start state, each further row one tick later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The quarter of the start state.
    pub start: Quarter,
    /// Number of rows in a trajectory, the start state included (64 for 2025Q1 to 2040Q4).
    pub rows: usize,
}

impl Calendar {
    /// The quarter of a row.
    pub fn quarter(&self, row: usize) -> Quarter {
        self.start.plus(i32::try_from(row).unwrap_or(i32::MAX))
    }

    /// The last quarter.
    pub fn end(&self) -> Quarter {
        self.quarter(self.rows - 1)
    }

    /// The row of a quarter, or `None` outside the calendar.
    pub fn row(&self, quarter: Quarter) -> Option<usize> {
        usize::try_from(quarter.since(self.start)).ok().filter(|row| *row < self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_reads_back_what_it_writes() {
        for text in ["2025Q1", "2040Q4", "1999Q3"] {
            assert_eq!(text.parse::<Quarter>().unwrap().to_string(), text);
        }
        for text in ["2025", "2025Q5", "Q1", "20250Q1", "2025-Q1", ""] {
            assert!(text.parse::<Quarter>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_default_calendar_has_64_rows() {
        let calendar = Calendar { start: Quarter::new(2025, 1), rows: 64 };
        assert_eq!(calendar.end(), Quarter::new(2040, 4));
        assert_eq!(calendar.row(Quarter::new(2027, 1)), Some(8));
        assert_eq!(calendar.row(Quarter::new(2024, 4)), None);
    }
}
