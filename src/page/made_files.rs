//! The data files that were made: gathered while they are made, and given to what says how large
//! they are or holds them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

/// The data files that were made so far, by path.
#[derive(Clone, Debug, Default)]
pub struct MadeFiles(BTreeMap<String, MadeFile>);

#[derive(Clone, Debug)]
struct MadeFile {
    made: Made,
    /// Worked out when it is first asked for: several files may state it.
    digest: OnceLock<String>,
}

/// One file that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// The same with their SHA-256 in small hexadecimal digits, which is known already.
    Hashed(Vec<u8>, String),
    /// How many bytes it has: what was taken over from the last build, or what nobody asks for.
    Size(u64),
}

impl Made {
    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        match self {
            Made::Bytes(bytes) | Made::Hashed(bytes, _) => bytes.len() as u64,
            Made::Size(size) => *size,
        }
    }
}

impl MadeFiles {
    /// Adds a file.
    pub fn add(&mut self, path: &str, made: Made) {
        self.0.insert(path.to_owned(), MadeFile { made, digest: OnceLock::new() });
    }

    /// How many bytes a file has; nothing where it was not made in an earlier phase.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.0.get(path).map(|entry| entry.made.size())
    }

    /// A file with its path and its bytes; nothing where it was not made in an earlier phase, or its
    /// size alone is known.
    pub fn get(&self, path: &str) -> Option<(&str, &[u8])> {
        let (path, entry) = self.0.get_key_value(path)?;
        match &entry.made {
            Made::Bytes(bytes) | Made::Hashed(bytes, _) => Some((path, bytes)),
            Made::Size(_) => None,
        }
    }

    /// The SHA-256 of a file in small hexadecimal digits; nothing where its bytes are not known.
    pub fn digest(&self, path: &str) -> Option<&str> {
        let entry = self.0.get(path)?;
        let bytes = match &entry.made {
            Made::Bytes(bytes) => bytes,
            Made::Hashed(_, digest) => return Some(digest),
            Made::Size(_) => return None,
        };
        let digest = entry.digest.get_or_init(|| {
            Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
                write!(digits, "{byte:02x}").expect("a text takes whatever is written");
                digits
            })
        });
        Some(digest)
    }

    /// The files below a folder in the order of their paths, with their bytes.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, u64)> {
        let below = format!("{folder}/");
        let all =
            self.0.range(below.clone()..).map(|(path, entry)| (path.as_str(), entry.made.size()));
        all.take_while(move |(path, _)| path.starts_with(&below))
    }

    /// The files of which the size alone is known.
    pub fn without_bytes(&self) -> impl Iterator<Item = &str> {
        let all = self.0.iter().filter(|(_, entry)| matches!(entry.made, Made::Size(_)));
        all.map(|(path, _)| path.as_str())
    }
}
