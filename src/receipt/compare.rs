//! Files held against a receipt: which are not what was published, are missing, or were never part
//! of the site.

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::{Digest, PATH, Receipt, SIGNATURE};
use crate::url;

/// How a file stands to a receipt where it is not what was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Its bytes are others.
    Differs,
    /// It was published and is not there.
    Missing,
    /// It is there and was not published.
    Extra,
}

/// One file that is not what was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Difference {
    /// Its path in the site; of a file that is no part of it, its name.
    pub path: String,
    /// How it stands.
    pub standing: Standing,
    /// The digest of what was published; nothing where that was nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Digest>,
    /// The digest of what is there; nothing where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Digest>,
}

/// What stands in a site beside what its receipt lists.
const BESIDE: [&str; 4] = [PATH, SIGNATURE, ".mingbai", ".mingbai-shard"];

/// What is wrong with a file of a path; nothing where it is what was published.
pub fn difference(receipt: &Receipt, path: &str, found: Digest) -> Option<Difference> {
    let published = receipt.files.get(path).copied();
    let standing = match published {
        Some(published) if published == found => return None,
        Some(_) => Standing::Differs,
        None if receipt.is_beside(path) => return None,
        None => Standing::Extra,
    };
    Some(Difference { path: path.to_owned(), standing, published, found: Some(found) })
}

/// A file that is there and no part of the site, whatever it is called.
pub fn extra(path: &str, found: Digest) -> Difference {
    let (path, standing) = (path.to_owned(), Standing::Extra);
    Difference { path, standing, published: None, found: Some(found) }
}

/// The files that were published and are not among these.
pub fn missing(receipt: &Receipt, is_there: impl Fn(&str) -> bool) -> Vec<Difference> {
    let missing = receipt.files.iter().filter(|(path, _)| !is_there(path));
    let missing = missing.map(|(path, published)| Difference {
        path: path.clone(),
        standing: Standing::Missing,
        published: Some(*published),
        found: None,
    });
    missing.collect()
}

impl Receipt {
    /// Whether a path is that of the receipt itself, its signature or the program’s own notes.
    pub fn is_beside(&self, path: &str) -> bool {
        BESIDE.contains(&path) && !self.files.contains_key(path)
    }

    /// The path in the site that an address leads to; nothing where it leads elsewhere.
    pub fn path_of(&self, address: &str) -> Option<String> {
        let end = address.find(['#', '?']).unwrap_or(address.len());
        let address = &address[..end];
        let below = match address.strip_prefix(self.base_url.as_str()) {
            Some(below) if !self.base_url.is_empty() => below,
            // A site that does not know its own address, or a copy that stands elsewhere.
            _ => address
                .split_once("://")
                .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path)),
        };
        let below = percent_decode_str(below.trim_start_matches('/')).decode_utf8_lossy();
        let folder = below.trim_end_matches('/');
        let home = if folder.is_empty() {
            url::HOME.to_owned()
        } else {
            format!("{folder}/{}", url::HOME)
        };
        // Hosts take the ending of pages away.
        let candidates = [below.to_string(), home, format!("{folder}.html")];
        candidates.into_iter().find(|path| self.files.contains_key(path))
    }

    /// The path of a file that was downloaded on its own: that of the same bytes, where there is one of
    /// its name or any, else the only one of its name.
    pub fn path_like(&self, name: &str, found: Digest) -> Option<String> {
        let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let same: Vec<&String> = self
            .files
            .iter()
            .filter(|(_, digest)| **digest == found)
            .map(|(path, _)| path)
            .collect();
        let of_name = same.iter().find(|path| last(path) == last(name)).or(same.first());
        if let Some(path) = of_name {
            return Some((*path).clone());
        }
        let mut named: Vec<&String> =
            self.files.keys().filter(|path| last(path) == last(name)).collect();
        let name = name.replace('\\', "/");
        // The longest path that ends as the file's own does, folder by folder.
        let shared = |path: &str| {
            let (one, other) = (path.rsplit('/'), name.rsplit('/'));
            one.zip(other).take_while(|(one, other)| one == other).count()
        };
        named.sort_by_key(|path| std::cmp::Reverse(shared(path)));
        match named.as_slice() {
            [only] => Some((*only).clone()),
            [first, second, ..] if shared(first) > shared(second) => Some((*first).clone()),
            _ => None,
        }
    }
}
