//! A group of runs that go through time together: each has a world of its own, their adopters lie side by side.

use crate::indicators::Gauge;
use crate::rules::adopt::{self, Population};
use crate::rules::{Act, TICK};
use crate::run::{classify, record};
use crate::setting::Setting;
use crate::trajectory::{Trace, Trajectory};
use crate::world::World;

/// Most runs in a group: the adopters' states of a group are one or two registers wide.
pub const MOST_RUNS: usize = 32;

/// Fewer runs than this are done adopter by adopter: empty lanes would cost as much as full ones.
const FEWEST_SIDE_BY_SIDE: usize = 4;

/// Partners are counted in bytes where choices are made many at once.
const MOST_PARTNERS: usize = 255;

/// How the adopters of a group are worked through. All ways give the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Many choices at once, as it suits the group and the processor.
    Fast,
    /// Many choices at once, without naming any processor's instructions: what [`Way::Fast`] is elsewhere.
    Portable,
    /// One adopter at a time, as the rule is written: the reference that the fast ways are held against.
    Clear,
}

/// The runs of a group.
pub(crate) struct Group<'a> {
    pub(crate) setting: &'a Setting,
    pub(crate) worlds: Vec<World<'a>>,
    pub(crate) people: Population,
    way: Way,
}

impl<'a> Group<'a> {
    /// The start state of runs with these seeds.
    pub(crate) fn new(setting: &'a Setting, seeds: &[u32], way: Way) -> Group<'a> {
        let Some(group) = Group::unless(setting, seeds, way, &|| false) else { unreachable!("nobody stops it") };
        group
    }

    /// The same; `None` when `stop` said so between two worlds: a large one takes a while to set up.
    fn unless(setting: &'a Setting, seeds: &[u32], way: Way, stop: &dyn Fn() -> bool) -> Option<Group<'a>> {
        let begun = |seed: &u32| (!stop()).then(|| World::new(setting, *seed));
        let worlds: Vec<World<'a>> = seeds.iter().map(begun).collect::<Option<_>>()?;
        let lanes = if way == Way::Clear || seeds.len() < FEWEST_SIDE_BY_SIDE { seeds.len() } else { width(seeds.len()) };
        let mut group = Group { setting, worlds, people: Population::new(setting, seeds, lanes), way };
        adopt::begin(&mut group);
        for world in &mut group.worlds {
            let fragmentation = world.fragmentation();
            world.climate.begin(fragmentation);
        }
        Some(group)
    }

    /// Whether choices are made many at once.
    pub(crate) fn fast(&self) -> bool {
        self.way != Way::Clear && adopt::plain(self.setting) && self.setting.adopters.partners <= MOST_PARTNERS
    }

    /// Whether lanes may be packed by instructions of the processor.
    pub(crate) fn packing(&self) -> bool {
        self.way == Way::Fast && adopt::plain(self.setting)
    }

    /// Whether reviews go through all runs side by side.
    pub(crate) fn side_by_side(&self) -> bool {
        self.fast() && self.worlds.len() >= FEWEST_SIDE_BY_SIDE
    }

    /// Lets a tick pass, by the table.
    pub(crate) fn tick(&mut self, row: usize) {
        self.worlds.iter_mut().for_each(|world| world.row = row);
        for step in TICK {
            match step.act {
                Act::Run(rule) => self.worlds.iter_mut().for_each(rule),
                Act::Group(rule) => rule(self),
            }
        }
        for world in &mut self.worlds {
            let fragmentation = world.fragmentation();
            world.climate.observe(fragmentation);
        }
    }
}

/// Lanes for a number of runs: 8, 16 or 32.
pub(crate) fn width(runs: usize) -> usize {
    match runs {
        0..=8 => 8,
        9..=16 => 16,
        _ => MOST_RUNS,
    }
}

/// Runs the seeds together; `None` when `stop` said so between two ticks. Results in the order of the seeds, each as if run alone.
///
/// # Panics
/// With more than [`MOST_RUNS`] seeds.
pub fn run_group(setting: &Setting, seeds: &[u32], way: Way, stop: &dyn Fn() -> bool) -> Option<Vec<Trajectory>> {
    assert!(seeds.len() <= MOST_RUNS, "a group has at most {MOST_RUNS} runs");
    if seeds.is_empty() {
        return Some(Vec::new());
    }
    if way != Way::Clear && (2..FEWEST_SIDE_BY_SIDE).contains(&seeds.len()) {
        // Too few for lanes: one alone is faster than two that share every row.
        let alone = seeds.iter().map(|seed| run_group(setting, &[*seed], way, stop)).collect::<Option<Vec<_>>>();
        return alone.map(|runs| runs.concat());
    }
    let rows = setting.scenario.calendar.rows;
    let mut group = Group::unless(setting, seeds, way, stop)?;
    let mut logbooks: Vec<Logbook> = group.worlds.iter().map(Logbook::new).collect();
    for row in 0..rows {
        if stop() {
            return None;
        }
        if row > 0 {
            group.tick(row);
        }
        group.worlds.iter().zip(&mut logbooks).for_each(|(world, logbook)| logbook.take(world));
    }
    Some(group.worlds.into_iter().zip(logbooks).map(|(world, logbook)| logbook.close(world)).collect())
}

/// What is written down of a run while it goes on.
struct Logbook {
    values: Vec<f64>,
    trace: Trace,
    gauge: Gauge,
}

impl Logbook {
    fn new(world: &World<'_>) -> Logbook {
        let (rows, blocs, standards) = (world.setting.scenario.calendar.rows, world.blocs(), world.standards());
        let entries = rows * world.domains();
        let trace = Trace {
            points: Vec::with_capacity(entries * standards),
            recognition: Vec::with_capacity(entries * world.scenario().pairs().len()),
            shares: Vec::with_capacity(entries * blocs * standards),
            required: Vec::with_capacity(entries * blocs),
            alignment: Vec::with_capacity(entries * world.scenario().economies.len()),
        };
        Logbook { values: Vec::with_capacity(rows * world.setting.layout.columns.len()), trace, gauge: Gauge::new(world) }
    }

    fn take(&mut self, world: &World<'_>) {
        self.gauge.measure(world, &mut self.values);
        record(world, &mut self.trace);
    }

    fn close(self, world: World<'_>) -> Trajectory {
        let future = classify(&world, self.gauge.effective_standards(&world));
        let columns = world.setting.layout.columns.len();
        Trajectory { seed: world.draws.seed(), columns, values: self.values, log: world.log, trace: self.trace, future }
    }
}
