//! What a profile takes out with `~` is out of what it inherits, too: it counts as nought in relations, and a
//! relation of which a side is gone is gone.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::chart::Piece;
use super::equation::{Equation, Operand, Term};
use super::trees::Tree;
use super::{Profile, TieOut, validate};
use crate::address::{Address, Rows, Target};
use crate::source::FileId;
use crate::yaml::{Kind, Node};

/// The keys that list columns or rows that add up.
const SUMS: [&str; 2] = ["sum_of", "product_of"];

/// The tree without summands that were taken out, where the sum is inherited.
pub(super) fn sums(tree: &Tree) -> Cow<'_, Node> {
    let mut node = Cow::Borrowed(&*tree.node);
    if tree.removed.is_empty() {
        return node;
    }
    let own = node.file;
    let Kind::Mapping(entries) = &mut node.to_mut().kind else { return node };
    for (key, tables) in
        entries.iter_mut().filter(|(key, _)| ["tables", "projects"].contains(&&*key.text))
    {
        let Kind::Mapping(parts) = &mut tables.kind else { continue };
        for (part, content) in parts {
            let path = format!("{}/{}/", key.text, part.text);
            let mut gone: BTreeSet<&str> = (tree.removed.range(path.clone()..))
                .take_while(|removed| removed.starts_with(&path))
                .filter_map(|removed| removed.rsplit('/').next())
                .collect();
            keep_known(content, &mut gone);
            if !gone.is_empty() {
                without(content, &gone, own);
            }
        }
    }
    node
}

/// Leaves out of the names those that stand in the tree all the same.
fn keep_known(node: &Node, gone: &mut BTreeSet<&str>) {
    for (key, value) in node.entries() {
        gone.remove(&*key.text);
        keep_known(value, gone);
    }
}

fn without(node: &mut Node, gone: &BTreeSet<&str>, own: FileId) {
    let Kind::Mapping(entries) = &mut node.kind else { return };
    for (key, value) in entries {
        match &mut value.kind {
            Kind::Sequence(items) if SUMS.contains(&&*key.text) && value.file != own => {
                items.retain(|item| item.scalar().is_none_or(|name| !gone.contains(name)));
            }
            _ => without(value, gone, own),
        }
    }
}

/// Takes out of a profile what is inherited and speaks of what was taken out.
pub(super) fn relations(profile: &mut Profile, removed: &BTreeSet<String>) {
    if removed.is_empty() {
        return;
    }
    let known = profile.clone();
    let gone = Gone { profile: &known, removed };
    profile.tie_outs = known.tie_outs.iter().filter_map(|one| gone.tie_out(one)).collect();
    profile.years.balances.retain(|one| !gone.names_any(&one.equation));
    profile.years.changes.retain(|one| !gone.names_any(&one.more.equation));
    profile.headline.retain(|one| !gone.is(&one.address));
    profile.search.intents.retain(|_, one| !gone.is(&one.address));
    for side in profile.search.sides.values_mut() {
        side.tables.retain(|name| !gone.part(name));
    }
    for section in profile.sections.values_mut() {
        section.figures.retain(|_, terms| {
            let left = gone.side(terms);
            let has_figures = !left.is_empty();
            *terms = left;
            has_figures
        });
    }
    profile
        .charts
        .retain(|_, chart| !chart.addresses().iter().any(|placed| gone.is(&placed.address)));
    let said = |sentences: &mut super::chart::Summary| {
        sentences.sentences.retain(|_, one| {
            let pieces = one.values().flat_map(|sentence| &sentence.pieces);
            !pieces.flat_map(Piece::addresses).any(|address| gone.is(address))
        });
    };
    said(&mut profile.summary);
    for table in profile.tables.values_mut() {
        if !table.summary.sentences.is_empty() {
            said(&mut Arc::make_mut(table).summary);
        }
    }
}

struct Gone<'a> {
    profile: &'a Profile,
    removed: &'a BTreeSet<String>,
}

