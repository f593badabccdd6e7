//! The text of a number → its 15 significant digits, which is what office programs keep and show;
//! decimal throughout.

/// So many digits an office program keeps.
const KEPT: u32 = 15;

/// What a cell of the general format shows at most: digits and the point.
const GENERAL: usize = 11;

/// A number of a sheet: `digits` with the point so many `places` from their right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) is_negative: bool,
    /// Below 10¹⁵, without noughts at the end.
    digits: u64,
    places: i32,
}

impl Number {
    /// Reads `1290.1`, `-3`, `1.4545399999999998E7`; and whether digits before the point were lost.
    pub(super) fn read(text: &str) -> Option<(Self, bool)> {
        let text = text.trim();
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = || whole.bytes().chain(fraction.bytes());
        if all().next().is_none() || !all().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut kept: u64 = 0;
        let (mut count, mut passed, mut next, mut is_lost) = (0u32, 0i32, 0u8, false);
        for byte in all() {
            let digit = byte - b'0';
            if count < KEPT {
                kept = kept.saturating_mul(10).saturating_add(u64::from(digit));
                count += u32::from(count > 0 || digit > 0);
            } else {
                next = if passed == 0 { digit } else { next };
                is_lost |= digit > 0;
                passed = passed.saturating_add(1);
            }
        }
        let places = i32::try_from(fraction.len()).ok()?.saturating_sub(exponent);
        let places = places.saturating_sub(passed);
        if !(-400..=400).contains(&places) {
            return None;
        }
        kept = kept.saturating_add(u64::from(next >= 5));
        Some((Self { is_negative, digits: kept, places }.short(), is_lost && places < 0))
    }

    /// Without noughts at the end; nought without a sign.
    fn short(mut self) -> Self {
        while self.digits > 0 && self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.places = self.places.saturating_sub(1);
        }
        if self.digits == 0 { Self { is_negative: false, digits: 0, places: 0 } } else { self }
    }

    pub(super) fn is_zero(self) -> bool {
        self.digits == 0
    }

    pub(super) fn without_sign(self) -> Self {
        Self { is_negative: false, ..self }
    }

    /// Ten times as large, so many times over.
    pub(super) fn shifted(self, tens: i32) -> Self {
        if self.is_zero() {
            self
        } else {
            Self { places: self.places.saturating_sub(tens), ..self }
        }
    }

    /// How many digits stand before the point, below nought for `0.01`.
    pub(super) fn magnitude(self) -> i32 {
        let count = i32::try_from(self.digits.checked_ilog10().map_or(0, |log| log + 1));
        count.unwrap_or_default().saturating_sub(self.places)
    }

    /// Its digits before and behind the point, half a unit rounded up, without sign. Nought has no
    /// digit before the point.
    pub(super) fn rounded(self, decimals: usize) -> (String, String) {
        let dropped = self.places.saturating_sub(i32::try_from(decimals).unwrap_or(i32::MAX));
        let digits = match u32::try_from(dropped) {
            Err(_) => {
                let noughts = usize::try_from(dropped.unsigned_abs()).unwrap_or_default();
                format!("{}{}", self.digits, "0".repeat(noughts))
            }
            Ok(dropped) if dropped > 18 => "0".to_owned(),
            Ok(dropped) => {
                let unit = 10u64.saturating_pow(dropped);
                (self.digits.saturating_add(unit / 2) / unit).to_string()
            }
        };
        let digits = format!("{digits:0>decimals$}");
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
        (whole.trim_start_matches('0').to_owned(), fraction.to_owned())
    }

    /// How it compares with a limit of a format.
    pub(super) fn compare(self, other: Self) -> std::cmp::Ordering {
        let key = |one: Self| {
            let (whole, fraction) = one.rounded(20);
            (whole.len(), whole, fraction)
        };
        match (self.is_negative, other.is_negative) {
            (false, true) => std::cmp::Ordering::Greater,
            (true, false) => std::cmp::Ordering::Less,
            (false, false) => key(self).cmp(&key(other)),
            (true, true) => key(other).cmp(&key(self)),
        }
    }

    /// All its digits, without an exponent.
    pub(super) fn plain(self) -> String {
        let (whole, fraction) = self.rounded(usize::try_from(self.places).unwrap_or_default());
        let sign = if self.is_negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }

    /// What the general format shows, and whether that is certain: a long number shows more or
    /// fewer digits as its column is wide.
    pub(super) fn general(self) -> (String, bool) {
        let plain = self.without_sign().plain();
        let whole = plain.split('.').next().unwrap_or_default().len();
        if plain.len() <= GENERAL {
            return (self.plain(), true);
        }
        let seen = self.to_places(GENERAL.saturating_sub(whole + 1));
        // Beyond, it is shown with an exponent.
        if whole > GENERAL || self.magnitude() < -3 {
            return (self.plain(), false);
        }
        let narrow = self.to_places(GENERAL.saturating_sub(whole + 3));
        (seen.plain(), narrow == seen)
    }

    fn to_places(self, decimals: usize) -> Self {
        let (whole, fraction) = self.rounded(decimals);
        let digits = format!("{whole}{fraction}").parse().unwrap_or_default();
        let places = i32::try_from(decimals).unwrap_or_default();
        Self { digits, places, ..self }.short()
    }

    /// It times a whole number, rounded to a whole number; nothing if that is beyond any date.
    pub(super) fn times(self, factor: u64) -> Option<u64> {
        if self.is_negative || self.magnitude() > 9 {
            return None;
        }
        let product = u128::from(self.digits).checked_mul(u128::from(factor))?;
        let product = match u32::try_from(self.places) {
            Ok(places) if places > 30 => 0,
            Ok(places) => {
                let unit = 10u128.checked_pow(places)?;
                product.checked_add(unit / 2)? / unit
            }
            Err(_) => product.checked_mul(10u128.checked_pow(self.places.unsigned_abs())?)?,
        };
        u64::try_from(product).ok()
    }
}
