//! `numbering.xml` → the numbers of paragraphs in lists, which stand in no text: `一、`, `（二）`, `3.`.

use std::collections::{BTreeMap, BTreeSet};

use super::numerals;
use super::tags::{Tag, Tags};

/// A list has so many levels.
const LEVELS: usize = 9;

/// The lists of a document and how far each has been counted.
#[derive(Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<String, ListLevels>,
    lists: BTreeMap<String, List>,
    /// The last number of each level, by kind of list; lists of one kind go on counting.
    counts: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own first number has been used.
    begun: BTreeSet<(String, usize)>,
}

#[derive(Default)]
struct ListLevels {
    levels: BTreeMap<usize, Level>,
    /// The style that says how it looks, and the one that it is for.
    link: Option<String>,
    style: Option<String>,
}

#[derive(Default)]
struct List {
    kind: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, u32>,
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
    suffix: String,
    is_legal: bool,
    /// The level that sets it back; 0 for none, nothing for every higher one.
    restart: Option<usize>,
    /// The paragraph style that puts paragraphs on it.
    style: Option<String>,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn read(xml: &mut Tags) -> Numbering {
        let mut numbering = Numbering::default();
        while let Some(tag) = xml.next_start() {
            match tag.word() {
                "numbering" => {}
                "abstractNum" => numbering.kind(xml, &tag),
                "num" => numbering.list(xml, &tag),
                _ => xml.skip(),
            }
        }
        numbering
    }

    fn kind(&mut self, xml: &mut Tags, tag: &Tag) {
        let mut kind = ListLevels::default();
        xml.children(|xml, tag| {
            match tag.word() {
                "lvl" => return insert_level(xml, &tag, &mut kind.levels),
                "numStyleLink" => kind.link = tag.value(),
                "styleLink" => kind.style = tag.value(),
                _ => {}
            }
            xml.skip();
        });
        self.kinds.insert(tag.attribute("abstractNumId").unwrap_or_default().into_owned(), kind);
    }

    fn list(&mut self, xml: &mut Tags, tag: &Tag) {
        let mut list = List::default();
        xml.children(|xml, tag| match tag.word() {
            "abstractNumId" => {
                list.kind = tag.value().unwrap_or_default();
                xml.skip();
            }
            "lvlOverride" => {
                let at = tag.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                xml.children(|xml, tag| match tag.word() {
                    "lvl" => insert_level(xml, &tag, &mut list.levels),
                    "startOverride" => {
                        list.starts.extend(tag.number().map(|start| (at, start)));
                        xml.skip();
                    }
                    _ => xml.skip(),
                });
            }
            _ => xml.skip(),
        });
        self.lists.insert(tag.attribute("numId").unwrap_or_default().into_owned(), list);
    }

    /// The level on which a paragraph's style puts it, where the paragraph does not say.
    pub(super) fn level_of(&self, list: &str, style: Option<&str>) -> usize {
        let kind = self.lists.get(list).and_then(|list| self.kind_of(&list.kind));
        let level = kind.and_then(|(_, kind)| {
            kind.levels
                .iter()
                .find(|(_, level)| level.style.is_some() && level.style.as_deref() == style)
        });
        level.map_or(0, |(at, _)| *at)
    }

    /// A kind of list, or the one it says it looks like.
    fn kind_of(&self, id: &str) -> Option<(&str, &ListLevels)> {
        let (id, kind) = self.kinds.get_key_value(id)?;
        let same = kind.link.as_ref().and_then(|link| {
            self.kinds.iter().find(|(_, other)| other.style.as_ref() == Some(link))
        });
        let (id, kind) = same.filter(|_| kind.levels.is_empty()).unwrap_or((id, kind));
        Some((id, kind))
    }

    /// Counts the next paragraph of a list: what stands before its text, with the gap.
    pub(super) fn next(&mut self, list_id: &str, at: usize) -> String {
        let Some(list) = self.lists.get(list_id).filter(|_| at < LEVELS) else {
            return String::new();
        };
        let Some((kind_id, kind)) = self.kind_of(&list.kind) else { return String::new() };
        let level = |at: usize| {
            list.levels.get(&at).or_else(|| kind.levels.get(&at)).cloned().unwrap_or_default()
        };
        let levels: Vec<Level> = (0..=at).map(level).collect();
        let own_start = list.starts.get(&at).copied();
        let restarts: Vec<Option<usize>> = (0..LEVELS).map(|at| level(at).restart).collect();
        let counts = self.counts.entry(kind_id.to_owned()).or_default();
        let is_first = self.begun.insert((list_id.to_owned(), at));
        counts[at] = match (own_start.filter(|_| is_first), counts[at]) {
            (Some(start), _) => Some(start),
            (None, Some(count)) => Some(count.saturating_add(1)),
            (None, None) => Some(levels[at].start),
        };
        for deeper in at + 1..LEVELS {
            if restarts[deeper].is_none_or(|level| level > at) {
                counts[deeper] = None;
            }
        }
        label(&levels, counts)
    }
}

/// The number of a paragraph on the last of these levels.
fn label(levels: &[Level], counts: &[Option<u32>; LEVELS]) -> String {
    let Some(own) = levels.last() else { return String::new() };
    if own.format == "bullet" {
        return if own.text.is_empty() { String::new() } else { "- ".to_owned() };
    }
    let mut text = String::new();
    let mut signs = own.text.chars().peekable();
    while let Some(sign) = signs.next() {
        let place = signs.peek().filter(|_| sign == '%').and_then(|digit| digit.to_digit(10));
        let Some(level) = place.and_then(|place| levels.get((place as usize).checked_sub(1)?))
        else {
            text.push(sign);
            continue;
        };
        let place = place.map_or(0, |place| place as usize - 1);
        signs.next();
        let format = if own.is_legal { "decimal" } else { level.format.as_str() };
        text.push_str(
            &numerals::written(counts[place].unwrap_or(level.start), format).unwrap_or_default(),
        );
    }
    if text.ends_with(|sign: char| sign.is_ascii()) && own.suffix != "nothing" {
        text.push(' ');
    }
    text
}

fn insert_level(xml: &mut Tags, tag: &Tag, levels: &mut BTreeMap<usize, Level>) {
    let mut level = Level { format: "decimal".to_owned(), ..Level::default() };
    xml.children(|xml, tag| {
        match tag.word() {
            "start" => level.start = tag.number().unwrap_or_default(),
            "numFmt" => level.format = tag.value().unwrap_or_default(),
            "lvlText" => level.text = tag.value().unwrap_or_default(),
            "suff" => level.suffix = tag.value().unwrap_or_default(),
            "isLgl" => level.is_legal = tag.is_on(),
            "lvlRestart" => level.restart = tag.number(),
            "pStyle" => level.style = tag.value(),
            // Newer formats stand beside an older one that comes near them.
            "" if tag.name() == "AlternateContent" => return alternative(xml, &mut level),
            _ => {}
        }
        xml.skip();
    });
    let at = tag.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
    levels.insert(at, level);
}

fn alternative(xml: &mut Tags, level: &mut Level) {
    xml.children(|xml, choice| {
        let is_fallback = choice.name() == "Fallback";
        xml.children(|xml, tag| {
            if is_fallback && tag.word() == "numFmt" {
                level.format = tag.value().unwrap_or_default();
            }
            xml.skip();
        });
    });
}
