//! Flags a title, caption, heading or note with a year that is not the disclosure's.

use super::year_words::{self, Form, Year};
use crate::check::{Rule, RuleScope};
use crate::content::{digit, is_year};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model, Table};
use crate::profile::duties::YearPlace;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D705",
        name: "another-year-in-title",
        severity: Severity::Warning,
        page: include_str!("another_year_in_title.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let looks_at = |place| disclosure.profile.duties.own_year.contains(&place);
    let written = &disclosure.written;
    let of = (disclosure, &Form::of(disclosure));
    if looks_at(YearPlace::Titles) {
        let what = text!(zh: "标题", en: "the title");
        let place = Place::value(written.file, "title");
        flag(report, of, &what, &written.title, place, "title");
    }
    for section in disclosure.sections.iter().filter(|section| section.has_heading) {
        if looks_at(YearPlace::Titles) {
            let what = text!(zh: "一节的标题", en: "the heading of the section");
            let address = format!("narrative/{}", section.id);
            let place = Place::start(section.file);
            flag(report, of, &what, &section.title, place, &address);
            for (number, heading) in section.paragraphs.iter().enumerate().skip(1) {
                // A year over bound figures is compared with theirs.
                let below = section.paragraphs[number + 1..].iter();
                let mut below = below.take_while(|paragraph| !paragraph.heading);
                if !heading.heading || below.any(|paragraph| !paragraph.links.is_empty()) {
                    continue;
                }
                let what = text!(zh: "小标题", en: "the heading");
                let range = heading.source(0..heading.text.len());
                let place = Place::bytes(section.file, range);
                flag(report, of, &what, &heading.text, place, &address);
            }
        }
    }
    for table in disclosure.tables.values() {
        let id = table.spec.id.as_str();
        let printed = form_place(table);
        if looks_at(YearPlace::Titles) {
            let what = text!(zh: "表名", en: "the title of the table");
            flag(report, of, &what, &table.spec.title, printed.clone(), id);
        }
        if looks_at(YearPlace::Captions) {
            // A fact filled in may be a day of the year before; what the form itself prints may not.
            for line in &table.spec.caption {
                let what = text!(zh: "表头上的一行", en: "a line above the table");
                flag(report, of, &what, line, printed.clone(), id);
            }
        }
        if looks_at(YearPlace::Headings) {
            for column in table.spec.panels.iter().flat_map(|panel| &panel.columns) {
                let what = text!(zh: "栏名", en: "the heading of a column");
                let address = format!("{id}/{}", column.id);
                flag(report, of, &what, &column.title, column.place.clone(), &address);
            }
        }
        if let Some(note) = table.note.as_ref().filter(|_| looks_at(YearPlace::Notes)) {
            let what = text!(zh: "表下的注", en: "the note below the table");
            flag(report, of, &what, note, Place::value(table.file, "note"), id);
        }
    }
}

/// Whether the heading of a section says another year, which is said here and nowhere else.
pub(super) fn is_flagged((disclosure, form): (&Disclosure, &Form), heading: &str) -> bool {
    disclosure.profile.duties.own_year.contains(&YearPlace::Titles)
        && another((disclosure, form), heading).is_some()
}

/// The first year of a text that is none of the disclosure.
fn another((disclosure, form): (&Disclosure, &Form), words: &str) -> Option<String> {
    let own = &form.own;
    let is_own = |year: &str| year.parse().is_ok_and(|year| own.contains(&year));
    let year = years(words).into_iter().find(|year| !own.is_empty() && !is_own(year));
    year.or_else(|| short_or_mistyped((disclosure, form), words))
}

/// A year of two digits before a word of the form that is not the disclosure's, and one whose digits are not those of
/// a year: `24年部门预算`, `202年部门预算`.
fn short_or_mistyped((disclosure, form): (&Disclosure, &Form), words: &str) -> Option<String> {
    let prose = disclosure.profile.prose.as_ref()?;
    form.sign?;
    let nouns = || prose.after_year.iter().chain(prose.stages.values().flatten());
    let is_of_form = |behind: &str| {
        let rests = behind.char_indices().take(2).map(|(at, _)| &behind[at..]);
        rests.into_iter().any(|rest| nouns().any(|noun| rest.starts_with(noun.as_str())))
    };
    let is_wrong = |year: &Year| {
        let is_another = year.is_short && !form.own.contains(&year.number);
        (is_another || year.is_mistyped) && is_of_form(year.behind)
    };
    let found = year_words::years(words, 0..words.len(), form).into_iter().find(is_wrong)?;
    Some(words[found.range].trim_end_matches(|c| digit(c).is_none()).to_owned())
}

/// Where a table is declared: at its first column, because the place of its title is not kept.
fn form_place(table: &Table) -> Place {
    let column = table.spec.panels.iter().flat_map(|panel| &panel.columns).next();
    column.map_or(Place::start(table.file), |column| column.place.clone())
}

fn flag(
    report: &mut Report,
    (disclosure, form): (&Disclosure, &Form),
    what: &Text,
    words: &str,
    place: Place,
    address: &str,
) {
    let own = &disclosure.written.fiscal_year;
    let Some(year) = another((disclosure, form), words) else { return };
    let message = text!(
        zh: "{zh}“{words}”写着 {year} 年，这份公开是 {own} 年的", en: "{en} `{words}` says {year}, but this disclosure is of {own}",
        zh = what.zh, en = what.en,
    );
    report.push(
        RULE.code
            .at(place, message)
            .help(text!(zh: "多半是沿用了往年的文字，改成本年", en: "most likely last year’s words were kept: put this year’s"))
            .about(&disclosure.path, address),
    );
}

/// The years a text names; one in the number of a document, `〔2016〕` or `《…》`, is not its own.
fn years(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut digits, mut depth) = (String::new(), 0_usize);
    for c in text.chars().chain([' ']) {
        if let Some(digit) = digit(c) {
            digits.push(digit);
        } else {
            if depth == 0 && is_year(&digits) {
                found.push(digits.clone());
            }
            digits.clear();
        }
        match c {
            '〔' | '《' => depth += 1,
            '〕' | '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_from_other_digits() {
        assert_eq!(years("2025年部门预算"), ["2025"]);
        assert_eq!(years("2023/24"), ["2023"]);
        assert_eq!(years("二〇二四年和２０２３年"), ["2024", "2023"]);
        assert_eq!(years("财预〔2016〕143号《2015年办法》"), Vec::<String>::new());
        assert_eq!(years("12025 单位：20250 元 3012"), Vec::<String>::new());
    }
}
