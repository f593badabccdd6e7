//! The merged tree of a profile to its types. Every mistake is reported at its
//! place; what cannot be read is left out.

mod chart;
mod duties;
mod glossary;
pub mod keys;
mod known;
mod project;
mod prose;
mod reference_files;
mod search;
mod spoiled;
mod table;
mod targets;
mod tie_out;
mod years;

use std::sync::Arc;

use indexmap::IndexMap;

use self::keys::{CLASSIFICATION, DEFAULTS, HEADLINE, MARKS, PLACING, PROFILE, SECTION, WORDS};
pub(super) use self::known::id_of;
pub use self::known::{FOLDER, KnownProfiles};
pub(super) use self::reference_files::ReferenceFiles;
use super::{Headline, Marks, Profile, ProfileWords, SectionSpec, TableSpec};
use crate::address::{self, Address};
use crate::amount::{self, Decimal};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::Place;
use crate::yaml::keys::Record;
use crate::yaml::{self, Fields, Key, Node};

/// Reads a whole profile.
pub(super) fn profile(report: &mut Report, id: &str, node: &Node) -> Profile {
    let mut fields = Fields::new(report, node, &PROFILE, text!(zh: "模板", en: "the profile"));
    for key in ["abstract", "after", "before"] {
        fields.get(key);
    }
    extends(report, fields.get("extends"));
    let title = fields.text(report, "title").unwrap_or_else(|| id.to_owned());
    let stages = fields.texts(report, "stages");
    let units = fields.get("units").map(|node| units(report, node)).unwrap_or_default();
    let classifications =
        fields.get("classifications").map(|node| classifications(report, node)).unwrap_or_default();
    let marks = fields.get("marks").map(|node| marks(report, node)).unwrap_or_default();
    let words = fields.get("words").map(|node| words(report, node)).unwrap_or_default();
    let prose = fields.get("prose").map(|node| prose::prose(report, node));
    let tables = fields.get("tables");
    let defaults = fields.get("defaults").inspect(|node| known_defaults(report, node, tables));
    let tables = self::tables(report, tables, defaults, &classifications);
    let sections = self::sections(report, fields.get("sections"));
    let projects = fields.get("projects").map(|node| project::projects(report, node));
    // Without a project form there are no targets to read.
    let targets = fields
        .get("targets")
        .filter(|_| projects.is_some())
        .map(|node| targets::targets(report, node, projects.as_ref()));
    let tie_outs = tie_out::all(report, fields.get("tie_outs"));
    let headline = fields.get("headline").map(|node| headline(report, node)).unwrap_or_default();
    let charts = chart::charts(report, fields.get("charts"));
    let summary =
        fields.get("summary").map(|node| chart::summary(report, node)).unwrap_or_default();
    let search = fields.get("search").map(|node| search::search(report, node)).unwrap_or_default();
    let glossary =
        fields.get("glossary").map(|node| glossary::glossary(report, node)).unwrap_or_default();
    let duties = fields.get("duties").map(|node| duties::duties(report, node)).unwrap_or_default();
    let years = fields.get("years").map(|node| years::years(report, node)).unwrap_or_default();
    let spoiled = spoiled::all(report, &mut fields);
    fields.finish(report);
    Profile {
        id: id.to_owned(),
        file: node.file,
        bases: Vec::new(),
        title,
        stages,
        units,
        marks,
        prose,
        words,
        tables,
        sections,
        projects,
        targets,
        tie_outs,
        headline,
        charts,
        summary,
        search,
        glossary,
        duties,
        years,
        spoiled,
        dictionaries: IndexMap::new(),
        concordance: Vec::new(),
    }
}

/// What names no profile is left of `extends` when all profiles that it names are laid.
fn extends(report: &mut Report, node: Option<&Node>) {
    if let Some(node) = node {
        let message = text!(zh: "extends 写一个模板的路径，或几个：extends: [a, b]", en: "`extends` is the path of a profile, or a list of them: `extends: [a, b]`");
        bad(report, node.place(), message);
    }
}

fn tables(
    report: &mut Report,
    node: Option<&Node>,
    defaults: Option<&Node>,
    classifications: &IndexMap<String, Vec<usize>>,
) -> IndexMap<String, Arc<TableSpec>> {
    entries(node)
        .filter_map(|(key, node)| {
            let id = id_key(report, key)?;
            Some((id, Arc::new(table::table(report, key, node, defaults, classifications))))
        })
        .collect()
}

