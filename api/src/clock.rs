//! The only clock: durations that are shown, processor time where speed is measured, and the date in a chart's stamp.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Measures how long something takes.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Measures how much processor time this process takes, all threads together.
#[derive(Debug, Clone, Copy)]
pub struct CpuTime(cpu_time::ProcessTime);

impl CpuTime {
    /// Starts now.
    pub fn now() -> CpuTime {
        CpuTime(cpu_time::ProcessTime::now())
    }

    /// Seconds of processor time since the start.
    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Today's date in UTC as `2026-03-02`.
///
/// `SOURCE_DATE_EPOCH`, if set, takes its place, so that a build of a report can be repeated to the byte.
pub fn date() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse::<i64>().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
    let (year, month, day) = civil(fixed.unwrap_or_else(now).div_euclid(86_400));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The time in UTC as `2026-03-02T09:30:00Z`.
pub fn now() -> String {
    of_milliseconds(milliseconds())
}

/// A name for a file that sorts by time: milliseconds since 1970 and a count, so that no two are the same.
pub fn stamp() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("{:015}-{:06}", milliseconds(), COUNT.fetch_add(1, Ordering::Relaxed) % 1_000_000)
}

/// The time in a [`stamp`], in UTC.
pub fn of_stamp(stamp: &str) -> String {
    of_milliseconds(stamp.split('-').next().and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// A name for this run of the program.
pub fn session() -> String {
    format!("{}-{}", milliseconds(), std::process::id())
}

fn milliseconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

fn of_milliseconds(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (year, month, day) = civil((seconds / 86_400) as i64);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Year, month and day of a number of days since 1970-01-01 (Hinnant 2013, proleptic Gregorian calendar).
fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{civil, of_milliseconds};

    #[test]
    fn milliseconds_become_times() {
        assert_eq!(of_milliseconds(0), "1970-01-01T00:00:00Z");
        assert_eq!(of_milliseconds(1_795_575_906_123), "2026-11-25T03:05:06Z");
    }

    #[test]
    fn days_become_dates() {
        for (days, date) in [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (11_016, (2000, 2, 29)), (20_781, (2026, 11, 24))] {
            assert_eq!(civil(days), date);
        }
    }
}
