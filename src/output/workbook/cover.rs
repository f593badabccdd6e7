//! The first sheet: what the workbook is, where it comes from, what stands on which sheet.

use rust_xlsxwriter::{Url, Worksheet};

use super::canvas::Canvas;
use super::styles::Styles;
use super::width::{self, Tenths};
use super::{Contents, page_link};
use crate::format;
use crate::model::{Disclosure, Portal};
use crate::theme::Theme;
use crate::url;

/// The columns: what is said, what it says, the page.
const WIDTHS: [Tenths; 3] = [130, 420, 560];

/// The first sheet, before the sheets that it lists.
pub(super) fn sheet(
    portal: &Portal,
    disclosure: &Disclosure,
    contents: &[Contents],
    (theme, styles): (&Theme, &Styles),
) -> Worksheet {
    let mut canvas = Canvas::new(theme.word("workbook_about"), styles, WIDTHS.to_vec());
    let organisation = &portal.organisation(disclosure).written.name;
    let title = if disclosure.written.title.is_empty() {
        format::beside(organisation, &format::short_title(disclosure))
    } else {
        disclosure.written.title.clone()
    };
    canvas.span((0, 0), (1, WIDTHS.len()), &title, &styles.title);
    canvas.high(0, 2);
    let lead = theme.word("workbook_lead");
    canvas.span((1, 0), (1, WIDTHS.len()), lead, &styles.said);
    canvas.high(1, width::lines(lead, canvas.wide(0, WIDTHS.len())));
    let mut row = 3;
    let written = &disclosure.written;
    let facts = [
        ("workbook_organisation", organisation.as_str()),
        ("year", &format::short_title(disclosure)),
        ("published", &theme.day(&written.published)),
        ("approved", &theme.day(&written.approved)),
        ("source", &written.source),
        ("workbook_licence", &portal.site.licence),
        ("workbook_publisher", &portal.site.publisher),
    ];
    for (key, said) in facts.into_iter().filter(|(_, said)| !said.is_empty()) {
        canvas.text((row, 0), theme.word(key), &styles.key);
        canvas.span((row, 1), (1, 2), said, &styles.said);
        canvas.high(row, width::lines(said, canvas.wide(1, 2)));
        row += 1;
    }
    canvas.text((row, 0), theme.word("workbook_page"), &styles.key);
    page_link(&mut canvas, (row, 1), &url::whole(&portal.site, &url::disclosure(disclosure)));
    row += 2;
    for (column, key) in ["", "workbook_sheet", "workbook_page"].into_iter().enumerate().skip(1) {
        canvas.text((row, column), theme.word(key), &styles.key);
    }
    for one in contents {
        row += 1;
        let within = Url::new(format!("internal:'{}'!A1", one.sheet.replace('\'', "''")));
        canvas.link((row, 1), within, &one.title);
        page_link(&mut canvas, (row, 2), &one.page);
    }
    canvas.sheet.set_portrait().set_print_fit_to_pages(1, 0);
    canvas.sheet.set_screen_gridlines(false);
    canvas.done(row)
}
