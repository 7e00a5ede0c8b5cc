//! Landscape theory (Axelrod & Bennett 1993): who sides with whom, and which camps are stable.

use super::parameter::{Kind, Parameter, number, word};
use super::{Classic, Level, Line, Listing, Outcome, Picture, Series, Shape, Trial, Values};
use crate::draws::{Draws, Stream};
use crate::rules::adopt::Circumstance;

pub(super) const CLASSIC: Classic = Classic {
    id: "landscape",
    name: "Landscape of alliances",
    lesson: "Sizes and pairwise propensities alone leave few stable ways to form two camps: for the Unix standard of 1988 just two, and one of them came about.",
    story: "Take the firms of 1988 that had to choose a Unix camp, their sizes, and who competed closely with whom. Each would rather be with large partners and not with close rivals. Of the 256 ways to form two camps only two leave nobody who would rather change sides, and one of the two is, but for one firm, what happened. Alliances can be read off sizes and rivalries, with no story about intentions.",
    engine: "adopt: threshold choice between two camps with threshold 0 and no noise; of all who want to move, the one who lowers the energy most moves",
    source: "Axelrod & Bennett 1993, British Journal of Political Science 23:211–233; Axelrod et al. 1995, Management Science 41:1493–1508",
    level: Level::Identity,
    parameters: &[
        word("case", "which sizes and propensities, when no file is given", &["unix", "five-powers", "seventeen-nations"]),
        Parameter {
            id: "file",
            doc: "names, sizes and a square matrix of propensities of one’s own: TOML, JSON or CSV",
            unit: "file",
            kind: Kind::File,
        },
        number("rounding", "sizes are drawn anew in each run within this half-width around the given ones", "size", 0.0, (0.0, 10.0)),
    ],
    runs: 1,
    run,
};

/// Most members: all ways to form two camps are looked at.
const MOST: usize = 20;

/// Names, sizes and pairwise propensities to work together.
#[derive(Debug, Clone, PartialEq)]
pub struct Landscape {
    names: Vec<String>,
    sizes: Vec<f64>,
    propensity: Vec<Vec<f64>>,
}

impl Landscape {
    /// Checks sizes and propensities.
    ///
    /// # Errors
    /// Everything that is wrong, a sentence each.
    pub fn new(names: Vec<String>, sizes: Vec<f64>, propensity: Vec<Vec<f64>>) -> Result<Landscape, Vec<String>> {
        let n = names.len();
        let mut wrong = Vec::new();
        if !(2..=MOST).contains(&n) {
            wrong.push(format!("there are {n} names; 2 to {MOST} can be worked out, for all 2^(n−1) pairs of camps are looked at"));
        }
        if sizes.len() != n {
            wrong.push(format!("there are {} sizes for {n} names", sizes.len()));
        }
        if let Some(size) = sizes.iter().find(|size| !(**size > 0.0 && **size <= 1e9)) {
            wrong.push(format!("the size {size} should be above 0 and at most 1000000000"));
        }
        if propensity.len() != n || propensity.iter().any(|row| row.len() != n) {
            let lengths = propensity.iter().take(30).map(|row| row.len().to_string()).collect::<Vec<_>>().join(", ");
            wrong.push(format!("the propensities are not a square of {n} by {n}: {} rows of {lengths} numbers", propensity.len()));
            return Err(wrong);
        }
        for (a, row) in propensity.iter().enumerate() {
            for (b, p) in row.iter().enumerate().filter(|(b, _)| a != *b) {
                if !(-1e6..=1e6).contains(p) {
                    wrong.push(format!("the propensity {p} of {} and {} should lie between −1000000 and 1000000", names[a], names[b]));
                } else if a < b && (p - propensity[b][a]).abs() > 1e-12 {
                    wrong.push(format!(
                        "the propensity of {} and {} is {p} one way and {} the other; with unequal ones there is no landscape",
                        names[a], names[b], propensity[b][a]
                    ));
                }
            }
        }
        for (i, name) in names.iter().enumerate().filter(|(i, name)| names[..*i].contains(name)) {
            wrong.push(format!("the name {name} (number {}) is given twice", i + 1));
        }
        if wrong.is_empty() { Ok(Landscape { names, sizes, propensity }) } else { Err(wrong) }
    }

