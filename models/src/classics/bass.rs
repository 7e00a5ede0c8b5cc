//! Bass (1969) diffusion in a finite population.

use super::limit;
use super::numeric::binomial;
use super::parameter::{list, number, whole, word};
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};
use crate::setting::Setting;

pub(super) const CLASSIC: Classic = Classic {
    id: "bass",
    name: "Diffusion",
    lesson: "Uptake is S-shaped when users attract users. A finite population lies below the text-book curve: an engine with 50 adopters that meets the curve exactly is wrong.",
    story: "Some take up a new thing by themselves, others because they see it used. That gives the well-known S: slow, fast, slow. The curve in text-books is for a market without end. With 50 adopters the average lies below it, because the last few find few others to follow. A program that meets the text-book curve with 50 adopters is wrong, and this one is checked on it.",
    engine: "the whole tick: one standard’s market, nobody active at the start, hazard p + q · share active, in ticks of dt years",
    source: "Bass 1969, Management Science 15:215–227; finite law by the master equation",
    level: Level::Distribution,
    parameters: &[
        number("p", "hazard without users", "per year", 0.03, (0.0001, 2.0)),
        number("q", "rise of the hazard with the share of users", "per year", 0.38, (0.0, 5.0)),
        whole("M", "adopters", "adopters", 50, (1, 5_000)),
        list("t", "times looked at, rising", "years", &[5.0, 10.0, 20.0], ((0.01, 100.0), (1, 12))),
        number("dt", "length of a tick", "years", 0.02, (0.001, 0.25)),
        word(
            "of",
            "whose share counts for the hazard: the others (a complete graph), or the whole market, as in the engine’s scenarios",
            &["others", "market"],
        ),
    ],
    runs: 2_000,
    run,
};

/// Bass's curve F(t).
fn curve(p: f64, q: f64, t: f64) -> f64 {
    let decay = libm::exp(-(p + q) * t);
    (1.0 - decay) / (1.0 + q / p * decay)
}

/// Expected share active at the given times among M adopters: the master equation of the pure birth process with rates
/// (M − k)(p + q k/peers), by Runge and Kutta's fourth order.
fn finite(p: f64, q: f64, (m, peers): (usize, f64), times: &[f64]) -> Vec<f64> {
    let rate: Vec<f64> = (0..=m).map(|k| (m - k) as f64 * (p + q * k as f64 / peers)).collect();
    let slope = |law: &[f64]| -> Vec<f64> { (0..=m).map(|k| if k > 0 { rate[k - 1] * law[k - 1] } else { 0.0 } - rate[k] * law[k]).collect() };
    let plus = |law: &[f64], slope: &[f64], h: f64| law.iter().zip(slope).map(|(p, s)| p + h * s).collect::<Vec<f64>>();
    let fastest = rate.iter().copied().fold(0.0, f64::max);
    let (mut law, mut now, mut shares) = (vec![0.0; m + 1], 0.0, Vec::new());
    law[0] = 1.0;
    for t in times {
        let steps = ((t - now) * (fastest * 1.5).max(20.0)).ceil().max(1.0);
        let h = (t - now) / steps;
        for _ in 0..steps as usize {
            let a = slope(&law);
            let b = slope(&plus(&law, &a, h / 2.0));
            let c = slope(&plus(&law, &b, h / 2.0));
            let d = slope(&plus(&law, &c, h));
            for k in 0..=m {
                law[k] += h / 6.0 * (a[k] + 2.0 * b[k] + 2.0 * c[k] + d[k]);
            }
        }
        now = *t;
        shares.push(law.iter().enumerate().map(|(k, p)| p * k as f64).sum::<f64>() / m as f64);
    }
    shares
}

/// The same in ticks: in each, those not active become active with chance 1 − exp(−hazard dt), the hazard being that of the state
/// at the end of the tick before.
fn ticked(p: f64, q: f64, (m, peers): (usize, f64), dt: f64, ticks: &[usize]) -> Vec<f64> {
    let chance: Vec<f64> = (0..=m).map(|k| 1.0 - libm::exp(-dt * (p + q * k as f64 / peers))).collect();
    let moves: Vec<Vec<f64>> = (0..=m).map(|k| (0..=m - k).map(|new| binomial(m - k, new, chance[k])).collect()).collect();
    let (mut law, mut shares) = (vec![0.0; m + 1], Vec::new());
    law[0] = 1.0;
    for tick in 1..=ticks[ticks.len() - 1] {
        let mut next = vec![0.0; m + 1];
        for k in (0..=m).filter(|k| law[*k] > 1e-18) {
            moves[k].iter().enumerate().for_each(|(new, chance)| next[k + new] += law[k] * chance);
        }
        law = next;
        if ticks.contains(&tick) {
            shares.push(law.iter().enumerate().map(|(k, p)| p * k as f64).sum::<f64>() / m as f64);
        }
    }
    shares
}

/// Most adopters for whom the law in ticks is worked out.
const SMALL: usize = 120;

