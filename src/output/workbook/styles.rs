//! How cells look: one list for every workbook → its XML (ECMA-376, part 1, 18.8).

use std::sync::LazyLock;

use crate::amount::DECIMALS;

/// How a cell looks: its place in the list of looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Look(usize);

/// As deep as names are indented.
pub(super) const DEEPEST: usize = 12;

/// Where names, figures and shares begin in the list.
const NAMES: usize = 12;
const FIGURES: usize = NAMES + 2 * (DEEPEST + 1);
const SHARES: usize = FIGURES + 4 * (DECIMALS + 1);

impl Look {
    /// The title above a table or a form.
    pub(super) const TITLE: Look = Look(1);
    /// Words outside of a grid: a line above a table, a note under it, what the first sheet says.
    pub(super) const SAID: Look = Look(2);
    /// The last line above a table.
    pub(super) const CAPTION_END: Look = Look(3);
    /// A heading.
    pub(super) const HEAD: Look = Look(4);
    /// The number of a column or of a line.
    pub(super) const NUMBER: Look = Look(5);
    /// Nothing, within the grid.
    pub(super) const BLANK: Look = Look(6);
    /// A code: digits that are no quantity.
    pub(super) const CODE: Look = Look(7);
    /// Words, long ones in several lines.
    pub(super) const WORDS: Look = Look(8);
    /// A mark in the place of a figure.
    pub(super) const MARK: Look = Look(9);
    /// What a line of the first sheet is about.
    pub(super) const KEY: Look = Look(10);
    /// A link.
    pub(super) const LINK: Look = Look(11);

    /// A name so many levels below the highest.
    pub(super) fn name(depth: usize, is_strong: bool) -> Look {
        Look(NAMES + 2 * depth.min(DEEPEST) + usize::from(is_strong))
    }

    /// A figure of so many decimals.
    pub(super) fn figure(decimals: usize, grouped: bool, is_strong: bool) -> Look {
        let kind = usize::from(grouped) + 2 * usize::from(is_strong);
        Look(FIGURES + 4 * decimals.min(DECIMALS) + kind)
    }

    /// A share in per cent, printed with so many decimals.
    pub(super) fn share(decimals: usize) -> Look {
        Look(SHARES + decimals.min(DECIMALS))
    }

    /// Its place in the list.
    pub(super) fn index(self) -> usize {
        self.0
    }
}

/// What a look is made of: indices of the lists above that of looks.
#[derive(Clone, Copy, Default)]
struct Parts {
    number: usize,
    font: usize,
    fill: usize,
    border: usize,
    /// Where a text stands; in the place of its kind and in the middle where nothing is said.
    across: &'static str,
    upright: &'static str,
    wraps: bool,
    indent: usize,
}

/// Fonts: as usual, of titles, of links, bold.
const TITLES: usize = 1;
const LINKS: usize = 2;
const BOLD: usize = 3;
const FONTS: &str = "<fonts count=\"4\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font><font><b/><sz val=\"15\"/><name val=\"Calibri\"/><family val=\"2\"/></font><font><u/><sz val=\"11\"/><color rgb=\"FF0B57D0\"/><name val=\"Calibri\"/><family val=\"2\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>";

/// Fills: the first two are those of the format itself.
const GREY: usize = 2;
const FILLS: &str = "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFF2F2F2\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>";

/// Borders: none, thin ones.
const BORDERS: &str = "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style=\"thin\"><color auto=\"1\"/></left><right style=\"thin\"><color auto=\"1\"/></right><top style=\"thin\"><color auto=\"1\"/></top><bottom style=\"thin\"><color auto=\"1\"/></bottom><diagonal/></border></borders>";

/// The format of texts among those that every program knows; the first of a workbook’s own.
const TEXT: usize = 49;
const OWN: usize = 164;

/// The XML of all looks.
pub(super) static XML: LazyLock<String> = LazyLock::new(xml);

/// The patterns of numbers in the order of their looks: figures of so many decimals without and with
/// commas, then shares.
fn patterns() -> Vec<String> {
    let places = || 0..=DECIMALS;
    let figures =
        places().flat_map(|decimals| ["0", "#,##0"].map(|whole| pattern(whole, decimals)));
    let shares = places().map(|decimals| format!("{}%", pattern("0", decimals)));
    figures.chain(shares).collect()
}

