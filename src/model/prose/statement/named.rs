//! Amounts whose words name a cell that does not hold them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Looked;
use super::tokens::{Reader, Role, Time, Token, clause_start, periods};
use super::twice::is_slip;
use crate::amount::{Decimal, printed_apart};
use crate::diagnostic::Text;
use crate::model::prose::figure::Money;
use crate::model::{Amount, At, Disclosure, Model};
use crate::profile::equation::Term;
use crate::profile::{ColumnKind, normalized_name};

/// An amount that its words tie to a cell, and its digits do not.
#[derive(Clone, Debug)]
pub struct Misnamed {
    /// Its section, by index.
    pub section: usize,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// Its words before it, and itself.
    pub said: String,
    /// What the words name.
    pub names: Text,
    /// What stands there.
    pub holds: Vec<String>,
    /// Whether the profile says that these words mean that cell.
    pub is_certain: bool,
}

/// Rows: their table, their panel and their place in it.
pub(super) type Places = [(usize, usize, usize)];

/// The rows of the tables by what they are called.
#[derive(Default)]
pub(super) struct Names {
    rows: BTreeMap<String, Vec<(usize, usize, usize)>>,
    codes: BTreeMap<String, Vec<(usize, usize, usize)>>,
}

impl Names {
    /// Every name with its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&str, &Places)> {
        self.rows.iter().map(|(name, places)| (name.as_str(), places.as_slice()))
    }

    /// The rows of a code.
    pub(super) fn of_code(&self, code: &str) -> &Places {
        self.codes.get(code).map_or(&[], Vec::as_slice)
    }
}

/// A name shorter than this may be of anything.
const SHORTEST: usize = 3;

/// So many amounts of a paragraph have to be those of the rows they name before another is held against its row.
const READ_FROM_TABLES: usize = 2;

/// The amounts of a paragraph that are bound to nothing, and named as what a cell holds that is not they.
pub(super) fn all(looked: &Looked, names: &OnceCell<Names>, tokens: &[Token]) -> Vec<Misnamed> {
    let paragraph = looked.paragraph;
    if tokens.iter().all(|token| looked.is_linked(&token.range)) {
        return Vec::new();
    }
    let naming = Naming::of(looked, names);
    let mut found = naming.all(tokens, &|at| looked.is_linked(at));
    for one in &mut found {
        one.range = paragraph.source(one.range.clone());
    }
    found
}

impl Reader<'_> {
    /// The figures of a text, but those in what is quoted.
    pub(in crate::model::prose) fn unquoted<'t>(
        &self,
        text: &'t str,
        amounts: &[Money],
        quoted: &[Range<usize>],
    ) -> Vec<Token<'t>> {
        let is_free = |money: &&Money| {
            let next = quoted.partition_point(|range| range.end <= money.range.start);
            quoted.get(next).is_none_or(|range| range.start >= money.range.end)
        };
        let amounts: Vec<Money> = amounts.iter().filter(is_free).cloned().collect();
        let mut all = Vec::new();
        for period in periods(text) {
            let start = amounts.partition_point(|money| money.range.start < period.start);
            let end = amounts.partition_point(|money| money.range.start < period.end);
            all.extend(self.tokens(text, period, &amounts[start..end]));
        }
        all
    }
}

impl Disclosure {
    pub(super) fn row_names(&self) -> Names {
        let mut names = Names::default();
        for (table, content) in self.tables.values().enumerate() {
            for (panel, _, rows) in content.panels() {
                for (number, row) in rows.rows.iter().enumerate() {
                    let place = (table, panel, number);
                    if let Some(code) = &row.code {
                        names.codes.entry(code.clone()).or_default().push(place);
                    }
                    names.rows.entry(normalized_name(bare(&row.name))).or_default().push(place);
                }
            }
        }
        names
    }
}

/// A name without the number before it: `三、其他收入`.
pub(super) fn bare(name: &str) -> &str {
    const NUMBER: usize = 5;
    let name = name.trim();
    let cut = name.rfind(['、', '：']).filter(|at| name[..*at].chars().count() < NUMBER);
    cut.map_or(name, |at| name[at..].trim_start_matches(['、', '：']).trim())
}

