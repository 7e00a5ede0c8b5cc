//! How long one chart takes as SVG (target: 5 ms), PNG and PDF.

#[path = "../tests/samples/mod.rs"]
mod samples;

use criterion::{Criterion, criterion_group, criterion_main};
use faultline_charts::draw::draw;
use faultline_charts::pdf::{Meta, pdf};
use faultline_charts::png::png;
use faultline_charts::style::Style;

fn svg(c: &mut Criterion) {
    for chart in samples::all() {
        c.bench_function(&format!("svg/{}", chart.id), |b| b.iter(|| draw(&chart, &Style::default())));
    }
}

fn files(c: &mut Criterion) {
    let chart = samples::fragmentation();
    let figure = draw(&chart, &Style::default());
    let meta = Meta::of(&chart);
    c.bench_function("png/fragmentation", |b| b.iter(|| png(&figure, 1.0).expect("a PNG")));
    c.bench_function("pdf/fragmentation", |b| b.iter(|| pdf(&figure, &meta).expect("a PDF")));
}

criterion_group!(benches, svg, files);
criterion_main!(benches);
