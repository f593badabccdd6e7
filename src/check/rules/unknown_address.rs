//! Flags a figure bound to a cell that is not there, and a table placed in a text that is not there.

use std::collections::BTreeSet;

use crate::check::{Rule, RuleScope, suggest};
use crate::codes;
use crate::content::{PROJECTS, Piece};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::prose::{Binding, Unclear};
use crate::model::{Disclosure, FigureRef, Lookup, Model, Section, too_long};
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
    // That there is no table at all is said once.
    if disclosure.tables.is_empty() && disclosure.unread.is_empty() {
        return;
    }
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
    if let Some((target, meant)) = &binding.meant {
        let message = text!(zh: "“{words}”后面的“{target}”不是地址", en: "`{target}` behind {words} is no address");
        let help = text!(zh: "是不是“{meant}”？", en: "did you mean `{meant}`?");
        let at = place.clone();
        report.push(RULE.code.at(at, message).help(help).about(&disclosure.path, target.as_str()));
    }
    if let Some(target) = &binding.unread {
        let message = if target.trim().is_empty() {
            text!(zh: "“{words}”后面的“=”没有地址", en: "no address stands behind the `=` of {words}")
        } else {
            text!(zh: "“{words}”后面的“{target}”不是地址", en: "`{target}` behind {words} is no address")
        };
        let help = suggest::words(portal, disclosure, target);
        let at = place.clone();
        report.push(RULE.code.at(at, message).help(help).about(&disclosure.path, target.as_str()));
    }
    if let Some(unclear) = &binding.unclear {
        let (code, message, help) = said(words, unclear);
        report.push(code.at(place.clone(), message).help(help));
    }
    if let Some(unit) = binding.other_unit.as_ref().filter(|_| binding.unclear.is_none())
        && is_of_amounts(portal, disclosure, binding)
    {
        let message = text!(zh: "“{words}”后面的“{unit}”不是钱的单位，连到的却是金额", en: "`{unit}` behind {words} is no unit of money, but what it is bound to is an amount");
        let help = text!(zh: "写上金额的单位；说的不是钱，就连到数量的那一格，或者不连", en: "write the unit of the amount; where no money is meant, bind it to the cell of the quantity, or to none");
        report.push(codes::NOT_AN_AMOUNT.at(place.clone(), message).help(help));
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

/// Whether what a figure is bound to is all money.
fn is_of_amounts(portal: &Model, disclosure: &Disclosure, binding: &Binding) -> bool {
    let mut figures = binding.addresses().filter_map(|address| {
        let Lookup::Figures(figures) = disclosure.find(portal, address, None) else { return None };
        figures.into_iter().next()
    });
    let is_amount = |figure: FigureRef| disclosure.home(portal, figure).unit(figure.at).is_some();
    binding.addresses().next().is_some() && figures.all(is_amount)
}

/// Why words that are bound are not one figure, and what to do.
fn said(words: &str, unclear: &Unclear) -> (&'static Code, Text, Text) {
    let plain = || text!(zh: "数用半角写：1,454.54万元、-3.10万元", en: "write figures half-width: 1,454.54万元, -3.10万元");
    let (message, help) = match unclear {
        Unclear::Outside(outside) => {
            return (
                &codes::HALF_BINDING,
                text!(zh: "数字的绑定没有写完整：“{outside}”在方括号外面，读者会把它和“{words}”读成一个数", en: "a figure is bound by half: `{outside}` stands outside the brackets, and readers take it and `{words}` for one figure"),
                text!(zh: "是这个数的一部分，就写进方括号；不是，中间加字或标点隔开", en: "where it belongs to the figure, put it into the brackets; where it does not, part the two by a word or a mark"),
            );
        }
        Unclear::Several(first, second) => (
            text!(zh: "“{words}”里有两个数：{first} 和 {second}，没有核对", en: "`{words}` holds two figures, {first} and {second}, and is not verified"),
            text!(zh: "一个数写一个链接：[数字](=表/行/列)", en: "bind each figure by a link of its own: [figure](=table/row/column)"),
        ),
        Unclear::Mark(mark) => (
            text!(zh: "“{words}”里的“{mark}”不是半角的数字或符号，没有核对", en: "`{mark}` in `{words}` is no half-width digit or sign, and the figure is not verified"),
            plain(),
        ),
        Unclear::Invisible(mark) => (
            text!(zh: "“{words}”里有看不见的字符（U+{code:04X}），没有核对", en: "`{words}` holds an invisible character (U+{code:04X}), and the figure is not verified", code = u32::from(*mark)),
            text!(zh: "把方括号里的内容删掉，重新打一遍", en: "delete what stands between the brackets and type it again"),
        ),
        Unclear::Between(between) => (
            text!(zh: "“{words}”的数字和单位之间有“{between}”，没有核对", en: "`{between}` stands between the number and its unit in `{words}`, and the figure is not verified"),
            text!(zh: "单位写模板里有的；不是准数的，不连格子", en: "take a unit of the profile; leave a figure that is not exact unbound"),
        ),
        Unclear::Grouping => (
            text!(zh: "“{words}”里的逗号或小数点不对，没有核对", en: "a comma or a point in `{words}` is out of place, and the figure is not verified"),
            plain(),
        ),
        Unclear::NoDigits => (
            text!(zh: "“{words}”没有用阿拉伯数字写数，没有核对", en: "`{words}` has no figure in digits, and is not verified"),
            text!(zh: "写成数字，如 50万元；不是数的，去掉链接", en: "write it in digits, such as 50万元; where it is no figure, take the link away"),
        ),
        Unclear::TooLong => (
            text!(zh: "{words} 太长，没有当作数来核对", en: "{words} is too long to be compared"),
            too_long(),
        ),
    };
    (&codes::NOT_AN_AMOUNT, message, help)
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
    // Half of a bound figure, which has a finding of its own, declares nothing.
    let is_half = |kind: &str, name: &str| {
        let declared = format!("{kind}:{name}");
        section.paragraphs.iter().any(|paragraph| paragraph.text.contains(&declared))
    };
    for part in binding.parts.iter().filter(|part| !sums.contains(part) && !is_half("sum", part)) {
        let message = text!(zh: "“{words}”是“{part}”的一项，这一节却没有它的合计（=sum:{part}）", en: "{words} is a part of `{part}`, but the section has no total of it (=sum:{part})");
        let address = format!("narrative/{}/{}", section.id, binding.slot());
        report.push(RULE.code.at(place.clone(), message).about(&disclosure.path, address));
    }
    for sum in binding.sums.iter().filter(|sum| !parts.contains(sum) && !is_half("part", sum)) {
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
    let titles = disclosure.tables.values();
    let titles = titles.map(|table| (table.spec.id.as_str(), &*table.spec.title));
    let help = match suggest::named(id, titles) {
        Some(meant) => text!(zh: "是不是“{meant}”？", en: "did you mean `{meant}`?"),
        None => yaml::suggestion(id, &known),
    };
    report.push(RULE.code.at(place, message).help(help).about(&disclosure.path, id.as_str()));
}
