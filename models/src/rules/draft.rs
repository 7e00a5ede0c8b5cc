//! Rule (2a): committees — bounded confidence, drafts, ballots, work times.

use multiversion::multiversion;

use crate::draws::{Draws, Stream};
use crate::levers::index_of;
use crate::rules::adopt::MAX_STANDARDS;
use crate::scenario::Point;
use crate::setting::Setting;
use crate::trajectory::Milestone;
use crate::world::{World, distance};

/// Ticks that a failed ballot costs, failed ballots after which an item is dropped, ticks from a publication to the next item.
const FAILED_BALLOT_TICKS: usize = 4;
const FAILED_BALLOTS_TO_DROP: u8 = 3;
const PAUSE_TICKS: usize = 2;

/// Convergence of members in the international body who are not a bloc's, relative to full expert support.
const UNSUPPORTED: f64 = 0.6;

/// Who sits in a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seat {
    /// Sent by a bloc.
    Bloc(usize),
    /// Sent by an economy outside the blocs.
    Rest,
}

/// What a body is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing until this row.
    Idle { until: usize },
    /// A bloc waits for the next international edition.
    Waiting,
    /// An item is in work.
    Item { started: i32, due: usize, failed: u8 },
}

/// A committee: its members' points now and at the start, who sent them, and its work.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) point: Vec<Point>,
    pub(crate) own: Vec<Point>,
    pub(crate) seat: Vec<Seat>,
    pub(crate) work: Work,
    /// Whether a new edition came out in this tick.
    pub(crate) published: bool,
    /// Whether the item was dropped in this tick.
    pub(crate) dropped: bool,
    /// Sum of drafting times in ticks and number of editions since the start.
    pub(crate) drafting: (u32, u32),
    heard: Heard,
    weight: Vec<f64>,
}

/// Spread of members around the point of whom they speak for.
const MEMBER_SPREAD: f64 = 0.1;

/// All committees, `[domain][standard]`, with their members drawn.
pub(crate) fn bodies(setting: &Setting, draws: Draws) -> Vec<Body> {
    let standards = setting.standards();
    (0..setting.domains() * standards).map(|at| body(setting, draws, at / standards, at % standards)).collect()
}

fn body(setting: &Setting, draws: Draws, domain: usize, standard: usize) -> Body {
    let seats = if standard == setting.blocs() { international_seats(setting, domain) } else { home_seats(setting, domain, standard) };
    let address = (domain * setting.standards() + standard) * 1024;
    let own: Vec<Point> = seats
        .iter()
        .enumerate()
        .map(|(i, (_, ideal))| [0, 1].map(|axis| (ideal[axis] + MEMBER_SPREAD * draws.normal(Stream::Member, address + i, axis)).clamp(0.0, 1.0)))
        .collect();
    let members = own.len();
    Body {
        point: own.clone(),
        own,
        seat: seats.into_iter().map(|(seat, _)| seat).collect(),
        work: Work::Idle { until: 0 },
        published: false,
        dropped: false,
        drafting: (0, 0),
        heard: Heard::new(members),
        weight: vec![1.0; members],
    }
}

/// A bloc's committee: home members, then foreign ones from the other market groups in turn.
fn home_seats(setting: &Setting, domain: usize, bloc: usize) -> Vec<(Seat, Point)> {
    let scenario = &setting.scenario;
    let home = std::iter::repeat_n((Seat::Bloc(bloc), scenario.blocs[bloc].ideal[domain]), scenario.sizes.home_members);
    let mut others: Vec<(Seat, Point)> =
        (0..setting.blocs()).filter(|b| *b != bloc).map(|b| (Seat::Bloc(b), scenario.blocs[b].ideal[domain])).collect();
    if !scenario.economies.is_empty() {
        others.push((Seat::Rest, mean_economy(setting, domain)));
    }
    let foreign = others.iter().copied().cycle().take(if others.is_empty() { 0 } else { scenario.sizes.foreign_members });
    home.chain(foreign).collect()
}

/// The international committee: the same number per bloc, then economies spread evenly over their list.
fn international_seats(setting: &Setting, domain: usize) -> Vec<(Seat, Point)> {
    let (scenario, economies) = (&setting.scenario, setting.scenario.economies.len());
    let mut seats = Vec::new();
    for (b, bloc) in scenario.blocs.iter().enumerate() {
        seats.extend(std::iter::repeat_n((Seat::Bloc(b), bloc.ideal[domain]), scenario.sizes.international_members));
    }
    let from_economies = if economies == 0 { 0 } else { scenario.sizes.economy_members };
    seats.extend((0..from_economies).map(|k| (Seat::Rest, setting.markets.economy_ideal[domain * economies + k * economies / from_economies])));
    seats
}

