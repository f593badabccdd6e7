//! Flags a figure bound to a cell that is not there, and a table placed in a text that is not there.

use crate::address::Address;
use crate::check::{Rule, Scope};
use crate::content::{Binding, PROJECTS, Piece};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Found, Portal, Section};
use crate::source::Place;
use crate::yaml;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "S018",
        name: "unknown-address",
        severity: Severity::Error,
        page: include_str!("unknown_address.md"),
    },
    scope: Scope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Portal, disclosure: &Disclosure) {
    for section in &disclosure.sections {
        for binding in section.bindings.iter().filter(|binding| !binding.target.starts_with('#')) {
            bound(report, portal, disclosure, section, binding);
        }
        for piece in &section.pieces {
            placed(report, disclosure, section, piece);
        }
    }
}

fn bound(
    report: &mut Report,
    portal: &Portal,
    disclosure: &Disclosure,
    section: &Section,
    binding: &Binding,
) {
    let place = Place::bytes(section.file, binding.range.clone());
    let (words, target) = (&binding.words, &binding.target);
    let Some(address) = Address::parse(target) else {
        let message = text!(zh: "“{words}”后面的“{target}”不是地址", en: "`{target}` behind {words} is no address");
        let help = text!(zh: "地址写成 表/行/栏", en: "an address is table/row/column");
        report
            .push(RULE.code.at(place, message).help(help).about(&disclosure.path, target.as_str()));
        return;
    };
    let is_there = match disclosure.find(portal, &address, None) {
        Found::Figures(figures) => !figures.is_empty(),
        // A year that the portal does not hold cannot be looked up, and is no mistake.
        Found::Absent => address.prior && disclosure.prior.is_none(),
    };
    if !is_there {
        let message = text!(zh: "“{words}”指向的“{target}”不存在", en: "{words} is bound to `{target}`, which is not there");
        report.push(RULE.code.at(place, message).about(&disclosure.path, target.as_str()));
    }
}

fn placed(report: &mut Report, disclosure: &Disclosure, section: &Section, piece: &Piece) {
    let Piece::Place { id, range, .. } = piece else { return };
    if id == PROJECTS || disclosure.tables.contains_key(id) || disclosure.unread.contains(id) {
        return;
    }
    let known: Vec<&str> = disclosure.tables.keys().map(String::as_str).chain([PROJECTS]).collect();
    let message = text!(zh: "这里要放的表“{id}”不存在", en: "the table `{id}` that should stand here is not there");
    let place = Place::bytes(section.file, range.clone());
    report.push(
        RULE.code
            .at(place, message)
            .help(yaml::suggestion(id, &known))
            .about(&disclosure.path, id.as_str()),
    );
}