    fn built_in(case: &str) -> Landscape {
        let (names, sizes, propensity): (Vec<&str>, Vec<f64>, Box<dyn Fn(usize, usize) -> f64>) = match case {
            "unix" => (
                UNIX.iter().map(|m| m.0).collect(),
                UNIX.iter().map(|m| m.1).collect(),
                Box::new(|a, b| if UNIX[a].2 == UNIX[b].2 { -1.0 } else { 0.0 }),
            ),
            "five-powers" => {
                let great = NATIONS.iter().filter(|m| ["Britain", "France", "Soviet Union", "Germany", "Italy"].contains(&m.0));
                (great.clone().map(|m| m.0).collect(), great.map(|m| m.1).collect(), Box::new(|_, _| -1.0))
            }
            _ => (NATIONS.iter().map(|m| m.0).collect(), NATIONS.iter().map(|m| m.1).collect(), Box::new(|_, _| -1.0)),
        };
        let n = names.len();
        let propensity = (0..n).map(|a| (0..n).map(|b| if a == b { 0.0 } else { propensity(a, b) }).collect()).collect();
        Landscape { names: names.into_iter().map(str::to_owned).collect(), sizes, propensity }
    }

    fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Frustration of a member in camps `camps` (bit i is the camp of member i): Σ_j s_j p_ij over those on the other side.
    fn frustration(&self, camps: u32, i: usize) -> f64 {
        let apart = |j: &usize| *j != i && (camps >> *j ^ camps >> i) & 1 == 1;
        (0..self.len()).filter(apart).map(|j| self.sizes[j] * self.propensity[i][j]).sum()
    }

    /// Energy: Σ over ordered pairs on different sides of s_i s_j p_ij.
    fn energy(&self, camps: u32) -> f64 {
        (0..self.len()).map(|i| self.sizes[i] * self.frustration(camps, i)).sum()
    }

    /// Differences below this are rounding.
    fn rounding(&self) -> f64 {
        let most = self.propensity.iter().flatten().fold(0.0f64, |most, p| most.max(p.abs()));
        1e-9 * most * self.sizes.iter().sum::<f64>()
    }

    /// The member whose move lowers the energy most among those who want to move, by the engine's threshold choice.
    fn mover(&self, camps: u32) -> Option<usize> {
        let mut best: Option<(usize, f64)> = None;
        for i in 0..self.len() {
            let merit = [-self.frustration(camps, i), -self.frustration(camps ^ 1 << i, i)];
            let circumstance = Circumstance { home: 0, preference: 0.0, current: Some(0), switching_cost: 0.0 };
            if circumstance.unless_content(&merit, self.rounding()) == 1 {
                let fall = self.sizes[i] * (merit[1] - merit[0]);
                // A fall that is larger by rounding only does not count: the first of equals moves.
                if best.is_none_or(|(_, most)| fall > most + self.rounding() * self.sizes[i]) {
                    best = Some((i, fall));
                }
            }
        }
        best.map(|(i, _)| i)
    }

    /// All minima with their basins: where each pair of camps ends by steepest descent. The first member's camp is called 0.
    fn minima(&self) -> Vec<Minimum> {
        let half = 1u32 << (self.len() - 1);
        let code = |camps: u32| if camps & 1 == 1 { (!camps & (2 * half - 1)) >> 1 } else { camps >> 1 };
        const OPEN: u32 = u32::MAX;
        let mut end = vec![OPEN; half as usize];
        let mut path = Vec::new();
        for start in 0..half {
            let mut now = start;
            while end[now as usize] == OPEN {
                path.push(now);
                match self.mover(now << 1) {
                    Some(i) => now = code((now << 1) ^ 1 << i),
                    None => end[now as usize] = now,
                }
            }
            let stop = end[now as usize];
            path.drain(..).for_each(|passed| end[passed as usize] = stop);
        }
        let mut basin = vec![0usize; half as usize];
        end.iter().for_each(|stop| basin[*stop as usize] += 1);
        let mut minima: Vec<Minimum> = (0..half)
            .filter(|code| basin[*code as usize] > 0)
            .map(|code| Minimum { camps: code << 1, energy: self.energy(code << 1), basin: basin[code as usize], strict: self.strict(code << 1) })
            .collect();
        minima.sort_by(|a, b| a.energy.total_cmp(&b.energy).then(a.camps.cmp(&b.camps)));
        minima
    }

    fn strict(&self, camps: u32) -> bool {
        (0..self.len()).all(|i| self.frustration(camps ^ 1 << i, i) > self.frustration(camps, i) + self.rounding())
    }