/// Size-weighted mean of the economies' ideal points.
fn mean_economy(setting: &Setting, domain: usize) -> Point {
    let (blocs, economies) = (setting.blocs(), setting.scenario.economies.len());
    let weights = &setting.markets.share[blocs..];
    let total: f64 = weights.iter().sum();
    [0, 1].map(|axis| (0..economies).map(|c| weights[c] * setting.markets.economy_ideal[domain * economies + c][axis]).sum::<f64>() / total)
}

/// Items in work at the start: blocs route theirs, the rest have a random remaining share of a work time to go.
pub(crate) fn begin(world: &mut World<'_>) {
    for d in 0..world.domains() {
        for s in 0..world.standards() {
            let at = world.text(d, s);
            world.bodies[at].work = if s < world.blocs() && routes_internationally(world, d, s) { Work::Waiting } else { item_in_work(world, d, s) };
        }
    }
}

fn item_in_work(world: &World<'_>, domain: usize, standard: usize) -> Work {
    let at = world.text(domain, standard);
    if world.bodies[at].point.is_empty() {
        // A body without members never drafts.
        return Work::Idle { until: usize::MAX };
    }
    let ticks = work_ticks(world, domain, standard);
    let left = world.draws.unit(Stream::Remaining, at, 0) * ticks as f64;
    let due = (left.ceil() as usize).max(1);
    Work::Item { started: due as i32 - ticks as i32, due, failed: 0 }
}

/// Whether a bloc sends its next item to the international body.
pub(crate) fn routes_internationally(world: &World<'_>, domain: usize, bloc: usize) -> bool {
    let there = world.scenario().structure.international_text;
    let channel = if there { world.lever(const { index_of("international-channel") }, domain, bloc) } else { 0.0 };
    world.draws.unit(Stream::Route, world.text(domain, bloc), world.row) < channel
}

/// Work time of an item that starts now, in ticks: it is due in the first quarter in which the time has passed.
fn work_ticks(world: &World<'_>, domain: usize, standard: usize) -> usize {
    let scenario = world.scenario();
    let months = scenario.blocs.get(standard).map_or(scenario.sizes.international_work_months, |bloc| bloc.work_months);
    let drawn = world.draws.work_time(world.text(domain, standard), world.row, months);
    ((drawn / 3.0).ceil() as usize).max(1)
}

/// Starts an item at a body.
pub(crate) fn start_item(world: &mut World<'_>, domain: usize, standard: usize) {
    let ticks = work_ticks(world, domain, standard);
    let at = world.text(domain, standard);
    world.bodies[at].work = Work::Item { started: world.row as i32, due: world.row + ticks, failed: 0 };
    world.note(domain, standard, Milestone::Started);
}

/// Members move; drafts that are due go to the ballot.
pub(crate) fn draft(world: &mut World<'_>) {
    for d in 0..world.domains() {
        for s in 0..world.standards() {
            weigh(world, d, s);
            discuss(world, d, s);
            let body = &mut world.bodies[d * world.setting.standards() + s];
            (body.published, body.dropped) = (false, false);
            if let Work::Item { due, .. } = body.work
                && due <= world.row
            {
                ballot(world, d, s);
            }
        }
    }
}

/// Weights in discussion: foreign members at home count as participation allows; internationally the guard caps a bloc.
fn weigh(world: &mut World<'_>, domain: usize, standard: usize) {
    let at = world.text(domain, standard);
    if standard < world.blocs() {
        let participation = world.lever(const { index_of("foreign-participation") }, domain, standard);
        let body = &mut world.bodies[at];
        for (weight, seat) in body.weight.iter_mut().zip(&body.seat) {
            *weight = if *seat == Seat::Bloc(standard) { 1.0 } else { participation };
        }
        return;
    }
    let guard = world.lever(const { index_of("capture-guard") }, domain, 0);
    let cap = 1.0 / 3.0 + 2.0 / 3.0 * (1.0 - guard);
    let blocs = world.blocs();
    let body = &mut world.bodies[at];
    body.weight.fill(1.0);
    // Capping one bloc raises the share of the others, so each is looked at again.
    for _ in 0..blocs {
        for b in 0..blocs {
            cap_bloc(body, b, cap);
        }
    }
}

/// Scales a bloc's members down so that together they have at most the share `cap`.
fn cap_bloc(body: &mut Body, bloc: usize, cap: f64) {
    let total: f64 = body.weight.iter().sum();
    let own: f64 = body.weight.iter().zip(&body.seat).filter(|(_, seat)| **seat == Seat::Bloc(bloc)).map(|(w, _)| w).sum();
    if cap >= 1.0 || own <= cap * total || own == total {
        return;
    }
    let scale = cap / (1.0 - cap) * (total - own) / own;
    for (weight, seat) in body.weight.iter_mut().zip(&body.seat) {
        if *seat == Seat::Bloc(bloc) {
            *weight *= scale;
        }
    }
}

