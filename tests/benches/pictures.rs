//! Every chart as a value and as SVG; CPU time of one thread.

mod cpu;

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use faultline_charts::catalogue::{CHARTS, Needs, Options, Request};
use faultline_charts::draw::draw;
use faultline_charts::style::Style;
use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::Findings;
use faultline_tests::shipped;

use cpu::CpuTime;

/// An ensemble of the size that people draw: 200 runs; adopters are no part of a picture.
fn ensemble(id: &str) -> Ensemble {
    let scenario = shipped::adjusted(id, &BTreeMap::new(), Some(300), None);
    Ensemble::run(&scenario, 1, 200, &Control::default())
}

fn pictures(criterion: &mut Criterion<CpuTime>) {
    let ensembles = [ensemble("today-extended"), ensemble("decoupling")];
    let findings = ensembles.each_ref().map(Findings::of);
    let options = Options::default();
    for kind in CHARTS {
        let wanted = if kind.needs == Needs::Two { 2 } else { 1 };
        let (ensembles, findings): (Vec<_>, Vec<_>) = ensembles.iter().zip(&findings).take(wanted).unzip();
        let request = Request { ensembles: &ensembles, findings: &findings, options: &options };
        let chart = kind.build(&request).unwrap_or_else(|unsuited| panic!("{}: {unsuited}", kind.id));
        criterion.bench_with_input(BenchmarkId::new("chart", kind.id), &request, |bencher, request| {
            bencher.iter(|| black_box(kind.build(request)));
        });
        criterion.bench_with_input(BenchmarkId::new("svg", kind.id), &chart, |bencher, chart| {
            bencher.iter(|| black_box(draw(chart, &Style::default())));
        });
    }
}

criterion_group! {
    name = all;
    config = Criterion::default().with_measurement(CpuTime).sample_size(10);
    targets = pictures
}
criterion_main!(all);
