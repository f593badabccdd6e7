//! The narrative in two states → sentences that differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::value::shown;
use super::{Fate, SectionDiff, SentenceDiff};
use crate::model::{Disclosure, Section};
use crate::secrecy::Cover;

/// The sections that differ.
pub(super) fn sections(sides: [&Disclosure; 2], cover: &Cover) -> Vec<SectionDiff> {
    let [before, after] = sides;
    let find = |list: &'_ [Section], id: &str| list.iter().position(|one| one.id == id);
    let gone = before.sections.iter().filter(|one| find(&after.sections, &one.id).is_none());
    let both = after.sections.iter().map(|section| {
        let earlier = find(&before.sections, &section.id).map(|at| &before.sections[at]);
        one([earlier, Some(section)], cover)
    });
    let gone = gone.map(|section| one([Some(section), None], cover));
    both.chain(gone).flatten().collect()
}

fn one(sides: [Option<&Section>; 2], cover: &Cover) -> Option<SectionDiff> {
    let said = sides.map(|section| section.map(sentences).unwrap_or_default());
    let sentences = differ(&said, cover);
    let section = sides[1].or(sides[0])?;
    let fate = Fate::of(sides.map(|section| section.is_some()));
    (fate != Fate::Changed || !sentences.is_empty()).then(|| SectionDiff {
        section: section.id.clone(),
        title: shown(&section.title, cover),
        fate,
        sentences,
    })
}

fn differ(said: &[Vec<String>; 2], cover: &Cover) -> Vec<SentenceDiff> {
    let [before, after] = said;
    let mut all = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, before, after) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (&before[op.old_range()], &after[op.new_range()]);
        for at in 0..old.len().max(new.len()) {
            let [before, after] =
                [old, new].map(|side| side.get(at).map(|said| shown(said, cover)));
            all.push(SentenceDiff { before, after });
        }
    }
    all
}

/// The sentences of a section as they are read, its headings among them.
fn sentences(section: &Section) -> Vec<String> {
    let mut all = Vec::new();
    for paragraph in &section.paragraphs {
        let text = one_line(&paragraph.text);
        let mut start = 0;
        for (at, sign) in text.char_indices() {
            let end = at.saturating_add(sign.len_utf8());
            if ends(sign, &text[end..]) {
                all.push(text[start..end].trim().to_owned());
                start = end;
            }
        }
        all.push(text[start..].trim().to_owned());
    }
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// Whether a sign ends a sentence, before what follows it.
fn ends(sign: char, rest: &str) -> bool {
    match sign {
        '。' | '！' | '？' | '；' => !rest.starts_with(['”', '’', '）', '》']),
        '.' | '!' | '?' | ';' => rest.is_empty() || rest.starts_with(char::is_whitespace),
        _ => false,
    }
}

/// A paragraph on one line: where lines of Chinese meet stands no blank.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c.is_ascii_punctuation();
        if out.ends_with(is_letter) && line.starts_with(is_letter) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_chinese_meet_without_a_blank() {
        assert_eq!(one_line("收入\n合计"), "收入合计");
        assert_eq!(one_line("the total\nof all"), "the total of all");
    }
}
