//! Arkolakis, Costinot & Rodríguez-Clare (2012): gains from trade from one share and one elasticity.

use super::numeric::grid;
use super::parameter::number;
use super::{Classic, Level, Line, Outcome, Picture, Series, Shape, Trial, Values};

pub(super) const CLASSIC: Classic = Classic {
    id: "gains-from-trade",
    name: "What less trade costs",
    lesson: "However trade comes about, its gain is told by the share spent at home and the trade elasticity alone: a read-out, not a mechanism.",
    story: "How much does a country lose when it buys less abroad? In a large family of trade models two numbers are enough: the share of spending that stays at home before and after, and how strongly trade reacts to its cost. It is a read-out, not an explanation: it says what less trade costs, not why there is less.",
    engine: "the gravity read-out: trade costs to a power; here a price index over home and foreign goods is solved for the costs that give the shares",
    source: "Arkolakis, Costinot & Rodríguez-Clare 2012, American Economic Review 102:94–130",
    level: Level::Identity,
    parameters: &[
        number("lambda", "share spent at home before", "share", 0.8, (0.01, 0.999)),
        number("lambda_after", "share spent at home after", "share", 0.9, (0.01, 0.999)),
        number("theta", "trade elasticity", "elasticity", 5.0, (0.1, 50.0)),
    ],
    runs: 1,
    run,
};

/// Real income over a price index P = (1 + cost^−θ)^(−1/θ) of home goods and foreign ones at a trade cost.
fn income(cost: f64, theta: f64) -> f64 {
    libm::pow(1.0 + libm::pow(cost, -theta), 1.0 / theta)
}

/// The trade cost at which a share λ is spent at home, by bisection on the share.
fn cost(lambda: f64, theta: f64) -> f64 {
    let share = |log: f64| 1.0 / (1.0 + libm::exp(-theta * log));
    libm::exp(super::numeric::root(|log| share(log) - lambda, -100.0, 100.0).unwrap_or(f64::NAN))
}

fn run(values: &Values, _: Trial<'_>) -> Result<Outcome, String> {
    let (before, after, theta) = (values.number("lambda"), values.number("lambda_after"), values.number("theta"));
    let change = |after: f64| 100.0 * (income(cost(after, theta), theta) / income(cost(before, theta), theta) - 1.0);
    let exact = |after: f64| 100.0 * (libm::pow(after / before, -1.0 / theta) - 1.0);
    let curve = grid(before.min(after), 0.99, 40).into_iter().map(|lambda| (lambda, exact(lambda)));
    Ok(Outcome {
        simulated: "a home and a foreign good, trade cost solved for the two shares".to_owned(),
        lines: vec![Line::exact("change of real income, per cent", change(after), Some(exact(after)), "(λ′/λ)^(−1/θ) − 1")],
        picture: Picture {
            x: "share spent at home after".to_owned(),
            y: "change of real income, %".to_owned(),
            series: vec![Series::new("exact", Shape::Exact, curve), Series::new("solved", Shape::Dots, [(after, change(after))])],
        },
        ..Outcome::default()
    })
}
