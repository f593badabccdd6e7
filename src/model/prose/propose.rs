//! Figures in prose that are bound to nothing, and the cells their words name.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::lookup::{Amount, At, Lookup};
use super::super::{Disclosure, Model};
use super::clause::{clause, sentence_start};
use super::figure::{self, Money};
use super::statement::{Interval, Reader};
use super::terms::{change, prior_of, written};
use crate::amount::{Decimal, printed_apart};
use crate::content::Paragraph;
use crate::diagnostic::{Text, text};
use crate::profile::equation::{Operand, Term};
use crate::profile::{ColumnKind, Role};

/// An amount in prose that no link holds.
#[derive(Clone, Debug)]
pub struct Unbound {
    /// The amount as written.
    pub words: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// The sentence it stands in: the number of its paragraph, and where it begins there.
    pub sentence: (usize, usize),
    /// What it could be bound to.
    pub proposal: Option<Proposal>,
    /// Cells that its words name equally well: which of them is meant the author has to say.
    pub question: Vec<At>,
    /// Cells that hold the same amount, whether or not the words name them.
    pub equal: Vec<At>,
    /// Whether its clause says that something grew or shrank by it.
    pub is_change: bool,
    /// Whether it is nought.
    pub is_zero: bool,
    /// Whether it is a share, a threshold, or of another year: no table of this year holds it.
    pub is_elsewhere: bool,
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

/// What ends a sentence.
const ENDS: [char; 5] = ['。', '；', '！', '？', '\n'];

/// A name of so many letters is told from others by them.
const WHOLE: usize = 4;

/// Whether one name is a part of another.
fn is_whole_of(one: &str, other: &str) -> bool {
    other.contains(one)
}

impl Disclosure {
    /// The amounts of a section that are bound to nothing, left to right.
    pub fn unbound(&self, portal: &Model, section: usize) -> Vec<Unbound> {
        let mut all = Vec::new();
        let equals = Equals::default();
        let reader = Reader::of(self);
        for (number, paragraph) in self.sections[section].paragraphs.iter().enumerate() {
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
            let tokens =
                reader.as_ref().map(|reader| reader.unquoted(&paragraph.text, &amounts, &quoted));
            let mut begin = 0;
            for (index, money) in amounts.iter().enumerate() {
                let previous = index.checked_sub(1).map_or(0, |before| amounts[before].range.end);
                let between = &paragraph.text[previous..money.range.start];
                begin = between.rfind(ENDS).map_or(begin, |at| previous + at);
                if is_linked(money) || is_quoted(money) {
                    continue;
                }
                // In their order, as the amounts are.
                let tokens = tokens.as_deref().unwrap_or_default();
                let at = tokens.partition_point(|token| token.range.start < money.range.start);
                let token = tokens.get(at).filter(|token| token.range == money.range);
                let figure = Figure {
                    section,
                    paragraph,
                    money,
                    is_elsewhere: token.is_some_and(|token| !token.may_be_bound()),
                    previous,
                    around: &around,
                    equals: &equals,
                };
                let sentence = (number, begin);
                all.push(Unbound { sentence, ..self.look_up(portal, &figure) });
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
        let is_lost = is_zero || is_change || figure.is_elsewhere;
        let equal = if is_lost { Vec::new() } else { self.equal(figure) };
        let phrase = || self.phrase(portal, figure, is_change);
        let proposal = if figure.is_elsewhere { None } else { phrase() };
        let mut named = if proposal.is_some() { Vec::new() } else { self.named(figure, &equal) };
        let is_one = named.len() == 1;
        let propose = |at: At| Proposal { target: self.address_of(at), names: self.words_of(at) };
        let proposal = proposal.or_else(|| if is_one { named.pop().map(propose) } else { None });
        Unbound {
            words: paragraph.text[money.range.clone()].to_owned(),
            range: paragraph.source(money.range.clone()),
            sentence: (0, 0),
            proposal,
            question: named,
            equal,
            is_change,
            is_zero,
            is_elsewhere: figure.is_elsewhere || money.percent,
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
        let amount = figure.money.amount();
        let fits = match self.sum_of(portal, &terms) {
            _ if figure.money.percent => is_change && self.is_rate_of(portal, &terms, figure.money),
            Some((value, slack)) => {
                let half = figure.money.slack();
                let is_one = terms.len() == 1;
                let allowed = if is_one { printed_apart(half, slack) } else { half + slack };
                let (value, amount) =
                    if is_change { (value.abs(), amount.abs()) } else { (value, amount) };
                value.is_zero() == amount.is_zero() && (value - amount).abs() <= allowed
            }
            None => is_change && self.prior.is_none(),
        };
        fits.then(|| Proposal { target: written(&terms), names: self.names(&terms) })
    }

    /// Whether a share in per cent is the rate of a difference of two years.
    fn is_rate_of(&self, portal: &Model, terms: &[Term], money: &Money) -> bool {
        let Some((now, before)) = self.two_years(portal, terms) else { return false };
        let said = Interval::around(money.value.abs(), money.slack());
        now.growth_from(before).is_some_and(|rate| rate.meets(said) || rate.turned().meets(said))
    }

    /// The figures of this year and of the one before, of which terms are the difference.
    pub(super) fn two_years(&self, portal: &Model, terms: &[Term]) -> Option<(Interval, Interval)> {
        let is_prior =
            |term: &&Term| matches!(&term.operand, Operand::Address(address) if address.prior);
        let now: Vec<Term> = terms.iter().filter(|term| !is_prior(term)).cloned().collect();
        let mut before: Vec<Term> = terms.iter().filter(is_prior).cloned().collect();
        for term in &mut before {
            term.negative = !term.negative;
        }
        if now.is_empty() || prior_of(&now)? != before {
            return None;
        }
        let value = |terms: &[Term]| {
            self.sum_of(portal, terms).map(|(sum, slack)| Interval::around(sum, slack))
        };
        Some((value(&now)?, value(&before)?))
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

    /// The cells among equal ones whose row and column the words before a figure name best; none where the words
    /// name another row or another column.
    fn named(&self, figure: &Figure, equal: &[At]) -> Vec<At> {
        if equal.is_empty() {
            return Vec::new();
        }
        let text = &figure.paragraph.text;
        let end = figure.money.range.start;
        let start = sentence_start(text, end).max(figure.previous);
        let label = pairs(&text[start..end]);
        let section = &self.sections[figure.section];
        let around = figure.around.get_or_init(|| pairs(&format!("{}{}", section.title, text)));
        let scored = equal.iter().map(|at| (self.score(*at, &label, around), *at));
        let scored: Vec<((usize, usize), At)> = scored.collect();
        let Some(best) = scored.iter().map(|(score, _)| *score).max() else { return Vec::new() };
        if best.0 < NAMED {
            return Vec::new();
        }
        let all = scored.into_iter().filter(|(score, _)| *score == best).map(|(_, at)| at);
        let mut all: Vec<At> = all.filter(|at| !self.is_named_otherwise(*at, &label)).collect();
        // Of several fields of a form that hold the same the first is meant.
        if let [At::Field(..), ..] = all.as_slice() {
            all.truncate(1);
        }
        all
    }

    /// Whether the words name a row whole, and it is not that of the cell; or a column.
    fn is_named_otherwise(&self, at: At, label: &Pairs) -> bool {
        let At::Cell(table, panel, row, column) = at else { return false };
        let is_whole = |name: &str| name.chars().count() >= WHOLE && share(name, label) == 1000;
        let (content, rows) = (&self.tables[table], &self.tables[table].panels[panel].rows);
        let columns = &content.spec.panels[panel].columns;
        let (own_row, own_column) = (rows[row].name.as_str(), columns[column].title.as_str());
        let other_row = !is_whole(own_row)
            && rows
                .iter()
                .any(|other| is_whole(&other.name) && !is_whole_of(&other.name, own_column));
        let amounts = columns.iter().filter(|other| other.kind == ColumnKind::Amount);
        let other_column = !is_whole(own_column)
            && amounts
                .map(|other| other.title.as_str())
                .any(|other| is_whole(other) && !is_whole_of(other, own_row));
        other_row || other_column
    }

    /// How well words name a cell: its row and column before the figure, its table around it. A row that they do not
    /// name is meant only where it is the total, or was named whole before.
    fn score(&self, at: At, label: &Pairs, around: &Pairs) -> (usize, usize) {
        match at {
            At::Cell(table, panel, row, column) => {
                let table = &self.tables[table];
                let spec = &table.spec.panels[panel].columns[column];
                let row = &table.panels[panel].rows[row];
                let of_row = share(&row.name, label);
                let is_known =
                    row.name.chars().count() >= WHOLE && share(&row.name, around) == 1000;
                if of_row < NAMED && row.role != Role::Total && !is_known {
                    return (0, 0);
                }
                let of_row = if of_row < NAMED { 0 } else { of_row };
                (of_row + share(&spec.title, label), share(&table.title, around))
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
        // What is printed shorter than its cell stands for it; printed as long, it is the same to the digit.
        let (wanted, half) = (money.amount(), money.slack());
        let (low, high) = (wanted - half, wanted + half);
        let is_same = |at: At, amount: Decimal| {
            amount == wanted || matches!(self.amount(at), Amount::Printed(_, slack) if slack < half)
        };
        let looked = equals.looked.get();
        equals.looked.set(looked + 1);
        if looked < FEW {
            let mut found = Vec::new();
            self.each_amount(&mut |at, percent, amount| {
                let is_near = percent == money.percent && low <= amount && amount <= high;
                if is_near && found.len() < ALIKE && is_same(at, amount) {
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
        let near = index.range((money.percent, low)..=(money.percent, high));
        let all = near.flat_map(|((_, amount), all)| all.iter().map(move |at| (*at, *amount)));
        all.filter(|(at, amount)| is_same(*at, *amount)).map(|(at, _)| at).take(ALIKE).collect()
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

    /// The sum of some cells in base units, and how far rounding may have carried it.
    pub(super) fn sum_of(&self, portal: &Model, terms: &[Term]) -> Option<(Decimal, Decimal)> {
        let (mut sum, mut slack) = (Decimal::ZERO, Decimal::ZERO);
        for term in terms {
            let sign = if term.negative { -Decimal::ONE } else { Decimal::ONE };
            let Operand::Address(address) = &term.operand else { return None };
            let Lookup::Figures(figures) = self.find(portal, address, None) else { return None };
            if figures.is_empty() {
                return None;
            }
            for figure in figures {
                match self.home(portal, figure).amount(figure.at) {
                    Amount::Printed(value, half) => {
                        sum += sign * value;
                        slack += half;
                    }
                    Amount::Blank => {}
                    Amount::Withheld | Amount::Words => return None,
                }
            }
        }
        Some((sum, slack))
    }

    pub(super) fn names(&self, terms: &[Term]) -> Text {
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
    /// Whether it is of another year, a threshold, or something else than an amount.
    is_elsewhere: bool,
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
