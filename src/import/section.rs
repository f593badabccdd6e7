//! What stands between the tables and projects of documents → the sections of the narrative.

use super::cell::joined_lines;
use super::document::Doubt;
use super::pattern::Pattern;
use super::placed::{At, Block, Fate, Left, Placed, PlacedSection, Reason, Taken, Value};
use super::stream::{Flow, Piece};
use super::words::{is_contents_line, key, without_gaps};
use crate::content::{OrdinalKind, ordinal, without_ordinal};
use crate::diagnostic::{Text, text};
use crate::profile::{Profile, SectionSpec};

/// The headings of the sections of a profile, as texts are compared with them.
#[derive(Clone, Debug)]
pub(super) struct Headings<'a>(Vec<SectionHeading<'a>>);

#[derive(Clone, Debug)]
struct SectionHeading<'a> {
    spec: &'a SectionSpec,
    /// Its words, and those behind its ordinal.
    key: String,
    bare: String,
    /// Its title, where that holds a placeholder.
    pattern: Option<Pattern>,
}

impl<'a> Headings<'a> {
    pub(super) fn of(profile: &'a Profile) -> Self {
        let heading = |spec: &'a SectionSpec| SectionHeading {
            spec,
            key: key(&spec.title),
            bare: key(without_ordinal(&spec.title)),
            pattern: spec.title.contains('{').then(|| Pattern::of(&spec.title)),
        };
        Self(profile.sections.values().map(heading).collect())
    }

    /// The section whose heading a text is: the same words, its ordinal aside.
    pub(super) fn of_text(&self, text: &str) -> Option<&'a SectionSpec> {
        let text = text.trim();
        let own = key(text);
        let same = |heading: &&SectionHeading| {
            heading.key == own
                || heading.pattern.as_ref().is_some_and(|title| title.values(text).is_some())
        };
        let is_ranked = || ordinal(text).is_some_and(|ordinal| ordinal.kind <= OrdinalKind::Han);
        let alike = || {
            let bare = is_ranked().then(|| key(without_ordinal(text)))?;
            self.0.iter().find(|heading| heading.bare == bare)
        };
        self.0.iter().find(same).or_else(alike).map(|heading| heading.spec)
    }

    /// The section that a title of the whole text begins, such as an introduction: it ends with its
    /// words.
    fn introduced_by(&self, text: &str) -> Option<&'a SectionSpec> {
        if text.chars().count() > LONGEST_TITLE * 2 {
            return None;
        }
        let words = key(text);
        let is_short = words.chars().count() <= LONGEST_TITLE;
        let found = self.0.iter().find(|heading| {
            let before = words.strip_suffix(&heading.key);
            is_short && before.is_some_and(|before| !before.contains([':', '，', '。', '；']))
        });
        found.map(|heading| heading.spec)
    }
}

/// No title is longer.
const LONGEST_TITLE: usize = 60;

/// Reads the sections of what flows between tables and projects.
pub(super) fn read(
    placed: &mut Placed,
    (profile, headings): (&Profile, &Headings),
    pieces: &[Piece],
    flow: &[Flow],
) {
    let mut reader = Reader { headings, open: None, ranks: Vec::new(), items: 0 };
    let mut open: Option<Texts> = None;
    for (at, item) in flow.iter().enumerate() {
        match item {
            Flow::Text(piece, place) => {
                let texts = match open.take().filter(|texts| texts.piece == *piece) {
                    Some(texts) => open.insert(texts),
                    None => open.insert(Texts::of(pieces, *piece)),
                };
                let Some(text) = texts.find(place) else { continue };
                let leads_to_contents = match flow.get(at + 1) {
                    Some(Flow::Text(next, _)) if next == piece => texts.is_contents,
                    Some(Flow::Text(next, _)) => Texts::of(pieces, *next).is_contents,
                    _ => false,
                };
                if texts.is_contents || leads_to_contents {
                    placed.fates.insert(place.clone(), Fate::Left(Left::Contents));
                } else if matches!(pieces[*piece], Piece::Line { .. })
                    && text.chars().all(|c| c.is_ascii_digit())
                {
                    placed.fates.insert(place.clone(), Fate::Left(Left::PageNumber));
                } else {
                    let heading = match pieces[*piece] {
                        Piece::Line { line, .. } => line.heading,
                        Piece::Row(_) => None,
                    };
                    let doubt = match pieces[*piece] {
                        Piece::Line { line, .. } => line.doubt,
                        Piece::Row(_) => None,
                    };
                    // Both halves are seen; that they were put together is said, and no doubt.
                    if doubt == Some(Doubt::Joined) {
                        placed.notes.push((place.clone(), rejoined()));
                    }
                    let doubt = doubt.filter(|doubt| *doubt != Doubt::Joined).map(Reason::Read);
                    let from = vec![place.clone()];
                    let value = Value { text: text.to_owned(), doubt, from, taken: Taken::Whole };
                    reader.text(placed, value, heading);
                }
            }
            Flow::Table(id) => reader.block(placed, Block::Table(id.clone())),
            Flow::Project => reader.block(placed, Block::Projects),
        }
    }
    placed.sections.sort_by(|a, _, b, _| order(profile, a).cmp(&order(profile, b)));
}

