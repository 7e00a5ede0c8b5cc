//! Mean field of three blocs with home standards: equilibria, their stability, and where they appear and vanish with cooperation.
//!
//! Utility of standard s in bloc b: α Σ_c W_bc x_cs + h [s is b's own], W = (1 − ω) I + ω J/3, logit response. ω = 0 is full
//! decoupling of use, ω = 1 one world market. Beside an ensemble it answers what the agents add.

use crate::classics::numeric::{grid, root, softmax};

/// Shares of the three standards in the three blocs.
pub type Shares = [[f64; 3]; 3];

/// What the equations depend on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThreeBlocs {
    /// Network strength α in utility units.
    pub alpha: f64,
    /// Advantage h of the own standard in utility units.
    pub h: f64,
    /// Weight ω of the world in everybody's network, 0 to 1.
    pub omega: f64,
}

/// Where the blocs stand to each other in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Each bloc leads with its own standard.
    Split,
    /// Two blocs lead with one standard, the third with its own.
    TwoJoined,
    /// All lead with one standard.
    One,
}

/// A state that reproduces itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equilibrium {
    /// Shares.
    pub shares: Shares,
    /// Who leads where.
    pub pattern: Pattern,
    /// Whether small differences die out.
    pub stable: bool,
}

impl ThreeBlocs {
    /// The same with another ω.
    pub fn at(self, omega: f64) -> ThreeBlocs {
        ThreeBlocs { omega, ..self }
    }

    fn weight(self, a: usize, b: usize) -> f64 {
        self.omega / 3.0 + if a == b { 1.0 - self.omega } else { 0.0 }
    }

    /// The response to a state.
    pub fn response(self, x: &Shares) -> Shares {
        [0, 1, 2].map(|b| {
            let utility = [0, 1, 2].map(|s| {
                let network: f64 = (0..3).map(|c| self.weight(b, c) * x[c][s]).sum();
                self.alpha * network + if s == b { self.h } else { 0.0 }
            });
            let shares = softmax(&utility);
            [shares[0], shares[1], shares[2]]
        })
    }

