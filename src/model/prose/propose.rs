//! Figures in prose that are bound to nothing, and the cells their words name.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::lookup::{Amount, At, Lookup};
use super::super::{Disclosure, Model};
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
    pub fn unbound(&self, portal: &Model, section: usize) -> Vec<Unbound> {
        let mut all = Vec::new();
        let equals = Equals::default();
        for paragraph in &self.sections[section].paragraphs {
            let amounts = figure::amounts(&self.profile, &paragraph.text);
            // Links stand in their order.
            let is_linked = |money: &Money| {
                let next = paragraph.links.partition_point(|(at, _)| at.end <= money.range.start);
                paragraph.links.get(next).is_some_and(|(link, _)| overlap(link, &money.range))
            };
            if amounts.iter().all(is_linked) {
                continue;
            }
            let quoted = self.quoted(&paragraph.text);
            let is_quoted = |money: &Money| {
                let next = quoted.partition_point(|range| range.end <= money.range.start);
                quoted.get(next).is_some_and(|range| overlap(range, &money.range))
            };
            let around = OnceCell::new();
            for (index, money) in amounts.iter().enumerate() {
                if is_linked(money) || is_quoted(money) {
                    continue;
                }
                let previous = index.checked_sub(1).map_or(0, |before| amounts[before].range.end);
                let figure = Figure {
                    section,
                    paragraph,
                    money,
                    previous,
                    around: &around,
                    equals: &equals,
                };
                all.push(self.look_up(portal, &figure));
            }
        }
        all
    }

    fn look_up(&self, portal: &Model, figure: &Figure) -> Unbound {
        let Figure { paragraph, money, .. } = figure;
        let before = clause(&paragraph.text, money.range.start).start..money.range.start;
        let prose = self.profile.prose.as_ref();
        let is_change =
            prose.is_some_and(|prose| prose.direction(&paragraph.text[before]).is_some());
        let is_zero = money.value.is_zero();
        let equal = if is_zero || is_change { Vec::new() } else { self.equal(figure) };
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
    fn phrase(&self, portal: &Model, figure: &Figure, is_change: bool) -> Option<Proposal> {
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
        let around = figure.around.get_or_init(|| pairs(&format!("{}{}", section.title, text)));
        let scored = equal.iter().map(|at| (self.score(*at, &label, around), *at));
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
    fn equal(&self, figure: &Figure) -> Vec<At> {
        let Figure { money, equals, .. } = figure;
        let wanted = (money.percent, money.amount());
        let looked = equals.looked.get();
        equals.looked.set(looked + 1);
        if looked < FEW {
            let mut found = Vec::new();
            self.each_amount(&mut |at, percent, amount| {
                if (percent, amount) == wanted && found.len() < ALIKE {
                    found.push(at);
                }
            });
            return found;
        }
        let index = equals.index.get_or_init(|| {
            let mut index: BTreeMap<(bool, Decimal), Vec<At>> = BTreeMap::new();
            self.each_amount(&mut |at, percent, amount| {
                let all = index.entry((percent, amount)).or_default();
                if all.len() < ALIKE {
                    all.push(at);
                }
            });
            index
        });
        index.get(&wanted).cloned().unwrap_or_default()
    }

    /// Every printed amount of tables and projects: where it stands, whether it is a share, and its worth.
    fn each_amount(&self, take: &mut dyn FnMut(At, bool, Decimal)) {
        let percent_of = |kind: ColumnKind| match kind {
            ColumnKind::Percent => Some(true),
            ColumnKind::Amount => Some(false),
            _ => None,
        };
        // Cells of one column are of one unit.
        let mut add = |percent: bool, column: &mut dyn Iterator<Item = At>| {
            let mut cells = column.peekable();
            let factor = cells.peek().map(|at| self.profile.factor(self.unit(*at)));
            for at in cells {
                if let Some((value, factor)) = self.printed(at).zip(factor) {
                    take(at, percent, value * factor);
                }
            }
        };
        for (table, content) in self.tables.values().enumerate() {
            for (panel, form, rows) in content.panels() {
                for (column, spec) in form.columns.iter().enumerate() {
                    if let Some(percent) = percent_of(spec.kind) {
                        let rows = 0..rows.rows.len();
                        add(percent, &mut rows.map(|row| At::Cell(table, panel, row, column)));
                    }
                }
            }
        }
        let fields = self.project_spec().map(|spec| spec.fields.values().enumerate());
        for (field, spec) in fields.into_iter().flatten() {
            if let Some(percent) = percent_of(spec.kind) {
                let projects = 0..self.projects.len();
                add(percent, &mut projects.map(|project| At::Field(project, field)));
            }
        }
    }

    /// The sum of some cells in base units; nothing where one is not there.
    fn value(&self, portal: &Model, terms: &[Term]) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        for term in terms {
            let sign = if term.negative { -Decimal::ONE } else { Decimal::ONE };
            let Operand::Address(address) = &term.operand else { return None };
            let Lookup::Figures(figures) = self.find(portal, address, None) else { return None };
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
    /// What the words of its paragraph and section are, worked out when it is first asked for.
    around: &'a OnceCell<Pairs>,
    /// The amounts of tables and projects.
    equals: &'a Equals,
}

/// Where amounts stand in tables and projects: looked through for a few figures, then looked up.
#[derive(Default)]
struct Equals {
    looked: Cell<usize>,
    index: OnceCell<BTreeMap<(bool, Decimal), Vec<At>>>,
}

/// For so many figures the cells are looked through.
const FEW: usize = 8;

/// An amount that so many cells hold is told from none of the rest.
const ALIKE: usize = 256;

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