fn sections(report: &mut Report, node: Option<&Node>) -> IndexMap<String, SectionSpec> {
    entries(node)
        .filter_map(|(key, node)| Some((id_key(report, key)?, section(report, key, node))))
        .collect()
}

/// Reports what tables do not read of `defaults`.
fn known_defaults(report: &mut Report, node: &Node, tables: Option<&Node>) {
    let facts = entries(tables).flat_map(|(_, table)| entries(table.get("facts")));
    let facts: Vec<&str> = facts.map(|(key, _)| &*key.text).collect();
    placeholders(report, node.get("caption"), &[&table::FILLED_IN[..], &facts].concat());
    let mut fields = Fields::new(report, node, &DEFAULTS, Text::same("`defaults`"));
    for key in DEFAULTS.names() {
        fields.get(key);
    }
    fields.finish(report);
}

/// The fields of an entry that another profile may have placed with `after` or `before`.
fn entry<'a>(
    report: &mut Report,
    node: &'a Node,
    record: &'static Record,
    what: Text,
) -> Fields<'a> {
    let mut fields = Fields::new(report, node, record, what);
    for key in PLACING {
        fields.get(key.name);
    }
    fields
}

pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = (&Key, &Node)> {
    node.map(Node::entries).unwrap_or_default().iter().map(|(key, node)| (key, node))
}

pub(super) fn id_key(report: &mut Report, key: &Key) -> Option<String> {
    if address::is_id(&key.text) && key.text.len() <= LONGEST_ID {
        return Some(key.text.to_string());
    }
    if address::is_id(&key.text) {
        let (length, start) = (key.text.len(), &key.text[..12]);
        bad(
            report,
            key.place(),
            text!(zh: "标识“{start}……”有 {length} 个字母，最多 {LONGEST_ID} 个", en: "the id `{start}…` has {length} letters, and no more than {LONGEST_ID} fit"),
        );
        return None;
    }
    report.push(codes::BAD_PROFILE.at(
        key.place(),
        text!(zh: "“{id}”不能作标识：只用小写字母、数字、- 和 _，以字母开头", en: "`{id}` is no id: lower-case letters, digits, - and _, a letter first", id = key.text),
    ));
    None
}

/// As many letters an id may have: it becomes the name of files.
const LONGEST_ID: usize = 100;

/// As many digits a code may have.
pub(super) const MOST_DIGITS: usize = 64;

pub(super) fn bad(report: &mut Report, place: Place, message: Text) {
    report.push(codes::BAD_PROFILE.at(place, message));
}

fn units(report: &mut Report, node: &Node) -> IndexMap<String, Decimal> {
    let mut units = IndexMap::new();
    for (key, value) in node.entries() {
        match amount::parse(value.scalar().unwrap_or_default()) {
            Ok(figure) if figure.value > Decimal::ZERO => {
                units.insert(key.text.to_string(), figure.value);
            }
            _ => bad(
                report,
                value.place(),
                text!(zh: "单位“{unit}”要写出合多少基本单位", en: "the unit `{unit}` needs a number of base units", unit = key.text),
            ),
        }
    }
    units
}

fn classifications(report: &mut Report, node: &Node) -> IndexMap<String, Vec<usize>> {
    let mut all = IndexMap::new();
    for (key, value) in node.entries() {
        // The name becomes a folder of pages.
        let Some(id) = id_key(report, key) else { continue };
        // The short form is the lengths alone; the long one also names a dictionary.
        let written = if value.entries().is_empty() {
            value
        } else {
            let mut fields =
                Fields::new(report, value, &CLASSIFICATION, Text::same(format!("`{}`", key.text)));
            fields.get("names");
            let written = fields.get("lengths").unwrap_or(value);
            fields.finish(report);
            written
        };
        all.insert(id, lengths(report, written));
    }
    all
}

