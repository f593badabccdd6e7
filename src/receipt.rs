//! The receipt of a build: what a site is made of, digest by digest, so that anybody can tell later
//! whether a copy of it is the one that was published. `compare` holds files against one.

mod compare;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::url;

pub use compare::{Difference, Standing, difference, extra, missing};

/// Its path in a site.
pub const PATH: &str = url::MANIFEST;

/// The path of its signature.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// The version of its form: it grows when a key changes its meaning.
pub const VERSION: u32 = 1;

/// The commit the program was made of; empty where it is not known.
const REVISION: &str = env!("MINGBAI_REVISION");

/// A SHA-256; written in small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }

    /// Read back from 64 digits.
    pub fn read(text: &str) -> Option<Digest> {
        let mut bytes = [0; 32];
        let pairs = text.as_bytes().chunks_exact(2);
        if text.len() != 64 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Digest(bytes))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (two, byte) in text.chunks_exact_mut(2).zip(self.0) {
            two.copy_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
        serializer.serialize_str(std::str::from_utf8(&text).expect("digits"))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Digest::read(&text).ok_or_else(|| D::Error::custom("not 64 hexadecimal digits"))
    }
}

/// What a site is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// [`VERSION`].
    pub version: u32,
    /// The program.
    #[serde(default)]
    pub tool: Tool,
    /// The address of the site; empty where it does not know its own.
    #[serde(default)]
    pub base_url: String,
    /// Each profile that a disclosure follows: a digest of its files.
    #[serde(default)]
    pub profiles: BTreeMap<String, Digest>,
    /// The codes of the rules that were run.
    #[serde(default)]
    pub rules: Vec<String>,
    /// The findings that were accepted.
    #[serde(default)]
    pub accepted: Vec<Accepted>,
    /// Each table by its address without an ending: a digest of its canonical form.
    #[serde(default)]
    pub tables: BTreeMap<String, Digest>,
    /// Each file but for the receipt, its signature and the program’s own notes.
    #[serde(default)]
    pub files: BTreeMap<String, Digest>,
}

/// A program.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The commit it was made of; empty where it is not known.
    #[serde(default)]
    pub revision: String,
}

/// A finding that was accepted with a reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Accepted {
    /// The disclosure, as `organisation/disclosure`.
    pub disclosure: String,
    /// The address of what is accepted.
    pub at: String,
    /// The code or name of the finding.
    pub code: String,
    /// Why it is as it is.
    pub reason: String,
    /// Who says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The last day it holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
}

impl Receipt {
    /// One of this program, of nothing yet.
    pub fn new(base_url: &str) -> Receipt {
        let tool = Tool {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            revision: REVISION.to_owned(),
        };
        Receipt {
            version: VERSION,
            tool,
            base_url: base_url.to_owned(),
            profiles: BTreeMap::new(),
            rules: Vec::new(),
            accepted: Vec::new(),
            tables: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// One that was written; nothing where it is none, or of a later version.
    pub fn read(bytes: &[u8]) -> Option<Receipt> {
        serde_json::from_slice(bytes).ok().filter(|read: &Receipt| read.version <= VERSION)
    }

    /// As it stands in a site: a line a file.
    pub fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("plain values");
        text.push(b'\n');
        text
    }

    /// The pages among its files.
    pub fn pages(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|path| path.ends_with(".html"))
    }
}
