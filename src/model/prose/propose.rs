//! Figures in prose that are bound to nothing, and the cells their words name.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::lookup::{Amount, At, Found};
use super::super::{Disclosure, Portal};
use super::clause::{clause, sentence_start};
use super::figure::{self, Money};
use crate::address::{Address, Target};
use crate::amount::Decimal;
use crate::content::Paragraph;
use crate::diagnostic::{Text, text};
use crate::profile::ColumnKind;
use crate::profile::equation::{Operand, Term};

/// An amount in prose that no link holds.
#[derive(Clone, Debug)]
pub struct Unbound {
    /// The amount as written.
    pub words: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// What it could be bound to.
    pub proposal: Option<Proposal>,
    /// Cells that hold the same amount, whether or not the words name them.
    pub equal: Vec<At>,
    /// Whether its clause says that something grew or shrank by it.
    pub is_change: bool,
    /// Whether it is nought.
    pub is_zero: bool,
}

/// What a figure could be bound to.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What would stand behind the `=`.
    pub target: String,
    /// What that is, in words.
    pub names: Text,
}

impl Proposal {
    /// The figure tied; a target with spaces stands between `<` and `>`.
    pub fn link(&self, words: &str) -> String {
        let target = &self.target;
        if target.contains(char::is_whitespace) {
            format!("[{words}](<={target}>)")
        } else {
            format!("[{words}](={target})")
        }
    }
}

/// How much of a name must stand before a figure, in thousandths.
const NAMED: usize = 500;

impl Disclosure {
    /// The amounts of a section that are bound to nothing, left to right.
    pub fn unbound(&self, portal: &Portal, section: usize) -> Vec<Unbound> {
        let mut all = Vec::new();
        for paragraph in &self.sections[section].paragraphs {
            let amounts = figure::amounts(&self.profile, &paragraph.text);
            let is_linked =
                |money: &Money| paragraph.links.iter().any(|(link, _)| overlap(link, &money.range));
            if amounts.iter().all(is_linked) {
                continue;
            }
            let quoted = self.quoted(&paragraph.text);
            for (index, money) in amounts.iter().enumerate() {
                if is_linked(money) || quoted.iter().any(|range| overlap(range, &money.range)) {
                    continue;
                }
                let previous = index.checked_sub(1).map_or(0, |before| amounts[before].range.end);
                let figure = Figure { section, paragraph, money, previous };
                all.push(self.look_up(portal, &figure));
            }
        }
        all
    }

    fn look_up(&self, portal: &Portal, figure: &Figure) -> Unbound {
        let Figure { paragraph, money, .. } = figure;
        let before = clause(&paragraph.text, money.range.start).start..money.range.start;
        let prose = self.profile.prose.as_ref();
        let is_change =
            prose.is_some_and(|prose| prose.direction(&paragraph.text[before]).is_some());
        let is_zero = money.value.is_zero();
        let equal = if is_zero || is_change { Vec::new() } else { self.equal(money) };
        let proposal = self.phrase(portal, figure, is_change);
        Unbound {
            words: paragraph.text[money.range.clone()].to_owned(),
            range: paragraph.source(money.range.clone()),
            proposal: proposal.or_else(|| self.named(figure, &equal)),
            equal,
            is_change,
            is_zero,
        }
    }

    /// What the profile says the words before a figure mean in this section.
    fn phrase(&self, portal: &Portal, figure: &Figure, is_change: bool) -> Option<Proposal> {
        let spec = self.profile.sections.get(&self.sections[figure.section].id)?;
        let text = &figure.paragraph.text;
        let end = figure.money.range.start;
        let sentence = sentence_start(text, end);
        let said = if is_change {
            self.subject(text, sentence, end)?
        } else {
            sentence.max(figure.previous)..end
        };
        let found = spec.figures.iter().filter_map(|(phrase, terms)| {
            let at = text[said.clone()].rfind(phrase.as_str())? + phrase.len();
            Some((at, phrase.len(), terms))
        });
        let (.., terms) = found.max_by_key(|(at, length, _)| (*at, *length))?;
        let terms = if is_change { change(terms) } else { terms.clone() };
        let value = self.value(portal, &terms);
        let amount = figure.money.amount();
        let fits = match value {
            Some(value) if is_change => value.abs() == amount.abs(),
            Some(value) => value == amount,
            None => is_change && self.prior.is_none(),
        };
        fits.then(|| Proposal { target: written(&terms), names: self.names(&terms) })
    }

    /// Where the words stand that say what changed: the clause from its beginning, where a phrase
    /// of the profile opens it; what the sentence spoke of before, where it only compares.
    fn subject(&self, text: &str, sentence: usize, end: usize) -> Option<Range<usize>> {
        let prose = self.profile.prose.as_ref()?;
        let start = clause(text, end).start;
        let (_, word) = prose.direction(&text[start..end])?;
        let until = start + text[start..end].rfind(word.as_str())?;
        let mut head = text[start..until].trim();
        for opening in &prose.reasons {
            head = head.strip_prefix(opening.as_str()).unwrap_or(head).trim_start();
        }
        let mut phrases = self.profile.sections.values();
        let is_phrase = phrases.any(|section| section.figures.contains_key(head));
        if is_phrase {
            return Some(until - head.len()..until);
        }
        let compares =
            head.is_empty() || prose.before_year.iter().any(|word| head.starts_with(word.as_str()));
        compares.then_some(sentence..start)
    }

