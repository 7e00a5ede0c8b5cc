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

/// How many of 100, from a share; never “100” for less than all, nor “0” for more than none.
pub fn of_100(share: f64) -> String {
    let rounded = (share * 100.0).round();
    let shown = if share > 0.0 && share < 1.0 { rounded.clamp(1.0, 99.0) } else { rounded };
    format!("{shown:.0} of 100")
}

/// Counts as parts of 100 that add to 100, by largest remainder; the earlier one wins a tie.
pub fn parts_of_100(counts: &[usize]) -> Vec<usize> {
    let total = counts.iter().sum::<usize>().max(1);
    let mut parts: Vec<usize> = counts.iter().map(|count| count * 100 / total).collect();
    let missing = if counts.iter().all(|count| *count == 0) { 0 } else { 100 - parts.iter().sum::<usize>() };
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(counts[*i] * 100 % total));
    order.into_iter().take(missing).for_each(|i| parts[i] += 1);
    parts
}

/// “1 run”, “2 runs”.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_all_is_100_of_100_and_only_none_is_0() {
        for (share, text) in [(1.0, "100 of 100"), (0.999, "99 of 100"), (0.001, "1 of 100"), (0.0, "0 of 100"), (0.5, "50 of 100")] {
            assert_eq!(of_100(share), text);
        }
    }

    #[test]
    fn parts_add_to_100() {
        assert_eq!(parts_of_100(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(parts_of_100(&[12, 12, 7, 4, 3, 1, 1]), [30, 30, 18, 10, 8, 2, 2]);
        assert_eq!(parts_of_100(&[67, 66, 67]), [34, 33, 33]);
        assert_eq!(parts_of_100(&[]), Vec::<usize>::new());
    }

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
