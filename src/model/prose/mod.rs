//! Figures in prose: what each is bound to, which way it went, and what it could be bound to.
//!
//! Behind the `=` of a link stand one or several of these, parted by `;`:
//!
//! ```text
//! table/row/column               the figure of that cell
//! a + b - prior:a                a sum or a difference (between < and >, as it holds spaces)
//! #name                          a name of its own, for relations of the profile
//! sum:name                       a stated total
//! part:name                      one of the parts listed for it
//! ```

mod bounded;
mod clause;
mod figure;
mod meant;
mod propose;
mod quoted;
mod relations;
pub mod statement;
mod terms;
mod whole;

use std::collections::BTreeMap;
use std::ops::Range;

pub use bounded::Bounded;
pub use clause::{Direction, clause, sentences};
pub use figure::Money;
pub(crate) use figure::amounts;
pub use propose::{Proposal, Unbound};
pub(super) use quoted::ProjectNames;
pub use whole::Unclear;

use super::{Disclosure, FigureRef, Lookup, Model, Section};
use crate::address::{self, Address};
use crate::content;
use crate::profile::equation::{self, Operand, Term};
use crate::profile::{Profile, Prose};

/// A figure in prose that is bound, named, or declared as a total or a part.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The figure as the author wrote it, with the unit that readers see behind the link.
    pub words: String,
    /// Why its words are not one figure; then it is compared with nothing.
    pub unclear: Option<Unclear>,
    /// The word that bounds it, where one stands beside it.
    pub bounded: Option<Bounded>,
    /// A unit that is none of money, where its words or the text behind them have one.
    pub other_unit: Option<String>,
    /// What stands after the `=`.
    pub target: String,
    /// The bytes of the whole link.
    pub range: Range<usize>,
    /// The bytes of the words.
    pub inner: Range<usize>,
    /// Its names.
    pub names: Vec<String>,
    /// The sums it is the stated total of.
    pub sums: Vec<String>,
    /// The sums it is a part of.
    pub parts: Vec<String>,
    /// What it must equal.
    pub terms: Vec<Term>,
    /// The first item of the target that holds an address.
    pub term: Option<String>,
    /// What of the target could not be read.
    pub unread: Option<String>,
    /// What of the target is no address as it is written, and the one it is read as.
    pub meant: Option<(String, String)>,
    /// Which way its clause says it went, and the word.
    pub direction: Option<(Direction, String)>,
    /// The words of its clause before it.
    pub clause: String,
    /// The paragraph it stands in, by index.
    pub paragraph: usize,
}

impl Binding {
    /// Lays the written figures of a section into its paragraphs.
    pub(super) fn all(
        profile: &Profile,
        paragraphs: &[content::Paragraph],
        written: Vec<content::Binding>,
    ) -> Vec<Binding> {
        // Where each link begins in the file: its paragraph, and where it stands in its words.
        let links = paragraphs.iter().enumerate().flat_map(|(index, paragraph)| {
            paragraph.links.iter().map(move |(at, start)| (*start, (index, at)))
        });
        let links: BTreeMap<usize, (usize, &Range<usize>)> = links.collect();
        let read = written.into_iter().map(|written| {
            let link = links.get(&written.range.start);
            let link = link.map(|(index, at)| (*index, &paragraphs[*index], (*at).clone()));
            Binding::read(profile, link, written)
        });
        let mut all: Vec<Binding> = read.collect();
        meant::lists(&mut all);
        all
    }

    /// One written figure, with its paragraph and where it stands there.
    fn read(
        profile: &Profile,
        link: Option<(usize, &content::Paragraph, Range<usize>)>,
        written: content::Binding,
    ) -> Binding {
        let content::Binding { words, target, range, inner } = written;
        let address = target.split(';').find(|item| item.contains('/'));
        let mut binding = Binding {
            names: Vec::new(),
            sums: Vec::new(),
            parts: Vec::new(),
            terms: Vec::new(),
            term: address.map(|item| item.trim().to_owned()),
            unread: None,
            meant: None,
            direction: None,
            clause: String::new(),
            paragraph: 0,
            unclear: None,
            bounded: None,
            other_unit: None,
            words,
            range,
            inner,
            target,
        };
        if let Some((index, paragraph, link)) = link {
            let (text, at) = (paragraph.text.as_str(), link.start);
            text[clause(text, at).start..at].clone_into(&mut binding.clause);
            binding.paragraph = index;
            let start = link.start;
            (binding.words, binding.unclear) = whole::read(profile, text, link, &paragraph.links);
            let whole = start..start + binding.words.len();
            binding.other_unit = whole::other_unit(profile, &text[start..], binding.words.len());
            binding.bounded = bounded::read(profile, text, whole);
            let prose = profile.prose.as_ref();
            binding.direction = prose.and_then(|prose| prose.direction(&binding.clause));
        }
        let mut target = binding.target.clone();
        if let Some(narrow) = meant::narrow(&target) {
            binding.meant = Some((std::mem::replace(&mut target, narrow.clone()), narrow));
        }
        for item in address::split(&target, |c| c == ';') {
            binding.declare(item.trim());
        }
        let is_compared =
            !(binding.terms.is_empty() && binding.sums.is_empty() && binding.parts.is_empty());
        if is_compared && !binding.words.contains(|c: char| c.is_ascii_digit()) {
            binding.unclear.get_or_insert(Unclear::NoDigits);
        }
        binding
    }

