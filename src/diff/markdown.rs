//! What differs, as Markdown for a pull request.

use super::Diff;
use super::human::unread;
use super::lines::{LineKind, lines};
use crate::diagnostic::{Language, Text, text};

/// All of it; a sentence where nothing differs.
pub fn markdown(diff: &Diff, names: [&str; 2], language: Language) -> String {
    let [before, after] = names.map(code);
    let head = text!(zh: "# 公开内容的变动：{before} → {after}", en: "# What changes of the disclosures: {before} → {after}");
    let mut out = format!("{}\n", head.get(language));
    let mut is_list = false;
    for line in lines(diff) {
        let text = words(line.text.get(language));
        let is_heading = matches!(line.kind, LineKind::Disclosure | LineKind::Part);
        // A list begins and a heading stands after an empty line.
        if is_heading || !is_list {
            out.push('\n');
        }
        is_list = !is_heading;
        let indent = "  ".repeat(line.depth);
        out.push_str(&match line.kind {
            LineKind::Disclosure => format!("## {text}\n"),
            LineKind::Part => format!("### {text}\n"),
            LineKind::Item => format!("{indent}- {text}\n"),
            LineKind::Added => format!("{indent}- ➕ {text}\n"),
            LineKind::Removed => format!("{indent}- ➖ {text}\n"),
        });
    }
    let said = |text: Text| format!("\n{}\n", text.get(language));
    if diff.disclosures.is_empty() {
        out.push_str(&said(text!(zh: "没有差别。", en: "Nothing differs.")));
    }
    out.extend(unread(diff).map(said));
    out
}

/// A name as it is written, whatever stands in it.
fn code(name: &str) -> String {
    let fence = if name.contains('`') { "``" } else { "`" };
    format!("{fence}{}{fence}", name.replace(['\n', '\r'], " "))
}

/// Words of the authors, in which no sign of Markdown or HTML means anything and which name nobody.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        match sign {
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '`' | '&' => {
                out.push('\\');
                out.push(sign);
            }
            // A name behind it would be told, and a figure before it need not be one of a list.
            '@' => out.push_str("@\u{2060}"),
            '.' if text[..at].bytes().all(|byte| byte.is_ascii_digit()) && at > 0 => {
                out.push_str("\\.");
            }
            '\n' | '\r' => out.push(' '),
            '+' | '-' if at == 0 => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_an_author_are_markdown() {
        assert_eq!(words("a*b* <img> [x](y)"), "a\\*b\\* \\<img\\> \\[x\\](y)");
        assert_eq!(words("1. 一般"), "1\\. 一般");
        assert_eq!(words("- 5"), "\\- 5");
        assert_eq!(words("10.00 → 12.00"), "10\\.00 → 12.00");
    }
}