/// Bounded confidence with stubbornness: each member moves towards the weighted mean of those near enough
/// (Hegselmann & Krause 2002) and back to where it started (Friedkin & Johnsen 1990).
fn discuss(world: &mut World<'_>, domain: usize, standard: usize) {
    let p = &world.setting.parameters;
    let international = standard == world.blocs();
    let support: [f64; MAX_STANDARDS] =
        std::array::from_fn(|b| if b < world.blocs() { world.lever(const { index_of("expert-support") }, domain, b) } else { 0.0 });
    let body = &mut world.bodies[domain * world.setting.standards() + standard];
    body.heard.listen(&body.point, &body.weight, p.confidence);
    for i in 0..body.point.len() {
        let rate = p.convergence_rate
            * match (international, body.seat[i]) {
                (false, _) => 1.0,
                (true, Seat::Bloc(b)) => support[b],
                (true, Seat::Rest) => UNSUPPORTED,
            };
        let x = body.point[i];
        let heard = body.heard.by(i).unwrap_or(x);
        body.point[i] = moved(x, heard, rate, (body.own[i], p.stubbornness));
    }
}

/// What the members of a committee hear of each other: kept by axis, so that listeners lie side by side.
#[derive(Debug, Clone)]
struct Heard {
    /// Where each stands, by axis.
    at: [Vec<f64>; 2],
    /// Summed weight of those near each.
    total: Vec<f64>,
    /// Their weighted points, summed by axis.
    sum: [Vec<f64>; 2],
}

impl Heard {
    fn new(members: usize) -> Heard {
        let none = || vec![0.0; members];
        Heard { at: [none(), none()], total: none(), sum: [none(), none()] }
    }

    /// Each member hears those within the confidence bound, speaker after speaker.
    fn listen(&mut self, points: &[Point], weights: &[f64], confidence: f64) {
        for (axis, at) in self.at.iter_mut().enumerate() {
            at.iter_mut().zip(points).for_each(|(at, point)| *at = point[axis]);
        }
        self.total.fill(0.0);
        self.sum.iter_mut().for_each(|sum| sum.fill(0.0));
        listen(weights, confidence * confidence, self);
    }

    /// Weighted mean of what a member hears; nothing when nobody near has weight.
    fn by(&self, member: usize) -> Option<Point> {
        let total = self.total[member];
        (total > 0.0).then(|| [self.sum[0][member] / total, self.sum[1][member] / total])
    }
}

/// Adds up what all listeners hear, for speakers with these weights; `reach` is the square of the confidence bound.
#[multiversion(targets("x86_64+avx2"))]
fn listen(weights: &[f64], reach: f64, heard: &mut Heard) {
    let Heard { at: [xs, ys], total, sum: [sum_x, sum_y] } = heard;
    let members = xs.len();
    // Of one length, so that the loop over listeners needs no checks.
    let (ys, total, sum_x, sum_y) = (&ys[..members], &mut total[..members], &mut sum_x[..members], &mut sum_y[..members]);
    for ((x, y), weight) in xs.iter().zip(ys).zip(weights) {
        let (x, y, weight) = (*x, *y, *weight);
        for l in 0..members {
            let (dx, dy) = (x - xs[l], y - ys[l]);
            // Without a branch: whether a member is near changes from pair to pair.
            let weight = if dx * dx + dy * dy <= reach { weight } else { 0.0 };
            total[l] += weight;
            sum_x[l] += weight * x;
            sum_y[l] += weight * y;
        }
    }
}

/// Where a member at `x` stands after a round: drawn to what it heard, and back to its own start.
pub(crate) fn moved(x: Point, heard: Point, rate: f64, (own, stubbornness): (Point, f64)) -> Point {
    [0, 1].map(|axis| (x[axis] + rate * (heard[axis] - x[axis]) + stubbornness * (own[axis] - x[axis])).clamp(0.0, 1.0))
}

/// Weighted mean of the points within the confidence bound of `x`; `x` itself when nobody there has weight.
pub(crate) fn heard(points: &[Point], weights: &[f64], x: Point, confidence: f64) -> Point {
    let reach = confidence * confidence;
    let (mut total, mut sum) = (0.0, [0.0; 2]);
    for (point, weight) in points.iter().zip(weights) {
        let (dx, dy) = (point[0] - x[0], point[1] - x[1]);
        // Without a branch: whether a member is near changes from pair to pair.
        let weight = if dx * dx + dy * dy <= reach { *weight } else { 0.0 };
        total += weight;
        sum[0] += weight * point[0];
        sum[1] += weight * point[1];
    }
    if total > 0.0 { [sum[0] / total, sum[1] / total] } else { x }
}