    /// Number of pairs of camps whose energy no single move lowers, from the energies themselves: all, and the strict ones.
    fn counted(&self) -> (usize, usize) {
        let half = 1u32 << (self.len() - 1);
        let energies: Vec<f64> = (0..half).map(|code| self.energy(code << 1)).collect();
        let code = |camps: u32| if camps & 1 == 1 { (!camps & (2 * half - 1)) >> 1 } else { camps >> 1 };
        let (mut all, mut strict) = (0, 0);
        for here in 0..half {
            let rise = |i: usize| (energies[code((here << 1) ^ 1 << i) as usize] - energies[here as usize]) / (2.0 * self.sizes[i]);
            all += usize::from((0..self.len()).all(|i| rise(i) >= -self.rounding()));
            strict += usize::from((0..self.len()).all(|i| rise(i) > self.rounding()));
        }
        (all, strict)
    }

    /// The names in a camp.
    fn camp(&self, camps: u32, side: u32) -> String {
        (0..self.len()).filter(|i| camps >> i & 1 == side).map(|i| self.names[i].as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// A stable pair of camps.
struct Minimum {
    camps: u32,
    energy: f64,
    basin: usize,
    /// Whether every single move raises the energy; else some leave it as it is.
    strict: bool,
}

/// Firms of the Unix contest of 1988: share of the workstation market of 1987, and whether specialist or generalist.
const UNIX: [(&str, f64, char); 9] = [
    ("Sun", 28.9, 'S'),
    ("Prime", 1.0, 'S'),
    ("Apollo", 21.2, 'S'),
    ("Intergraph", 4.4, 'S'),
    ("SGI", 4.4, 'S'),
    ("AT&T", 28.5, 'G'),
    ("DEC", 20.0, 'G'),
    ("HP", 11.5, 'G'),
    ("IBM", 3.8, 'G'),
];

/// Shares of world capability of seventeen European nations in 1936, per cent.
const NATIONS: [(&str, f64); 17] = [
    ("Britain", 7.45),
    ("France", 5.32),
    ("Czechoslovakia", 1.15),
    ("Denmark", 0.20),
    ("Soviet Union", 15.01),
    ("Yugoslavia", 0.59),
    ("Greece", 0.35),
    ("Germany", 11.49),
    ("Italy", 4.03),
    ("Poland", 1.83),
    ("Romania", 0.78),
    ("Hungary", 0.45),
    ("Portugal", 0.27),
    ("Finland", 0.19),
    ("Latvia", 0.13),
    ("Lithuania", 0.10),
    ("Estonia", 0.06),
];

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (case, own) = (values.word("case"), values.file("file"));
    let land = own.cloned().unwrap_or_else(|| Landscape::built_in(case));
    let minima = land.minima();
    let (all, strict) = land.counted();
    let mut outcome = Outcome {
        simulated: format!("all {} ways to form two camps of {}, each by steepest descent", 1u32 << (land.len() - 1), land.len()),
        listing: listing(&land, &minima),
        picture: picture(&minima),
        ..Outcome::default()
    };
    let found = minima.iter().filter(|minimum| minimum.strict).count();
    const COUNTED: &str = "pairs of camps whose energy no single move lowers, counted from the energies";
    outcome.lines.push(Line::exact("stable pairs of camps", minima.len() as f64, Some(all as f64), COUNTED));
    outcome.lines.push(Line::exact("of which every move raises the energy", found as f64, Some(strict as f64), COUNTED));
    if own.is_none() {
        published(case, &minima, &mut outcome);
    }
    let rounding = values.number("rounding");
    if rounding > 0.0 {
        let counts: Vec<f64> = trial.each(|seed| blurred(&land, rounding, seed).minima().iter().filter(|minimum| minimum.strict).count() as f64)?;
        let known = (own.is_none() && case == "seventeen-nations").then_some(209.0);
        let (least, most) = counts.iter().fold((f64::MAX, 0.0f64), |(least, most), c| (least.min(*c), most.max(*c)));
        let spread = crate::findings::Statistics::of(counts.iter().copied()).standard_error * (counts.len() as f64).sqrt();
        let line = Line::mean("stable pairs of camps with sizes drawn within their rounding", &counts, known, "published from sizes not rounded");
        outcome.lines.push(line.within(if spread.is_finite() { spread } else { 0.0 }));
        outcome.notes.push(format!("Between {least} and {most} over {} draws of the sizes.", counts.len()));
    }
    Ok(outcome)
}

fn blurred(land: &Landscape, half_width: f64, seed: u32) -> Landscape {
    let draws = Draws::new(seed);
    let blur = |(i, size): (usize, &f64)| (size + half_width * (2.0 * draws.unit(Stream::Size, i, 0) - 1.0)).max(1e-6);
    Landscape { sizes: land.sizes.iter().enumerate().map(blur).collect(), ..land.clone() }
}

/// What the papers, or an independent computation from their printed sizes, give.
fn published(case: &str, minima: &[Minimum], outcome: &mut Outcome) {
    const PAPER: &str = "published; energy and basin recomputed independently from the printed sizes";
    let mut each = |energies: &[f64], basins: &[usize], digits: f64| {
        for (k, minimum) in minima.iter().enumerate().take(energies.len()) {
            let rounded = (minimum.energy * digits).round() / digits;
            outcome.lines.push(Line::exact(format!("energy of camps {}", k + 1), rounded, Some(energies[k]), PAPER));
            outcome.lines.push(Line::exact(format!("basin of camps {}", k + 1), minimum.basin as f64, Some(basins[k] as f64), PAPER));
        }
    };
    match case {
        "unix" => each(&[-3828.90, -3828.90], &[128, 128], 1e2),
        "five-powers" => each(&[-936.1328, -933.9602, -923.8208, -890.4000], &[7, 5, 3, 1], 1e4),
        _ => {
            outcome.lines.push(Line::exact(
                "strict minima from the printed sizes",
                minima.iter().filter(|m| m.strict).count() as f64,
                Some(195.0),
                "recomputed independently",
            ));
            outcome.lines.push(Line::exact("minima with ties from the printed sizes", minima.len() as f64, Some(226.0), "recomputed independently"));
            outcome.notes.push("Published: 209, from sizes that were not rounded. Try --rounding 0.005 --runs 60.".to_owned());
            outcome.notes.push("All propensities are −1 here (the paper’s realist control); its matrix for the full case is not printed, so that case cannot be recomputed.".to_owned());
        }
    }
}

fn listing(land: &Landscape, minima: &[Minimum]) -> Listing {
    let row = |m: &Minimum| {
        vec![
            format!("{:.4}", m.energy),
            m.basin.to_string(),
            if m.strict { "yes" } else { "tie" }.to_owned(),
            land.camp(m.camps, 0),
            land.camp(m.camps, 1),
        ]
    };
    Listing { columns: vec!["energy", "basin", "strict", "one camp", "the other"], rows: minima.iter().map(row).collect() }
}

fn picture(minima: &[Minimum]) -> Picture {
    let points = minima.iter().map(|m| (m.energy, m.basin as f64));
    Picture {
        x: "energy".to_owned(),
        y: "basin: starts that end there".to_owned(),
        series: vec![Series::new("stable pairs of camps", Shape::Dots, points)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unix_has_two_equal_minima_with_the_published_camps() {
        let land = Landscape::built_in("unix");
        let minima = land.minima();
        assert_eq!(minima.len(), 2);
        for minimum in &minima {
            assert!((minimum.energy + 3828.90).abs() < 1e-6 && minimum.basin == 128 && minimum.strict);
        }
        let camps: Vec<String> = minima.iter().map(|m| land.camp(m.camps, 0)).collect();
        assert!(camps.contains(&"Sun, Prime, AT&T, IBM".to_owned()) && camps.contains(&"Sun, Prime, DEC, HP".to_owned()), "{camps:?}");
    }

    #[test]
    fn the_realist_control_is_the_published_one() {
        let five = Landscape::built_in("five-powers").minima();
        assert_eq!(five.iter().map(|m| m.basin).collect::<Vec<_>>(), [7, 5, 3, 1]);
        for (minimum, energy) in five.iter().zip([-936.1328, -933.9602, -923.8208, -890.4]) {
            assert!((minimum.energy - energy).abs() < 1e-4);
        }
    }

    #[test]
    fn a_matrix_that_is_not_square_or_not_mutual_is_refused() {
        let names = || vec!["a".to_owned(), "b".to_owned()];
        let said = |p: Vec<Vec<f64>>| Landscape::new(names(), vec![1.0, 1.0], p).unwrap_err().join(" ");
        assert!(said(vec![vec![0.0, 1.0]]).contains("square"));
        assert!(said(vec![vec![0.0, 1.0], vec![2.0, 0.0]]).contains("one way"));
        assert!(Landscape::new(names(), vec![1.0, 1.0], vec![vec![0.0, 1.0], vec![1.0, 0.0]]).is_ok());
    }
}
