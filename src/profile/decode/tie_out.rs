//! `tie_outs`: relations between figures of different places, alone or one for each of several words.

use std::sync::Arc;

use super::duties::severity;
use super::keys::TIE_OUT;
use super::{bad, entries, entry};
use crate::codes;
use crate::diagnostic::{Report, Severity, text};
use crate::profile::TieOut;
use crate::profile::equation::Equation;
use crate::yaml::{Key, Node};

/// What stands for each word of `each` in turn.
const EACH: &str = "{each}";

pub(super) fn all(report: &mut Report, node: Option<&Node>) -> Vec<Arc<TieOut>> {
    entries(node).flat_map(|(key, node)| several(report, key, node)).map(Arc::new).collect()
}

/// The relations of one entry: one, or one for each word of `each`.
fn several(report: &mut Report, key: &Key, node: &Node) -> Vec<TieOut> {
    let what = text!(zh: "勾稽关系“{id}”", en: "the tie-out `{id}`", id = key.text);
    let mut fields = entry(report, node, &TIE_OUT, what);
    fields.required(report, "equation");
    let because = fields.required(report, "because").unwrap_or_default();
    let severity = severity(report, &mut fields, Severity::Error);
    let each = fields.texts(report, "each");
    let conditions = ["when", "unless"].map(|key| fields.get(key));
    fields.finish(report);
    let place = node.get("equation").map_or(key.place(), Node::place);
    let mut one = |id: String, word: Option<&str>| {
        let [equation, when, unless] = [node.get("equation"), conditions[0], conditions[1]]
            .map(|node| node.and_then(|node| equation(report, node, word)));
        let because = word.map_or(because.clone(), |word| because.replace(EACH, word));
        Some(TieOut {
            id,
            equation: equation?,
            because,
            when,
            unless,
            severity,
            place: place.clone(),
        })
    };
    if each.is_empty() {
        return one(key.text.to_string(), None).into_iter().collect();
    }
    let made =
        each.iter().filter_map(|word| one(format!("{}-{word}", key.text), Some(word))).collect();
    let written = node.get("equation").and_then(Node::scalar).unwrap_or_default();
    if !written.contains(EACH) {
        let message = text!(zh: "写了 each，等式里却没有 {EACH}", en: "there is an `each`, and no `{EACH}` in the equation");
        bad(report, place.clone(), message);
    }
    made
}

fn equation(report: &mut Report, node: &Node, word: Option<&str>) -> Option<Equation> {
    let written = node.scalar().unwrap_or_default();
    let read = match word {
        Some(word) => Equation::parse(&written.replace(EACH, word)),
        None => Equation::parse(written),
    };
    match read {
        Ok(equation) => Some(equation),
        Err(word) => {
            let message =
                text!(zh: "等式在“{word}”处读不通", en: "the equation cannot be read at `{word}`");
            let help = text!(zh: "写法：地址 = 地址 + 地址 - 数字，各项之间留空格", en: "write: address = address + address - number, with spaces between");
            report.push(codes::BAD_PROFILE.at(node.place(), message).help(help));
            None
        }
    }
}
