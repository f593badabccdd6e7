//! The fields of a mapping, decoded one by one so that every mistake is collected.

use super::keys::Record;
use super::{Key, Kind, Node, wide};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::source::Place;

/// The fields of one mapping, taken one by one; [`Fields::finish`] reports those nobody took.
/// Only declared keys can be asked for.
pub struct Fields<'a> {
    node: &'a Node,
    record: &'static Record,
    what: Text,
    /// The keys asked for: a bit each, by their number in the record.
    asked: u64,
    /// The number of the last of them.
    last: Option<usize>,
    /// Whether a key is written that the record does not have.
    has_strangers: bool,
}

impl<'a> Fields<'a> {
    /// Opens a mapping; `what` names it in messages (“a column”).
    pub fn new(
        report: &mut Report,
        node: &'a Node,
        record: &'static Record,
        what: Text,
    ) -> Fields<'a> {
        want_mapping(report, node, &what);
        let is_stranger = |(key, _): &(Key, Node)| record.position(&key.text).is_none();
        let has_strangers = record.others.is_none() && node.entries().iter().any(is_stranger);
        Fields { node, record, what, asked: 0, last: None, has_strangers }
    }

    /// The mapping itself.
    pub fn node(&self) -> &'a Node {
        self.node
    }

    /// The value of a key, if anything was written there.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        let position = self.record.position_after(self.last, key);
        self.last = position;
        debug_assert!(position.is_some(), "`{key}` is not declared in {}", self.record.name);
        self.asked |= position.map_or(0, |position| 1 << position);
        let found = self.node.get(key).or_else(|| self.meant(key));
        found.filter(|node| !node.is_null())
    }

    /// The value of a key nobody knows that was most likely meant to be this one, which is not written:
    /// [`Fields::finish`] says so, and one slip is one finding.
    fn meant(&self, wanted: &str) -> Option<&'a Node> {
        if !self.has_strangers {
            return None;
        }
        let is_free = |name: &&str| self.node.get(name).is_none();
        let free: Vec<&str> = self.record.names().filter(is_free).collect();
        let mut entries = self.node.entries().iter();
        let found = entries.find(|(key, _)| {
            let meant = self.record.called(&key.text).or_else(|| nearest(&key.text, &free));
            self.record.position(&key.text).is_none() && meant == Some(wanted)
        });
        found.map(|(_, value)| value)
    }

    /// The text of a key.
    pub fn text(&mut self, report: &mut Report, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        if let Some(text) = node.scalar() {
            Some(text.to_owned())
        } else {
            wrong_type(
                report,
                node,
                &Text::same(format!("`{key}`")),
                text!(zh: "一段文字", en: "a text"),
            );
            None
        }
    }

    /// The text of a key that must be there.
    pub fn required(&mut self, report: &mut Report, key: &'static str) -> Option<String> {
        if self.get(key).is_none() {
            let place = self.node.place();
            let first_line = Place { file: place.file, spot: place.spot };
            let message = text!(zh: "{what}缺少“{key}”", en: "{en} has no `{key}`", what = self.what.zh, en = self.what.en);
            let mut finding = codes::MISSING_KEY.at(first_line, message);
            let example = self.record.example(key).filter(|example| !example.is_empty());
            finding.help = example.map(|example| text!(zh: "写上 {key}: …，如 {key}: {example}", en: "write {key}: …, such as {key}: {example}"));
            report.push(finding);
            return None;
        }
        self.text(report, key)
    }

    /// `true` or `false`; absent is the default.
    pub fn flag(&mut self, report: &mut Report, key: &'static str, default: bool) -> bool {
        let Some(node) = self.get(key) else { return default };
        match node.scalar() {
            Some("true") => true,
            Some("false") => false,
            _ => {
                wrong_type(
                    report,
                    node,
                    &Text::same(format!("`{key}`")),
                    Text::same("true / false"),
                );
                default
            }
        }
    }

    /// The items of a list; anything else is reported.
    pub fn list(&mut self, report: &mut Report, key: &'static str) -> &'a [Node] {
        let Some(node) = self.get(key) else { return &[] };
        if !matches!(node.kind, Kind::Sequence(_)) {
            let list = text!(zh: "列表（[甲, 乙]，或每行以“- ”开头）", en: "a list ([a, b], or lines beginning with `- `)");
            wrong_type(report, node, &Text::same(format!("`{key}`")), list);
            if let (Kind::Mapping(_), Some(found)) = (&node.kind, report.diagnostics.last_mut()) {
                found.help = Some(
                    text!(zh: "每一项前面写“- ”，只有一项也要写：{key}: 下面一行“  - {{ … }}”", en: "begin each item with `- `, an only one too: below `{key}:` a line `  - {{ … }}`"),
                );
            }
        }
        node.items()
    }

    /// The entries of a mapping; anything else is reported.
    pub fn map(&mut self, report: &mut Report, key: &'static str) -> &'a [(Key, Node)] {
        let Some(node) = self.get(key) else { return &[] };
        if !matches!(node.kind, Kind::Mapping(_)) {
            let mapping = text!(zh: "键值表（键: 值）", en: "a mapping (key: value)");
            wrong_type(report, node, &Text::same(format!("`{key}`")), mapping);
        }
        node.entries()
    }

    /// A list of texts.
    pub fn texts(&mut self, report: &mut Report, key: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(report, key) {
            match item.scalar() {
                Some(text) => texts.push(text.to_owned()),
                None => wrong_type(
                    report,
                    item,
                    &Text::same(format!("`{key}`")),
                    text!(zh: "一列文字", en: "a list of texts"),
                ),
            }
        }
        texts
    }

    /// A number of items.
    pub fn number(&mut self, report: &mut Report, key: &'static str) -> Option<usize> {
        let node = self.get(key)?;
        let number = node.scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            wrong_type(
                report,
                node,
                &Text::same(format!("`{key}`")),
                text!(zh: "整数", en: "a whole number"),
            );
        }
        number
    }

    /// Reports every key that nobody asked for, with the nearest known one.
    pub fn finish(self, report: &mut Report) {
        let is_asked = |position: usize| self.asked >> position & 1 == 1;
        for (key, _) in self.node.entries() {
            if !self.record.position(&key.text).is_some_and(is_asked) {
                let names = self.record.names().enumerate();
                let known: Vec<&str> =
                    names.filter(|(at, _)| is_asked(*at)).map(|(_, name)| name).collect();
                let called = self.record.called(&key.text);
                let help = called.map_or_else(|| suggestion(&key.text, &known), did_you_mean);
                report.push(no_key(key, &self.what).help(help));
            }
        }
    }
}

