//! Numbers in words and tables.

/// A number with as many places as a reader can use: three significant ones, no exponent.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let size = value.abs();
    let places = match size {
        0.0 => 0,
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 => 2,
        s if s >= 0.01 => 3,
        _ => 4,
    };
    tidy(format!("{value:.places$}"))
}

/// A difference, always with its sign.
pub fn signed(value: f64) -> String {
    let text = number(value);
    if value > 0.0 && !text.trim_start_matches(['0', '.']).is_empty() { format!("+{text}") } else { text.replace('-', "−") }
}

/// “−0.000” is 0.
fn tidy(text: String) -> String {
    let zero = text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.');
    if zero { text.trim_start_matches('-').to_owned() } else { text }
}

/// How many of 100, from a share.
pub fn of_100(share: f64) -> String {
    format!("{:.0} of 100", share * 100.0)
}

/// “1 run”, “2 runs”.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (value, text) in
            [(0.73912, "0.739"), (0.00391, "0.0039"), (36.4, "36.4"), (1234.5, "1234"), (-0.00001, "0.0000"), (0.0, "0"), (f64::NAN, "–")]
        {
            assert_eq!(number(value), text);
        }
        assert_eq!(signed(0.25), "+0.250");
        assert_eq!(signed(-0.25), "−0.250");
        assert_eq!(signed(0.0), "0");
    }
}
