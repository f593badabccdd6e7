//! Flags a table printed under another title than its form has.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::profile::same_name;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "C111",
        name: "another-title",
        severity: Severity::Warning,
        page: include_str!("another_title.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        let (title, form) = (&table.title, &table.form_title);
        let is_dated = table.spec.title.contains("{year}");
        if same_name(title, form) || (is_dated && disclosure.own_years().is_empty()) {
            continue;
        }
        let message = text!(zh: "表名是“{title}”，模板里是“{form}”", en: "the table is titled `{title}`, in the form `{form}`");
        report.push(
            RULE.code
                .at(Place::value(table.file, "title"), message)
                .help(text!(zh: "照模板写；模板的表名就是这样的，title 这一行可以不写", en: "write it as the form does; then `title` can be left out"))
                .about(&disclosure.path, table.spec.id.as_str()),
        );
    }
}
