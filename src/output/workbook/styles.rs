//! How cells look: each kind once, so that a workbook holds few.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::amount::DECIMALS;

/// The looks of a workbook.
pub(super) struct Styles {
    /// The title above a table or a form.
    pub title: Format,
    /// A line above a table, and the last one.
    pub caption: Format,
    pub caption_end: Format,
    /// A heading.
    pub head: Format,
    /// The number of a column or of a line.
    pub number: Format,
    /// Nothing, within the grid.
    pub blank: Format,
    /// A code: digits that are no quantity.
    pub code: Format,
    /// Words, long ones in several lines.
    pub words: Format,
    /// A mark in the place of a figure.
    pub mark: Format,
    /// A note under a table.
    pub note: Format,
    /// What a line of the first sheet is about.
    pub key: Format,
    /// What it says.
    pub said: Format,
    /// A link.
    pub link: Format,
    /// Names by level, plain and strong.
    names: Vec<[Format; 2]>,
    /// Figures by decimals: plain, with commas, strong, and strong with commas.
    figures: Vec<[Format; 4]>,
    /// Shares in per cent, by decimals.
    shares: Vec<Format>,
}

/// As deep as names are indented.
pub(super) const DEEPEST: usize = 12;

impl Styles {
    pub(super) fn new() -> Styles {
        let plain = Format::new().set_align(FormatAlign::VerticalCenter);
        let grid = plain.clone().set_border(FormatBorder::Thin);
        let wrapped = grid.clone().set_text_wrap();
        let strong = |format: &Format, is_strong: bool| {
            if is_strong { format.clone().set_bold() } else { format.clone() }
        };
        let name = |level: u8| {
            [false, true].map(|is_strong| strong(&wrapped, is_strong).set_indent(level))
        };
        let places = 0..=DECIMALS;
        let figure = |decimals: usize| {
            [(false, false), (true, false), (false, true), (true, true)].map(
                |(grouped, is_strong)| {
                    let whole = if grouped { "#,##0" } else { "0" };
                    strong(&grid, is_strong)
                        .set_align(FormatAlign::Right)
                        .set_num_format(decimals_of(whole, decimals))
                },
            )
        };
        let share = |decimals: usize| {
            let pattern = format!("{}%", decimals_of("0", decimals));
            grid.clone().set_align(FormatAlign::Center).set_num_format(pattern)
        };
        let centre = |format: &Format| format.clone().set_align(FormatAlign::Center);
        Styles {
            title: centre(&plain).set_bold().set_font_size(15).set_text_wrap(),
            caption: plain.clone().set_text_wrap(),
            caption_end: plain.clone().set_align(FormatAlign::Right).set_text_wrap(),
            head: centre(&wrapped).set_bold().set_background_color("F2F2F2"),
            number: centre(&grid),
            code: wrapped.clone().set_num_format("@"),
            mark: wrapped.clone().set_align(FormatAlign::Right),
            note: plain.clone().set_text_wrap(),
            key: plain.clone().set_bold().set_align(FormatAlign::Top),
            said: plain.clone().set_text_wrap(),
            link: plain
                .clone()
                .set_font_color("0B57D0")
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            names: (0..).take(DEEPEST + 1).map(name).collect(),
            figures: places.clone().map(figure).collect(),
            shares: places.map(share).collect(),
            blank: grid,
            words: wrapped,
        }
    }

    /// A name so many levels below the highest.
    pub(super) fn name(&self, depth: usize, is_strong: bool) -> &Format {
        &self.names[depth.min(DEEPEST)][usize::from(is_strong)]
    }

    /// A figure of so many decimals.
    pub(super) fn figure(&self, decimals: usize, grouped: bool, is_strong: bool) -> &Format {
        let looks = &self.figures[decimals.min(DECIMALS)];
        &looks[usize::from(grouped) + 2 * usize::from(is_strong)]
    }

    /// A share in per cent, printed with so many decimals.
    pub(super) fn share(&self, decimals: usize) -> &Format {
        &self.shares[decimals.min(DECIMALS)]
    }
}

/// A pattern of numbers with so many decimals.
fn decimals_of(whole: &str, decimals: usize) -> String {
    let point = if decimals == 0 { "" } else { "." };
    format!("{whole}{point}{}", "0".repeat(decimals))
}
