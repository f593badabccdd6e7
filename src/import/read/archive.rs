//! An archive of an office program → its parts, unpacked within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::import::document::Refusal;

/// So many bytes are unpacked of one file, pictures not counted, which nobody unpacks. A sheet of
/// 50,000 rows and ten columns takes half of it.
const MOST_BYTES: u64 = 32 << 20;

/// An archive, and how much of it may still be unpacked.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        Ok(Self { zip, unpacked: 0 })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The text of a part that is read again later, and counted then.
    pub(super) fn peek(&mut self, name: &str) -> Result<String, Refusal> {
        let unpacked = self.unpacked;
        let text = self.text(name);
        self.unpacked = unpacked;
        text
    }

    /// The text of a part; empty if there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Refusal> {
        if !self.has(name) {
            return Ok(String::new());
        }
        let file = self.zip.by_name(name).map_err(|error| broken(&error))?;
        let (claimed, left) = (file.size(), MOST_BYTES.saturating_sub(self.unpacked));
        if claimed > left {
            return Err(Refusal::TooLarge(self.unpacked.saturating_add(claimed), MOST_BYTES));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(claimed).unwrap_or_default());
        let read = file.take(left.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| Refusal::Broken(format!("{name}: {error}")))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > left {
            return Err(Refusal::TooLarge(self.unpacked.saturating_add(size), MOST_BYTES));
        }
        self.unpacked = self.unpacked.saturating_add(size);
        String::from_utf8(bytes).map_err(|error| Refusal::Broken(format!("{name}: {error}")))
    }
}

fn broken(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(message) if *message == ZipError::PASSWORD_REQUIRED => {
            Refusal::Encrypted
        }
        _ => Refusal::Broken(error.to_string()),
    }
}
