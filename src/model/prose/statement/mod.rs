//! Statements about figures: growth, shares, plans carried out, what stayed as it was. The figures of a
//! sentence are held against each other, and against the cells they are bound to.

mod averages;
mod called;
mod counted;
mod counts;
mod figures;
mod growth;
mod interval;
mod known_names;
mod misspelt;
mod named;
mod share;
mod still;
mod sum;
mod tokens;
mod twice;

use std::cell::OnceCell;
use std::ops::Range;

pub use self::called::{Called, Miscalled};
pub use self::named::Misnamed;
pub use self::twice::Twice;

pub(in crate::model::prose) use self::interval::Interval;
use self::known_names::NameIndex;
pub(in crate::model::prose) use self::tokens::Reader;
use self::tokens::{Time, Token, periods};
use super::super::lookup::At;
use super::super::{Disclosure, Model, Outcome, Verdict};
use super::figure;
use super::terms::prior_of;
use crate::amount::Decimal;
use crate::content::Paragraph;
use crate::diagnostic::Text;

/// What kind of statement is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A rate of growth or fall.
    Rate,
    /// A difference.
    Change,
    /// An amount that a difference and a rate agree against.
    Amount,
    /// A share of a whole.
    Share,
    /// How much of a plan was carried out.
    Completed,
    /// A word of direction, against both figures.
    Direction,
    /// A difference and its rate say opposite things.
    Opposed,
    /// It is said to be as before.
    Unchanged,
    /// It is said to be so many times as much.
    Multiple,
    /// It is said to be the sum of the amounts before it.
    Sum,
    /// So much for each.
    Average,
    /// A part of what is less.
    Part,
    /// A share of more than all.
    Beyond,
}

/// A figure that a statement is worked out from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// As the text says it.
    Said(String),
    /// What a cell of the year before holds.
    Cell(String),
}

impl Given {
    fn said(token: &Token) -> Given {
        Given::Said(token.words.to_owned())
    }

    fn with_clause(token: &Token) -> Given {
        Given::Said(growth::with_clause(token))
    }
}

/// A statement that does not follow from its figures.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The figure at fault: where it stands in its paragraph, and once found, in its file.
    pub range: Range<usize>,
    /// Whether no other reading is left.
    pub is_certain: bool,
    /// What kind.
    pub claim: Claim,
    /// What the text says.
    pub said: String,
    /// The figures it is worked out from.
    pub given: Vec<Given>,
    /// What it should say; empty where a word is wrong.
    pub should: String,
    /// The one slip that would explain it.
    pub cause: Option<Text>,
}

/// A period of so many figures is read; in longer ones nobody can tell which of them belong together, and each would
/// be held against all.
const FIGURES: usize = 256;

impl Looked<'_> {
    /// The figures of every period, and what is said of them and does not follow.
    fn periods<'t>(
        &'t self,
        amounts: &[figure::Money],
        found: &mut Vec<(usize, Finding)>,
    ) -> Vec<Token<'t>> {
        let text = self.paragraph.text.as_str();
        let (mut all, mut earlier): (Vec<Token>, Vec<Token>) = (Vec::new(), Vec::new());
        let mut wrong = Vec::new();
        for period in periods(text) {
            let start = amounts.partition_point(|money| money.range.start < period.start);
            let end = amounts.partition_point(|money| money.range.start < period.end);
            if start == end {
                continue;
            }
            let tokens = self.reader.tokens(text, period.clone(), &amounts[start..end]);
            let context = Context {
                portal: self.portal,
                disclosure: self.disclosure,
                reader: self.reader,
                section: self.section,
                paragraph: self.paragraph,
                tokens: &tokens,
                says_year_before: tokens.iter().any(|token| token.time == Time::Prior),
                earlier: &earlier,
                period,
                quoted: self.quoted,
            };
            if context.tokens.len() <= FIGURES {
                growth::all(&context, &mut wrong);
                share::all(&context, &mut wrong);
                still::all(&context, &mut wrong);
            }
            sum::all(&context, &mut wrong);
            averages::all(&context, &mut wrong);
            all.append(&mut earlier);
            earlier = tokens;
        }
        all.append(&mut earlier);
        let is_new = |finding: &Finding| {
            !self.disclosure.is_broken(self.portal, self.section, self.paragraph, &finding.range)
        };
        for mut finding in wrong.into_iter().filter(is_new) {
            finding.range = self.paragraph.source(finding.range.clone());
            found.push((self.section, finding));
        }
        all
    }

    fn is_quoted(&self, at: &Range<usize>) -> bool {
        self.quoted.iter().any(|range| range.start < at.end && at.start < range.end)
    }

    fn is_linked(&self, at: &Range<usize>) -> bool {
        let mut links = self.paragraph.links.iter();
        links.any(|(link, _)| link.start < at.end && at.start < link.end)
    }
}

