//! Rule (2b): routing of work items and transposition of international texts.

use crate::draws::Stream;
use crate::levers::index_of;
use crate::rules::adopt;
use crate::rules::draft::{self, Work};
use crate::scenario::OnIdenticalAdoption;
use crate::trajectory::Milestone;
use crate::world::{World, distance};

/// Waiting blocs act on what the international body did; idle bodies start or route their next item.
pub(crate) fn transpose(world: &mut World<'_>) {
    for d in 0..world.domains() {
        let international = world.text(d, world.blocs());
        let (published, dropped) = (world.bodies[international].published, world.bodies[international].dropped);
        for b in 0..world.blocs() {
            if world.bodies[world.text(d, b)].work == Work::Waiting {
                if published {
                    take_over(world, d, b);
                } else if dropped {
                    let at = world.text(d, b);
                    world.bodies[at].work = Work::Idle { until: world.row };
                }
            }
        }
        for s in 0..world.standards() {
            if matches!(world.bodies[world.text(d, s)].work, Work::Idle { until } if until <= world.row) {
                next_item(world, d, s);
            }
        }
    }
}

fn next_item(world: &mut World<'_>, domain: usize, standard: usize) {
    if standard < world.blocs() && draft::routes_internationally(world, domain, standard) {
        let at = world.text(domain, standard);
        world.bodies[at].work = Work::Waiting;
        world.note(domain, standard, Milestone::RoutedInternationally);
    } else {
        draft::start_item(world, domain, standard);
    }
}

/// A waiting bloc takes the new international text over: identically if it lies near enough and the draw says so, else modified.
fn take_over(world: &mut World<'_>, domain: usize, bloc: usize) {
    let international = world.texts.point[world.text(domain, world.blocs())];
    let near = distance(international, world.scenario().blocs[bloc].ideal[domain]) <= world.setting.parameters.adoption_radius;
    let chance = world.lever(const { index_of("identical-adoption") }, domain, bloc);
    if near && world.draws.unit(Stream::Transpose, world.text(domain, bloc), world.row) < chance {
        adopt_identically(world, domain, bloc);
    } else {
        adopt_modified(world, domain, bloc);
    }
    let at = world.text(domain, bloc);
    world.bodies[at].work = Work::Idle { until: world.row + draft::pause() };
}

fn adopt_identically(world: &mut World<'_>, domain: usize, bloc: usize) {
    let (at, international) = (world.text(domain, bloc), world.blocs());
    let own = domain * international + bloc;
    world.texts.withdrawn[at] = true;
    world.texts.required[own] = international as u8;
    world.texts.issued[own].identical += 1;
    if world.scenario().structure.on_identical_adoption == OnIdenticalAdoption::Relabel {
        adopt::relabel(world, domain, bloc, international);
    }
    world.note(domain, bloc, Milestone::AdoptedIdentically);
}

/// The modified text lies between the international one and what the bloc wants, with an identity of its own.
fn adopt_modified(world: &mut World<'_>, domain: usize, bloc: usize) {
    let (at, own) = (world.text(domain, bloc), domain * world.blocs() + bloc);
    let weight = world.setting.parameters.modification_weight;
    let (text, ideal) = (world.texts.point[world.text(domain, world.blocs())], world.scenario().blocs[bloc].ideal[domain]);
    world.texts.point[at] = [0, 1].map(|axis| (1.0 - weight) * text[axis] + weight * ideal[axis]);
    world.texts.withdrawn[at] = false;
    world.texts.required[own] = bloc as u8;
    world.texts.issued[own].modified += 1;
    world.note(domain, bloc, Milestone::AdoptedModified);
}
