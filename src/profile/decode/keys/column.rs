//! The keys of columns and of headings over them.

use super::PLACING;
use crate::profile::ColumnKind;
use crate::yaml::keys::{Known, Record, Shape, Word, key, word};
use Shape::{Either, Flag, List, Map, Text, Word as OneOf};

pub(in super::super) static HEADING: Record = Record::new(
    "columns.* (columns)",
    ["总标题", "a heading over columns"],
    &[
        PLACING,
        &[
            key(
                "columns",
                Map(&Shape::With("columns", &HEADING, &COLUMN)),
                ["它下面的栏", "the columns below it"],
                "",
            )
            .required(),
            key("title", Text, ["印的标题", "what is printed"], "本年支出").required(),
        ],
    ],
);

/// What the cells of a column may hold.
pub(in super::super) static COLUMN_TYPES: [Word; 7] = [
    word("amount", "金额", "money, in the unit of the table or column"),
    word("quantity", "数量", "a number of things"),
    word("percent", "百分比", "a share in per cent"),
    word("code", "科目代码或其一段", "a classification code, or a part of one"),
    word("label", "行的名称", "what the row is called"),
    word("text", "文字", "anything else"),
    word(
        "target",
        "指标值：印出来的文字",
        "a target: a printed text that may hold a comparator, a number and a unit",
    ),
];

/// The kinds these words mean, in their order.
pub(in super::super) const COLUMN_KINDS: [ColumnKind; 7] = [
    ColumnKind::Amount,
    ColumnKind::Quantity,
    ColumnKind::Percent,
    ColumnKind::Code,
    ColumnKind::Label,
    ColumnKind::Text,
    ColumnKind::Target,
];

/// The word of a kind of column.
pub fn column_type(kind: ColumnKind) -> &'static Word {
    let at = COLUMN_KINDS.iter().position(|known| *known == kind);
    &COLUMN_TYPES[at.expect("every kind has a word")]
}

pub(in super::super) static COLUMN: Record = Record::new(
    "columns.*",
    ["栏", "a column"],
    &[
        PLACING,
        &[
            key(
                "sum_of",
                Either(&[Text, List(&Text)]),
                ["等于哪些栏之和", "the columns it is the sum of"],
                "[basic, project]",
            ),
            key(
                "product_of",
                Either(&[Text, List(&Text)]),
                ["等于哪些栏之积", "the columns it is the product of"],
                "[quantity, price]",
            ),
            key(
                "quotient_of",
                Either(&[Text, List(&Text)]),
                ["等于前一栏除以后一栏", "the first of these columns divided by the second"],
                "[actual, budget]",
            ),
            key(
                "at_most",
                Either(&[Text, List(&Text)]),
                ["不能超过哪一栏", "the column it cannot exceed"],
                "total",
            ),
            key("title", Text, ["栏名", "its heading as printed"], "金额").required(),
            key("type", OneOf(&COLUMN_TYPES), ["格子里是什么", "what its cells hold"], "amount")
                .default(["text", "text"]),
            key(
                "unit",
                Shape::Known(Known::Unit),
                [
                    "金额的单位，与表不同时写",
                    "the unit of its amounts, where it differs from the table’s",
                ],
                "元",
            ),
            key(
                "summed",
                Flag,
                [
                    "合计和上级要不要加它；单价不加",
                    "whether totals and parents add it up; a price is not",
                ],
                "false",
            )
            .default(["true", "true"]),
            key(
                "signed",
                Flag,
                ["能不能是负数（T209）", "whether its figures may be below nought (T209)"],
                "true",
            )
            .default(["false", "false"]),
            key(
                "whole",
                Flag,
                [
                    "数的是不能分割的东西（T208）",
                    "whether it counts things that cannot be parted (T208)",
                ],
                "true",
            )
            .default(["false", "false"]),
            key(
                "lasting",
                Flag,
                [
                    "年年不变，变了要有理由（Y505）",
                    "whether its words stay from year to year, or a change needs a reason (Y505)",
                ],
                "true",
            )
            .default(["false", "false"]),
        ],
    ],
);
