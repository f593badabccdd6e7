//! What a disclosure of this kind is drawn and told by: charts, and sentences whose
//! figures are cells.

use indexmap::IndexMap;

use crate::address::Address;
use crate::source::Place;

/// An address, what its figure is called, and where it is written.
#[derive(Clone, Debug)]
pub struct Placed {
    /// What the figure is called, where its row or column does not say it well.
    pub name: Option<String>,
    /// The address.
    pub address: Address,
    /// Where it is written.
    pub place: Place,
}

/// One chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it is called.
    pub title: String,
    /// What it shows.
    pub shows: Shows,
    /// The pages it stands on beside that of its table.
    pub on: Vec<On>,
}

/// A page that may show charts of several tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The front page, of a portal of one body.
    Home,
    /// The page of the disclosure.
    Disclosure,
}

/// What a chart shows.
#[derive(Clone, Debug)]
pub enum Shows {
    /// A whole and its parts.
    Composition {
        /// The whole: one figure.
        of: Placed,
        /// The parts, each perhaps several figures.
        parts: Vec<Placed>,
    },
    /// Where each row comes from and what it goes to.
    Flow {
        /// One a source: the figure of each row.
        from: Vec<Placed>,
        /// One a use: the figure of each row.
        to: Vec<Placed>,
    },
    /// One figure over the years.
    Series {
        /// The figure.
        of: Placed,
    },
}

impl Chart {
    /// Every address it is drawn from, the first being that of its table.
    pub fn addresses(&self) -> Vec<&Placed> {
        match &self.shows {
            Shows::Composition { of, parts } => [of].into_iter().chain(parts).collect(),
            Shows::Flow { from, to } => from.iter().chain(to).collect(),
            Shows::Series { of } => vec![of],
        }
    }
}

/// Sentences by id, each in one language or several; an empty tag stands for every language.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The sentences.
    pub sentences: IndexMap<String, IndexMap<String, Sentence>>,
}

impl Summary {
    /// The sentences in a language; one that is not written in it is left out.
    pub fn of(&self, language: &str) -> impl Iterator<Item = &Sentence> {
        self.sentences.values().filter_map(move |tags| tags.get(language).or_else(|| tags.get("")))
    }
}

/// One sentence. It is left out where one of its figures is not there.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Where it is written.
    pub place: Place,
    /// Its words and figures.
    pub pieces: Vec<Piece>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// The fiscal year.
    Year,
    /// The name of the organisation.
    Organisation,
    /// A figure with its unit.
    Figure(Address),
    /// How much one figure is of another, in per cent.
    Share(Address, Address),
    /// How much more or less a figure is than in the nearest earlier year.
    Change(Address),
    /// The largest of several figures, each with its name and share.
    Largest(usize, Address, Option<Address>),
    /// Pieces that are left out together where one of their figures is not there.
    Optional(Vec<Piece>),
}

impl Piece {
    /// The addresses it names.
    pub fn addresses(&self) -> Vec<&Address> {
        match self {
            Piece::Words(_) | Piece::Year | Piece::Organisation => Vec::new(),
            Piece::Figure(address) | Piece::Change(address) => vec![address],
            Piece::Share(part, whole) => vec![part, whole],
            Piece::Largest(_, parts, whole) => [parts].into_iter().chain(whole).collect(),
            Piece::Optional(pieces) => pieces.iter().flat_map(Piece::addresses).collect(),
        }
    }
}

impl Sentence {
    /// Reads a sentence; what cannot be read in it comes back as it stands.
    pub(super) fn parse(text: &str, place: Place) -> Result<Sentence, String> {
        Ok(Sentence { place, pieces: pieces(text, true)? })
    }
}

fn pieces(text: &str, outer: bool) -> Result<Vec<Piece>, String> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[']) {
        if at > 0 {
            all.push(Piece::Words(rest[..at].to_owned()));
        }
        let (close, is_slot) = if rest[at..].starts_with('{') { ('}', true) } else { (']', false) };
        let end = rest[at..].find(close).ok_or_else(|| rest[at..].to_owned())? + at;
        let inner = &rest[at + 1..end];
        all.push(if is_slot {
            slot(inner).ok_or_else(|| inner.to_owned())?
        } else if outer {
            Piece::Optional(pieces(inner, false)?)
        } else {
            return Err(rest[at..].to_owned());
        });
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        all.push(Piece::Words(rest.to_owned()));
    }
    Ok(all)
}

/// The words a slot may begin with.
fn slot(text: &str) -> Option<Piece> {
    let text = text.trim();
    match text {
        "year" => return Some(Piece::Year),
        "organisation" => return Some(Piece::Organisation),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix("share ") {
        let (part, whole) = part_of(rest)?;
        return Some(Piece::Share(part, whole));
    }
    if let Some(rest) = text.strip_prefix("change ") {
        return Some(Piece::Change(Address::parse(rest)?));
    }
    if let Some(rest) = text.strip_prefix("largest ") {
        let (count, rest) = rest.split_once(' ')?;
        let count = count.parse().ok().filter(|count| *count > 0)?;
        return Some(match part_of(rest) {
            Some((parts, whole)) => Piece::Largest(count, parts, Some(whole)),
            None => Piece::Largest(count, Address::parse(rest)?, None),
        });
    }
    Address::parse(text).map(Piece::Figure)
}

/// `part of whole`; a quoted name may hold the word, so the first split that reads is taken.
fn part_of(text: &str) -> Option<(Address, Address)> {
    const OF: &str = " of ";
    text.match_indices(OF).find_map(|(at, _)| {
        Some((Address::parse(&text[..at])?, Address::parse(&text[at + OF.len()..])?))
    })
}
