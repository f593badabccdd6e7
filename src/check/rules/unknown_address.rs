//! Flags a figure bound to a cell that is not there, and a table placed in a text that is not there.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope, suggest};
use crate::codes;
use crate::content::{PROJECTS, Piece};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::prose::{Binding, is_too_long};
use crate::model::{Disclosure, Lookup, Model, Section, too_long};
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
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    for section in &disclosure.sections {
        for binding in &section.bindings {
            bound(report, portal, disclosure, section, binding);
        }
        lists(report, disclosure, section);
        for piece in &section.pieces {
            placed(report, disclosure, section, piece);
        }
    }
}

fn bound(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    section: &Section,
    binding: &Binding,
) {
    let place = Place::bytes(section.file, binding.range.clone());
    let words = &binding.words;
    if let Some(target) = &binding.unread {
        let message = text!(zh: "“{words}”后面的“{target}”不是地址", en: "`{target}` behind {words} is no address");
        let help = text!(zh: "地址写成 表/行/栏", en: "an address is table/row/column");
        let at = place.clone();
        report.push(RULE.code.at(at, message).help(help).about(&disclosure.path, target.as_str()));
    }
    if is_too_long(words) {
        let message =
            text!(zh: "{words} 太长，没有当作数来核对", en: "{words} is too long to be compared");
        report.push(codes::NOT_AN_AMOUNT.at(place.clone(), message).help(too_long()));
    }
    for address in binding.addresses() {
        let is_there = match disclosure.find(portal, address, None) {
            Lookup::Figures(figures) => !figures.is_empty(),
            // A year that the portal does not hold cannot be looked up, and is no mistake.
            // What could not be read is said where it stands.
            Lookup::Unread(_) => true,
            Lookup::Absent => address.prior && disclosure.prior.is_none(),
        };
        if !is_there {
            let message = text!(zh: "“{words}”指向的“{address}”不存在", en: "{words} is bound to `{address}`, which is not there");
            let at = place.clone();
            let mut finding =
                RULE.code.at(at, message).about(&disclosure.path, address.to_string());
            finding.help = suggest::address(portal, disclosure, address);
            report.push(finding);
        }
    }
}

/// Totals without parts, and parts without a total.
fn lists(report: &mut Report, disclosure: &Disclosure, section: &Section) {
    let bindings = || section.bindings.iter();
    let sums: BTreeSet<&String> = bindings().flat_map(|binding| &binding.sums).collect();
    let parts: BTreeSet<&String> = bindings().flat_map(|binding| &binding.parts).collect();
    for binding in &section.bindings {
        list(report, (disclosure, section), binding, (&sums, &parts));
    }
}

fn list(
    report: &mut Report,
    (disclosure, section): (&Disclosure, &Section),
    binding: &Binding,
    (sums, parts): (&BTreeSet<&String>, &BTreeSet<&String>),
) {
    let place = Place::bytes(section.file, binding.range.clone());
    let words = &binding.words;
    for part in binding.parts.iter().filter(|part| !sums.contains(part)) {
        let message = text!(zh: "“{words}”是“{part}”的一项，这一节却没有它的合计（=sum:{part}）", en: "{words} is a part of `{part}`, but the section has no total of it (=sum:{part})");
        let address = format!("narrative/{}/{}", section.id, binding.slot());
        report.push(RULE.code.at(place.clone(), message).about(&disclosure.path, address));
    }
    for sum in binding.sums.iter().filter(|sum| !parts.contains(sum)) {
        let message = text!(zh: "“{words}”是“{sum}”的合计，这一节却没有它的一项（=part:{sum}）", en: "{words} is the total of `{sum}`, but the section has no part of it (=part:{sum})");
        let address = format!("narrative/{}/{}", section.id, binding.slot());
        report.push(RULE.code.at(place.clone(), message).about(&disclosure.path, address));
    }
}

fn placed(report: &mut Report, disclosure: &Disclosure, section: &Section, piece: &Piece) {
    let Piece::Place { id, range, .. } = piece else { return };
    if id == PROJECTS || disclosure.tables.contains_key(id) || disclosure.is_unread_table(id) {
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