fn order(profile: &Profile, id: &str) -> usize {
    profile.sections.get_index_of(id).unwrap_or(usize::MAX)
}

/// The texts of a piece, looked up in their order: a row may hold as many as there are columns.
struct Texts<'a> {
    piece: usize,
    all: Vec<(At, &'a str)>,
    next: usize,
    /// Whether it is a line of a list of contents.
    is_contents: bool,
}

impl<'a> Texts<'a> {
    fn of(pieces: &[Piece<'a>], piece: usize) -> Self {
        let all = pieces[piece].texts();
        let line: Vec<&str> = all.iter().map(|(_, text)| *text).collect();
        let is_contents = is_contents_line(&line.join(" "));
        Self { piece, all, next: 0, is_contents }
    }

    /// The text at a place.
    fn find(&mut self, place: &At) -> Option<&'a str> {
        let (before, behind) = self.all.split_at(self.next);
        let found = behind.iter().position(|(at, _)| at == place).map(|at| self.next + at);
        let found = found.or_else(|| before.iter().position(|(at, _)| at == place))?;
        self.next = found + 1;
        Some(self.all[found].1)
    }
}

struct Reader<'a> {
    headings: &'a Headings<'a>,
    /// The section that is open.
    open: Option<&'a SectionSpec>,
    /// The kinds of ordinals that are open, the outer ones first.
    ranks: Vec<Option<OrdinalKind>>,
    /// How many entries of a list without ordinals came one after another.
    items: usize,
}

impl Reader<'_> {
    fn block(&mut self, placed: &mut Placed, block: Block) {
        let Some(spec) = self.open else { return };
        let section = placed.sections.get_mut(&spec.id).expect("it is open");
        let is_again =
            matches!((section.blocks.last(), &block), (Some(Block::Projects), Block::Projects));
        if !is_again {
            section.blocks.push(block);
        }
    }

    fn text(&mut self, placed: &mut Placed, value: Value, heading: Option<u8>) {
        let Value { text, from, .. } = &value;
        let is_list_mark = text.starts_with("- ") || text.starts_with("* ");
        let words = without_gaps(&joined_lines(if is_list_mark { &text[2..] } else { text }));
        let from = from.clone();
        let introduction = self.headings.introduced_by(&words).filter(|spec| {
            !placed.sections.contains_key(&spec.id)
                || heading.is_some()
                || self.open.is_some_and(|open| open.id == spec.id)
        });
        let found = self.headings.of_text(&words).or(introduction);
        if let Some(spec) = found
            && (self.open.is_none_or(|open| open.id != spec.id) || was_contents(placed, spec))
        {
            self.open = Some(spec);
            self.begin(placed, spec.id.clone(), Value { text: words, ..value });
            return;
        }
        let Some(spec) = self.open else { return };
        for at in &from {
            placed.fates.insert(at.clone(), Fate::Written);
        }
        // A mark of a list stands before the words and is none of them.
        let taken = if is_list_mark { Taken::Part } else { value.taken };
        let value = Value { text: words, taken, ..value };
        if spec.terms && self.term(placed, &spec.id, &value, is_list_mark) {
            return;
        }
        // The title may stand again below a page that bears it alone.
        let title = placed.sections.get(&spec.id).map(|section| section.title.text.as_str());
        let is_title = found.is_some()
            || title.is_some_and(|title| key(without_ordinal(title)) == key(&value.text));
        let rank = self.rank(&value.text, heading, is_title);
        let section = placed.sections.get_mut(&spec.id).expect("it is open");
        match rank {
            Some(rank) => section.blocks.push(Block::Heading(rank, value)),
            None if is_list_mark && ordinal(&value.text).is_none() => {
                section.blocks.push(Block::Item(value));
            }
            None => match section.blocks.last_mut() {
                Some(Block::Paragraph(before)) if goes_on(before, &value) => {
                    placed.notes.push((from[0].clone(), rejoined()));
                    before.text.push_str(&value.text);
                    before.from.extend(value.from);
                }
                _ => section.blocks.push(Block::Paragraph(value)),
            },
        }
    }

    /// Begins a section, unless it is there already: then it goes on.
    fn begin(&mut self, placed: &mut Placed, id: String, title: Value) {
        for at in &title.from {
            placed.fates.insert(at.clone(), Fate::Written);
        }
        self.ranks.clear();
        self.items = 0;
        placed.sections.entry(id).or_insert_with(|| PlacedSection { title, blocks: Vec::new() });
    }

    /// The rank of a heading within its section, from 2; nothing of a paragraph.
    fn rank(&mut self, text: &str, heading: Option<u8>, is_title: bool) -> Option<usize> {
        let kind = ordinal(text).map(|ordinal| ordinal.kind);
        let length = text.chars().count();
        // A heading of the larger parts may be two clauses; it ends without a stop.
        let is_part = kind.is_some_and(|kind| kind < OrdinalKind::Digit);
        let is_sentence = text.contains(['。', '；', ';'])
            || (text.contains('，') && !is_part)
            || length > LONGEST_HEADING;
        let opens = text.ends_with(['：', ':']) && length <= LONGEST_LEAD && kind.is_none();
        let is_heading = is_title || !is_sentence && (heading.is_some() || kind.is_some() || opens);
        if !is_heading {
            return None;
        }
        match self.ranks.iter().position(|open| *open == kind) {
            Some(at) => self.ranks.truncate(at + 1),
            // Words without an ordinal are no part of what stands before them.
            None if kind.is_none() => self.ranks = vec![None],
            None => self.ranks.push(kind),
        }
        Some((self.ranks.len() + 1).min(6))
    }

    /// Takes an entry of the glossary: an ordinal, a term, a colon, what is said of it.
    fn term(&mut self, placed: &mut Placed, id: &str, value: &Value, is_list_mark: bool) -> bool {
        let plain = value.text.replace("**", "");
        let number = ordinal(&plain).map_or("", |ordinal| {
            let rest = plain.len() - ordinal.rest.len();
            plain[..rest].trim()
        });
        let rest = without_ordinal(&plain);
        let Some((term, said)) = rest.split_once(['：', ':']) else { return false };
        let is_term = term.chars().count() <= LONGEST_TERM && !term.contains(['。', '；']);
        if !is_term || said.trim().is_empty() {
            return false;
        }
        let part = |text: &str| Value {
            text: text.trim().to_owned(),
            taken: Taken::Part,
            ..value.clone()
        };
        let entry = Block::Term(number.to_owned(), part(term), part(said));
        let section = placed.sections.get_mut(id).expect("it is open");
        if number.is_empty() && is_list_mark {
            self.items += 1;
        } else if let Some(number) = ordinal(&plain).and_then(|ordinal| ordinal.number)
            && self.items > 0
            && number == self.items + 1
        {
            number_entries(section, &plain);
            self.items = 0;
            placed.notes.push((
                value.from[0].clone(),
                text!(zh: "前面 {before} 条没有序号，按这一条的序号补上", en: "the {before} entries before have no ordinals; they were numbered by this one", before = number - 1),
            ));
        }
        section.blocks.push(entry);
        true
    }
}

