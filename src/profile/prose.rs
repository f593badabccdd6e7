//! The words by which a profile reads the prose of its disclosures.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::word_list::WordList;
use crate::amount::Decimal;

/// Words of a language and a trade; an empty list asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Words that say a figure grew.
    pub increase: WordList,
    /// Words that say a figure shrank.
    pub decrease: WordList,
    /// Words that say it stayed as it was.
    pub unchanged: WordList,
    /// Words that give a reason.
    pub reasons: WordList,
    /// Pairs of signs around what is quoted: titles and numbers of documents.
    pub quotes: Vec<(char, char)>,
    /// Units written short, and how many base units each is worth.
    pub units: IndexMap<String, Decimal>,
    /// Words that stand where something is still to be filled in.
    pub placeholders: WordList,
    /// Words of another body’s document.
    pub foreign_words: WordList,
    /// What bodies call themselves, each with the endings of names that such a body may have.
    pub speakers: IndexMap<String, Vec<String>>,
    /// The words of these.
    pub spoken: WordList,
    /// How the names of places end that names of bodies begin with.
    pub places: Vec<String>,
    /// Words before a body that is spoken of and does not publish: `按照`.
    pub cites: Vec<String>,
    /// Words that present what is published: `现将`.
    pub presents: Vec<String>,
    /// Words behind a year in which a law or a document was made.
    pub enacted: WordList,
    /// Codes of the regions to which these words belong.
    pub at_home_in: Vec<String>,
    /// Words directly before a year that must be this one or the one before.
    pub before_year: Vec<String>,
    /// Words directly after such a year.
    pub after_year: WordList,
    /// Words beside a figure, or over its column or row, by which it may be of another year.
    pub other_year: WordList,
    /// Words for the year before that of a disclosure.
    pub last_year: WordList,
    /// Words for the year before that.
    pub year_before_last: WordList,
    /// What may stand behind the digits of a year in place of its sign.
    pub year_signs: Vec<String>,
    /// Words for its own year.
    pub this_year: WordList,
    /// Words for the year after.
    pub next_year: WordList,
    /// By stage, the words that say a document or a figure is of that stage.
    pub stages: IndexMap<String, Vec<String>>,
    /// Words directly before or behind a figure that say how it lies to its cell.
    pub bounds: Bounds,
    /// Words by which statements about figures are read: growth, shares, what was carried out.
    pub statements: Statements,
    /// Words by which codes and names in a text are compared with the tables.
    pub names: NameWords,
    /// Words at which no sentence ends: `主要原因是`.
    pub unfinished: Vec<String>,
    /// Pairs of signs of which none stands without the other; with them slips of punctuation are looked for.
    pub pairs: Vec<(char, char)>,
    /// Nouns with a number of their own behind them: `表1`.
    pub numbered: Vec<String>,
    /// Words directly after a year that make it a day of that year: its end, its beginning.
    pub as_of: Vec<String>,
    /// Those of them that are its last day.
    pub year_end: Vec<String>,
    /// Words directly before or behind what is said of another stage, by which that is another document.
    pub stage_elsewhere: Vec<String>,
    /// Units that are none of money.
    pub other_units: Vec<String>,
    /// Words that may stand twice in a row.
    pub doubled: Vec<String>,
    /// Whether a money figure that equals no cell is worth a warning.
    pub every_figure: bool,
}

/// Words that say how a figure lies to the one it is bound to.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// The cell is less.
    pub less_than: Vec<String>,
    /// The cell is more.
    pub more_than: Vec<String>,
    /// The cell is no more.
    pub at_most: Vec<String>,
    /// The cell is no less.
    pub at_least: Vec<String>,
    /// The cell is a little less: the figure is the cell rounded up.
    pub nearly: Vec<String>,
    /// The figure is the cell rounded, to fewer digits than it has.
    pub about: Vec<String>,
}