    /// The cell whose row and column the words before a figure name best.
    fn named(&self, figure: &Figure, equal: &[At]) -> Option<Proposal> {
        if equal.is_empty() {
            return None;
        }
        let text = &figure.paragraph.text;
        let end = figure.money.range.start;
        let start = sentence_start(text, end).max(figure.previous);
        let label = pairs(&text[start..end]);
        let section = &self.sections[figure.section];
        let around = pairs(&format!("{}{}", section.title, text));
        let scored = equal.iter().map(|at| (self.score(*at, &label, &around), *at));
        let best = scored.rev().max_by_key(|(score, _)| *score)?;
        let ((named, _), at) = best;
        (named >= NAMED).then(|| Proposal { target: self.address_of(at), names: self.words_of(at) })
    }

    /// How well words name a cell: its row and column before the figure, its table around it.
    fn score(&self, at: At, label: &Pairs, around: &Pairs) -> (usize, usize) {
        match at {
            At::Cell(table, panel, row, column) => {
                let table = &self.tables[table];
                let spec = &table.spec.panels[panel].columns[column];
                let name = &table.panels[panel].rows[row].name;
                (share(name, label) + share(&spec.title, label), share(&table.title, around))
            }
            At::Field(project, _) => {
                // Of several fields that hold the same the first of the form is meant.
                (share(&self.projects[project].name, label), 0)
            }
            At::Indicator(..) | At::Slot(..) => (0, 0),
        }
    }

    /// The cells that hold just this amount.
    fn equal(&self, money: &Money) -> Vec<At> {
        let amount = money.amount();
        let kind = if money.percent { ColumnKind::Percent } else { ColumnKind::Amount };
        let mut all = Vec::new();
        // Cells of one column are of one unit.
        let mut add = |column: &mut dyn Iterator<Item = At>| {
            let mut cells = column.peekable();
            let factor = cells.peek().map(|at| self.profile.factor(self.unit(*at)));
            let is = |at: &At| {
                let printed = self.printed(*at);
                printed.zip(factor).is_some_and(|(value, factor)| value * factor == amount)
            };
            all.extend(cells.filter(is));
        };
        for (table, content) in self.tables.values().enumerate() {
            for (panel, form, rows) in content.panels() {
                for column in (0..form.columns.len()).filter(|at| form.columns[*at].kind == kind) {
                    let rows = 0..rows.rows.len();
                    add(&mut rows.map(|row| At::Cell(table, panel, row, column)));
                }
            }
        }
        let fields = self.project_spec().map(|spec| spec.fields.values().enumerate());
        for (field, _) in fields.into_iter().flatten().filter(|(_, field)| field.kind == kind) {
            add(&mut (0..self.projects.len()).map(|project| At::Field(project, field)));
        }
        all
    }

    /// The sum of some cells in base units; nothing where one is not there.
    fn value(&self, portal: &Portal, terms: &[Term]) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        for term in terms {
            let sign = if term.negative { -Decimal::ONE } else { Decimal::ONE };
            let Operand::Address(address) = &term.operand else { return None };
            let Found::Figures(figures) = self.find(portal, address, None) else { return None };
            if figures.is_empty() {
                return None;
            }
            for figure in figures {
                match self.home(portal, figure).amount(figure.at) {
                    Amount::Printed(value, _) => sum += sign * value,
                    Amount::Blank => {}
                    Amount::Withheld | Amount::Words => return None,
                }
            }
        }
        Some(sum)
    }

    fn names(&self, terms: &[Term]) -> Text {
        let names = terms.iter().filter_map(|term| match &term.operand {
            Operand::Address(address) => Some((term.negative, address)),
            Operand::Number(_) => None,
        });
        let mut text = Text::same("");
        for (negative, address) in names {
            let Some(at) = self.places(&address.target, None).and_then(|all| all.first().copied())
            else {
                continue;
            };
            let words = self.words_of(at);
            let words = if address.prior {
                text!(zh: "上年{zh}", en: "{en} of the year before", zh = words.zh, en = words.en)
            } else {
                words
            };
            let sign = match (text.zh.is_empty(), negative) {
                (true, _) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            };
            text.zh.push_str(&format!("{sign}{}", words.zh));
            text.en.push_str(&format!("{sign}{}", words.en));
        }
        text
    }
}

/// An amount under inspection.
struct Figure<'a> {
    section: usize,
    paragraph: &'a Paragraph,
    money: &'a Money,
    /// Where the amount before it ends.
    previous: usize,
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// A figure less the same of the year before.
fn change(terms: &[Term]) -> Vec<Term> {
    let mut all = terms.to_vec();
    for term in terms {
        if let Operand::Address(Address { target, .. }) = &term.operand {
            let target: Target = target.clone();
            let operand = Operand::Address(Address { prior: true, target });
            all.push(Term { negative: !term.negative, operand });
        }
    }
    all
}

/// Terms as an author writes them.
fn written(terms: &[Term]) -> String {
    let mut out = String::new();
    for term in terms {
        if !out.is_empty() {
            out.push_str(if term.negative { " - " } else { " + " });
        }
        match &term.operand {
            Operand::Address(address) => out.push_str(&address.to_string()),
            Operand::Number(number) => out.push_str(&number.to_string()),
        }
    }
    out
}

/// Every two letters that stand together.
type Pairs = BTreeSet<(char, char)>;

fn pairs(text: &str) -> Pairs {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// How much of a name stands in a text, in thousandths.
fn share(name: &str, text: &Pairs) -> usize {
    let name = pairs(name);
    if name.is_empty() { 0 } else { name.intersection(text).count() * 1000 / name.len() }
}
