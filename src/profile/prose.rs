//! The words by which a profile reads the prose of its disclosures.

use indexmap::IndexMap;

use crate::amount::Decimal;

/// Words of a language and a trade; an empty list asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Words that say a figure grew.
    pub increase: Vec<String>,
    /// Words that say a figure shrank.
    pub decrease: Vec<String>,
    /// Words that say it stayed as it was.
    pub unchanged: Vec<String>,
    /// Words that give a reason.
    pub reasons: Vec<String>,
    /// Pairs of signs around what is quoted: titles and numbers of documents.
    pub quotes: Vec<(char, char)>,
    /// Units written short, and how many base units each is worth.
    pub units: IndexMap<String, Decimal>,
    /// Words that stand where something is still to be filled in.
    pub placeholders: Vec<String>,
    /// Words of another body’s document.
    pub foreign_words: Vec<String>,
    /// Codes of the regions to which these words belong.
    pub at_home_in: Vec<String>,
    /// Words directly before a year that must be this one or the one before.
    pub before_year: Vec<String>,
    /// Words directly after such a year.
    pub after_year: Vec<String>,
    /// Words beside a figure, or over its column or row, by which it may be of another year.
    pub other_year: Vec<String>,
    /// Words for the year before that of a disclosure.
    pub last_year: Vec<String>,
    /// Words for its own year.
    pub this_year: Vec<String>,
    /// Words for the year after.
    pub next_year: Vec<String>,
    /// By stage, the words that say a document or a figure is of that stage.
    pub stages: IndexMap<String, Vec<String>>,
    /// Words directly before or behind a figure that say how it lies to its cell.
    pub bounds: Bounds,
    /// Words by which statements about figures are read: growth, shares, what was carried out.
    pub statements: Statements,
    /// Words at which no sentence ends: `主要原因是`.
    pub unfinished: Vec<String>,
    /// Pairs of signs of which none stands without the other; with them slips of punctuation are looked for.
    pub pairs: Vec<(char, char)>,
    /// Nouns with a number of their own behind them: `表1`.
    pub numbered: Vec<String>,
    /// Words directly after a year that make it a day of that year: its end, its beginning.
    pub as_of: Vec<String>,
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
    /// Words that begin or end a comparison.
    pub compared: Vec<String>,
    /// Words before a share of a whole.
    pub share: Vec<String>,
    /// Words before how much of a plan was carried out.
    pub completed: Vec<String>,
    /// Words between a word of direction and what was reached by it.
    pub reached: Vec<String>,
    /// Words before the parts of what was said before.
    pub parts: Vec<String>,
    /// Words of a plan that was or was not carried out.
    pub plans: Vec<String>,
    /// Words that say how many times as much a figure became.
    pub multiples: IndexMap<String, Decimal>,
    /// Words that name nothing of their own.
    pub plain: Vec<String>,
}

impl Statements {
    /// Whether there is anything to read statements by.
    pub fn is_empty(&self) -> bool {
        self.compared.is_empty() && self.share.is_empty() && self.completed.is_empty()
    }
}
