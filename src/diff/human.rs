//! What differs, for people at a terminal.

use super::Diff;
use super::lines::{LineKind, lines};
use crate::diagnostic::{Language, Text, text};

/// All of it; a sentence where nothing differs.
pub fn human(diff: &Diff, names: [&str; 2], language: Language, has_color: bool) -> String {
    let mut out = String::new();
    let paint = |text: &str, code: &str| {
        if has_color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    for line in lines(diff) {
        let indent = "  ".repeat(line.depth);
        let text = line.text.get(language);
        let text = match line.kind {
            LineKind::Disclosure if out.is_empty() => paint(text, "1"),
            LineKind::Disclosure => format!("\n{}", paint(text, "1")),
            LineKind::Part => format!("  {}", paint(text, "4")),
            LineKind::Item => format!("    {indent}~ {text}"),
            LineKind::Added => paint(&format!("    {indent}+ {text}"), "32"),
            LineKind::Removed => paint(&format!("    {indent}- {text}"), "31"),
        };
        out.push_str(&text);
        out.push('\n');
    }
    if out.is_empty() {
        let [before, after] = names;
        let same =
            text!(zh: "{before} 和 {after} 没有差别", en: "{before} and {after} do not differ");
        out = format!("{}\n", same.get(language));
    }
    if let Some(warning) = unread(diff) {
        out.push_str(&format!("\n{}\n", paint(warning.get(language), "33")));
    }
    out
}

/// That a state has errors, so that not all of it could be compared.
pub(super) fn unread(diff: &Diff) -> Option<Text> {
    match diff.errors {
        [0, 0] => None,
        [before, after] => Some(text!(
            zh: "前一份有 {before} 处没有读懂，后一份有 {after} 处（mingbai check）：没有读懂的不作比较",
            en: "{before} places of the earlier state could not be read, and {after} of the later (mingbai check): these are not compared",
        )),
    }
}
