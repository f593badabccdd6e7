//! `search`: the words by which questions of readers are understood.

use indexmap::IndexMap;

use crate::address::Address;
use crate::amount::Decimal;
use crate::source::Place;

/// What a profile says of the search. Words are as written; the search folds them.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words of questions: they fall away wherever they stand.
    pub questions: Vec<String>,
    /// Words that ask for an amount: they fall away likewise, and rows come before what terms mean.
    pub amounts: Vec<String>,
    /// Words that fall away at an end of what is left.
    pub particles: Vec<String>,
    /// Words of money: they fall away at an end where nothing is called so.
    pub money: Vec<String>,
    /// Words of who asks what a term means.
    pub definitions: Vec<String>,
    /// What may stand behind the digits of a year.
    pub year_signs: Vec<String>,
    /// Written numerals and what each is worth.
    pub numerals: IndexMap<String, Decimal>,
    /// Other words, by what they mean as it is printed.
    pub synonyms: IndexMap<String, Vec<String>>,
    /// The sides of an account by id, those first that are meant where nothing is said.
    pub sides: IndexMap<String, Side>,
    /// Questions that a figure answers, by id; the first also answers who asks for nothing else.
    pub intents: IndexMap<String, Intent>,
}

/// A side of an account: spending, income.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Words that ask for it.
    pub words: Vec<String>,
    /// Its tables, or panels of tables as `table/panel`, the most telling first.
    pub tables: Vec<String>,
}

/// A question that a figure answers.
#[derive(Clone, Debug)]
pub struct Intent {
    /// What the answer is called, by language tag; an empty tag stands for every language.
    pub title: IndexMap<String, String>,
    /// How it is asked; of several words with blanks between them each must be there.
    pub words: Vec<String>,
    /// What answers it.
    pub asks: Asks,
    /// The figures it is answered by.
    pub address: Address,
    /// Where it is stated.
    pub place: Place,
}

/// What is asked of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The figure itself.
    Figure,
    /// The largest of several.
    Largest,
    /// How much it is more or less than in the earlier year.
    Change,
}

impl Intent {
    /// What the answer is called in a language, where that is written.
    pub fn title(&self, language: &str) -> Option<&str> {
        let title = self.title.get(language).or_else(|| self.title.get(""));
        title.or_else(|| self.title.values().next()).map(String::as_str)
    }
}

impl Search {
    /// Where the rows of a panel stand among all: the id of their side, and a number that is less
    /// for what is meant first. What is of no side stands behind the first side.
    pub fn place(&self, table: &str, panel: &str) -> (&str, usize) {
        let is_here = |written: &String| match written.split_once('/') {
            Some(pair) => pair == (table, panel),
            None => written == table,
        };
        let mut before = 0;
        for (number, (id, side)) in self.sides.iter().enumerate() {
            if let Some(at) = side.tables.iter().position(is_here) {
                return (id, before + at + usize::from(number > 0));
            }
            before += side.tables.len();
        }
        ("", self.sides.first().map_or(0, |(_, side)| side.tables.len()))
    }
}