/// Words of statements about figures: `比上年增加5万元，增长8.1%`, `占总支出的30%`.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// Words of a total.
    pub totals: WordList,
    /// Words that begin or end a comparison.
    pub compared: WordList,
    /// Words before a share of a whole.
    pub share: Vec<String>,
    /// Words before how much of a plan was carried out.
    pub completed: Vec<String>,
    /// Words between a word of direction and what was reached by it.
    pub reached: WordList,
    /// Words before the parts of what was said before.
    pub parts: WordList,
    /// Words of a whole, of which nothing is more than all.
    pub wholes: Vec<String>,
    /// Words of an average, each with the units of what it is an average over.
    pub averages: IndexMap<String, Vec<String>>,
    /// Words behind a number that say how many times as much.
    pub times: Vec<String>,
    /// Lists of words of which nothing is two: what is counted under two of them is counted twice.
    pub disjoint: Vec<Vec<String>>,
    /// Words of a plan that was or was not carried out.
    pub plans: Vec<String>,
    /// Words that say how many times as much a figure became.
    pub multiples: IndexMap<String, Decimal>,
    /// Words that name nothing of their own.
    pub plain: Vec<String>,
    /// Those and the words that bound a figure, ready to be taken from the ends of a text.
    pub fillers: Lexicon,
    /// Those, the words of years and those before parts.
    pub nameless: Lexicon,
    /// The words of stages and plans.
    pub of_stages: Lexicon,
}

/// Words beside the codes and names of a classification: `教育支出（205类）`.
#[derive(Clone, Debug, Default)]
pub struct NameWords {
    /// What stands behind a code or a name, from the highest level down.
    pub levels: Vec<String>,
    /// How a name ends, which it may be said without.
    pub ends: Vec<String>,
    /// Words that are written for each other.
    pub joints: Vec<String>,
    /// What may stand around a name and is no part of it.
    pub around: Lexicon,
}

/// Words ready to be found at the beginning and at the end of a text: by their first and last letter, the longest
/// first.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    first: BTreeMap<char, Vec<String>>,
    last: BTreeMap<char, Vec<String>>,
}

impl Lexicon {
    fn of<'a>(words: impl Iterator<Item = &'a String>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for word in words {
            let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else {
                continue;
            };
            lexicon.first.entry(first).or_default().push(word.clone());
            lexicon.last.entry(last).or_default().push(word.clone());
        }
        for words in lexicon.first.values_mut().chain(lexicon.last.values_mut()) {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        lexicon
    }

    /// The text without the longest word it begins with.
    pub fn without_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.first.get(&text.chars().next()?)?;
        words.iter().find_map(|word| text.strip_prefix(word.as_str()))
    }

    /// The text without the longest word it ends with.
    pub fn without_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.last.get(&text.chars().next_back()?)?;
        words.iter().find_map(|word| text.strip_suffix(word.as_str()))
    }
}

impl Statements {
    /// A text without the words at its end that name nothing.
    pub fn without_fillers<'t>(&self, text: &'t str) -> &'t str {
        let mut text = text.trim();
        while let Some(rest) = self.fillers.without_end(text) {
            text = rest.trim_end();
        }
        text
    }
}

impl Prose {
    /// Makes the words of statements ready, once all of them are read.
    pub(super) fn prepare(&mut self) {
        let statements = &self.statements;
        let bounds = &self.bounds;
        let bounds = [&bounds.about, &bounds.nearly, &bounds.more_than, &bounds.less_than];
        let bounds = bounds.into_iter().flatten().filter(|word| !word.starts_with('…'));
        let fillers: Vec<&String> = statements.plain.iter().chain(bounds).collect();
        let years = [&self.last_year, &self.this_year, &self.next_year].into_iter().flatten();
        let nameless: Vec<&String> =
            fillers.iter().copied().chain(years).chain(&statements.parts).collect();
        let stages: Vec<&String> =
            self.stages.values().flatten().chain(&statements.plans).collect();
        let moved = self.increase.iter().chain(&self.decrease).chain(&self.reasons);
        let around = nameless.iter().chain(&stages).copied().chain(moved).chain(&self.names.levels);
        let around = Lexicon::of(around);
        let of_stages = Lexicon::of(stages.into_iter());
        let nameless = Lexicon::of(nameless.into_iter());
        let fillers = Lexicon::of(fillers.into_iter());
        self.names.around = around;
        self.statements.fillers = fillers;
        self.statements.nameless = nameless;
        self.statements.of_stages = of_stages;
    }
}

impl Statements {
    /// Whether there is anything to read statements by.
    pub fn is_empty(&self) -> bool {
        self.compared.is_empty() && self.share.is_empty() && self.completed.is_empty()
    }
}
