//! An entry of `accept:` in the text of a `disclosure.yaml`: written behind the others, or changed where it
//! stands. Nothing else of the file is touched.

use std::borrow::Cow;
use std::ops::Range;

use crate::content::Acceptance;
use crate::diagnostic::Report;
use crate::import::scalar;
use crate::model::Disclosure;
use crate::source::{Sources, Spot};
use crate::yaml::{self, Node};

/// What is written.
pub(super) struct AcceptedEntry {
    pub(super) code: String,
    pub(super) at: String,
    pub(super) reason: Option<String>,
    pub(super) by: Option<String>,
    pub(super) until: Option<String>,
    pub(super) found: Vec<String>,
}

impl AcceptedEntry {
    /// As it would be read, to be compared with findings.
    pub(super) fn as_acceptance(&self, disclosure: &Disclosure) -> Acceptance {
        Acceptance {
            code: self.code.clone(),
            at: self.at.clone(),
            reason: self.reason.clone().unwrap_or_default(),
            by: String::new(),
            until: String::new(),
            found: Vec::new(),
            found_place: disclosure.place(),
            place: disclosure.place(),
            is_guessed: false,
        }
    }

    /// What changes of an entry that is there, with the lines it is of.
    pub(super) fn changes(&self, found: &[String]) -> Vec<(&'static str, String)> {
        let texts = [("reason", &self.reason), ("by", &self.by), ("until", &self.until)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?)));
        let mut all: Vec<(&str, String)> =
            texts.map(|(key, text)| (key, scalar(text, true).into_owned())).collect();
        if !found.is_empty() {
            all.push(("found", lines(found)));
        }
        all
    }

    fn written(&self) -> String {
        let mut all = vec![
            ("code", scalar(&self.code, true).into_owned()),
            ("at", scalar(&self.at, true).into_owned()),
        ];
        all.extend(self.changes(&self.found));
        let all: Vec<String> = all.iter().map(|(key, text)| format!("{key}: {text}")).collect();
        format!("{{ {} }}", all.join(", "))
    }
}

/// Lines as the value of `found`: one is a text, several are a list.
pub(super) fn lines(found: &[String]) -> String {
    if let [only] = found {
        return scalar(only, true).into_owned();
    }
    // Within a list a comma of Chinese looks like one that parts its items.
    let quoted = |line: &String| match scalar(line, true) {
        Cow::Borrowed(plain) if plain.contains('，') => format!("\"{plain}\""),
        written => written.into_owned(),
    };
    let all: Vec<String> = found.iter().map(quoted).collect();
    format!("[{}]", all.join(", "))
}

/// The tree of a text; nothing where it cannot be read.
pub(super) fn parsed(text: &str) -> Option<Node> {
    let mut sources = Sources::default();
    let id = sources.add("disclosure.yaml", text);
    let mut report = Report::default();
    let node = yaml::parse(&mut report, id, sources.file(id))?;
    (!report.has_errors()).then_some(node)
}

/// The text with one more entry; nothing where the list is written in a form that cannot be added to.
pub(super) fn append(text: &str, entry: &AcceptedEntry) -> Option<String> {
    let node = parsed(text)?;
    let all = node.get("accept").filter(|all| !all.is_null());
    let mut out = text.to_owned();
    match all.and_then(|all| all.items().last()) {
        Some(last) => {
            let end = end_of(text, &last.range());
            let line = text[..last.range().start].rfind('\n').map_or(0, |at| at + 1);
            let lead = &text[line..last.range().start];
            if lead.trim() == "-" {
                let at = text[end..].find('\n').map_or(text.len(), |at| end + at);
                out.insert_str(at, &format!("\n{lead}{}", entry.written()));
            } else {
                out.insert_str(end, &format!(", {}", entry.written()));
            }
        }
        None if all.is_some_and(|all| !all.range().is_empty()) => {
            out.replace_range(all?.range(), &format!("\n  - {}", entry.written()));
        }
        None if node.get("accept").is_some() => {
            let at = text
                .match_indices("accept:")
                .find(|(at, _)| *at == 0 || text[..*at].ends_with('\n'));
            let at = at?.0 + "accept:".len();
            out.insert_str(at, &format!("\n  - {}", entry.written()));
        }
        None => {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&format!("accept:\n  - {}\n", entry.written()));
        }
    }
    Some(out)
}

/// The text with values of an entry written anew or behind the others; nothing where it cannot be done.
pub(super) fn set(text: &str, index: usize, changes: &[(&str, String)]) -> Option<String> {
    let mut out = text.to_owned();
    for (key, value) in changes {
        let node = parsed(&out)?;
        let item = node.get("accept")?.items().get(index)?;
        if let Some(old) = item.get(key).filter(|old| !old.is_null()) {
            out.replace_range(whole(&out, &old.range()), value);
            continue;
        }
        let (first, _) = item.entries().first()?;
        let (_, last) = item.entries().last()?;
        let end = end_of(&out, &last.range());
        if out[item.range()].starts_with('{') {
            out.insert_str(end, &format!(", {key}: {value}"));
        } else {
            let Spot::Bytes(start, _) = first.place().spot else { return None };
            let line = out[..start].rfind('\n').map_or(0, |at| at + 1);
            let indent = " ".repeat(out[line..start].chars().count());
            let at = out[end..].find('\n').map_or(out.len(), |at| end + at);
            out.insert_str(at, &format!("\n{indent}{key}: {value}"));
        }
    }
    parsed(&out)?;
    Some(out)
}

/// A value with the quotation marks around it.
fn whole(text: &str, range: &Range<usize>) -> Range<usize> {
    let before = text[..range.start].chars().next_back();
    let behind = text[range.end..].chars().next();
    match (before, behind) {
        (Some(before @ ('"' | '\'')), Some(behind)) if before == behind => {
            range.start - 1..range.end + 1
        }
        _ => range.clone(),
    }
}

/// Where a value ends, with its quotation marks and without blanks.
fn end_of(text: &str, range: &Range<usize>) -> usize {
    let whole = whole(text, range);
    whole.start + text[whole.clone()].trim_end().len()
}
