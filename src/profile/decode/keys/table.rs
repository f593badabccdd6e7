//! The keys of tables: panels, printed rows, hierarchies.

use super::column::{COLUMN, HEADING};
use super::{ASKED, PLACING, SENTENCE_OR_TEXT};
use crate::yaml::keys::{KeySpec, Known, Record, Shape, Word, key, word};
use Shape::{Count, Either, Flag, List, Map, Record as Keys, Text, Word as OneOf};

pub(in super::super) static TABLE: Record = Record::new(
    "tables.*",
    ["表", "a table"],
    &[
        PLACING,
        &PANEL_KEYS,
        &[
            key(
                "caption",
                List(&Text),
                [
                    "印在表上方的几行；可用 {code} {organisation} {year} {unit} 和事项",
                    "the lines above the table, with {code}, {organisation}, {year}, {unit} and facts by id",
                ],
                "['部门：{organisation}']",
            ),
            key(
                "empty_note",
                OneOf(&ASKED),
                ["空表要不要有注", "whether a table without figures must carry a note"],
                "required",
            )
            .default(["optional", "optional"]),
            key(
                "panels",
                Map(&Keys(&PANEL)),
                [
                    "左右几栏的表：各栏自己的栏目和行",
                    "panels side by side, by id, each with its own columns and rows",
                ],
                "",
            ),
            key(
                "title",
                Text,
                [
                    "表名；可用 {organisation} {year} 等",
                    "its title as printed; {organisation}, {year} and the like are filled in",
                ],
                "部门支出总表",
            )
            .required(),
            key("number", Text, ["印的表号", "its printed number"], "表3"),
            key(
                "group",
                Text,
                ["属于文件的哪一部分", "which part of the document lists it"],
                "第二部分",
            ),
            key("unit", Shape::Known(Known::Unit), ["金额的单位", "the unit of its amounts"], "元"),
            key(
                "line_numbers",
                Text,
                ["行号一栏的名称", "the heading of the column of running line numbers"],
                "序号",
            ),
            key(
                "column_numbers",
                Text,
                ["栏号一行的名称", "the heading of the row that numbers the columns"],
                "栏次",
            ),
            key("required", Flag, ["必须有这张表", "whether the disclosure must hold it"], "false")
                .default(["true", "true"]),
            key(
                "note_names",
                List(&Text),
                [
                    "空表的注必须提到的词，有一个即可",
                    "words of which the note of an empty table must hold one",
                ],
                "[专项资金]",
            ),
            key(
                "section",
                Shape::Known(Known::Section),
                ["属于哪一节说明", "the section whose text it belongs to"],
                "explanation",
            ),
            key(
                "facts",
                Map(&Text),
                ["印在表上方的事项", "facts printed above it: id and heading"],
                "{ as-of: 截止日期 }",
            ),
            key(
                "summary",
                Map(&SENTENCE_OR_TEXT),
                ["用几句话说清楚这张表", "what it says in a few sentences"],
                "{ total: '共支出 {spending/total/amount}。' }",
            ),
        ],
    ],
);

pub(in super::super) static PANEL: Record = Record::new(
    "tables.*.panels.*",
    ["栏目组", "a panel"],
    &[
        PLACING,
        &PANEL_KEYS,
        &[key(
            "title",
            Text,
            ["栏目组的名称，印在栏目之上", "its heading over the columns"],
            "收入",
        )],
    ],
);

/// What a panel holds, and a table that is its only panel.
static PANEL_KEYS: [KeySpec; 9] = [
    key(
        "classification",
        Either(&[Shape::Known(Known::Classification), Keys(&CLASSIFIED)]),
        [
            "代码属于哪个科目分类：下级汇总到上级",
            "the classification of its codes: roll-up by their length",
        ],
        "functional",
    ),
    key(
        "row_codes",
        Shape::Known(Known::Classification),
        [
            "固定行的 code 属于哪个科目分类",
            "the classification of the codes of printed rows, where the form prints none",
        ],
        "functional",
    ),
    key(
        "total_row",
        Text,
        ["合计行的名称：等于最高一级各行之和", "the name of the row that adds up the highest rows"],
        "总计",
    ),
    key(
        "hierarchy",
        Keys(&HIERARCHY),
        ["没有代码时，行怎样分上下级", "how rows stand above each other where no code says it"],
        "",
    ),
    key(
        "roles",
        List(&Keys(&ROLE_RULE)),
        ["按名称认出小计等行", "rows recognised by their name"],
        "",
    ),
    key("rows", Map(&Keys(&ROW)), ["表上固定印的行", "the rows the form prints, by id"], ""),
    key(
        "key",
        Text,
        [
            "名称重复时，用哪一栏称呼行",
            "the column whose words name a row in addresses, where names repeat",
        ],
        "name",
    ),
    key(
        "open",
        Flag,
        ["固定行以外能不能有别的行", "whether rows beyond the printed ones are allowed"],
        "true",
    )
    .default(["没有固定行时是 true", "true where it prints no rows"]),
    key(
        "columns",
        Map(&Shape::With("columns", &HEADING, &COLUMN)),
        [
            "栏，从左到右；自己有 columns 的是总标题",
            "the columns, left to right; an entry with `columns` of its own is a heading over them",
        ],
        "",
    ),
];