fn rejoined() -> Text {
    text!(zh: "分页断开的一段接回上一段", en: "a paragraph that a page break cut was joined again")
}

/// Whether what began the open section stood in a list of contents: tables followed and no words.
/// Then the section is let go of, to begin here.
fn was_contents(placed: &mut Placed, spec: &SectionSpec) -> bool {
    let Some(section) = placed.sections.get(&spec.id) else { return false };
    let is_place = |block: &Block| matches!(block, Block::Table(_) | Block::Projects);
    if section.blocks.is_empty() || !section.blocks.iter().all(is_place) {
        return false;
    }
    for at in section.title.from.clone() {
        placed.fates.insert(at, Fate::Left(Left::Contents));
    }
    placed.sections.shift_remove(&spec.id);
    true
}

/// Numbers entries that lost their ordinals, as the first that has one shows.
fn number_entries(section: &mut PlacedSection, like: &str) {
    let sign: String = like.chars().skip_while(char::is_ascii_digit).take(1).collect();
    let entries = section.blocks.iter_mut().filter_map(|block| match block {
        Block::Term(number, ..) => Some(number),
        _ => None,
    });
    for (at, number) in entries.enumerate() {
        if number.is_empty() {
            *number = format!("{}{sign}", at + 1);
        }
    }
}

/// No heading without a mark is longer.
const LONGEST_HEADING: usize = 40;

/// No words that open a list are longer.
const LONGEST_LEAD: usize = 12;

/// No term is longer.
const LONGEST_TERM: usize = 30;

/// Whether a paragraph stops in the middle of a sentence, and the next goes on with it.
fn goes_on(before: &Value, next: &Value) -> bool {
    let is_open = !before.text.ends_with([
        '。', '；', '：', '！', '？', '.', ';', ':', '!', '?', '）', ')', '”', '，', '、',
    ]);
    is_open && before.text.chars().count() > LONGEST_HEADING && ordinal(&next.text).is_none()
}
