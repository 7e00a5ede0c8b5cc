//! Designs: which points of a space of assumptions a study runs.

use rand::seq::SliceRandom;

use crate::draws::{Draws, Stream};

/// A Latin hypercube in the unit cube, `[point][factor]`, every value in [0, 1): each factor's range is cut into as many equal slices
/// as there are points, and each slice holds exactly one of them (McKay, Beckman & Conover 1979).
///
/// A factor's slices and the places within them have addresses of their own, so that a further factor leaves the earlier ones as they are.
pub fn latin_hypercube(points: usize, factors: usize, seed: u32) -> Vec<f64> {
    let draws = Draws::new(seed);
    let mut design = vec![0.0; points * factors];
    for factor in 0..factors {
        let mut slices: Vec<usize> = (0..points).collect();
        slices.shuffle(&mut draws.sequence(Stream::Design, factor, 0));
        for (point, slice) in slices.into_iter().enumerate() {
            let within = draws.unit(Stream::Design, point, 1 + factor);
            // The last slice could round up to its end.
            design[point * factors + factor] = ((slice as f64 + within) / points as f64).min(1.0 - f64::EPSILON);
        }
    }
    design
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_of_every_factor_holds_one_point() {
        for (points, factors) in [(1, 1), (7, 3), (100, 40)] {
            let design = latin_hypercube(points, factors, 5);
            for factor in 0..factors {
                let mut slices: Vec<usize> = (0..points).map(|point| (design[point * factors + factor] * points as f64) as usize).collect();
                slices.sort_unstable();
                assert!(slices.into_iter().eq(0..points), "factor {factor} of {factors}");
            }
        }
    }

    #[test]
    fn a_further_factor_leaves_the_others_and_another_seed_does_not() {
        let column = |design: &[f64], factors: usize| design.iter().step_by(factors).copied().collect::<Vec<f64>>();
        let (two, three) = (latin_hypercube(20, 2, 1), latin_hypercube(20, 3, 1));
        assert_eq!(column(&two, 2), column(&three, 3));
        assert_ne!(two, latin_hypercube(20, 2, 2));
    }
}
