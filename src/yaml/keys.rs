//! Declarations of the keys of authored files: what decoding asks for, what editors complete and
//! what `docs/keys.md` prints. All of it is static data beside the decoders.

/// One key of an authored file.
#[derive(Clone, Copy, Debug)]
pub struct KeySpec {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub shape: Shape,
    /// Whether it must be written.
    pub required: bool,
    /// What its number counts, in Chinese and English; empty where it counts nothing.
    pub unit: [&'static str; 2],
    /// What holds where it is not written, in Chinese and English; empty for “nothing”.
    pub default: [&'static str; 2],
    /// What it means, in Chinese and English.
    pub means: [&'static str; 2],
    /// A value as an author would write it; empty where the keys of the value have their own.
    pub example: &'static str,
    /// Other names that people give it, for “did you mean”.
    pub also: &'static [&'static str],
}

/// Declares a key; what it means is said in Chinese, then in English.
pub const fn key(
    name: &'static str,
    shape: Shape,
    means: [&'static str; 2],
    example: &'static str,
) -> KeySpec {
    let (unit, default) = (["", ""], ["", ""]);
    KeySpec { name, shape, required: false, unit, default, means, example, also: &[] }
}

impl KeySpec {
    /// The key must be written.
    pub const fn required(self) -> KeySpec {
        KeySpec { required: true, ..self }
    }

    /// What else people call it.
    pub const fn also(self, also: &'static [&'static str]) -> KeySpec {
        KeySpec { also, ..self }
    }

    /// What its number counts.
    pub const fn unit(self, unit: [&'static str; 2]) -> KeySpec {
        KeySpec { unit, ..self }
    }

    /// What holds where it is not written.
    pub const fn default(self, default: [&'static str; 2]) -> KeySpec {
        KeySpec { default, ..self }
    }
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text as written; to YAML it may be a number.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, nought or more.
    Count,
    /// A figure as written: a YAML number or a text.
    Figure,
    /// A cell: a figure or a text, or nothing.
    Cell,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A day, and perhaps the time of that day, `HH:MM`.
    Moment,
    /// An address on the web, `https://…`.
    Web,
    /// An address of figures: `table/row/column`.
    Address,
    /// One of these words.
    Word(&'static [Word]),
    /// One of the words that stand elsewhere.
    Known(Known),
    /// A list.
    List(&'static Shape),
    /// One, or a list of them.
    Several(&'static Shape),
    /// Keys of the author's own, each with such a value.
    Map(&'static Shape),
    /// Declared keys.
    Record(&'static Record),
    /// A heading where this key is written, else the other record.
    With(&'static str, &'static Record, &'static Record),
    /// One of several shapes; at most one of them is a record, a map or a list.
    Either(&'static [Shape]),
}

/// Words that stand elsewhere: in the program, in the profiles of the portal, or in the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The kinds of pages.
    PageKind,
    /// The formats beside pages.
    Output,
    /// Codes and names of rules.
    Rule,
    /// Ids of profiles.
    Profile,
    /// Ids of the sections of a profile.
    Section,
    /// Ids of the tables of a profile.
    Table,
    /// Names of classifications of a profile.
    Classification,
    /// Names of units of a profile.
    Unit,
}

/// A word that a key takes, and what it means in Chinese and English.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word.
    pub name: &'static str,
    /// What it means.
    pub means: [&'static str; 2],
}

/// Declares a word.
pub const fn word(name: &'static str, zh: &'static str, en: &'static str) -> Word {
    Word { name, means: [zh, en] }
}

/// The keys of one mapping, in groups that other mappings may share.
#[derive(Debug)]
pub struct Record {
    /// What the reference calls it.
    pub name: &'static str,
    /// What it is, in Chinese and English.
    pub title: [&'static str; 2],
    /// Its keys; at most 64.
    pub keys: &'static [&'static [KeySpec]],
    /// What keys beside these hold, where the profile or the author names them.
    pub others: Option<&'static Shape>,
}

impl Record {
    /// Declares a mapping of these keys alone.
    pub const fn new(
        name: &'static str,
        title: [&'static str; 2],
        keys: &'static [&'static [KeySpec]],
    ) -> Record {
        Record { name, title, keys, others: None }
    }

    /// Its keys, in declared order.
    pub fn keys(&self) -> impl Iterator<Item = &'static KeySpec> + use<> {
        self.keys.iter().flat_map(|group| group.iter())
    }

    /// The names of its keys, in declared order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys().map(|key| key.name)
    }

    /// What an author would write behind a key.
    pub fn example(&self, name: &str) -> Option<&'static str> {
        self.keys().find(|key| key.name == name).map(|key| key.example)
    }

    /// The key that people call by another name.
    pub fn called(&self, name: &str) -> Option<&'static str> {
        self.keys().find(|key| key.also.contains(&name)).map(|key| key.name)
    }

    /// The number of a key in declared order; it is looked for first behind the last one that was asked for.
    pub(super) fn position_after(&self, last: Option<usize>, name: &str) -> Option<usize> {
        let next = last.map_or(0, |last| last + 1);
        let mut left = next;
        for group in self.keys {
            match group.get(left) {
                Some(key) if is_same(key.name, name) => return Some(next),
                Some(_) => break,
                None => left -= group.len(),
            }
        }
        self.position(name)
    }

    /// The number of a key in declared order.
    pub fn position(&self, name: &str) -> Option<usize> {
        let mut before = 0;
        for group in self.keys {
            if let Some(at) = group.iter().position(|key| is_same(key.name, name)) {
                return Some(before + at);
            }
            before += group.len();
        }
        None
    }
}

/// Whether two names are one. Of two as long the ends differ more often than not, and to look at them
/// costs less than to call a comparison.
fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().last() == other.as_bytes().last() && one == other
}

/// One kind of authored file.
#[derive(Debug)]
pub struct FileKind {
    /// The name of its schema, and its anchor in the reference.
    pub name: &'static str,
    /// Where such files stand.
    pub path: &'static str,
    /// What it is, in Chinese and English.
    pub title: [&'static str; 2],
    /// What it holds.
    pub shape: Shape,
    /// Whether it may state only what differs from another file, so that no key must be written.
    pub partial: bool,
}
