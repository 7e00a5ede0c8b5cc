//! The levers: what governments and standards bodies can choose. One file each, one line in [`LEVERS`].
//!
//! A lever describes itself here (name, unit, range, corners, meaning); its values belong to the scenario.

mod access_restriction;
mod bloc_voting;
mod capture_guard;
mod expert_support;
mod foreign_participation;
mod home_mandate;
mod home_preference;
mod identical_adoption;
mod international_channel;
mod mutual_recognition;
mod tension;
mod third_country_pull;

use crate::text::position;

/// What a lever is set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One value for the world.
    World,
    /// One value per bloc.
    Bloc,
    /// One value per unordered pair of blocs.
    Pair,
}

impl Scope {
    /// Number of values for `blocs` blocs.
    pub const fn slots(self, blocs: usize) -> usize {
        match self {
            Scope::World => 1,
            Scope::Bloc => blocs,
            Scope::Pair => blocs * blocs.saturating_sub(1) / 2,
        }
    }

    /// The word used in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Scope::World => "world",
            Scope::Bloc => "bloc",
            Scope::Pair => "pair of blocs",
        }
    }
}

/// A lever: a choice that somebody can make.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lever {
    /// Key in files and on the command line.
    pub id: &'static str,
    /// Symbol in the model text.
    pub symbol: &'static str,
    /// Name for people.
    pub name: &'static str,
    /// What it is set for.
    pub scope: Scope,
    /// Unit in words.
    pub unit: &'static str,
    /// Smallest admissible value.
    pub low: f64,
    /// Largest admissible value.
    pub high: f64,
    /// Value at full decoupling (cooperation 0); never moves a lever past today towards cooperation.
    pub corner_decoupling: f64,
    /// Value at full cooperation (cooperation 1); never moves a lever past today towards decoupling.
    pub corner_cooperation: f64,
    /// Whether reciprocity (section 9) acts on it.
    pub openness: bool,
    /// Recommendation of the policy brief that it stands for, 1 to 4.
    pub recommendation: Option<u8>,
    /// Group heading in lists.
    pub group: &'static str,
    /// What moving it means, in one or two neutral sentences.
    pub reading: &'static str,
}

/// All levers, in the order of the model text.
pub const LEVERS: &[&Lever] = &[
    &international_channel::LEVER,
    &identical_adoption::LEVER,
    &foreign_participation::LEVER,
    &mutual_recognition::LEVER,
    &home_mandate::LEVER,
    &access_restriction::LEVER,
    &home_preference::LEVER,
    &bloc_voting::LEVER,
    &capture_guard::LEVER,
    &expert_support::LEVER,
    &third_country_pull::LEVER,
    &tension::LEVER,
];

/// Key of the master slider in files and on the command line; it is not a lever itself.
pub const COOPERATION: &str = "cooperation";

const IDS: [&str; LEVERS.len()] = {
    let mut ids = [""; LEVERS.len()];
    let mut i = 0;
    while i < ids.len() {
        ids[i] = LEVERS[i].id;
        i += 1;
    }
    ids
};

/// Position in [`LEVERS`] of the lever with this id, settled when the crate is compiled where it is used as a constant.
pub const fn index_of(id: &str) -> usize {
    match position(&IDS, id) {
        Some(index) => index,
        None => panic!("no lever has this id"),
    }
}

impl Lever {
    /// The lever with this id.
    pub fn find(id: &str) -> Option<&'static Lever> {
        LEVERS.iter().copied().find(|lever| lever.id == id)
    }

    /// Position in [`LEVERS`].
    pub const fn index(&self) -> usize {
        index_of(self.id)
    }

    /// Whether a value for a single domain makes sense; tension is one for all.
    pub fn per_domain(&self) -> bool {
        self.id != "tension"
    }

    /// Value at full decoupling for somebody whose value is `today`: the corner, or today where that is already further.
    pub fn decoupling_end(&self, today: f64) -> f64 {
        if self.corner_cooperation >= self.corner_decoupling { today.min(self.corner_decoupling) } else { today.max(self.corner_decoupling) }
    }

    /// Value at full cooperation for somebody whose value is `today`: the corner, or today where that is already further.
    pub fn cooperation_end(&self, today: f64) -> f64 {
        if self.corner_cooperation >= self.corner_decoupling { today.max(self.corner_cooperation) } else { today.min(self.corner_cooperation) }
    }

    /// Value at cooperation `lambda` in [0, 1] for somebody whose value is `today`: on the line between the two ends.
    pub fn at_cooperation(&self, today: f64, lambda: f64) -> f64 {
        let from = self.decoupling_end(today);
        from + lambda * (self.cooperation_end(today) - from)
    }
}