    fn declare(&mut self, item: &str) {
        let name = |prefix: &str| item.strip_prefix(prefix).filter(|name| !name.is_empty());
        if let Some(name) = name("#") {
            self.names.push(name.to_owned());
        } else if let Some(name) = name("sum:") {
            self.sums.push(name.to_owned());
        } else if let Some(name) = name("part:") {
            self.parts.push(name.to_owned());
        } else if let Some(kind) = meant::list_of(item) {
            self.meant = Some((item.to_owned(), kind.clone()));
            self.declare(&kind);
        } else {
            match equation::sum(item) {
                Ok(terms) if self.terms.is_empty() => self.terms = terms,
                _ => self.unread = Some(item.to_owned()),
            }
        }
    }

    /// The figure as readers see it, with the word that bounds it.
    pub fn said(&self) -> &str {
        self.bounded.as_ref().map_or(&self.words, |bounded| &bounded.words)
    }

    /// The addresses it must equal.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.terms.iter().filter_map(|term| match &term.operand {
            Operand::Address(address) => Some(address),
            Operand::Number(_) => None,
        })
    }

    /// Whether it is a difference to the year before.
    pub fn is_change(&self) -> bool {
        self.addresses().any(|address| address.prior)
    }

    /// What an acceptance calls it within its section.
    pub fn slot(&self) -> String {
        match (self.names.first(), self.sums.first(), &self.term, self.parts.first()) {
            (Some(name), ..) => name.clone(),
            (_, Some(sum), ..) => format!("sum:{sum}"),
            (_, _, Some(term), _) => term.clone(),
            (.., Some(part)) => format!("part:{part}/{}", self.words),
            _ => self.target.clone(),
        }
    }
}

impl Prose {
    /// Which way the words before a figure say it went: the last word counts.
    pub fn direction(&self, before: &str) -> Option<(Direction, String)> {
        let kinds = [
            (Some(Direction::Increase), &self.increase),
            (Some(Direction::Decrease), &self.decrease),
            (None, &self.unchanged),
        ];
        let all =
            kinds.iter().flat_map(|(kind, words)| words.held(before).map(move |word| (kind, word)));
        let found = all.filter_map(|(kind, word)| {
            Some((before.rfind(word.as_str())? + word.len(), word.len(), kind, word))
        });
        let (.., kind, word) = found.max_by_key(|(end, length, ..)| (*end, *length))?;
        kind.map(|kind| (kind, word.clone()))
    }
}

impl Disclosure {
    /// The first figure that the target of a link names.
    pub fn leads_to(&self, portal: &Model, target: &str) -> Option<FigureRef> {
        let terms = address::split(target, |c| c == ';')
            .into_iter()
            .find_map(|item| equation::sum(item.trim()).ok())?;
        let mut addresses = terms.iter().filter_map(|term| match &term.operand {
            Operand::Address(address) => Some(address),
            Operand::Number(_) => None,
        });
        addresses.find_map(|address| match self.find(portal, address, None) {
            Lookup::Figures(figures) if !figures.is_empty() => Some(figures[0]),
            _ => None,
        })
    }

    /// A section by its index, with the index of each of its bindings.
    pub fn bindings(&self) -> impl Iterator<Item = (usize, &Section, usize, &Binding)> {
        self.sections.iter().enumerate().flat_map(|(index, section)| {
            let bindings = section.bindings.iter().enumerate();
            bindings.map(move |(number, binding)| (index, section, number, binding))
        })
    }
}
