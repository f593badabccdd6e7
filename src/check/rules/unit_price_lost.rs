//! Flags a factor printed as nought whose product is not: it is smaller than its last printed place.

use crate::check::{Rule, Scope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Portal};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T207",
        name: "unit-price-lost",
        severity: Severity::Warning,
        page: include_str!("unit_price_lost.md"),
    },
    scope: Scope::Disclosure(check),
};

fn check(report: &mut Report, _: &Portal, disclosure: &Disclosure) {
    for table in disclosure.tables.values() {
        for (number, form, panel) in table.panels() {
            for (column, spec) in
                form.columns.iter().enumerate().filter(|(_, spec)| !spec.product_of.is_empty())
            {
                for (index, row) in panel.rows.iter().enumerate() {
                    let Some(product) = row.cells[column].figure().filter(|value| !value.is_zero())
                    else {
                        continue;
                    };
                    let lost = spec.product_of.iter().find(|factor| {
                        row.cells[**factor].figure().is_some_and(|value| value.is_zero())
                    });
                    let Some(&factor) = lost else { continue };
                    let message = text!(
                        zh: "“{title}”印作 {zero}，而“{whole}”是 {product}：它比印出的最后一位还小", en: "`{title}` is printed as {zero} while `{whole}` is {product}: it is smaller than its last printed place",
                        title = form.columns[factor].title, zero = row.cells[factor].text(), whole = spec.title,
                    );
                    let help = text!(zh: "多印几位小数，或换用较小的单位", en: "print more decimals, or use a smaller unit");
                    let address =
                        format!("{}/{}/{}", table.spec.id, row.key, form.columns[factor].id);
                    report.push(
                        RULE.code
                            .at(table.cell_place(number, index, factor), message)
                            .help(help)
                            .about(&disclosure.path, address),
                    );
                }
            }
        }
    }
}
