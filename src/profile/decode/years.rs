//! `years`: what ties a disclosure to the one of the year before.

use std::sync::Arc;

use super::duties::severity;
use super::keys::{BALANCE, CHANGE, YEARS};
use super::{bad, entries, entry};
use crate::address::Address;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::profile::equation::{Equation, Operand, Operator, Term};
use crate::profile::{StatedChange, TieOut, Years};
use crate::yaml::{Fields, Key, Node};

pub(super) fn years(report: &mut Report, node: &Node) -> Years {
    let mut fields = Fields::new(report, node, &YEARS, Text::same("`years`"));
    fields.get("concordance");
    let balances = entries(fields.get("balances"))
        .filter_map(|(key, node)| balance(report, key, node))
        .collect();
    let changes = entries(fields.get("changes"))
        .filter_map(|(key, node)| change(report, key, node))
        .collect();
    fields.finish(report);
    Years { balances, changes }
}

/// `opening` here is `closing` there: one figure in two years.
fn balance(report: &mut Report, key: &Key, node: &Node) -> Option<Arc<TieOut>> {
    let mut fields = entry(
        report,
        node,
        &BALANCE,
        text!(zh: "年度衔接“{id}”", en: "the balance `{id}`", id = key.text),
    );
    let opening = address(report, &mut fields, "opening");
    let closing = address(report, &mut fields, "closing");
    let because = fields.required(report, "because").unwrap_or_default();
    let severity = severity(report, &mut fields, Severity::Warning);
    fields.finish(report);
    let equation = Equation {
        left: vec![term(opening?, false)],
        operator: Operator::Equal,
        right: vec![term(Address { prior: true, stage: None, ..closing? }, false)],
    };
    Some(tie_out(key, equation, because, severity))
}

/// Last year and the stated change make this year. A change is printed without its sign,
/// so that both ways are kept.
fn change(report: &mut Report, key: &Key, node: &Node) -> Option<StatedChange> {
    let mut fields = entry(
        report,
        node,
        &CHANGE,
        text!(zh: "增减变化“{id}”", en: "the change `{id}`", id = key.text),
    );
    let now = address(report, &mut fields, "now");
    let stated = address(report, &mut fields, "change");
    let because = fields.required(report, "because").unwrap_or_default();
    let severity = severity(report, &mut fields, Severity::Warning);
    fields.finish(report);
    let (now, stated) = (now?, stated?);
    let before = Address { prior: true, stage: None, ..now.clone() };
    let equation = |more: bool| Equation {
        left: vec![term(stated.clone(), false)],
        operator: Operator::Equal,
        right: if more {
            vec![term(now.clone(), false), term(before.clone(), true)]
        } else {
            vec![term(before.clone(), false), term(now.clone(), true)]
        },
    };
    Some(StatedChange {
        more: tie_out(key, equation(true), because.clone(), severity),
        less: tie_out(key, equation(false), because, severity),
        stated,
    })
}

fn tie_out(key: &Key, equation: Equation, because: String, severity: Severity) -> Arc<TieOut> {
    let id = key.text.to_string();
    let place = key.place();
    Arc::new(TieOut { id, equation, because, when: None, unless: None, severity, place })
}

fn term(address: Address, negative: bool) -> Term {
    Term::new(negative, Operand::Address(address))
}

fn address(report: &mut Report, fields: &mut Fields, key: &'static str) -> Option<Address> {
    let written = fields.required(report, key)?;
    let address = Address::parse(&written);
    if address.is_none() {
        let place = fields.node().get(key).map_or(fields.node().place(), Node::place);
        bad(report, place, text!(zh: "“{written}”不是地址", en: "`{written}` is no address"));
    }
    address
}