/// Reports a value that is no mapping; nothing is an empty one.
pub fn want_mapping(report: &mut Report, node: &Node, what: &Text) {
    if !matches!(node.kind, Kind::Mapping(_) | Kind::Null) {
        let mapping = text!(zh: "键值表（键: 值）", en: "a mapping (key: value)");
        wrong_type(report, node, what, mapping);
    }
}

/// Reports a key nobody knows, with the nearest known one.
pub fn unknown_key(report: &mut Report, key: &Key, what: &Text, known: &[&str]) {
    report.push(no_key(key, what).help(suggestion(&key.text, known)));
}

/// The finding that something has no key of this name, which every entry of a file may have.
pub fn no_key(key: &Key, what: &Text) -> Diagnostic {
    let message = text!(zh: "{zh}没有“{key}”这个键", en: "{en} has no key `{key}`", zh = what.zh, en = what.en, key = key.text);
    codes::UNKNOWN_KEY.at(key.place(), message).alike(&*key.text)
}

/// How many known words a suggestion lists.
const LISTED: usize = 60;

/// Longer than any word somebody mistyped.
const LONGEST: usize = 200;

/// “Did you mean …” when something is near, else what is allowed.
pub fn suggestion(written: &str, known: &[&str]) -> Text {
    if let Some(name) = nearest(written, known) {
        return did_you_mean(name);
    }
    let listed = &known[..known.len().min(LISTED)];
    let (list, en) = (listed.join("、"), listed.join(", "));
    match known.len() - listed.len() {
        0 => text!(zh: "可用的有：{list}", en: "known here: {en}"),
        more => {
            text!(zh: "可用的有：{list}，另有 {more} 个", en: "known here: {en} and {more} more")
        }
    }
}

fn did_you_mean(name: &str) -> Text {
    text!(zh: "是不是“{name}”？", en: "did you mean `{name}`?")
}

/// The known word nearest to a written one: at most a third of its letters differ.
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    // A byte is at least a letter, so that few are counted of a text that is none.
    let length = written.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return None;
    }
    let allowed = (length / 3).max(1);
    let is_as_long = |name: &&&str| {
        name.len() <= 4 * (length + allowed) && name.chars().count().abs_diff(length) <= allowed
    };
    known
        .iter()
        .filter(is_as_long)
        .map(|name| (strsim::osa_distance(written, name), *name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// The only one of these printed titles that a word is; else the one nearest to it.
pub fn titled(
    written: &str,
    titles: &[&str],
    is_same: impl Fn(&str, &str) -> bool,
) -> Option<usize> {
    let mut same = (0..titles.len()).filter(|at| is_same(titles[*at], written));
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => {
            let near = nearest(written, titles).filter(|_| !written.is_ascii())?;
            let mut same = (0..titles.len()).filter(|at| titles[*at] == near);
            same.next().filter(|_| same.next().is_none())
        }
    }
}

/// Reports a value of the wrong shape.
pub fn wrong_type(report: &mut Report, node: &Node, what: &Text, wanted: Text) {
    let Text { zh: wanted_zh, en: wanted_en } = wanted;
    let message = text!(zh: "{zh}应当是{wanted_zh}", en: "{en} should be {wanted_en}", zh = what.zh, en = what.en);
    let mut finding = codes::WRONG_TYPE.at(node.place(), message);
    finding.help = node.scalar().and_then(wide::brackets);
    report.push(finding);
}
