//! Relations that tie a year to the one before: opening balances, and changes the text states.

#![deny(clippy::arithmetic_side_effects)]

use std::sync::Arc;

use super::{Disclosure, FigureRef, Home, Model, Outcome, RelationKind, Verdict, lookup::Lookup};
use crate::diagnostic::{Text, text};
use crate::profile::{StatedChange, TieOut};

impl Disclosure {
    /// What a figure is, in a reader's words, with its year where it is not this one.
    pub fn called(&self, portal: &Model, figure: FigureRef) -> Text {
        let home = self.home(portal, figure);
        let words = home.words_of(figure.at);
        if let Home::Stage(_) = figure.home {
            let said = &home.profile.words.stage;
            let stage = if said.is_empty() { &home.written.stage } else { said };
            return text!(zh: "同年{stage}{zh}", en: "{en} of the {stage} of the same year", zh = words.zh, en = words.en);
        }
        if figure.is_own() {
            return words;
        }
        let year = &home.written.fiscal_year;
        text!(zh: "上一年（{year}）{zh}", en: "{en} of the year before ({year})", zh = words.zh, en = words.en)
    }

    /// What ties this year to the one before.
    pub(super) fn year_relations(&self, portal: &Model, outcomes: &mut Vec<Outcome>) {
        let years = &self.profile.years;
        let openings = years.balances.iter();
        outcomes.extend(
            openings.filter_map(|opening| self.linked(portal, opening, RelationKind::Opening)),
        );
        outcomes.extend(years.changes.iter().filter_map(|change| self.change(portal, change)));
    }

    fn linked(&self, portal: &Model, tie_out: &Arc<TieOut>, kind: RelationKind) -> Option<Outcome> {
        let outcome = self.equation(portal, &tie_out.equation, None, Some(tie_out))?;
        Some(Outcome { kind, ..outcome })
    }

    /// A change that the text does not state is not compared; its sign is what the figures say.
    fn change(&self, portal: &Model, change: &StatedChange) -> Option<Outcome> {
        match self.find(portal, &change.stated, None) {
            Lookup::Figures(figures) if !figures.is_empty() => {}
            _ => return None,
        }
        let more = self.linked(portal, &change.more, RelationKind::Change)?;
        if more.verdict == Verdict::Broken && more.right_sum.is_sign_negative() {
            return self.linked(portal, &change.less, RelationKind::Change);
        }
        Some(more)
    }
}