/// A period under work.
struct Context<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    reader: &'a Reader<'a>,
    section: usize,
    paragraph: &'a Paragraph,
    tokens: &'a [Token<'a>],
    /// Whether one of them is of the year before.
    says_year_before: bool,
    /// The figures of the period before it.
    earlier: &'a [Token<'a>],
    period: Range<usize>,
    quoted: &'a [Range<usize>],
}

/// What is wrong in what the prose says of figures.
#[derive(Clone, Debug, Default)]
pub struct Sayings {
    /// Statements that do not follow from their figures, with the index of their section.
    pub statements: Vec<(usize, Finding)>,
    /// Amounts that their words tie to a cell, and their digits do not.
    pub misnamed: Vec<Misnamed>,
    /// Amounts that differ from another of the same name by a slip.
    pub twice: Vec<Twice>,
    /// Names that are not those that are meant.
    pub called: Vec<Called>,
}

/// A paragraph with figures.
struct Looked<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    reader: &'a Reader<'a>,
    section: usize,
    paragraph: &'a Paragraph,
    quoted: &'a [Range<usize>],
}

impl Disclosure {
    /// What is wrong in what the prose says of figures, worked out once.
    pub fn sayings(&self, portal: &Model) -> &Sayings {
        self.worked.prose.get_or_init(|| self.sayings_anew(portal))
    }

    fn sayings_anew(&self, portal: &Model) -> Sayings {
        let mut sayings = Sayings::default();
        let Some(reader) = Reader::of(self) else { return sayings };
        let (names, known, mut groups) =
            (OnceCell::new(), OnceCell::new(), twice::Groups::default());
        for (section, content) in self.sections.iter().enumerate() {
            for paragraph in content.paragraphs.iter().filter(|paragraph| !paragraph.heading) {
                let text = paragraph.text.as_str();
                sayings.statements.extend(self.counted(&reader, section, paragraph));
                let mut amounts = figure::amounts(&self.profile, text);
                if amounts.is_empty() {
                    continue;
                }
                let quoted = self.quoted(text);
                amounts.retain(|money| {
                    let next = quoted.partition_point(|range| range.end <= money.range.start);
                    quoted.get(next).is_none_or(|range| range.start >= money.range.end)
                });
                let looked = Looked {
                    portal,
                    disclosure: self,
                    reader: &reader,
                    section,
                    paragraph,
                    quoted: &quoted,
                };
                let tokens = looked.periods(&amounts, &mut sayings.statements);
                let mut called = Vec::new();
                if !reader.prose.names.levels.is_empty() {
                    let rows = names.get_or_init(|| self.row_names());
                    let words = &reader.prose.names;
                    let known = known.get_or_init(|| NameIndex::of(self, words, rows));
                    called = called::all(&looked, (known, &names), &tokens);
                }
                let misnamed = named::all(&looked, &names, &tokens).into_iter();
                // Where the code before an amount is wrong, the amount is none of its row.
                let is_told = |one: &Misnamed| called.iter().any(|name| name.explains(&one.range));
                sayings.misnamed.extend(misnamed.filter(|one| !is_told(one)));
                sayings.called.append(&mut called);
                if content.terms.is_empty() {
                    groups.add(&looked, &tokens);
                }
            }
        }
        sayings.twice = groups.differing();
        sayings
    }

