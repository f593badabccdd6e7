//! A place in a file the author can open.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::FileId;

/// A place in a file the author can open. Kept cheap: a data path becomes bytes
/// only when a finding is printed (see [`crate::locate`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Where in it.
    pub spot: Spot,
}

/// Where in a file a place is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Spot {
    /// These bytes.
    Bytes(usize, usize),
    /// The value at a data path such as `rows[3].basic`, or the nearest thing above it.
    Value(String),
    /// The key that a data path ends with.
    Key(String),
}

impl Place {
    /// The first line of a file: where a finding about the whole file stands.
    pub fn start(file: FileId) -> Place {
        Place { file, spot: Spot::Bytes(0, 0) }
    }

    /// These bytes of a file.
    pub fn bytes(file: FileId, range: Range<usize>) -> Place {
        Place { file, spot: Spot::Bytes(range.start, range.end) }
    }

    /// The value at a data path.
    pub fn value(file: FileId, path: impl Into<String>) -> Place {
        Place { file, spot: Spot::Value(path.into()) }
    }

    /// The key a data path ends with.
    pub fn key(file: FileId, path: impl Into<String>) -> Place {
        Place { file, spot: Spot::Key(path.into()) }
    }
}