    /// Where repeated response leads from a start.
    pub fn settle(self, start: &Shares) -> Shares {
        let mut x = *start;
        for _ in 0..20_000 {
            let next = self.response(&x);
            let moved = x.iter().flatten().zip(next.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            x = next;
            if moved < 1e-13 {
                break;
            }
        }
        x
    }

    /// Own share y of the state in which all blocs are alike: the largest root of ln(2y/(1−y)) = α (1−ω)(3y−1)/2 + h.
    pub fn own_share(self) -> f64 {
        let gap = |y: f64| self.alpha * (1.0 - self.omega) * (3.0 * y - 1.0) / 2.0 + self.h - libm::log(2.0 * y / (1.0 - y));
        // Just below 1 the logarithm wins; going down from there the first change of sign is the largest root.
        let steps = grid(1e-6, 1.0 - 1e-12, 2_001);
        let found = steps.windows(2).rev().find_map(|pair| root(gap, pair[0], pair[1]));
        found.unwrap_or(1.0 / 3.0)
    }

    /// The split state.
    pub fn split(self) -> Shares {
        let y = self.own_share();
        let other = (1.0 - y) / 2.0;
        [[y, other, other], [other, y, other], [other, other, y]]
    }

    /// Largest eigenvalue of the response's Jacobian; below 1 the state is stable. The Jacobian is similar to a symmetric positive
    /// matrix because W is one, so that powers find it.
    pub fn largest_eigenvalue(self, x: &Shares) -> f64 {
        let apply = |v: &[[f64; 3]; 3]| -> [[f64; 3]; 3] {
            [0, 1, 2].map(|b| {
                let pushed = [0, 1, 2].map(|s| self.alpha * (0..3).map(|c| self.weight(b, c) * v[c][s]).sum::<f64>());
                let mean: f64 = (0..3).map(|s| x[b][s] * pushed[s]).sum();
                [0, 1, 2].map(|s| x[b][s] * (pushed[s] - mean))
            })
        };
        let mut v = [[0.61, -0.23, -0.38], [0.17, 0.44, -0.61], [-0.52, 0.13, 0.39]];
        let mut value = 0.0;
        for _ in 0..3_000 {
            let next = apply(&v);
            let norm = next.iter().flatten().map(|x| x * x).sum::<f64>().sqrt();
            if norm < 1e-300 {
                return 0.0;
            }
            let settled = (norm - value).abs() < 1e-13;
            value = norm;
            v = next.map(|row| row.map(|x| x / norm));
            if settled {
                break;
            }
        }
        value
    }

    /// The equilibria reached from split, two-joined and one-standard starts, and the split one even where it is unstable.
    pub fn equilibria(self) -> Vec<Equilibrium> {
        let on = |s: usize| [0, 1, 2].map(|t| f64::from(u8::from(s == t)));
        let starts = [[on(0), on(0), on(2)], [on(0), on(0), on(0)]];
        let mut found = vec![self.described(self.split())];
        for start in starts {
            let state = self.described(self.settle(&start));
            let near = |other: &Equilibrium| other.shares.iter().flatten().zip(state.shares.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-6);
            if !found.iter().any(near) {
                found.push(state);
            }
        }
        found
    }

    fn described(self, shares: Shares) -> Equilibrium {
        let leader = |b: usize| (0..3).rev().max_by(|s, t| shares[b][*s].total_cmp(&shares[b][*t])).unwrap_or(0);
        let leaders = [leader(0), leader(1), leader(2)];
        let pattern = match (leaders[0] == leaders[1], leaders[1] == leaders[2], leaders[0] == leaders[2]) {
            (true, true, _) => Pattern::One,
            (false, false, false) => Pattern::Split,
            _ => Pattern::TwoJoined,
        };
        Equilibrium { shares, pattern, stable: self.largest_eigenvalue(&shares) < 1.0 }
    }

    /// ω at which the split state loses stability; none when it keeps it up to 1.
    pub fn split_until(self) -> Option<f64> {
        let excess = |omega: f64| self.at(omega).largest_eigenvalue(&self.at(omega).split()) - 1.0;
        let steps = grid(0.0, 1.0, 401);
        steps.windows(2).find_map(|pair| if excess(pair[0]) <= 0.0 { root(excess, pair[0], pair[1]) } else { Some(pair[0]) })
    }

    /// Smallest ω with a state in which all lead with one standard; 0 when there is one even in decoupling.
    pub fn one_standard_from(self) -> Option<f64> {
        let there = |omega: f64| self.at(omega).equilibria().iter().any(|state| state.pattern == Pattern::One && state.stable);
        if there(0.0) {
            return Some(0.0);
        }
        let steps = grid(0.0, 1.0, 101);
        let pair = steps.windows(2).find(|pair| there(pair[1]))?;
        let (mut low, mut high) = (pair[0], pair[1]);
        for _ in 0..12 {
            let middle = 0.5 * (low + high);
            if there(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }

    /// All equilibria on a grid of ω: the data of a bifurcation diagram.
    pub fn diagram(self, steps: usize) -> Vec<(f64, Vec<Equilibrium>)> {
        grid(0.0, 1.0, steps).into_iter().map(|omega| (omega, self.at(omega).equilibria())).collect()
    }
}

/// Fragmentation of a state with nothing compatible but a standard with itself: 1 − mean over pairs of blocs of Σ_s x_as x_bs.
pub fn fragmentation(x: &Shares) -> f64 {
    let joint = |a: usize, b: usize| (0..3).map(|s| x[a][s] * x[b][s]).sum::<f64>();
    1.0 - (joint(0, 1) + joint(0, 2) + joint(1, 2)) / 3.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_split_state_is_lost_where_published() {
        for (alpha, h, omega) in
            [(4.0, 0.0, 0.285_59), (4.0, 0.25, 0.397_78), (4.0, 0.5, 0.518_50), (4.0, 1.0, 0.782_64), (5.0, 0.5, 0.561_06), (5.0, 1.0, 0.723_24)]
        {
            let found = ThreeBlocs { alpha, h, omega: 0.0 }.split_until().unwrap();
            assert!((found - omega).abs() < 1e-5, "α {alpha}, h {h}: {found} instead of {omega}");
        }
        assert_eq!(ThreeBlocs { alpha: 4.0, h: 1.5, omega: 0.0 }.split_until(), None);
    }

    #[test]
    fn one_standard_is_possible_from_where_published() {
        for (h, omega) in [(0.0, 0.0), (0.5, 0.0), (1.0, 0.065), (1.5, 0.75)] {
            let found = ThreeBlocs { alpha: 4.0, h, omega: 0.0 }.one_standard_from().unwrap();
            assert!((found - omega).abs() <= 0.005, "h {h}: {found} instead of {omega}");
        }
    }

    #[test]
    fn the_dynamics_end_where_published() {
        let near_own = [[0.9, 0.06, 0.04], [0.05, 0.9, 0.05], [0.04, 0.05, 0.91]];
        let apart = ThreeBlocs { alpha: 4.0, h: 0.5, omega: 0.50 }.settle(&near_own);
        assert!((0..3).all(|b| (apart[b][b] - 0.731).abs() < 5e-4));
        let joined = ThreeBlocs { alpha: 4.0, h: 0.5, omega: 0.53 }.settle(&near_own);
        let leader = (0..3).max_by(|s, t| joined[0][*s].total_cmp(&joined[0][*t])).unwrap();
        for b in 0..3 {
            let expected = if b == leader { 0.972 } else { 0.935 };
            assert!((joined[b][leader] - expected).abs() < 5e-4);
        }
    }
}