/// A pattern of numbers with so many decimals.
fn pattern(whole: &str, decimals: usize) -> String {
    let point = if decimals == 0 { "" } else { "." };
    format!("{whole}{point}{}", "0".repeat(decimals))
}

/// All looks, each in its place.
fn looks() -> Vec<Parts> {
    let plain = Parts::default();
    let said = Parts { wraps: true, ..plain };
    let grid = Parts { border: 1, ..plain };
    let words = Parts { wraps: true, ..grid };
    let (center, right) = ("center", "right");
    let mut looks = vec![
        plain,
        Parts { font: TITLES, across: center, ..said },
        said,
        Parts { across: right, ..said },
        Parts { font: BOLD, fill: GREY, across: center, ..words },
        Parts { across: center, ..grid },
        grid,
        Parts { number: TEXT, ..words },
        words,
        Parts { across: right, ..words },
        Parts { font: BOLD, upright: "top", ..plain },
        Parts { font: LINKS, ..plain },
    ];
    for indent in 0..=DEEPEST {
        let across = if indent == 0 { "" } else { "left" };
        looks.extend([0, BOLD].map(|font| Parts { font, across, indent, ..words }));
    }
    for decimals in 0..=DECIMALS {
        for font in [0, BOLD] {
            let figure = |grouped| Parts {
                number: OWN + 2 * decimals + grouped,
                font,
                across: right,
                ..grid
            };
            looks.extend([0, 1].map(figure));
        }
    }
    let shares = OWN + 2 * (DECIMALS + 1);
    let share = |decimals| Parts { number: shares + decimals, across: center, ..grid };
    looks.extend((0..=DECIMALS).map(share));
    looks
}

fn xml() -> String {
    let (patterns, looks) = (patterns(), looks());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"{}\">",
        patterns.len()
    );
    for (at, pattern) in patterns.iter().enumerate() {
        out += &format!("<numFmt numFmtId=\"{}\" formatCode=\"{pattern}\"/>", OWN + at);
    }
    out.extend(["</numFmts>", FONTS, FILLS, BORDERS]);
    out.push_str("<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>");
    out += &format!("<cellXfs count=\"{}\">", looks.len());
    looks.iter().enumerate().for_each(|(at, look)| out.push_str(&look_xml(*look, at == 0)));
    out.push_str("</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>");
    out
}

/// One look; that of cells of which nothing is said has no place for its text.
fn look_xml(look: Parts, is_default: bool) -> String {
    let Parts { number, font, fill, border, across, upright, wraps, indent } = look;
    let mut out = format!(
        "<xf numFmtId=\"{number}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\""
    );
    if is_default {
        return out + "/>";
    }
    let parts = [("NumberFormat", number), ("Font", font), ("Fill", fill), ("Border", border)];
    for (name, _) in parts.into_iter().filter(|(_, part)| *part > 0) {
        out += &format!(" apply{name}=\"1\"");
    }
    out.push_str(" applyAlignment=\"1\"><alignment");
    if !across.is_empty() {
        out += &format!(" horizontal=\"{across}\"");
    }
    out += &format!(" vertical=\"{}\"", if upright.is_empty() { "center" } else { upright });
    if wraps {
        out.push_str(" wrapText=\"1\"");
    }
    if indent > 0 {
        out += &format!(" indent=\"{indent}\"");
    }
    out + "/></xf>"
}

#[cfg(test)]
mod tests {
    use super::{DECIMALS, DEEPEST, Look, OWN, looks, patterns};

    #[test]
    fn every_look_stands_in_its_place() {
        let (looks, patterns) = (looks(), patterns());
        let number = |look: Look| {
            let own = looks[look.index()].number.checked_sub(OWN);
            own.map_or("", |own| patterns[own].as_str())
        };
        assert_eq!(number(Look::figure(2, true, true)), "#,##0.00");
        assert_eq!(number(Look::figure(0, false, false)), "0");
        assert_eq!(number(Look::share(1)), "0.0%");
        assert_eq!(looks[Look::name(3, true).index()].indent, 3);
        assert_eq!(looks[Look::name(DEEPEST + 1, false).index()].indent, DEEPEST);
        assert_eq!(Look::share(DECIMALS).index() + 1, looks.len());
    }
}
