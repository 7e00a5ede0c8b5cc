//! The state of one run: structure of arrays, one column per quantity.

use crate::draws::Draws;
use crate::layout::Entity;
use crate::rules::{adopt, align, draft, recognise, supply, tense};
use crate::scenario::{Point, Scenario};
use crate::setting::Setting;
use crate::trajectory::{LogEntry, Milestone};

/// Marks an adopter without a standard.
pub(crate) const NONE: u8 = u8::MAX;

/// The state of one run between two ticks.
#[derive(Debug, Clone)]
pub struct World<'a> {
    pub(crate) setting: &'a Setting,
    pub(crate) draws: Draws,
    pub(crate) row: usize,
    pub(crate) climate: tense::Climate,
    pub(crate) texts: Texts,
    pub(crate) bodies: Vec<draft::Body>,
    pub(crate) rules: recognise::Tables,
    pub(crate) supply: supply::Supply,
    pub(crate) uptake: adopt::Uptake,
    pub(crate) alignment: Vec<u8>,
    pub(crate) alignment_switches: Vec<f64>,
    pub(crate) log: Vec<LogEntry>,
}

/// The texts of all standards, `[domain][standard]`, and what each bloc requires, `[domain][bloc]`.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    pub(crate) point: Vec<Point>,
    pub(crate) withdrawn: Vec<bool>,
    pub(crate) required: Vec<u8>,
    pub(crate) issued: Vec<Issued>,
}

/// How many texts a bloc has issued since the start, by kind.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Issued {
    pub(crate) home: u32,
    pub(crate) identical: u32,
    pub(crate) modified: u32,
}

impl Issued {
    pub(crate) fn total(self) -> u32 {
        self.home + self.identical + self.modified
    }
}

impl<'a> World<'a> {
    /// The start state of a run but for its adopters: all texts published, alignments and items in work drawn.
    pub(crate) fn new(setting: &'a Setting, seed: u32) -> World<'a> {
        let draws = Draws::new(seed);
        let mut world = World {
            setting,
            draws,
            row: 0,
            climate: tense::Climate::new(setting),
            texts: Texts::new(&setting.scenario),
            bodies: draft::bodies(setting, draws),
            rules: recognise::Tables::new(setting),
            supply: supply::Supply::new(setting),
            uptake: adopt::Uptake::new(setting, draws),
            alignment: vec![0; setting.domains() * setting.scenario.economies.len()],
            alignment_switches: vec![0.0; setting.domains()],
            log: Vec::new(),
        };
        draft::begin(&mut world);
        align::begin(&mut world);
        recognise::recognise(&mut world);
        supply::begin(&mut world);
        world
    }

    /// Scenario of the run.
    pub fn scenario(&self) -> &'a Scenario {
        &self.setting.scenario
    }

    pub(crate) fn standards(&self) -> usize {
        self.setting.standards()
    }

    pub(crate) fn blocs(&self) -> usize {
        self.setting.blocs()
    }

    pub(crate) fn domains(&self) -> usize {
        self.setting.domains()
    }

    /// Position of a standard's entry in a `[domain][standard]` column.
    pub(crate) fn text(&self, domain: usize, standard: usize) -> usize {
        domain * self.standards() + standard
    }

    /// The standard that a bloc requires: its own, or the international one.
    pub(crate) fn required(&self, domain: usize, bloc: usize) -> usize {
        usize::from(self.texts.required[domain * self.blocs() + bloc])
    }

    /// The standard required in a market: a bloc's, or that of the bloc an economy is aligned with.
    pub(crate) fn market_required(&self, domain: usize, market: usize) -> usize {
        let blocs = self.blocs();
        let bloc = if market < blocs { market } else { self.aligned(domain, market - blocs) };
        if bloc < blocs { self.required(domain, bloc) } else { bloc }
    }

