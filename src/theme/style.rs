//! The style sheet of a theme: the colours and measures of `theme.yaml`, then its rules.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{foreign, keys};
use crate::codes;
use crate::diagnostic::{self, Report, text};
use crate::source::{FileId, Place, Sources};
use crate::yaml::{self, Fields, Node};

/// The schemes of `theme.yaml`, each with the conditions it holds under: beside the reader's system,
/// what the reader chose on the page (`data-scheme`, `data-contrast` of the root element) decides.
/// A later scheme overrides the tokens of an earlier one.
const SCHEMES: [(&str, &[(&str, &str)]); 4] = [
    ("light", &[("", ":root")]),
    ("dark", &[DARK_SYSTEM, DARK_CHOSEN]),
    (
        "contrast",
        &[("(prefers-contrast:more)", ":root"), ("", ":root:where([data-contrast=high])")],
    ),
    (
        "contrast_dark",
        &[
            (
                "(prefers-contrast:more) and (prefers-color-scheme:dark)",
                ":root:where(:not([data-scheme=light]))",
            ),
            ("(prefers-contrast:more)", ":root:where([data-scheme=dark])"),
            (
                "(prefers-color-scheme:dark)",
                ":root:where([data-contrast=high]:not([data-scheme=light]))",
            ),
            ("", ":root:where([data-contrast=high][data-scheme=dark])"),
        ],
    ),
];
/// The word of the interface that a style sheet prints, and the custom property that holds it.
const CONTINUED: &str = "continued";

const DARK_SYSTEM: (&str, &str) =
    ("(prefers-color-scheme:dark)", ":root:where(:not([data-scheme=light]))");
const DARK_CHOSEN: (&str, &str) = ("", ":root:where([data-scheme=dark])");

/// `theme.yaml` as custom properties, the word that stands over the further sheets of a printed
/// table, then `static/style.css`.
pub(super) fn of(
    report: &mut Report,
    sources: &Sources,
    layers: &BTreeMap<String, Vec<FileId>>,
    words: &IndexMap<String, String>,
) -> String {
    let mut schemes: IndexMap<String, IndexMap<String, String>> = IndexMap::new();
    for file in layers.get("theme.yaml").into_iter().flatten() {
        let Some(node) = yaml::parse(report, *file, sources.file(*file)) else { continue };
        let name = diagnostic::Text::same("theme.yaml");
        let mut fields = Fields::new(report, &node, &keys::THEME, name);
        for (scheme, _) in SCHEMES {
            for (key, value) in fields.get(scheme).map(Node::entries).unwrap_or_default() {
                let text = value.scalar().unwrap_or_default().to_owned();
                if !token(report, &key.text, key.place(), &text, value.place()) {
                    continue;
                }
                schemes.entry(scheme.to_owned()).or_default().insert(key.text.to_string(), text);
            }
        }
        fields.finish(report);
    }
    let continued = words.get(CONTINUED).map(|word| word.replace(['"', '\\', '\n'], ""));
    let mut style = format!(
        ":root{{color-scheme:light dark;--{CONTINUED}:\"{}\"}}\
         :root[data-scheme=light]{{color-scheme:light}}:root[data-scheme=dark]{{color-scheme:dark}}",
        continued.unwrap_or_default()
    );
    for (scheme, conditions) in SCHEMES {
        let tokens = schemes.get(scheme).into_iter().flatten();
        let tokens: String = tokens.map(|(name, value)| format!("--{name}:{value};")).collect();
        for (media, selector) in conditions.iter().filter(|_| !tokens.is_empty()) {
            if media.is_empty() {
                style.push_str(&format!("{selector}{{{tokens}}}"));
            } else {
                style.push_str(&format!("@media {media}{{{selector}{{{tokens}}}}}"));
            }
        }
    }
    let rules = layers.get("static/style.css").and_then(|files| files.last());
    style.push('\n');
    style.push_str(rules.map(|file| sources.file(*file).text()).unwrap_or_default());
    style
}

/// Whether a token of `theme.yaml` can stand in the style sheet; reported where it cannot.
fn token(report: &mut Report, name: &str, name_at: Place, value: &str, value_at: Place) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(is_name) {
        report.push(codes::BAD_VALUE.at(name_at, text!(
            zh: "“{name}”不能作颜色、尺寸的名字，只用字母、数字和“-”", en: "`{name}` is no name of a colour or measure: letters, digits and `-` only",
        )));
        return false;
    }
    if !foreign::is_value(value) {
        report.push(codes::BAD_VALUE.at(
            value_at,
            text!(
                zh: "“{value}”不是一个样式值", en: "`{value}` is no value of a style",
            ),
        ));
        return false;
    }
    let loaded = foreign::loaded(value);
    if let Some((_, address)) = loaded.first() {
        foreign::report_address(report, value_at, address);
    }
    loaded.is_empty()
}