impl Gone<'_> {
    /// A relation with what is left of it.
    fn tie_out(&self, one: &Arc<TieOut>) -> Option<Arc<TieOut>> {
        if one.place.file == self.profile.file {
            return Some(Arc::clone(one));
        }
        let equations = [Some(&one.equation), one.when.as_ref(), one.unless.as_ref()];
        if !equations.into_iter().flatten().any(|equation| self.names_any(equation)) {
            return Some(Arc::clone(one));
        }
        let left = |equation: &Equation| Equation {
            left: self.side(&equation.left),
            operator: equation.operator,
            right: self.side(&equation.right),
        };
        let equation = left(&one.equation);
        if equation.left.is_empty() || equation.right.is_empty() {
            return None;
        }
        // A condition of nothing but noughts always holds.
        let always = |one: &Equation| {
            !one.addresses().any(|address| !self.is(address)) && one.addresses().count() > 0
        };
        if one.unless.as_ref().is_some_and(always) {
            return None;
        }
        let when = one.when.as_ref().filter(|one| !always(one)).map(left);
        let unless = one.unless.as_ref().map(left);
        Some(Arc::new(TieOut { equation, when, unless, ..(**one).clone() }))
    }

    fn side(&self, terms: &[Term]) -> Vec<Term> {
        let is_left = |term: &&Term| {
            !term.operands().any(|one| matches!(one, Operand::Address(address) if self.is(address)))
        };
        terms.iter().filter(is_left).cloned().collect()
    }

    fn names_any(&self, equation: &Equation) -> bool {
        equation.addresses().any(|address| self.is(address))
    }

    /// Whether a table, or one of its panels, was taken out.
    fn part(&self, name: &str) -> bool {
        let (table, panel) = name.split_once('/').unwrap_or((name, ""));
        match self.profile.tables.get(table) {
            None => self.has(&format!("tables/{table}")),
            Some(spec) => {
                !panel.is_empty()
                    && !spec.panels.iter().any(|one| one.id == panel)
                    && self.has(&format!("tables/{table}/panels/{panel}"))
            }
        }
    }

    fn has(&self, path: &str) -> bool {
        self.removed.contains(path)
    }

    /// Whether an address leads to what was taken out and is nowhere else.
    fn is(&self, address: &Address) -> bool {
        if !address.is_own() {
            return false;
        }
        if let Target::Cells { table, panel, rows: Rows::Key(row), .. } = &address.target
            && self.is_row(table, panel.as_deref(), row)
        {
            return true;
        }
        if validate::reference(self.profile, address).is_ok() {
            return false;
        }
        match &address.target {
            Target::Cells { table, panel, column, .. } => {
                let panel = panel.as_deref().unwrap_or_default();
                self.below(&format!("tables/{table}"), &[column, panel])
            }
            Target::Field { field, .. } => self.below("projects", &[field]),
            Target::Indicators { kind, .. } => self.below("projects", &[kind]),
            Target::Column { column, .. } => self.below("projects", &[column]),
            Target::Slot { section, .. } => self.has(&format!("sections/{section}")),
        }
    }

    /// Whether a row was taken out of a table; forms with open rows may print any other.
    fn is_row(&self, table: &str, panel: Option<&str>, row: &str) -> bool {
        let Some(spec) = self.profile.tables.get(table) else { return false };
        let mut panels = spec.panels.iter().filter(|one| panel.is_none_or(|id| one.id == id));
        let end = format!("/rows/{row}");
        let path = format!("tables/{table}/");
        !panels.any(|panel| panel.rows.contains_key(row))
            && (self.removed.range(path.clone()..))
                .take_while(|removed| removed.starts_with(&path))
                .any(|removed| removed.ends_with(&end))
    }

    /// Whether something of these names was taken out below a path, or all of it.
    fn below(&self, top: &str, names: &[&str]) -> bool {
        let path = format!("{top}/");
        let below = self.removed.range(path.clone()..);
        let mut below = below.take_while(|removed| removed.starts_with(&path));
        self.has(top)
            || below
                .any(|removed| removed.rsplit('/').next().is_some_and(|end| names.contains(&end)))
    }
}
