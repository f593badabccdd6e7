//! Relations that could not be worked out, and why: a figure withheld, a table or a year
//! that is not there, words where a figure should stand.

use indexmap::IndexMap;

use super::lookup::{Amount, At, FigureRef, Home, Lookup};
use super::prose::Binding;
use super::{Disclosure, Model, Outcome, Verdict};
use crate::address::{Address, Target};
use crate::diagnostic::{Text, Unproved, text};
use crate::profile::equation::Equation;

impl Disclosure {
    /// The relations among these that could not run, those of one rule and one reason together.
    pub fn unproved<'a>(
        &self,
        portal: &Model,
        outcomes: impl IntoIterator<Item = &'a Outcome>,
    ) -> Vec<Unproved> {
        let mut all: IndexMap<(Option<String>, Text, Text), usize> = IndexMap::new();
        for outcome in outcomes {
            let Some(why) = self.why_unproved(portal, outcome) else { continue };
            let tie_out = outcome.tie_out().map(|tie_out| tie_out.id.clone());
            let relation = match outcome.tie_out() {
                Some(tie_out) => Text::same(&tie_out.because),
                None => self.first_words(portal, outcome),
            };
            *all.entry((tie_out, relation, why)).or_default() += 1;
        }
        let unproved = |((tie_out, relation, why), count)| Unproved {
            disclosure: self.path.clone(),
            tie_out,
            relation,
            why,
            count,
        };
        all.into_iter().map(unproved).collect()
    }

    /// Why a relation could not be worked out; nothing when it could.
    pub fn why_unproved(&self, portal: &Model, outcome: &Outcome) -> Option<Text> {
        let is = |wanted: Amount| {
            let figure = outcome
                .figures()
                .find(|figure| self.home(portal, *figure).amount(figure.at) == wanted)?;
            Some(self.home(portal, figure).words_of(figure.at))
        };
        match outcome.verdict {
            Verdict::Withheld => Some(match is(Amount::Withheld) {
                Some(words) => {
                    text!(zh: "{zh}依法不予公开", en: "{en} is withheld by law", zh = words.zh, en = words.en)
                }
                None => text!(zh: "有一个数依法不予公开", en: "a figure is withheld by law"),
            }),
            Verdict::Missing if outcome.divides_by_nothing(self, portal) => {
                Some(text!(zh: "除数是空的或 0", en: "what it is divided by is blank or nought"))
            }
            Verdict::Missing => Some(match (self.absent(portal, outcome), is(Amount::Words)) {
                (Some(why), _) => why,
                (None, Some(words)) => {
                    text!(zh: "{zh}不是数", en: "{en} is no figure", zh = words.zh, en = words.en)
                }
                (None, None) => {
                    text!(zh: "它的适用条件无从核对", en: "whether it applies could not be looked up")
                }
            }),
            _ => None,
        }
    }

    /// What a tie-out, or a figure in prose, names and the portal does not have.
    fn absent(&self, portal: &Model, outcome: &Outcome) -> Option<Text> {
        let addresses: Vec<&Address> = match outcome.tie_out() {
            Some(tie_out) => {
                let conditions = tie_out.when.iter().chain(&tie_out.unless);
                let own = tie_out.equation.addresses();
                own.chain(conditions.flat_map(Equation::addresses)).collect()
            }
            None => outcome.figures().flat_map(|figure| self.bound_to(figure)).collect(),
        };
        let address = addresses.into_iter().find(|address| {
            let each = self.each_keys(portal, address).into_iter().next();
            matches!(
                self.find(portal, address, each.as_deref()),
                Lookup::Absent | Lookup::Unread(_)
            )
        })?;
        Some(self.what_is_missing(portal, address))
    }

    /// What a figure in prose is bound to.
    fn bound_to(&self, figure: FigureRef) -> impl Iterator<Item = &Address> {
        let binding = match figure {
            FigureRef { home: Home::Own, at: At::Slot(section, binding) } => {
                Some(&self.sections[section].bindings[binding])
            }
            _ => None,
        };
        binding.into_iter().flat_map(Binding::addresses)
    }

    fn what_is_missing(&self, portal: &Model, address: &Address) -> Text {
        if address.prior && self.prior.is_none() {
            return text!(zh: "网站里没有上一年的公开", en: "the portal has no disclosure of the year before");
        }
        if let (Some(stage), None) = (&address.stage, self.home_of(portal, address)) {
            return text!(zh: "网站里没有这个单位同一年的 {stage}", en: "the portal has no `{stage}` of this body and year");
        }
        let title = match &address.target {
            Target::Cells { table, .. } => {
                self.profile.tables.get(table).map(|table| table.title.clone())
            }
            Target::Slot { section, .. } => {
                self.profile.sections.get(section).map(|section| section.title.clone())
            }
            Target::Field { .. } | Target::Indicators { .. } | Target::Column { .. } => None,
        };
        match title {
            Some(title) => {
                text!(zh: "“{title}”里没有要核对的数", en: "{title} does not hold the figure it names")
            }
            None => text!(zh: "没有要核对的项目", en: "the projects it names are not there"),
        }
    }

    fn first_words(&self, portal: &Model, outcome: &Outcome) -> Text {
        match outcome.figures().next() {
            Some(figure) => self.home(portal, figure).words_of(figure.at),
            None => text!(zh: "一个数", en: "a figure"),
        }
    }
}
