//! `explain`: the page of a rule, or the list of them all.

use super::{Outcome, chosen_language, print};
use crate::check;
use crate::cli::{Explain, Global};
use crate::diagnostic::{Code, Language};
use crate::yaml::nearest;

/// Runs the command. Pages are in both languages, and `--lang` leaves one of them.
pub(super) fn run(global: &Global, arguments: &Explain) -> anyhow::Result<Outcome> {
    let language = chosen_language(global);
    let Some(name) = &arguments.code else {
        for code in check::codes() {
            print(&format!("{}  {:<8} {}\n", code.id, code.severity.word(), title(code, language)));
        }
        return Ok(Outcome::Clean);
    };
    if let Some(code) = check::find(name) {
        match language {
            Some(language) => print(&in_one_language(code.page, language)),
            None => print(code.page),
        }
        return Ok(Outcome::Clean);
    }
    let codes = check::codes();
    let names: Vec<&str> = codes.iter().flat_map(|code| [code.id, code.name]).collect();
    match nearest(name, &names) {
        Some(near) => anyhow::bail!(
            "没有规则“{name}”，是不是 {near}？ / there is no rule `{name}`: did you mean {near}?"
        ),
        None => anyhow::bail!(
            "没有规则“{name}”，mingbai explain 列出全部 / there is no rule `{name}`: mingbai explain lists them"
        ),
    }
}

/// What a list says of a code: its name, and its sentence where a language was asked for.
fn title(code: &Code, language: Option<Language>) -> String {
    let heading = code.page.lines().next().unwrap_or_default().trim_start_matches("# ");
    match language {
        Some(language) => format!("{heading}  {}", code.sentence(language)),
        None => heading.to_owned(),
    }
}

/// A page with the headings, paragraphs and reports of one language, and every example.
fn in_one_language(page: &str, language: Language) -> String {
    let mut out = String::new();
    let mut fence: Option<(&str, bool)> = None;
    for line in page.lines() {
        let marker = &line[..line.len() - line.trim_start_matches('`').len()];
        let kept = match fence {
            Some((open, kept)) => {
                if marker == open {
                    fence = None;
                }
                kept.then(|| line.to_owned())
            }
            None if marker.len() >= 3 => {
                let kept = match &line[marker.len()..] {
                    "text" => language == Language::Chinese,
                    "text en" => language == Language::English,
                    _ => true,
                };
                fence = Some((marker, kept));
                kept.then(|| line.to_owned())
            }
            None => side(line, language),
        };
        // What was left out leaves no second blank line behind.
        let Some(kept) = kept.filter(|kept| !(kept.is_empty() && out.ends_with("\n\n"))) else {
            continue;
        };
        out.push_str(&kept);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// A heading or a line of text in one language; nothing where it has none of it.
fn side(line: &str, language: Language) -> Option<String> {
    if line.is_empty() || line.starts_with("# ") {
        return Some(line.to_owned());
    }
    let (marks, words) = line.split_at(line.len() - line.trim_start_matches(['#', ' ', '-']).len());
    let edges: &[char] = if marks.contains('#') { &[' '] } else { &['。', '！', '？', '：'] };
    let (chinese, english) = sides(words, edges);
    let side = match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    (!side.is_empty()).then(|| format!("{marks}{side}"))
}

/// The Chinese and the English side of a line, the Chinese standing first. A line is parted
/// where the other language begins behind one of these signs.
fn sides<'a>(words: &'a str, edges: &[char]) -> (&'a str, &'a str) {
    let starts_english = |at: &usize| {
        let (before, after) = (&words[..*at], &words[*at..]);
        let is_edge = before.ends_with(edges) && is_chinese(before);
        is_edge && after.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_chinese(after)
    };
    match words.char_indices().map(|(at, _)| at).find(starts_english) {
        Some(at) => (words[..at].trim_end(), &words[at..]),
        None if is_chinese(words) => (words, ""),
        None => ("", words),
    }
}

/// Whether a text is Chinese rather than English that quotes some: a Chinese letter says
/// about as much as three of the Latin ones.
fn is_chinese(text: &str) -> bool {
    let han = text.chars().filter(|c| ('\u{3400}'..='\u{9fff}').contains(c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    han * 3 > latin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_reads_whole_in_either_language() {
        for code in check::codes() {
            let headings = |page: &str| page.matches("\n## ").count();
            for language in [Language::Chinese, Language::English] {
                let page = in_one_language(code.page, language);
                assert_eq!(headings(&page), headings(code.page), "{} {language:?}", code.id);
                let mut is_example = false;
                for line in page.lines().skip(1).filter(|line| !line.is_empty()) {
                    is_example ^= line.starts_with("```");
                    let is_own = is_chinese(line) == (language == Language::Chinese);
                    let is_shown = is_example || line.starts_with("```");
                    assert!(is_shown || is_own, "{} in {language:?} says: {line}", code.id);
                }
            }
        }
    }

    #[test]
    fn a_line_in_both_languages_is_parted() {
        for (line, chinese, english) in [
            ("## 为什么 Why", Some("## 为什么"), Some("## Why")),
            ("照样报。An acceptance stands.", Some("照样报。"), Some("An acceptance stands.")),
            ("列出 CSV 文件", Some("列出 CSV 文件"), None),
            ("《预算法》 article 6: the row", None, Some("《预算法》 article 6: the row")),
        ] {
            assert_eq!(side(line, Language::Chinese).as_deref(), chinese);
            assert_eq!(side(line, Language::English).as_deref(), english);
        }
    }
}