/// Share active at the given times.
fn simulate((p, q, m): (f64, f64, usize), ticks: &[usize], dt: f64, seed: u32) -> Vec<f64> {
    let last = ticks[ticks.len() - 1];
    let mut scenario = limit::scenario(1, m, last + 2);
    scenario.sizes.active_at_start = 0.0;
    // The engine's tick is a quarter of its year: rates per year become rates per four ticks.
    limit::set(&mut scenario, "innovation", 4.0 * dt * p);
    limit::set(&mut scenario, "imitation", 4.0 * dt * q);
    limit::set(&mut scenario, "review-rate", 0.0);
    let setting = Setting::new(&scenario);
    let mut run = limit::Single::new(&setting, seed);
    let mut shares = Vec::new();
    for t in 1..=last {
        run.tick();
        if ticks.contains(&t) {
            shares.push(run.world().active_size(0, 0) / setting.adopters.market_size[0]);
        }
    }
    shares
}

fn run(values: &Values, trial: Trial<'_>) -> Result<Outcome, String> {
    let (p, q, m, dt, times) = (values.number("p"), values.number("q"), values.whole("M"), values.number("dt"), values.list("t"));
    if times.windows(2).any(|pair| pair[1] <= pair[0]) {
        return Err("--t: the times should rise".to_owned());
    }
    let whole: Vec<usize> = times.iter().map(|t| ((t / dt).round() as usize).max(1)).collect();
    if whole[whole.len() - 1] > 20_000 || whole.windows(2).any(|pair| pair[1] <= pair[0]) {
        return Err("--t and --dt: give times at least a tick apart and at most 20000 ticks in all".to_owned());
    }
    let peers = |m: usize| if values.word("of") == "others" { (m as f64 - 1.0).max(1.0) } else { m as f64 };
    // The engine looks at the share of the whole market: the share of the others is larger by M/(M − 1).
    let shares = trial.each(|seed| simulate((p, q * m as f64 / peers(m), m), &whole, dt, seed))?;
    let exact = finite(p, q, (m, peers(m)), times);
    let in_ticks = (m <= SMALL).then(|| ticked(p, q, (m, peers(m)), dt, &whole));
    let mut outcome = Outcome { simulated: format!("{} runs of {m} adopters in ticks of {dt} years", trial.runs), ..Outcome::default() };
    let mut dots = Vec::new();
    for (k, t) in times.iter().enumerate() {
        let own: Vec<f64> = shares.iter().map(|share| share[k]).collect();
        let (mean, error) = super::outcome::mean_and_error(&own);
        dots.push([*t, mean, error]);
        if let Some(law) = &in_ticks {
            outcome.lines.push(Line::mean(
                format!("share active after {t} years, in ticks"),
                &own,
                Some(law[k]),
                "exact law for M adopters in ticks of dt",
            ));
        }
        // What ticks cost: known where their law is, else the first order in dt.
        let coarse = in_ticks.as_ref().map_or(dt * (p + q) * (p + q) / (4.0 * q.max(p)), |law| (law[k] - exact[k]).abs());
        let line = Line::mean(format!("share active after {t} years"), &own, Some(exact[k]), "master equation for M adopters, without ticks");
        outcome.lines.push(line.within(coarse));
        outcome.lines.push(Line::theory(
            format!("Bass’s curve after {t} years (endless adopters)"),
            curve(p, q, *t),
            "F = (1 − e^−(p+q)t)/(1 + (q/p) e^−(p+q)t)",
        ));
    }
    if q > p {
        let peak = libm::log(q / p) / (p + q);
        outcome.lines.push(Line::theory("time of the peak", peak, "ln(q/p)/(p+q)"));
        outcome.lines.push(Line::theory("share active at the peak", curve(p, q, peak), "F there: 1/2 − p/(2q)"));
        outcome.lines.push(Line::theory("uptake per year at the peak", (p + q) * (p + q) / (4.0 * q), "(p+q)²/(4q)"));
    }
    outcome.notes.push(format!("A tick sees the share of the tick before, so that with dt = {dt} shares lag a little; that lag is the error of the reference without ticks. Lower --dt and it goes."));
    let end = times[times.len() - 1];
    let line = super::numeric::grid(0.0, end, 81);
    let drawn = m.min(500);
    let law = finite(p, q, (drawn, peers(drawn)), &line[1..]);
    outcome.picture = Picture {
        x: "years".to_owned(),
        y: "share active".to_owned(),
        series: vec![
            Series::new("Bass’s curve, endless adopters", Shape::Unstable, line.iter().map(|t| (*t, curve(p, q, *t)))),
            Series::new(format!("exact for {drawn} adopters"), Shape::Exact, std::iter::once((0.0, 0.0)).chain(line[1..].iter().copied().zip(law))),
            Series { name: "runs".to_owned(), shape: Shape::Dots, points: dots },
        ],
    };
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curve_and_finite_law_give_the_published_figures() {
        for (t, share) in [(5.0, 0.331_199), (10.0, 0.812_803)] {
            assert!((curve(0.03, 0.38, t) - share).abs() < 1e-6);
        }
        for (found, share) in finite(0.03, 0.38, (50, 49.0), &[5.0, 10.0, 20.0]).into_iter().zip([0.321_447, 0.785_274, 0.995_079]) {
            assert!((found - share).abs() < 1e-6, "{found} instead of {share}");
        }
        let peak = libm::log(0.38 / 0.03) / 0.41;
        assert!((peak - 6.192_619).abs() < 1e-6 && (curve(0.03, 0.38, peak) - 0.460_526).abs() < 1e-6);
    }
}
