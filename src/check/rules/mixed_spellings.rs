//! Flags a unit that the targets of one disclosure write in several ways.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Indicator, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P416",
        name: "mixed-spellings",
        severity: Severity::Note,
        page: include_str!("mixed_spellings.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(spec) = disclosure.target_spec() else { return };
    let all: Vec<Indicator> = disclosure.all_indicators().collect();
    for spellings in &spec.spellings {
        let mut uses: Vec<(&str, Vec<&Indicator>)> = Vec::new();
        for spelling in spellings {
            let found: Vec<_> =
                all.iter().filter(|target| is_in(target.printed, spelling)).collect();
            if !found.is_empty() {
                uses.push((spelling, found));
            }
        }
        // Of two that are as common the one the profile names first is the usual one.
        let most = uses.iter().map(|(_, found)| found.len()).max();
        let usual = uses.iter().find(|(_, found)| Some(found.len()) == most);
        let Some(&(usual, ref common)) = usual else { continue };
        for (spelling, found) in uses.iter().filter(|(spelling, _)| *spelling != usual) {
            let first = found[0];
            let message = text!(
                zh: "指标值的单位“{spelling}”有 {count} 处，“{usual}”有 {most} 处：同一个单位写法不一", en: "targets write `{spelling}` {count} times and `{usual}` {most} times: one unit, two spellings",
                count = found.len(), most = common.len(),
            );
            report.push(
                RULE.code
                    .at(disclosure.place_of(first.at), message)
                    .help(text!(zh: "统一写成“{usual}”", en: "write `{usual}` everywhere"))
                    .about(&disclosure.path, disclosure.address_of(first.at)),
            );
        }
    }
}

/// Whether a printed target is a number and this unit.
fn is_in(printed: &str, spelling: &str) -> bool {
    let number = printed.trim_end().strip_suffix(spelling).map(str::trim_end);
    number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
}