/// The draft: weighted mean of the members' points.
fn draft_point(body: &Body) -> Point {
    heard(&body.point, &body.weight, [0.5, 0.5], f64::INFINITY)
}

/// Puts the draft to the vote and does what follows from it.
fn ballot(world: &mut World<'_>, domain: usize, standard: usize) {
    let at = world.text(domain, standard);
    let draft = draft_point(&world.bodies[at]);
    let yes = yes_votes(world, domain, standard, draft);
    let passed = passes(yes, world.bodies[at].seat.len(), standard == world.blocs());
    if passed { publish(world, domain, standard, draft) } else { fail(world, domain, standard) }
}

/// Number of members in favour of a draft.
fn yes_votes(world: &World<'_>, domain: usize, standard: usize, draft: Point) -> usize {
    let tolerance = world.setting.parameters.ballot_tolerance;
    let body = &world.bodies[world.text(domain, standard)];
    let block: Vec<bool> = (0..world.blocs()).map(|b| standard == world.blocs() && votes_as_one(world, domain, b)).collect();
    let in_favour = |i: usize| {
        let position = match body.seat[i] {
            Seat::Bloc(b) if block[b] => world.scenario().blocs[b].ideal[domain],
            _ => body.point[i],
        };
        distance(draft, position) <= tolerance
    };
    (0..body.point.len()).filter(|i| in_favour(*i)).count()
}

/// Whether a bloc's members vote as one in this tick's international ballot.
fn votes_as_one(world: &World<'_>, domain: usize, bloc: usize) -> bool {
    let guard = world.lever(const { index_of("capture-guard") }, domain, 0);
    let chance = world.lever(const { index_of("bloc-voting") }, domain, bloc) * (1.0 - guard);
    world.draws.unit(Stream::BlocVote, world.text(domain, bloc), world.row) < chance
}

/// The ballot counts members: two thirds in favour, and internationally at most a quarter against
/// (ISO/IEC Directives, Part 1, 2.6.3). Nothing passes without a vote in favour.
pub(crate) fn passes(yes: usize, members: usize, international: bool) -> bool {
    let no = members - yes;
    yes > 0 && 3 * yes >= 2 * members && (!international || 4 * no <= members)
}

fn publish(world: &mut World<'_>, domain: usize, standard: usize, draft: Point) {
    let at = world.text(domain, standard);
    let Work::Item { started, .. } = world.bodies[at].work else { return };
    let after = (world.row as i32 - started).max(0) as u32;
    let body = &mut world.bodies[at];
    body.drafting = (body.drafting.0 + after, body.drafting.1 + 1);
    body.published = true;
    body.work = Work::Idle { until: world.row + PAUSE_TICKS };
    world.texts.point[at] = draft;
    if standard < world.blocs() {
        let bloc = domain * world.blocs() + standard;
        world.texts.withdrawn[at] = false;
        world.texts.required[bloc] = standard as u8;
        world.texts.issued[bloc].home += 1;
    }
    world.note(domain, standard, Milestone::Published { after: after as u16 });
}

fn fail(world: &mut World<'_>, domain: usize, standard: usize) {
    let at = world.text(domain, standard);
    let Work::Item { started, failed, .. } = world.bodies[at].work else { return };
    world.note(domain, standard, Milestone::BallotFailed);
    if failed + 1 < FAILED_BALLOTS_TO_DROP {
        world.bodies[at].work = Work::Item { started, due: world.row + FAILED_BALLOT_TICKS, failed: failed + 1 };
        return;
    }
    world.bodies[at].work = Work::Idle { until: world.row + PAUSE_TICKS };
    world.bodies[at].dropped = true;
    world.note(domain, standard, Milestone::Dropped);
}

/// Ticks from a publication or transposition to the next item.
pub(crate) const fn pause() -> usize {
    PAUSE_TICKS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_iso_rule_wants_two_thirds_for_and_at_most_a_quarter_against() {
        for (yes, members, international, passed) in [
            (23, 30, true, true),
            (22, 30, true, false),
            (20, 30, false, true),
            (19, 30, false, false),
            (8, 12, false, true),
            (9, 12, true, true),
            (8, 12, true, false),
        ] {
            assert_eq!(passes(yes, members, international), passed, "{yes} of {members}");
        }
    }

    #[test]
    fn nobody_within_reach_is_heard_beyond_the_bound() {
        let points = [[0.1, 0.1], [0.2, 0.1], [0.9, 0.9]];
        assert_eq!(heard(&points, &[1.0; 3], points[0], 0.15), [0.15000000000000002, 0.1]);
        assert_eq!(heard(&points, &[0.0; 3], points[0], 0.15), points[0]);
    }
}
