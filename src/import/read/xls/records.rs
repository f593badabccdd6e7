//! The stream of a workbook of XLS → its records, and the strings in them ([MS-XLS] 2.1.4, 2.5.293).

use encoding_rs::{Encoding, GBK};

/// A record that goes on with the one before.
const CONTINUE: u16 = 0x003c;

/// A record: its kind and its bytes.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records of a stream, one after the other, to its end or to the first that is cut off.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

/// The bytes of a record and of those that go on with it.
pub(super) struct Chunks<'a> {
    rest: &'a [u8],
    more: std::vec::IntoIter<&'a [u8]>,
}

/// How strings are written: in two widths since 1997, before that in the encoding of a country.
#[derive(Clone, Copy)]
pub(super) enum Strings {
    Unicode,
    Encoded(&'static Encoding),
}

impl<'a> Records<'a> {
    /// The records from a place of the stream on.
    pub(super) fn at(stream: &'a [u8], place: usize) -> Self {
        Self { rest: stream.get(place..).unwrap_or_default() }
    }

    /// The bytes of the records that go on with the one just read.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        while word(self.rest, 0) == Some(CONTINUE) {
            parts.extend(self.next().map(|record| record.data));
        }
        parts
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, length) = (word(self.rest, 0)?, word(self.rest, 2)?);
        let end = usize::from(length).saturating_add(4);
        let data = self.rest.get(4..end)?;
        self.rest = &self.rest[end..];
        Some(Record { kind, data })
    }
}

impl<'a> Chunks<'a> {
    pub(super) fn new(first: &'a [u8], more: Vec<&'a [u8]>) -> Self {
        Self { rest: first, more: more.into_iter() }
    }

    /// The next bytes, at most so many; none at the end.
    fn take(&mut self, most: usize) -> &'a [u8] {
        while self.rest.is_empty() {
            let Some(next) = self.more.next() else { return &[] };
            self.rest = next;
        }
        let (taken, rest) = self.rest.split_at(most.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        let mut number: usize = 0;
        for place in 0..bytes {
            let byte = usize::from(*self.take(1).first()?);
            number |= byte << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) {
        while bytes > 0 {
            let taken = self.take(bytes).len();
            if taken == 0 {
                return;
            }
            bytes = bytes.saturating_sub(taken);
        }
    }

    /// The shared strings, behind their two counts.
    pub(super) fn shared_strings(mut self) -> Vec<String> {
        self.skip(8);
        let mut strings = Vec::new();
        while let Some(string) = self.rich_string() {
            strings.push(string);
        }
        strings
    }

    /// A string with what may follow it: its fonts and how it is pronounced.
    fn rich_string(&mut self) -> Option<String> {
        let count = self.number(2)?;
        let flags = self.number(1)?;
        let fonts = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let spoken = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let text = self.characters(count, flags & 1 == 1);
        self.skip(fonts.saturating_mul(4).saturating_add(spoken));
        Some(text)
    }

    /// So many characters. Where the string goes on in another record, its width is said anew.
    pub(super) fn characters(&mut self, mut count: usize, mut is_wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while count > 0 {
            if self.rest.is_empty() {
                let Some(flags) = self.number(1) else { break };
                is_wide = flags & 1 == 1;
            }
            let width = if is_wide { 2 } else { 1 };
            let bytes = self.take(count.saturating_mul(width));
            if bytes.len() < width {
                break;
            }
            count = count.saturating_sub(bytes.len() / width);
            if is_wide {
                units.extend(
                    bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])),
                );
            } else {
                units.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
        }
        String::from_utf16_lossy(&units)
    }
}

impl Strings {
    /// Strings in the encoding of a code page.
    pub(super) fn of_code_page(page: u16) -> Self {
        let encoding = match page {
            932 => encoding_rs::SHIFT_JIS,
            949 => encoding_rs::EUC_KR,
            950 => encoding_rs::BIG5,
            1200 => return Self::Unicode,
            1252 => encoding_rs::WINDOWS_1252,
            _ => GBK,
        };
        Self::Encoded(encoding)
    }

    /// A string whose length takes so many bytes.
    pub(super) fn read(self, data: &[u8], more: Vec<&[u8]>, length_bytes: usize) -> String {
        let mut parts = Chunks::new(data, more);
        let Some(count) = parts.number(length_bytes) else { return String::new() };
        match self {
            Self::Unicode => {
                let flags = parts.number(1).unwrap_or_default();
                parts.characters(count, flags & 1 == 1)
            }
            Self::Encoded(encoding) => {
                encoding.decode_without_bom_handling(parts.take(count)).0.into_owned()
            }
        }
    }
}

/// A number of two bytes.
pub(super) fn word(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// A number of four bytes.
pub(super) fn double_word(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// A number of eight bytes.
pub(super) fn quad_word(data: &[u8], at: usize) -> Option<u64> {
    let bytes = data.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
