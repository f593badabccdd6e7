//! The bytes of a number of XLS → its exact decimal text.

use dashu_int::UBig;

/// The decimal text of a binary number of eight bytes (IEEE 754); nothing for what is no number.
pub(super) fn of_bits(bits: u64) -> Option<String> {
    let exponent = i32::try_from((bits >> 52) & 0x7ff).ok()?;
    if exponent == 0x7ff {
        return None;
    }
    let fraction = bits & 0x000f_ffff_ffff_ffff;
    let (significand, exponent) = match exponent {
        0 => (fraction, -1074),
        _ => (fraction | 0x0010_0000_0000_0000, exponent.saturating_sub(1075)),
    };
    let zeros = significand.trailing_zeros().min(63);
    let (significand, exponent) = match significand {
        0 => return Some("0".to_owned()),
        _ => (significand >> zeros, exponent.saturating_add(i32::try_from(zeros).ok()?)),
    };
    let sign = if bits >> 63 == 1 { "-" } else { "" };
    let significand = UBig::from(significand);
    let power = usize::try_from(exponent.unsigned_abs()).ok()?;
    // m · 2⁻ᵏ is m · 5ᵏ · 10⁻ᵏ.
    Some(if exponent < 0 {
        format!("{sign}{}e-{power}", significand * UBig::from(5u8).pow(power))
    } else {
        format!("{sign}{}", significand << power)
    })
}

/// The decimal text of a number packed into four bytes ([MS-XLS] 2.5.217): whole or binary, as it is
/// or a hundredth of it.
pub(super) fn of_packed(packed: u32) -> Option<String> {
    let text = if packed & 2 == 2 {
        (packed.cast_signed() >> 2).to_string()
    } else {
        of_bits(u64::from(packed & !3) << 32)?
    };
    if packed & 1 == 0 {
        return Some(text);
    }
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power = power.parse::<i32>().ok()?.saturating_sub(2);
    Some(format!("{digits}e{power}"))
}
