//! The arithmetic of choices: single precision, additions and multiplications only.
//!
//! A choice costs one exponential per standard, so these functions decide the speed of the engine. They are written so that a
//! compiler can do eight or more of them side by side and cannot do them differently: every path (one adopter at a time, many
//! runs side by side, any width of the processor's registers) gives the same bits. This arithmetic *is* the definition of the
//! choice; nothing is compared with a more exact one afterwards.

/// Adding 1.5 · 2²³ and taking it away again rounds a small number to the nearest whole one.
pub(crate) const ROUNDER: f32 = 12_582_912.0;

/// Minimax polynomial of degree 4 for 2^f on [−½, ½]; largest relative error 2.6 · 10⁻⁶.
pub(crate) const POWER: [f32; 5] = [0.999_999_3, 0.693_121_8, 0.240_247_44, 0.055_917_86, 0.009_570_102];

/// 2^x for |x| ≤ 126, to three parts in a million.
#[inline(always)]
pub(crate) fn exp2(x: f32) -> f32 {
    let shifted = x + ROUNDER;
    let f = x - (shifted - ROUNDER);
    let p = (((POWER[4] * f + POWER[3]) * f + POWER[2]) * f + POWER[1]) * f + POWER[0];
    // The whole part stands in the lowest bits of `shifted`: it goes into the exponent.
    f32::from_bits(p.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// Bits of √½: mantissas are taken between √½ and √2.
const ROOT_HALF: u32 = 0x3F35_04F3;

/// Minimax polynomial in z² for log₂((1 + z)/(1 − z))/z on |z| ≤ (√2 − 1)/(√2 + 1).
const LOGARITHM: [f32; 3] = [2.885_390_5, 0.961_587_85, 0.595_796_6];

/// log₂ x for positive normal x, to one part in a million of the larger of it and 1.
#[inline(always)]
pub(crate) fn log2(x: f32) -> f32 {
    let above = x.to_bits().wrapping_sub(ROOT_HALF);
    let exponent = (above as i32) >> 23;
    let mantissa = f32::from_bits(x.to_bits().wrapping_sub((exponent as u32) << 23));
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let y = z * z;
    exponent as f32 + z * ((LOGARITHM[2] * y + LOGARITHM[1]) * y + LOGARITHM[0])
}

/// Largest exponent of two that a network term may bring: keeps odds and their sums finite.
pub(crate) const LARGEST: f32 = 100.0;

/// The largest number below 1.
pub(crate) const BELOW_ONE: f32 = 1.0 - 1.0 / 16_777_216.0;

/// The highest 24 bits of a word as a number, spread over [0, 1) by `scale`.
#[inline(always)]
pub(crate) fn spread(word: u32, scale: f32) -> f32 {
    // Through i32: that conversion exists in vector form everywhere, and 24 bits are exact.
    let drawn = (word >> 8) as i32 as f32 * scale;
    if drawn < BELOW_ONE { drawn } else { BELOW_ONE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_are_right_to_three_parts_in_a_million() {
        for i in -12_000..=12_000 {
            let x = i as f32 / 100.0;
            let exact = libm::exp2(f64::from(x));
            assert!((f64::from(exp2(x)) / exact - 1.0).abs() < 3e-6, "{x}");
        }
    }

    #[test]
    fn logarithms_undo_powers() {
        for i in -10_000..=10_000 {
            let x = i as f32 / 100.0;
            assert!((log2(exp2(x)) - x).abs() <= 5e-6 * x.abs().max(1.0), "{x}");
        }
        assert_eq!(log2(1.0), 0.0);
    }

    #[test]
    fn words_are_spread_below_one() {
        assert_eq!(spread(0, 1.0 / 16_777_216.0), 0.0);
        assert!(spread(u32::MAX, 1.0 / 16_777_216.0) < 1.0);
        assert!(spread(u32::MAX >> 2, 4.0 / 16_777_216.0) < 1.0);
    }
}
