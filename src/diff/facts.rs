//! What is said once: dates, titles, exceptions, notes → what differs.

use super::FactDiff;
use super::value::shown;
use crate::content;
use crate::diagnostic::{Text, text};
use crate::model::Disclosure;
use crate::secrecy::Cover;

/// What the heads of both states say otherwise.
pub(super) fn facts(sides: [&Disclosure; 2], cover: &Cover) -> Vec<FactDiff> {
    let all = sides.map(|side| said(&side.written));
    let mut found = Vec::new();
    for ((name, before), (_, after)) in all[0].iter().zip(&all[1]) {
        found.extend(fact(name.clone(), [before, after], cover));
    }
    let lists = sides.map(|side| lists(&side.written));
    for ((name, before), (_, after)) in lists[0].iter().zip(&lists[1]) {
        let gone = before.iter().filter(|item| !after.contains(item));
        let new = after.iter().filter(|item| !before.contains(item));
        found.extend(gone.filter_map(|item| fact(name.clone(), [item, ""], cover)));
        found.extend(new.filter_map(|item| fact(name.clone(), ["", item], cover)));
    }
    found
}

/// What a head says, in the same order of every head.
fn said(head: &content::Disclosure) -> Vec<(Text, String)> {
    let published = format!("{} {}", head.published, head.published_time);
    let draft = if head.draft { "draft" } else { "" };
    [
        (text!(zh: "标题", en: "title"), head.title.as_str()),
        (text!(zh: "年度", en: "fiscal year"), &head.fiscal_year),
        (text!(zh: "阶段", en: "stage"), &head.stage),
        (text!(zh: "口径", en: "edition"), &head.edition),
        (text!(zh: "模板", en: "profile"), &head.profile),
        (text!(zh: "来源", en: "source"), &head.source),
        (text!(zh: "批复日期", en: "approved"), &head.approved),
        (text!(zh: "公开日期", en: "published"), published.trim()),
        (text!(zh: "草稿", en: "draft"), draft),
        (text!(zh: "索引号", en: "catalogue number"), &head.catalogue.index),
        (text!(zh: "发布机构", en: "publisher"), &head.catalogue.publisher),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .collect()
}

/// What a head lists, in the same order of every head.
fn lists(head: &content::Disclosure) -> Vec<(Text, Vec<String>)> {
    let accept = head.accept.iter();
    let accepted = accept.map(|one| format!("{} {}: {}", one.code, one.at, one.reason.trim()));
    let withhold = head.withhold.iter().map(|one| one.at.clone());
    let corrections = head.corrections.iter();
    let corrected = corrections.map(|one| format!("{} {}", one.date, one.reason.trim()));
    vec![
        (text!(zh: "条件", en: "flag"), head.flags.clone()),
        (text!(zh: "接受的例外", en: "accepted exception"), accepted.collect()),
        (text!(zh: "不公开的内容", en: "withheld"), withhold.collect()),
        (text!(zh: "更正", en: "correction"), corrected.collect()),
    ]
}

/// A fact in two states; nothing where both say the same.
pub(super) fn fact(name: Text, said: [&str; 2], cover: &Cover) -> Option<FactDiff> {
    if said[0] == said[1] {
        return None;
    }
    let [before, after] = said.map(|said| shown(said, cover));
    Some(FactDiff { name, before, after })
}

/// Facts under headings, such as stand above a table.
pub(super) fn named(sides: [&[(String, String)]; 2], cover: &Cover) -> Vec<FactDiff> {
    let [before, after] = sides;
    let find = |list: &'_ [(String, String)], name: &str| -> String {
        let found = list.iter().find(|(other, _)| other == name);
        found.map(|(_, said)| said.clone()).unwrap_or_default()
    };
    let gone = before.iter().filter(|(name, _)| !after.iter().any(|(other, _)| other == name));
    let names = after.iter().chain(gone).map(|(name, _)| name);
    let differ = |name: &String| {
        let said = [find(before, name), find(after, name)];
        fact(Text::same(name.as_str()), [&said[0], &said[1]], cover)
    };
    names.filter_map(differ).collect()
}
