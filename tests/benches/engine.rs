//! One run at several sizes, preparing a scenario, and findings over an ensemble; CPU time of one thread.

mod cpu;

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use faultline_models::ensemble::{Control, Ensemble};
use faultline_models::findings::Findings;
use faultline_models::run::{Setting, run};
use faultline_tests::shipped;

use cpu::CpuTime;

fn runs(criterion: &mut Criterion<CpuTime>) {
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10);
    for adopters in [1_000, 3_000, 10_000, 100_000] {
        let scenario = shipped::adjusted("today-extended", &BTreeMap::new(), Some(adopters), None);
        let setting = Setting::new(&scenario);
        group.throughput(Throughput::Elements(adopters as u64));
        let mut seed = 0;
        group.bench_function(BenchmarkId::from_parameter(adopters), |bencher| {
            bencher.iter(|| {
                seed += 1;
                black_box(run(&setting, seed))
            });
        });
    }
    group.finish();
}

fn preparation(criterion: &mut Criterion<CpuTime>) {
    let scenario = shipped::adjusted("today-extended", &BTreeMap::new(), None, None);
    criterion.bench_function("prepare", |bencher| bencher.iter(|| black_box(Setting::new(&scenario))));
}

fn findings(criterion: &mut Criterion<CpuTime>) {
    let scenario = shipped::adjusted("today-extended", &BTreeMap::new(), Some(300), None);
    let ensemble = Ensemble::run(&scenario, 1, 200, &Control::default());
    // One thread, so that its CPU time is all there is.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().expect("a pool of one thread");
    let mut group = criterion.benchmark_group("findings");
    group.sample_size(10);
    group.bench_function("200 runs", |bencher| bencher.iter(|| pool.install(|| black_box(Findings::of(&ensemble)).prepare_all())));
    group.finish();
}

criterion_group! {
    name = engine;
    config = Criterion::default().with_measurement(CpuTime);
    targets = runs, preparation, findings
}
criterion_main!(engine);
