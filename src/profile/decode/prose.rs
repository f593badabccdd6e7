//! The words of a profile's prose, and what its sections call their figures.

use indexmap::IndexMap;

use super::keys::{BOUNDS, NAMES, PROSE, STATEMENTS};
use super::{bad, units};
use crate::diagnostic::{Report, Text, text};
use crate::profile::equation::{self, Term};
use crate::profile::{Bounds, NameWords, Prose, Statements, WordList};
use crate::yaml::{Fields, Node};

pub(super) fn prose(report: &mut Report, node: &Node) -> Prose {
    let mut fields = Fields::new(report, node, &PROSE, Text::same("`prose`"));
    let mut prose = Prose {
        increase: fields.texts(report, "increase").into(),
        decrease: fields.texts(report, "decrease").into(),
        unchanged: fields.texts(report, "unchanged").into(),
        reasons: fields.texts(report, "reasons").into(),
        quotes: quotes(report, &mut fields, "quotes"),
        units: fields.get("units").map(|node| units(report, node)).unwrap_or_default(),
        placeholders: fields.texts(report, "placeholders").into(),
        foreign_words: fields.texts(report, "foreign_words").into(),
        speakers: fields.get("speakers").map(|node| stages(report, node)).unwrap_or_default(),
        spoken: WordList::default(),
        enacted: fields.texts(report, "enacted").into(),
        places: fields.texts(report, "places"),
        cites: fields.texts(report, "cites"),
        presents: fields.texts(report, "presents"),
        at_home_in: fields.texts(report, "at_home_in"),
        before_year: fields.texts(report, "before_year"),
        after_year: fields.texts(report, "after_year").into(),
        other_year: fields.texts(report, "other_year").into(),
        last_year: fields.texts(report, "last_year").into(),
        year_before_last: fields.texts(report, "year_before_last").into(),
        year_signs: fields.texts(report, "year_signs"),
        this_year: fields.texts(report, "this_year").into(),
        next_year: fields.texts(report, "next_year").into(),
        stages: fields.get("stages").map(|node| stages(report, node)).unwrap_or_default(),
        bounds: fields.get("bounds").map(|node| bounds(report, node)).unwrap_or_default(),
        statements: fields
            .get("statements")
            .map(|node| statements(report, node))
            .unwrap_or_default(),
        names: fields.get("names").map(|node| names(report, node)).unwrap_or_default(),
        unfinished: fields.texts(report, "unfinished"),
        pairs: quotes(report, &mut fields, "pairs"),
        numbered: fields.texts(report, "numbered"),
        as_of: fields.texts(report, "as_of"),
        year_end: fields.texts(report, "year_end"),
        stage_elsewhere: fields.texts(report, "stage_elsewhere"),
        other_units: fields.texts(report, "other_units"),
        doubled: fields.texts(report, "doubled"),
        every_figure: fields.flag(report, "every_figure", false),
    };
    fields.finish(report);
    prose.spoken = prose.speakers.keys().cloned().collect::<Vec<String>>().into();
    prose.prepare();
    prose
}

/// `final: [决算]`
fn stages(report: &mut Report, node: &Node) -> IndexMap<String, Vec<String>> {
    let mut all = IndexMap::new();
    for (stage, words) in super::entries(Some(node)) {
        let read: Vec<String> =
            words.items().iter().filter_map(|word| word.scalar().map(str::to_owned)).collect();
        if read.is_empty() || read.len() < words.items().len() {
            let message = text!(zh: "“{stage}”后面要写一列词，如 [决算]", en: "`{stage}` wants a list of words, such as [accounts]", stage = stage.text);
            bad(report, words.place(), message);
        }
        all.insert(stage.text.to_string(), read);
    }
    all
}

fn bounds(report: &mut Report, node: &Node) -> Bounds {
    let mut fields = Fields::new(report, node, &BOUNDS, Text::same("`bounds`"));
    let bounds = Bounds {
        less_than: fields.texts(report, "less_than"),
        more_than: fields.texts(report, "more_than"),
        at_most: fields.texts(report, "at_most"),
        at_least: fields.texts(report, "at_least"),
        nearly: fields.texts(report, "nearly"),
        about: fields.texts(report, "about"),
    };
    fields.finish(report);
    bounds
}

fn statements(report: &mut Report, node: &Node) -> Statements {
    let mut fields = Fields::new(report, node, &STATEMENTS, Text::same("`statements`"));
    let statements = Statements {
        compared: fields.texts(report, "compared").into(),
        share: fields.texts(report, "share"),
        completed: fields.texts(report, "completed"),
        reached: fields.texts(report, "reached").into(),
        parts: fields.texts(report, "parts").into(),
        wholes: fields.texts(report, "wholes"),
        averages: fields.get("averages").map(|node| stages(report, node)).unwrap_or_default(),
        times: fields.texts(report, "times"),
        disjoint: fields
            .list(report, "disjoint")
            .iter()
            .map(|list| list.items().iter().filter_map(|word| word.scalar().map(str::to_owned)))
            .map(Iterator::collect)
            .collect(),
        totals: fields.texts(report, "totals").into(),
        plans: fields.texts(report, "plans"),
        multiples: fields.get("multiples").map(|node| units(report, node)).unwrap_or_default(),
        plain: fields.texts(report, "plain"),
        ..Statements::default()
    };
    fields.finish(report);
    statements
}

fn names(report: &mut Report, node: &Node) -> NameWords {
    let mut fields = Fields::new(report, node, &NAMES, Text::same("`names`"));
    let names = NameWords {
        levels: fields.texts(report, "levels"),
        ends: fields.texts(report, "ends"),
        joints: fields.texts(report, "joints"),
        ..NameWords::default()
    };
    fields.finish(report);
    names
}

fn quotes(report: &mut Report, fields: &mut Fields, key: &'static str) -> Vec<(char, char)> {
    let mut pairs = Vec::new();
    for item in fields.list(report, key) {
        let mut signs = item.scalar().unwrap_or_default().chars();
        match (signs.next(), signs.next(), signs.next()) {
            (Some(open), Some(close), None) => pairs.push((open, close)),
            _ => bad(
                report,
                item.place(),
                text!(zh: "引号要成对写：一开一合两个字", en: "a pair of quotes is two signs, the opening and the closing one"),
            ),
        }
    }
    pairs
}

/// `phrase: table/row/column + …`
pub(super) fn figures(report: &mut Report, node: Option<&Node>) -> IndexMap<String, Vec<Term>> {
    let mut all = IndexMap::new();
    for (phrase, value) in super::entries(node) {
        let written = value.scalar().unwrap_or_default();
        match equation::sum(written) {
            Ok(terms) => drop(all.insert(phrase.text.to_string(), terms)),
            Err(_) => bad(
                report,
                value.place(),
                text!(zh: "“{written}”不是地址，也不是几个地址的和", en: "`{written}` is neither an address nor a sum of addresses"),
            ),
        }
    }
    all
}
