//! How far disclosures are → lines for people, and JSON.

use serde::Serialize;

use super::{DisclosureStatus, OrganisationStatus, PartKind, VERSION};
use crate::diagnostic::{Language, Text, text};

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    /// [`VERSION`].
    version: u32,
    organisations: &'a [OrganisationStatus],
}

/// As one JSON document.
pub fn json(organisations: &[OrganisationStatus]) -> String {
    let document = Document { version: VERSION, organisations };
    let mut out = serde_json::to_string_pretty(&document).expect("names and counts can be written");
    out.push('\n');
    out
}

/// As people read it: a line for each disclosure, and below it what is left to do.
pub fn human(organisations: &[OrganisationStatus], language: Language) -> String {
    let mut out = String::new();
    for organisation in organisations {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{}  {}\n", organisation.name, organisation.id));
        if organisation.disclosures.is_empty() {
            let none = text!(zh: "  没有公开", en: "  no disclosure");
            out.push_str(&format!("{}\n", none.get(language)));
        }
        for disclosure in &organisation.disclosures {
            out.push_str(&of_disclosure(disclosure, language));
        }
    }
    out
}

/// One disclosure as people read it.
pub fn of_disclosure(disclosure: &DisclosureStatus, language: Language) -> String {
    let kinds = PartKind::ALL.into_iter().filter_map(|kind| {
        let words = summary(disclosure, kind);
        (!words.zh.is_empty()).then(|| {
            let name = kind.words();
            let all = disclosure.parts.iter().filter(|part| part.kind == kind).count();
            text!(zh: "{zh_name} {all}（{zh}）", en: "{all} {en_name} ({en})",
                zh_name = name.zh, en_name = name.en, zh = words.zh, en = words.en)
        })
    });
    let kinds: Vec<Text> = kinds.collect();
    let joined = |of: fn(&Text) -> &str| kinds.iter().map(of).collect::<Vec<_>>().join("  ");
    let line = match language {
        Language::Chinese => joined(|text| &text.zh),
        Language::English => joined(|text| &text.en),
    };
    let mut out = format!("  {}  {line}\n", disclosure.id);
    for part in disclosure.parts.iter().filter(|part| part.is_open()) {
        let (words, named) = (part.words(), part.called());
        let below = part.file.splitn(4, '/').nth(3).unwrap_or(&part.file);
        let line = text!(zh: "    {below}  {called}：{zh}", en: "    {below}  {en_called}: {en}",
            called = named.zh, en_called = named.en, zh = words.zh, en = words.en);
        out.push_str(line.get(language));
        out.push('\n');
    }
    out
}

/// How far the parts of a sort are: `有 10、空 2`.
fn summary(disclosure: &DisclosureStatus, kind: PartKind) -> Text {
    let counts = disclosure.counts(kind);
    let zh: Vec<String> =
        counts.iter().map(|(state, count)| format!("{} {count}", state.words().zh)).collect();
    let en: Vec<String> =
        counts.iter().map(|(state, count)| format!("{count} {}", state.words().en)).collect();
    Text { zh: zh.join("、"), en: en.join(", ") }
}