/// What a profile says once for all its tables.
pub(in super::super) static DEFAULTS: Record = Record::new(
    "defaults",
    ["各表通用", "for every table"],
    &[&[
        key(
            "group",
            Text,
            ["属于文件的哪一部分", "which part of the document lists a table"],
            "第二部分",
        ),
        key("unit", Shape::Known(Known::Unit), ["金额的单位", "the unit of amounts"], "元"),
        key(
            "line_numbers",
            Text,
            ["行号一栏的名称", "the heading of the column of running line numbers"],
            "序号",
        ),
        key(
            "column_numbers",
            Text,
            ["栏号一行的名称", "the heading of the row that numbers the columns"],
            "栏次",
        ),
        key(
            "caption",
            List(&Text),
            ["印在表上方的几行", "the lines above a table"],
            "['部门：{organisation}']",
        ),
    ]],
);

pub(in super::super) static CLASSIFIED: Record = Record::new(
    "classification",
    ["科目分类和深度", "a classification and its depth"],
    &[&[
        key(
            "of",
            Shape::Known(Known::Classification),
            ["哪个科目分类", "which classification"],
            "functional",
        )
        .required(),
        key(
            "depth",
            Count,
            ["每一支都要列到第几级", "the level that every branch must reach"],
            "3",
        )
        .unit(["级", "levels"])
        .default(["1", "1"]),
    ]],
);

pub(in super::super) static HIERARCHY: Record = Record::new(
    "hierarchy",
    ["上下级", "the order of rows"],
    &[&[
        key(
            "columns",
            List(&Text),
            ["按这几栏填到哪里", "by how far these columns are filled"],
            "[category, item]",
        ),
        key("separator", Text, ["按名称里的分隔", "by parts of the name"], "' / '"),
        key(
            "ordinals",
            List(&Keys(&ORDINAL)),
            ["按名称开头的序号，从高到低", "by the ordinal a name begins with, the highest first"],
            "",
        ),
    ]],
);

pub(in super::super) static ORDINAL: Record = Record::new(
    "ordinals[]",
    ["序号样式", "an ordinal"],
    &[&[
        key("prefix", Text, ["数字之前", "what stands before the digits"], "（"),
        key("digits", Text, ["用哪些数字", "the digits"], "一二三四五六七八九十").required(),
        key("suffix", Text, ["数字之后", "what stands after them"], "、"),
    ]],
);

const ROLES: [Word; 4] = [
    word("detail", "明细", "a line of its own"),
    word("subtotal", "小计", "the sum of lines after or before it"),
    word("total", "总计", "the sum of the panel, or of a part"),
    word("memo", "其中：不再加一次", "a part of the line above, not added again"),
];

const SUMS: [Word; 2] = [
    word("following", "加后面的行", "adds up the lines after it"),
    word("preceding", "加前面的行", "adds up the lines before it"),
];

pub(in super::super) static ROLE_RULE: Record = Record::new(
    "roles[]",
    ["行角色", "a row role"],
    &[&[
        key(
            "match",
            Text,
            ["名称，* 代表任意文字", "the name, where * stands for any words"],
            "'*小计'",
        )
        .required(),
        key("role", OneOf(&ROLES), ["这样的行是什么", "what such a row is"], "subtotal")
            .default(["detail", "detail"]),
        key("sums", OneOf(&SUMS), ["小计加哪一边", "which lines a subtotal adds up"], "preceding")
            .default(["following", "following"]),
    ]],
);

pub(in super::super) static ROW: Record = Record::new(
    "rows.*",
    ["固定行", "a printed row"],
    &[
        PLACING,
        &[
            key(
                "sum_of",
                List(&Text),
                ["等于哪些行之和", "rows it is the sum of"],
                "[first, second]",
            ),
            key(
                "part_of",
                Text,
                ["是哪一行的其中数", "the row it is a part of; it may not exceed it"],
                "buildings",
            ),
            key("role", OneOf(&ROLES), ["这一行是什么", "what the row is"], "detail")
                .default(["由 sum_of、part_of 看出", "what sum_of and part_of say"]),
            key(
                "name",
                Either(&[Text, List(&Text)]),
                [
                    "印的名称；几个名称栏的写成列表",
                    "its name as printed; one for each label column",
                ],
                "一、本年收入",
            )
            .required(),
            key(
                "aliases",
                List(&Text),
                ["印过的别的名称", "other names it has been printed under"],
                "[一、收入]",
            ),
            key(
                "code",
                Text,
                [
                    "代表的科目代码，表上没印时写",
                    "the classification code it stands for, where the form does not print it",
                ],
                "205",
            ),
            key(
                "align",
                Text,
                [
                    "左右几栏里同词的行印在一行",
                    "rows of the same word stand on one line of a form of several panels",
                ],
                "grand",
            ),
            key("optional", Flag, ["可以不印", "whether the form may leave it out"], "true")
                .default(["false", "false"]),
            key("level", Count, ["第几级，1 最高", "how deep it stands, 1 being the highest"], "2")
                .unit(["级", "levels"])
                .default(["1；写了 part_of 是 2", "1; 2 where part_of is written"]),
        ],
    ],
);