/// A paragraph under inspection.
pub(super) struct Naming<'a> {
    disclosure: &'a Disclosure,
    portal: &'a Model,
    reader: &'a Reader<'a>,
    section: usize,
    text: &'a str,
    names: &'a OnceCell<Names>,
}

impl<'a> Naming<'a> {
    pub(super) fn of(looked: &'a Looked, names: &'a OnceCell<Names>) -> Naming<'a> {
        Naming {
            disclosure: looked.disclosure,
            portal: looked.portal,
            reader: looked.reader,
            section: looked.section,
            text: &looked.paragraph.text,
            names,
        }
    }

    pub(super) fn names(&self) -> &'a Names {
        self.names.get_or_init(|| self.disclosure.row_names())
    }

    /// The rows of a code.
    pub(super) fn rows_of(&self, code: &str) -> &'a Places {
        self.names().of_code(code)
    }

    /// The rows of a name.
    pub(super) fn rows_called(&self, name: &str) -> &'a Places {
        self.names().rows.get(&normalized_name(name)).map_or(&[], Vec::as_slice)
    }

    fn all(&self, tokens: &[Token], is_linked: &dyn Fn(&Range<usize>) -> bool) -> Vec<Misnamed> {
        let mut found = Vec::new();
        let mut of_rows: Vec<(usize, bool)> = Vec::new();
        let mut from = 0;
        // Whether the sentence gave another amount first, of which these may be parts.
        let mut is_led = false;
        for (index, token) in tokens.iter().enumerate() {
            let lead = from..token.range.start;
            from = token.range.end;
            is_led &= !self.text[lead.clone()].contains(['。', '\n']);
            let is_plain = token.role == Role::Level
                && token.reached.is_none()
                && token.base.words.is_empty()
                && token.is_exact
                && matches!(token.time, Time::Now | Time::Unsaid);
            if !is_plain {
                continue;
            }
            if let Some((phrase, terms)) = self.phrase(lead.clone()) {
                let is_free = !is_led && !is_linked(&token.range) && self.is_of_this_year(token);
                found.extend(is_free.then(|| self.against_phrase(token, phrase, terms)).flatten());
                continue;
            }
            is_led = true;
            if let Some(rows) = self.rows(token) {
                of_rows.push((index, self.fits(token, rows)));
            }
        }
        let fitting = of_rows.iter().filter(|(_, fits)| *fits).count();
        let is_free = |(index, fits): &&(usize, bool)| !fits && !is_linked(&tokens[*index].range);
        let wrong = of_rows.iter().filter(is_free).map(|(index, _)| &tokens[*index]);
        let wrong = wrong.filter(|token| fitting >= READ_FROM_TABLES || self.is_slip_of_row(token));
        found.extend(wrong.filter_map(|token| self.against_rows(token)));
        found
    }

    /// Whether a slip of the pen tells an amount from one that its row holds.
    fn is_slip_of_row(&self, token: &Token) -> bool {
        const DIGITS: usize = 3;
        let rows = self.rows(token).map_or(&[][..], Vec::as_slice);
        let amount = (token.value * token.factor).normalize();
        let is_slip = |value: Decimal| is_slip(amount, value.normalize(), DIGITS);
        self.is_of_this_year(token) && self.cells(rows).iter().any(|(_, value, _)| is_slip(*value))
    }

    /// Whether no other year was said last before an amount.
    fn is_of_this_year(&self, token: &Token) -> bool {
        let before = &self.text[..token.range.start];
        token.time == Time::Now
            || self.reader.last_time(before).is_none_or(|(_, time)| time == Time::Now)
    }

    /// The words of the profile that stand right before an amount and are all that names it, and their cells.
    fn phrase(&self, lead: Range<usize>) -> Option<(&str, &[Term])> {
        let sections = &self.disclosure.profile.sections;
        let lead = &self.text[lead];
        let lead = &lead[lead.rfind(['。', '；', '\n', ';']).map_or(0, |at| at)..];
        let words = self.reader.prose.statements.without_fillers(lead);
        let own = sections.get(&self.disclosure.sections[self.section].id);
        let is_alone = |phrase: &str| {
            let Some(rest) = words.strip_suffix(phrase) else { return false };
            let cut = clause_start(rest);
            self.reader.cleaned(rest[cut..].trim_start_matches(['。', '；', ';', '\n'])).is_empty()
        };
        let all = own.into_iter().flat_map(|section| section.figures.iter());
        let best =
            all.filter(|(phrase, _)| is_alone(phrase)).max_by_key(|(phrase, _)| phrase.len());
        best.map(|(phrase, terms)| (phrase.as_str(), terms.as_slice()))
    }

    fn against_phrase(&self, token: &Token, phrase: &str, terms: &[Term]) -> Option<Misnamed> {
        let (value, slack) = self.disclosure.sum_of(self.portal, terms)?;
        let own = figure_slack(token);
        let allowed = match terms {
            [_] => printed_apart(own, slack),
            _ => own + slack,
        };
        let amount = token.value * token.factor;
        let is_none = amount.is_zero() != value.is_zero();
        if !is_none && (amount - value).abs() <= allowed {
            return None;
        }
        Some(Misnamed {
            section: self.section,
            range: token.range.clone(),
            said: format!("{phrase}{}", token.words),
            names: self.disclosure.names(terms),
            holds: vec![shown(token, value)],
            is_certain: true,
        })
    }

    /// The rows that the words of an amount name, by their name or their code.
    fn rows(&self, token: &Token) -> Option<&Vec<(usize, usize, usize)>> {
        let names = self.names();
        if token.noun.chars().count() < SHORTEST {
            return None;
        }
        let code = token
            .clause
            .split(|c: char| !c.is_ascii_digit())
            .find_map(|code| names.codes.get(code));
        code.or_else(|| names.rows.get(&normalized_name(token.noun)))
    }

    /// What stands in the amount columns of rows.
    fn cells(&self, rows: &[(usize, usize, usize)]) -> Vec<(At, Decimal, Decimal)> {
        let mut all = Vec::new();
        for (table, panel, row) in rows {
            let form = &self.disclosure.tables[*table].spec.panels[*panel];
            for (column, spec) in form.columns.iter().enumerate() {
                let at = At::Cell(*table, *panel, *row, column);
                if spec.kind == ColumnKind::Amount
                    && let Amount::Printed(value, slack) = self.disclosure.amount(at)
                {
                    all.push((at, value, slack));
                }
            }
        }
        all
    }

    pub(super) fn fits(&self, token: &Token, rows: &[(usize, usize, usize)]) -> bool {
        let (amount, own) = (token.value * token.factor, figure_slack(token));
        let cells = self.cells(rows);
        (amount.is_zero() && cells.is_empty())
            || cells.iter().any(|(_, value, slack)| {
                let allowed = printed_apart(own, *slack);
                (amount - *value).abs() <= allowed
            })
    }

    fn against_rows(&self, token: &Token) -> Option<Misnamed> {
        const SHOWN: usize = 3;
        let rows = self.rows(token)?;
        let cells = self.cells(rows);
        let (first, ..) = cells.first()?;
        let mut holds: Vec<String> =
            cells.iter().map(|(_, value, _)| shown(token, *value)).collect();
        holds.dedup();
        holds.truncate(SHOWN);
        Some(Misnamed {
            section: self.section,
            range: token.range.clone(),
            said: format!("{}{}", token.noun, token.words),
            names: self.disclosure.words_of(*first),
            holds,
            is_certain: false,
        })
    }
}

fn figure_slack(token: &Token) -> Decimal {
    crate::amount::half_unit(token.value.scale()) * token.factor
}

/// A value in the unit of a figure.
fn shown(token: &Token, value: Decimal) -> String {
    let mut value = (value / token.factor).normalize();
    if value.scale() < token.value.scale() {
        value.rescale(token.value.scale());
    }
    format!("{value}{}", token.unit())
}
