//! `charts` and `summary`.

use indexmap::IndexMap;

use super::keys::{CHART, CHART_PAGES, PLACED, SENTENCE, names};
use super::{bad, entries, entry, id_key};
use crate::address::Address;
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::profile::chart::{Chart, On, Placed, Sentence, Shows, Summary};
use crate::yaml::{self, Fields, Key, Node, wrong_type};

pub(super) fn charts(report: &mut Report, node: Option<&Node>) -> IndexMap<String, Chart> {
    entries(node)
        .filter_map(|(key, node)| Some((id_key(report, key)?, chart(report, key, node)?)))
        .collect()
}

fn chart(report: &mut Report, key: &Key, node: &Node) -> Option<Chart> {
    let mut fields =
        entry(report, node, &CHART, text!(zh: "图“{id}”", en: "the chart `{id}`", id = key.text));
    let title = fields.required(report, "title").unwrap_or_default();
    let kind = fields.required(report, "kind");
    let shows = match kind.as_deref() {
        Some("composition") => {
            let of = one(report, &mut fields, "of");
            let parts = several(report, &mut fields, "parts");
            of.zip(parts).map(|(of, parts)| Shows::Composition { of, parts })
        }
        Some("flow") => {
            let from = several(report, &mut fields, "from");
            let to = several(report, &mut fields, "to");
            from.zip(to).map(|(from, to)| Shows::Flow { from, to })
        }
        Some("series") => one(report, &mut fields, "of").map(|of| Shows::Series { of }),
        Some(_) => {
            let place = node.get("kind").map_or(node.place(), Node::place);
            bad(
                report,
                place,
                text!(zh: "kind 只能是 composition、flow 或 series", en: "kind is composition, flow or series"),
            );
            return None;
        }
        None => None,
    };
    let on = pages(report, &mut fields);
    fields.finish(report);
    Some(Chart { title, shows: shows?, on })
}

/// The pages a chart stands on beside that of its table.
fn pages(report: &mut Report, fields: &mut Fields) -> Vec<On> {
    let mut pages = Vec::new();
    for node in fields.list(report, "on") {
        let written = node.scalar().unwrap_or_default();
        match written {
            "home" => pages.push(On::Home),
            "disclosure" => pages.push(On::Disclosure),
            _ => {
                let message = text!(zh: "没有叫“{written}”的页面可放图", en: "no page `{written}` shows charts");
                let help = yaml::suggestion(written, &names(&CHART_PAGES));
                report.push(codes::BAD_PROFILE.at(node.place(), message).help(help));
            }
        }
    }
    pages
}

fn one(report: &mut Report, fields: &mut Fields, key: &'static str) -> Option<Placed> {
    fields.required(report, key)?;
    placed(report, fields.node().get(key)?)
}

/// At least one address; those that cannot be read are reported and left out.
fn several(report: &mut Report, fields: &mut Fields, key: &'static str) -> Option<Vec<Placed>> {
    let written = fields.list(report, key);
    if written.is_empty() {
        let message = text!(zh: "“{key}”要列出地址", en: "`{key}` needs a list of addresses");
        bad(report, fields.node().place(), message);
        return None;
    }
    Some(written.iter().filter_map(|node| placed(report, node)).collect())
}

/// An address, or `{ name, of }`.
fn placed(report: &mut Report, node: &Node) -> Option<Placed> {
    let mut name = None;
    let mut at = node;
    if !node.entries().is_empty() {
        let mut fields =
            Fields::new(report, node, &PLACED, text!(zh: "图的一部分", en: "a part of a chart"));
        name = fields.text(report, "name");
        fields.required(report, "of");
        fields.finish(report);
        at = node.get("of")?;
    }
    let written = at.scalar().unwrap_or_default();
    let Some(address) = Address::parse(written) else {
        bad(report, at.place(), text!(zh: "“{written}”不是地址", en: "`{written}` is no address"));
        return None;
    };
    Some(Placed { name, address, place: at.place() })
}

/// Sentences by id; each a text, or a text for each language.
pub(super) fn summary(report: &mut Report, node: &Node) -> Summary {
    let mut sentences = IndexMap::new();
    for (key, node) in node.entries() {
        let mut tags = IndexMap::new();
        if node.entries().is_empty() {
            tags.extend(sentence(report, node).map(|sentence| (String::new(), sentence)));
        }
        let languages =
            node.entries().iter().filter(|(tag, _)| SENTENCE.position(&tag.text).is_none());
        for (tag, node) in languages {
            tags.extend(sentence(report, node).map(|sentence| (tag.text.to_string(), sentence)));
        }
        sentences.insert(key.text.to_string(), tags);
    }
    if node.entries().is_empty() {
        let what = Text::same("`summary`");
        wrong_type(
            report,
            node,
            &what,
            text!(zh: "句子（名: 句子）", en: "sentences (id: sentence)"),
        );
    }
    Summary { sentences }
}

fn sentence(report: &mut Report, node: &Node) -> Option<Sentence> {
    match Sentence::parse(node.scalar().unwrap_or_default(), node.place()) {
        Ok(sentence) => Some(sentence),
        Err(slot) => {
            let message =
                text!(zh: "句子里的“{slot}”读不通", en: "`{slot}` in the sentence cannot be read");
            let help = text!(zh: "写法：{{地址}}、{{share 地址 of 地址}}、{{change 地址}}、{{largest 3 地址 of 地址}}、{{year}}、{{organisation}}；可省的部分放在 [ ] 里", en: "write: {{address}}, {{share address of address}}, {{change address}}, {{largest 3 address of address}}, {{year}}, {{organisation}}; what may be left out stands in [ ]");
            report.push(codes::BAD_PROFILE.at(node.place(), message).help(help));
            None
        }
    }
}
