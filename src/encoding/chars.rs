//! Sets of characters that are asked for every character of a text.

/// Characters up to U+FFFF, as bits.
pub(super) struct Chars(Vec<u64>);

impl Chars {
    pub(super) fn of(chars: impl Iterator<Item = char>) -> Chars {
        let mut bits = vec![0; usize::from(u16::MAX) / 64 + 1];
        for c in chars {
            let number = u32::from(c) as usize;
            if let Some(word) = bits.get_mut(number / 64) {
                *word |= 1_u64 << (number % 64);
            }
        }
        Chars(bits)
    }

    /// These and others.
    pub(super) fn with(&self, others: &Chars) -> Chars {
        Chars(self.0.iter().zip(&others.0).map(|(one, other)| one | other).collect())
    }

    /// Whether a character of this number is one of them.
    pub(super) fn holds(&self, number: u16) -> bool {
        let number = usize::from(number);
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    /// Whether a character is one of them.
    pub(super) fn has(&self, c: char) -> bool {
        u16::try_from(u32::from(c)).is_ok_and(|number| self.holds(number))
    }
}

/// The number of a character of three bytes.
pub(super) fn ideograph(bytes: &[u8], at: usize) -> Option<u16> {
    let &[lead @ 0xe0..=0xef, second, third] = bytes.get(at..at + 3)? else { return None };
    let bits = |byte: u8| u16::from(byte & 0x3f);
    Some(u16::from(lead & 0xf) << 12 | bits(second) << 6 | bits(third))
}
