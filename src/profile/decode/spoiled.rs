//! `spoiled`: examples made wrong, which the profile must find.

use super::keys::SPOILED;
use crate::diagnostic::{Report, text};
use crate::profile::Spoiled;
use crate::yaml::{Fields, Node};

pub(super) fn all(report: &mut Report, fields: &mut Fields) -> Vec<Spoiled> {
    let entries = fields.list(report, "spoiled").iter();
    entries.filter_map(|node| spoiled(report, node)).collect()
}

fn spoiled(report: &mut Report, node: &Node) -> Option<Spoiled> {
    let what = text!(zh: "改坏的例子", en: "an example made wrong");
    let mut fields = Fields::new(report, node, &SPOILED, what);
    let [path, old, finds] = ["in", "for", "finds"].map(|key| fields.required(report, key));
    // Nothing may stand there instead.
    let new = fields.text(report, "write").unwrap_or_default();
    let at = fields.text(report, "at");
    fields.finish(report);
    Some(Spoiled { place: node.place(), path: path?, old: old?, new, finds: finds?, at })
}