    /// What a paragraph counts and does not add up.
    fn counted(
        &self,
        reader: &Reader,
        section: usize,
        paragraph: &Paragraph,
    ) -> Vec<(usize, Finding)> {
        let text = paragraph.text.as_str();
        let mut found = counted::all(reader, text);
        if !found.is_empty() {
            let quoted = self.quoted(text);
            found.retain(|one| !quoted.iter().any(|range| range.contains(&one.range.start)));
        }
        let placed = |mut one: Finding| {
            one.range = paragraph.source(one.range);
            (section, one)
        };
        found.into_iter().map(placed).collect()
    }

    /// Whether a figure is bound and its relation is broken, which is a finding of its own.
    fn is_broken(
        &self,
        portal: &Model,
        section: usize,
        paragraph: &Paragraph,
        at: &Range<usize>,
    ) -> bool {
        let Some(binding) = self.binding_at(section, paragraph, at) else { return false };
        let slot = At::Slot(section, binding);
        let broken =
            self.relations(portal).iter().filter(|outcome| outcome.verdict == Verdict::Broken);
        broken.flat_map(Outcome::figures).any(|figure| figure.at == slot)
    }

    /// The bound figure that stands there, by index.
    fn binding_at(
        &self,
        section: usize,
        paragraph: &Paragraph,
        at: &Range<usize>,
    ) -> Option<usize> {
        let link =
            paragraph.links.iter().find(|(link, _)| link.start < at.end && at.start < link.end)?;
        self.sections[section].bindings.iter().position(|binding| binding.range.start == link.1)
    }
}

impl Context<'_> {
    /// What the year before held of a figure that is bound to cells or named by words of the profile, and in words.
    fn before(&self, token: &Token) -> Option<(Interval, String)> {
        let section = &self.disclosure.sections[self.section];
        let binding = self.disclosure.binding_at(self.section, self.paragraph, &token.range);
        let terms = if let Some(binding) = binding {
            let binding = &section.bindings[binding];
            let is_level = !binding.is_change() && !binding.terms.is_empty();
            is_level.then(|| binding.terms.clone())?
        } else {
            self.disclosure.profile.sections.get(&section.id)?.figures.get(token.noun)?.clone()
        };
        let prior = prior_of(&terms)?;
        let (value, slack) = self.disclosure.sum_of(self.portal, &prior)?;
        let shown = Self::shown(token, Interval::around(value, Decimal::ZERO), "");
        Some((Interval::around(value, slack), shown))
    }

    /// A value as a figure prints it, with a digit more where it would read the same.
    fn shown(token: &Token, value: Interval, word: &str) -> String {
        let is_percent = token.words.ends_with(['%', '％']);
        let is_moved = matches!(token.role, tokens::Role::Change(_) | tokens::Role::Rate(_));
        let least = token.value.scale();
        let printed = |decimals: u32| {
            let mut rounded = (value.value / token.factor).round_dp(decimals).normalize();
            if rounded.scale() < least {
                rounded.rescale(least);
            }
            rounded
        };
        let decimals = least.max(if is_percent { 2 } else { 0 });
        let rounded = printed(decimals);
        let is_same = !is_moved && rounded == token.value;
        let rounded = if is_same { printed(decimals + 2) } else { rounded };
        let (size, word) = if is_moved { (rounded.abs(), word) } else { (rounded, "") };
        format!("{word}{size}{}", token.unit())
    }

    /// A rate bound to the difference of two years, against both.
    fn bound_rate(&self, token: usize) -> Option<(Interval, Interval)> {
        let token = &self.tokens[token];
        let binding = self.disclosure.binding_at(self.section, self.paragraph, &token.range)?;
        let binding = &self.disclosure.sections[self.section].bindings[binding];
        self.disclosure.two_years(self.portal, &binding.terms).filter(|_| binding.is_change())
    }

    /// Whether words say what they compare with: `比上年`, not `同比`.
    fn names_base(&self, base: &tokens::Base) -> bool {
        let compared = &self.reader.prose.statements.compared;
        !base.words.is_empty() && !compared.iter().any(|word| word == base.words)
    }

    /// Whether words are those of a plan.
    fn is_plan(&self, words: &str) -> bool {
        let plans = &self.reader.prose.statements.plans;
        plans.iter().any(|plan| words.contains(plan.as_str()))
    }
}
