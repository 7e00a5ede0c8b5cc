//! What a classic leaves behind: figures beside their references, lists, and the data of a small chart.

/// A figure beside its reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// What the engine gave; none where only theory speaks.
    pub simulated: Option<f64>,
    /// Monte-Carlo standard error of it; 0 where nothing is left to chance.
    pub standard_error: f64,
    /// The exact or published value.
    pub reference: Option<f64>,
    /// Standard error of the reference; 0 for exact values.
    pub reference_error: f64,
    /// How the reference comes about.
    pub basis: &'static str,
}

/// Largest relative difference that counts as the same number.
const SAME: f64 = 1e-9;

/// Largest difference in standard errors that counts as agreement: one in 15,000 is farther off by chance.
const FAR: f64 = 4.0;

impl Line {
    /// A figure without chance.
    pub(super) fn exact(name: impl Into<String>, simulated: f64, reference: Option<f64>, basis: &'static str) -> Line {
        Line { name: name.into(), simulated: Some(simulated), standard_error: 0.0, reference, reference_error: 0.0, basis }
    }

    /// A value of theory that nothing is simulated for.
    pub(super) fn theory(name: impl Into<String>, value: f64, basis: &'static str) -> Line {
        Line { name: name.into(), simulated: None, standard_error: 0.0, reference: Some(value), reference_error: 0.0, basis }
    }

    /// A mean over runs.
    pub(super) fn mean(name: impl Into<String>, samples: &[f64], reference: Option<f64>, basis: &'static str) -> Line {
        let (mean, error) = mean_and_error(samples);
        Line { name: name.into(), simulated: Some(mean), standard_error: error, reference, reference_error: 0.0, basis }
    }

    /// A share of runs; where the reference is known its own sampling error is used, which is defined for 0 and 1 found as well.
    pub(super) fn share(name: impl Into<String>, hits: usize, of: usize, reference: Option<f64>, basis: &'static str) -> Line {
        let found = hits as f64 / of as f64;
        let p = reference.filter(|p| *p > 0.0 && *p < 1.0).unwrap_or(found);
        let error = (p * (1.0 - p) / of as f64).sqrt();
        Line { name: name.into(), simulated: Some(found), standard_error: error, reference, reference_error: 0.0, basis }
    }

    /// The same with an uncertain reference.
    pub(super) fn within(self, reference_error: f64) -> Line {
        Line { reference_error, ..self }
    }

    /// Simulated minus reference, where both are there.
    pub fn difference(&self) -> Option<f64> {
        Some(self.simulated? - self.reference?)
    }

    /// The difference in standard errors; 0 where both are the same number, none where there is no error to measure it in.
    pub fn distance(&self) -> Option<f64> {
        let difference = self.difference()?;
        let error = (self.standard_error * self.standard_error + self.reference_error * self.reference_error).sqrt();
        if self.same() {
            return Some(0.0);
        }
        (error > 0.0).then(|| difference / error)
    }

    /// Whether both are the same number up to rounding.
    fn same(&self) -> bool {
        match (self.simulated, self.reference) {
            (Some(a), Some(b)) => (a - b).abs() <= SAME * b.abs().max(1.0),
            _ => false,
        }
    }

    /// Whether they agree: the same number, or at most four standard errors apart. None where one is missing.
    pub fn agrees(&self) -> Option<bool> {
        self.difference()?;
        Some(self.same() || self.distance().is_some_and(|distance| distance.abs() <= FAR))
    }
}

/// Mean and its standard error.
pub(super) fn mean_and_error(samples: &[f64]) -> (f64, f64) {
    let n = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / n;
    let square = samples.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    (mean, if samples.len() > 1 { (square / (n - 1.0) / n).sqrt() } else { 0.0 })
}

/// A list of cases, such as all minima of a landscape.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listing {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Cells as text.
    pub rows: Vec<Vec<String>>,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// What theory says: a line.
    Exact,
    /// A state that theory calls unstable: a broken line.
    Unstable,
    /// What was simulated: dots; the third number of a point is its standard error.
    Dots,
    /// A single run: a thin line.
    Run,
    /// A range of x, from the first point's x to the last one's, in which several states are possible.
    Band,
}

/// A series of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Name.
    pub name: String,
    /// How it is drawn.
    pub shape: Shape,
    /// Points x, y and error (0 for none).
    pub points: Vec<[f64; 3]>,
}

impl Series {
    /// A series without errors.
    pub(super) fn new(name: impl Into<String>, shape: Shape, points: impl IntoIterator<Item = (f64, f64)>) -> Series {
        Series { name: name.into(), shape, points: points.into_iter().map(|(x, y)| [x, y, 0.0]).collect() }
    }
}

/// A small chart as data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// Name of the horizontal axis with unit.
    pub x: String,
    /// Name of the vertical axis with unit.
    pub y: String,
    /// What is drawn, later ones on top.
    pub series: Vec<Series>,
}

/// What a classic leaves behind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// What was simulated, in a sentence.
    pub simulated: String,
    /// Figures beside their references.
    pub lines: Vec<Line>,
    /// A list of cases, or an empty one.
    pub listing: Listing,
    /// Remarks.
    pub notes: Vec<String>,
    /// The data of a small chart.
    pub picture: Picture,
}