/// How many digits the codes of each level have, each level more than the one above; at least one
/// level, whatever is written, so that whoever names a level finds it.
fn lengths(report: &mut Report, written: &Node) -> Vec<usize> {
    let mut lengths: Vec<usize> = Vec::new();
    for item in written.items() {
        let above = lengths.last().copied().unwrap_or_default();
        let length = item.scalar().and_then(|text| text.parse().ok());
        match length.filter(|length| (above.saturating_add(1)..=MOST_DIGITS).contains(length)) {
            Some(length) => lengths.push(length),
            None => bad(
                report,
                item.place(),
                text!(
                    zh: "每一级科目代码都要比上一级长，最多 {MOST_DIGITS} 位，如 [3, 5, 7]",
                    en: "the codes of each level have more digits than those above, at most {MOST_DIGITS}, as in [3, 5, 7]",
                ),
            ),
        }
    }
    if written.items().is_empty() {
        bad(
            report,
            written.place(),
            text!(zh: "写出各级科目代码的位数，如 [3, 5, 7]", en: "give the number of digits of each level, as in [3, 5, 7]"),
        );
    }
    if lengths.is_empty() {
        lengths.push(1);
    }
    lengths
}

fn marks(report: &mut Report, node: &Node) -> Marks {
    let mut fields = Fields::new(report, node, &MARKS, Text::same("`marks`"));
    let marks = Marks {
        not_applicable: fields.texts(report, "not_applicable"),
        withheld: fields.texts(report, "withheld"),
    };
    fields.finish(report);
    marks
}

fn words(report: &mut Report, node: &Node) -> ProfileWords {
    let mut fields = Fields::new(report, node, &WORDS, Text::same("`words`"));
    placeholders(report, node.get("year"), &["year"]);
    placeholders(report, node.get("stage"), &[]);
    let words = ProfileWords {
        stage: fields.text(report, "stage").unwrap_or_default(),
        year: fields.text(report, "year").unwrap_or_default(),
        continued: fields.text(report, "continued").unwrap_or_default(),
        notes: fields.texts(report, "notes"),
        document: fields.texts(report, "document"),
    };
    fields.finish(report);
    words
}

pub(super) fn texts_by_id(node: Option<&Node>) -> IndexMap<String, String> {
    entries(node)
        .filter_map(|(key, node)| Some((key.text.to_string(), node.scalar()?.to_owned())))
        .collect()
}

fn section(report: &mut Report, key: &Key, node: &Node) -> SectionSpec {
    let mut fields = entry(
        report,
        node,
        &SECTION,
        text!(zh: "章节“{id}”", en: "the section `{id}`", id = key.text),
    );
    let section = SectionSpec {
        id: key.text.to_string(),
        title: fields.required(report, "title").unwrap_or_else(|| key.text.to_string()),
        required: fields.flag(report, "required", true),
        parent: fields.text(report, "parent"),
        terms: fields.flag(report, "terms", false),
        mandate: fields.text(report, "mandate"),
        figures: prose::figures(report, fields.get("figures")),
        place: key.place(),
    };
    placeholders(report, node.get("title"), &["organisation", "year", "code"]);
    fields.finish(report);
    section
}

/// Reports `{…}` that nothing fills in: readers would see it as it is written. `known` are the words that
/// stand for something here.
fn placeholders(report: &mut Report, node: Option<&Node>, known: &[&str]) {
    let Some(node) = node else { return };
    for item in std::iter::once(node).chain(node.items()) {
        for part in item.scalar().unwrap_or_default().split('{').skip(1) {
            let Some((word, _)) = part.split_once('}') else { continue };
            if !known.contains(&word) {
                let message = text!(zh: "“{{{word}}}”没有什么可填，会照样印出来", en: "nothing fills in `{{{word}}}`, and it would be printed as it is");
                let help = yaml::suggestion(word, known);
                report.push(codes::BAD_PROFILE.at(item.place(), message).help(help));
            }
        }
    }
}

fn headline(report: &mut Report, node: &Node) -> Vec<Headline> {
    let mut all = Vec::new();
    for item in node.items() {
        let mut fields =
            Fields::new(report, item, &HEADLINE, text!(zh: "首要数字", en: "a headline figure"));
        let title = fields.required(report, "title").unwrap_or_default();
        let of = fields.required(report, "of").unwrap_or_default();
        fields.finish(report);
        match Address::parse(&of) {
            Some(address) => all.push(Headline { title, address }),
            None => {
                bad(report, item.place(), text!(zh: "“{of}”不是地址", en: "`{of}` is no address"));
            }
        }
    }
    all
}
