//! `search`: the words by which questions of readers are understood.

use indexmap::IndexMap;

use super::keys::{INTENT, SEARCH, SIDE};
use super::{bad, entries, entry, id_key};
use crate::address::Address;
use crate::amount;
use crate::amount::Decimal;
use crate::diagnostic::{Report, Text, text};
use crate::profile::search::{Asks, Intent, Search, Side};
use crate::yaml::{Fields, Key, Node, wrong_type};

pub(super) fn search(report: &mut Report, node: &Node) -> Search {
    let mut fields = Fields::new(report, node, &SEARCH, Text::same("`search`"));
    let search = Search {
        questions: fields.texts(report, "questions"),
        amounts: fields.texts(report, "amounts"),
        particles: fields.texts(report, "particles"),
        money: fields.texts(report, "money"),
        definitions: fields.texts(report, "definitions"),
        year_signs: fields.texts(report, "year_signs"),
        numerals: numerals(report, &mut fields),
        synonyms: synonyms(report, &mut fields),
        sides: entries(fields.get("sides"))
            .filter_map(|(key, node)| Some((id_key(report, key)?, side(report, key, node))))
            .collect(),
        intents: entries(fields.get("intents"))
            .filter_map(|(key, node)| Some((id_key(report, key)?, intent(report, key, node)?)))
            .collect(),
    };
    fields.finish(report);
    search
}

fn numerals(report: &mut Report, fields: &mut Fields) -> IndexMap<String, Decimal> {
    let mut all = IndexMap::new();
    for (key, node) in fields.map(report, "numerals") {
        match amount::parse(node.scalar().unwrap_or_default()) {
            Ok(figure) if figure.value.fract().is_zero() => {
                all.insert(key.text.to_string(), figure.value);
            }
            _ => bad(
                report,
                node.place(),
                text!(zh: "数字“{word}”要写出是几，如 7 或 10000", en: "the numeral `{word}` needs a whole number, 7 or 10000", word = key.text),
            ),
        }
    }
    all
}

fn synonyms(report: &mut Report, fields: &mut Fields) -> IndexMap<String, Vec<String>> {
    let mut all = IndexMap::new();
    for (key, node) in fields.map(report, "synonyms") {
        let others: Vec<String> =
            node.items().iter().filter_map(|item| Some(item.scalar()?.to_owned())).collect();
        if others.is_empty() || others.len() < node.items().len() {
            let what = Text::same(format!("`{}`", key.text));
            wrong_type(report, node, &what, text!(zh: "一列叫法", en: "a list of other words"));
        }
        all.insert(key.text.to_string(), others);
    }
    all
}

fn side(report: &mut Report, key: &Key, node: &Node) -> Side {
    let what = text!(zh: "一侧“{id}”", en: "the side `{id}`", id = key.text);
    let mut fields = entry(report, node, &SIDE, what);
    let side =
        Side { words: fields.texts(report, "words"), tables: fields.texts(report, "tables") };
    fields.finish(report);
    side
}

fn intent(report: &mut Report, key: &Key, node: &Node) -> Option<Intent> {
    let what = text!(zh: "问法“{id}”", en: "the intent `{id}`", id = key.text);
    let mut fields = entry(report, node, &INTENT, what);
    let title = fields.get("title").map(titles).unwrap_or_default();
    let words = fields.texts(report, "words");
    let all = [("of", Asks::Figure), ("largest", Asks::Largest), ("change", Asks::Change)];
    let asked: Vec<(Asks, &Node)> =
        all.into_iter().filter_map(|(key, asks)| Some((asks, fields.get(key)?))).collect();
    fields.finish(report);
    let [(asks, at)] = asked[..] else {
        let message = text!(zh: "问法“{id}”要写 of、largest、change 之一：由哪些数回答", en: "the intent `{id}` needs one of `of`, `largest`, `change`: the figures that answer it", id = key.text);
        bad(report, node.place(), message);
        return None;
    };
    let written = at.scalar().unwrap_or_default();
    let Some(address) = Address::parse(written) else {
        bad(report, at.place(), text!(zh: "“{written}”不是地址", en: "`{written}` is no address"));
        return None;
    };
    Some(Intent { title, words, asks, address, place: at.place() })
}

fn titles(node: &Node) -> IndexMap<String, String> {
    match node.scalar() {
        Some(title) => IndexMap::from([(String::new(), title.to_owned())]),
        None => super::texts_by_id(Some(node)),
    }
}