    /// The standard that an economy is aligned with.
    pub(crate) fn aligned(&self, domain: usize, economy: usize) -> usize {
        usize::from(self.alignment[domain * self.scenario().economies.len() + economy])
    }

    /// Whether a standard can be newly chosen.
    pub(crate) fn offered(&self, domain: usize, standard: usize) -> bool {
        !self.texts.withdrawn[self.text(domain, standard)]
    }

    /// Size-weighted shares of the standards among the active adopters of a market; all 0 where nobody is active.
    pub(crate) fn mix(&self, domain: usize, market: usize) -> &[f64] {
        let standards = self.standards();
        let at = (domain * self.setting.markets.len() + market) * standards;
        &self.uptake.mix[at..at + standards]
    }

    /// Share of a market's size that is active.
    pub(crate) fn active_size(&self, domain: usize, market: usize) -> f64 {
        let standards = self.standards();
        let at = (domain * self.setting.markets.len() + market) * standards;
        f64::from(self.uptake.tally[at..at + standards].iter().sum::<u32>()) * self.setting.adopters.unit[market]
    }

    /// Fragmentation of a domain: one minus the weighted interoperability of the blocs.
    pub(crate) fn fragmentation_of(&self, domain: usize) -> f64 {
        let standards = self.standards();
        let sigma = &self.rules.sigma[domain * standards * standards..(domain + 1) * standards * standards];
        recognise::fragmentation(&self.setting.markets.share[..self.blocs()], sigma, |b| self.mix(domain, b))
    }

    /// Fragmentation over the domains in which it is defined; NaN where it is in none.
    pub(crate) fn fragmentation(&self) -> f64 {
        self.over_domains(|d| self.fragmentation_of(d))
    }

    /// Weighted mean over the domains in which a value is finite; NaN where it is in none.
    pub(crate) fn over_domains(&self, value: impl Fn(usize) -> f64) -> f64 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (d, domain) in self.scenario().domains.iter().enumerate() {
            let v = value(d);
            if v.is_finite() {
                sum += domain.weight * v;
                total += domain.weight;
            }
        }
        if total > 0.0 { sum / total } else { f64::NAN }
    }

    pub(crate) fn note(&mut self, domain: usize, body: usize, milestone: Milestone) {
        self.log.push(LogEntry { row: self.row as u16, domain: domain as u8, body: body as u8, milestone });
    }

    /// Markets that an entity stands for.
    pub(crate) fn markets_of(&self, entity: &Entity) -> std::ops::Range<usize> {
        let (blocs, all) = (self.blocs(), self.setting.markets.len());
        match entity {
            Entity::Bloc(b) | Entity::BlocStandard(b, _) => *b..*b + 1,
            Entity::Rest => blocs..all,
            _ => 0..all,
        }
    }
}

impl Texts {
    fn new(scenario: &Scenario) -> Texts {
        let international = scenario.international();
        let mut texts = Texts { point: Vec::new(), withdrawn: Vec::new(), required: Vec::new(), issued: Vec::new() };
        for d in 0..scenario.domains.len() {
            texts.point.extend(scenario.blocs.iter().map(|bloc| bloc.ideal[d]));
            texts.point.push(centre(scenario, d));
            for (b, bloc) in scenario.blocs.iter().enumerate() {
                let identical = bloc.starts_identical[d];
                texts.withdrawn.push(identical);
                texts.required.push(if identical { international } else { b } as u8);
                texts.issued.push(Issued::default());
            }
            texts.withdrawn.push(!scenario.structure.international_text);
        }
        texts
    }
}

/// The centre of the blocs' ideal points.
pub(crate) fn centre(scenario: &Scenario, domain: usize) -> Point {
    let n = scenario.blocs.len() as f64;
    [0, 1].map(|axis| scenario.blocs.iter().map(|bloc| bloc.ideal[domain][axis]).sum::<f64>() / n)
}

/// Euclidean distance of two points.
pub(crate) fn distance(a: Point, b: Point) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    (x * x + y * y).sqrt()
}
