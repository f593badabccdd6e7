//! A sheet of a workbook as it is filled: values with their looks, merged cells, widths and heights.

use std::borrow::Cow;

use super::leaf::{At, Content, Leaf, Target};
use super::number::number;
use super::styles::Look;
use super::texts::Texts;
use super::width::{self, Tenths};
use crate::amount::Decimal;
use crate::sheet::Value;

/// As many characters a cell holds, and an address.
const LONGEST: usize = 32_767;
const LONGEST_ADDRESS: usize = 2_000;

/// So much of a text is kept of one that is longer.
const KEPT: usize = 32_000;

/// As many breaks between pages as a sheet takes; what follows stands without a break.
const BREAKS: usize = 1_000;

/// A sheet as it is filled.
pub(super) struct Canvas<'a> {
    leaf: Leaf,
    texts: &'a Texts,
}

impl<'a> Canvas<'a> {
    /// An empty sheet of a name, with its columns.
    pub(super) fn new(name: &str, texts: &'a Texts, widths: Vec<Tenths>) -> Canvas<'a> {
        Canvas { leaf: Leaf::new(name, widths), texts }
    }

    fn content(&self, text: &str) -> Content {
        if text.is_empty() { Content::Nothing } else { Content::Text(self.texts.id(&held(text))) }
    }

    /// Writes words.
    pub(super) fn text(&mut self, at: At, text: &str, look: Look) {
        let content = self.content(text);
        self.leaf.put(at, look, content);
    }

    /// Leaves a cell of the grid empty.
    pub(super) fn blank(&mut self, at: At, look: Look) {
        self.leaf.put(at, look, Content::Nothing);
    }

    /// Writes a number of the program's own.
    pub(super) fn count(&mut self, at: At, count: usize, look: Look) {
        self.leaf.put(at, look, Content::Count(count));
    }

    /// Writes what a cell prints; `strong` where its row is a sum.
    pub(super) fn value(&mut self, at: At, value: Value, is_strong: bool) {
        match value {
            Value::Filler | Value::Blank => self.blank(at, Look::BLANK),
            Value::LineNumber(number) => self.count(at, number, Look::NUMBER),
            Value::Figure(amount, grouped) => self.figure(at, amount, grouped, is_strong),
            Value::Code(code) => self.text(at, code, Look::CODE),
            Value::NotApplicable(mark) | Value::Withheld(mark) => self.text(at, mark, Look::MARK),
            Value::Words(words) => self.text(at, words, Look::WORDS),
        }
    }

    fn figure(&mut self, at: At, amount: Decimal, grouped: bool, is_strong: bool) {
        match number(amount) {
            Some(number) => {
                let look = Look::figure(decimals(amount), grouped, is_strong);
                self.leaf.put(at, look, Content::Number(number));
            }
            None => self.text(at, &Value::Figure(amount, grouped).printed(), Look::MARK),
        }
    }

    /// Writes a share in per cent, with its sign.
    pub(super) fn share(&mut self, at: At, value: Value) {
        let Value::Figure(share, _) = value else { return self.value(at, value, false) };
        let exact = Decimal::of(share.mantissa(), share.scale().saturating_add(2));
        match exact.and_then(number) {
            Some(number) => {
                self.leaf.put(at, Look::share(decimals(share)), Content::Number(number));
            }
            None => self.text(at, &format!("{share}%"), Look::MARK),
        }
    }

    /// Links words to a page or to another sheet. An address that is too long for a workbook is said
    /// without a link.
    pub(super) fn link(&mut self, at: At, target: Target, text: &str) {
        match target {
            Target::Page(address) if address.len() > LONGEST_ADDRESS => {
                self.text(at, text, Look::SAID);
            }
            target => {
                self.text(at, text, Look::LINK);
                self.leaf.links.push((at, target));
            }
        }
    }

    /// Lets readers sift so many rows below a row of headings.
    pub(super) fn sift(&mut self, head: usize, rows: usize) {
        let beside = self.leaf.widths.len().saturating_sub(1);
        self.leaf.sifted = Some(((head, 0), (head + rows, beside)));
    }

    /// The sheet.
    pub(super) fn done(self) -> Leaf {
        self.leaf
    }

    /// Words over several cells: `height` rows, `width` columns; nothing where either is 0, as a heading
    /// over no column is.
    pub(super) fn span(&mut self, at: At, (height, width): (usize, usize), text: &str, look: Look) {
        match (height, width) {
            (1, 1) => self.text(at, text, look),
            (0, _) | (_, 0) => {}
            _ => {
                let content = self.content(text);
                self.leaf.merge(at, (at.0 + height - 1, at.1 + width - 1), look, content);
            }
        }
    }

    /// As [`Canvas::span`], a value.
    pub(super) fn span_value(&mut self, at: At, width: usize, value: Value) {
        if width > 1 {
            self.span(at, (1, width), "", Look::BLANK);
        }
        self.value(at, value, false);
    }

    /// How wide a column is.
    pub(super) fn width(&self, column: usize) -> Tenths {
        self.leaf.widths[column]
    }

    /// How wide columns are together.
    pub(super) fn wide(&self, first: usize, count: usize) -> Tenths {
        self.leaf.widths[first..first + count].iter().sum()
    }

    /// Makes a row high enough for so many lines.
    pub(super) fn high(&mut self, row: usize, lines: usize) {
        if lines > 1 {
            self.leaf.high(row, width::height(lines));
        }
    }

    /// Prints on A4 across, as many pages high as it takes, with rows that are repeated on each, and
    /// keeps them and the first columns in sight.
    pub(super) fn print_across(&mut self, repeated: std::ops::Range<usize>, kept: usize) {
        self.leaf.is_landscape = true;
        self.leaf.is_centred = true;
        self.leaf.frozen = (repeated.end, kept);
        self.leaf.repeated = repeated;
    }

    /// Prints on A4 upright, with a page that ends before each of these rows.
    pub(super) fn print_upright(&mut self, mut breaks: Vec<usize>) {
        self.leaf.is_centred = true;
        breaks.truncate(BREAKS);
        self.leaf.breaks = breaks;
    }

    /// Shows no lines between cells.
    pub(super) fn without_grid(&mut self) {
        self.leaf.hides_grid = true;
    }
}

/// How many decimals an amount is printed with.
fn decimals(amount: Decimal) -> usize {
    usize::try_from(amount.scale()).unwrap_or(usize::MAX)
}

/// A text as a cell holds it: a longer one ends in dots, and stands whole on its page.
fn held(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= KEPT
    });
    Cow::Owned(kept.chain("……".chars()).collect())
}
