//! Flags a factor printed as nought whose product is not: it is smaller than its last printed place.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "T207",
        name: "unit-price-lost",
        severity: Severity::Warning,
        page: include_str!("unit_price_lost.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
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
                        zh: "“{row}”的“{title}”印作 {zero}，“{whole}”却是 {product}：数太小，印出的小数位显示不出来", en: "{title} of {row} is printed as {zero} while {whole} is {product}: it is too small for the decimals printed",
                        title = form.columns[factor].title, zero = row.cells[factor].text(), whole = spec.title, row = row.key,
                    );
                    let help = text!(zh: "多印几位小数，或换用较小的单位", en: "print more decimals, or use a smaller unit");
                    let address =
                        format!("{}/{}/{}", table.spec.id, row.key, form.columns[factor].id);
                    report.push(
                        RULE.code
                            .at(table.cell_place(number, index, factor), message)
                            .help(help)
                            .seen(format!(
                                "{} {}，{} {product}",
                                form.columns[factor].title,
                                row.cells[factor].text(),
                                spec.title
                            ))
                            .about(&disclosure.path, address),
                    );
                }
            }
        }
    }
}
