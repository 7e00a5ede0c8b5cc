//! Runs every ensemble that the checks need once, keeps only what they read, and answers from that.

use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::trajectory::Future;
use faultline_tests::shipped;

use super::checks::{Case, CheckFile, Measure};

/// What is kept of the ensembles.
#[derive(Default)]
pub(crate) struct Readings {
    values: Vec<(Measure, Vec<f64>)>,
    futures: Vec<(Case, Vec<Future>)>,
}

impl Readings {
    /// Runs what the file asks for.
    pub(crate) fn take(file: &CheckFile) -> Readings {
        let mut measures: Vec<Measure> = Vec::new();
        let mut cases: Vec<Case> = Vec::new();
        for check in &file.check {
            let direct = check.claim.measures();
            let references: Vec<Measure> = direct.iter().filter_map(Measure::reference).collect();
            // The reference is subtracted later, so what is read is always the plain number.
            for measure in direct.into_iter().chain(references).map(|measure| Measure { against: None, ..measure }) {
                insert(&mut cases, measure.case());
                insert(&mut measures, measure);
            }
            if let Some(case) = check.claim.futures() {
                insert(&mut cases, case.clone());
            }
        }
        let mut readings = Readings::default();
        for case in cases {
            readings.read(case, &measures, file);
        }
        readings
    }

    fn read(&mut self, case: Case, measures: &[Measure], file: &CheckFile) {
        let scenario = shipped::adjusted(&case.scenario, &case.set, Some(file.adopters), case.to.as_deref());
        let ensemble = Ensemble::run(&scenario, 1, file.runs, &Control::default());
        for measure in measures.iter().filter(|measure| measure.case() == case) {
            self.values.push((measure.clone(), values(&ensemble, measure)));
        }
        self.futures.push((case, ensemble.runs.iter().map(|run| run.future).collect()));
    }

    /// The number in every run, in seed order.
    pub(crate) fn of(&self, measure: &Measure) -> Vec<f64> {
        let plain = self.plain(&Measure { against: None, ..measure.clone() });
        match measure.reference() {
            Some(reference) => plain.iter().zip(self.plain(&reference)).map(|(value, reference)| value - reference).collect(),
            None => plain.to_vec(),
        }
    }

    fn plain(&self, measure: &Measure) -> &[f64] {
        let found = self.values.iter().find(|(known, _)| known == measure);
        &found.unwrap_or_else(|| panic!("was not read: {measure:?}")).1
    }

    /// Where the runs of a case end.
    pub(crate) fn futures(&self, case: &Case) -> &[Future] {
        let found = self.futures.iter().find(|(known, _)| known == case);
        &found.unwrap_or_else(|| panic!("was not run: {case:?}")).1
    }
}

fn insert<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn values(ensemble: &Ensemble, measure: &Measure) -> Vec<f64> {
    let scenario = &ensemble.scenario;
    let domain = measure.domain.as_ref().map(|id| {
        let found = scenario.domains.iter().position(|domain| domain.id == *id);
        found.unwrap_or_else(|| panic!("{}: no domain “{id}”", scenario.id))
    });
    let matches = |column: &faultline_models::layout::Column| {
        column.indicator == measure.indicator && column.domain == domain && column.entity.label(scenario) == measure.entity
    };
    let column = ensemble.layout.columns.iter().position(matches);
    let column = column.unwrap_or_else(|| panic!("{}: no column for {measure:?}", scenario.id));
    let row = measure.at.as_ref().map_or(scenario.calendar.rows - 1, |at| {
        let quarter = at.parse().unwrap_or_else(|problem| panic!("{problem}"));
        scenario.calendar.row(quarter).unwrap_or_else(|| panic!("{at} lies outside the calendar of {}", scenario.id))
    });
    ensemble.values(row, column)
}
