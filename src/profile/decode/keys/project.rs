//! The keys of the project form, and of what is asked of performance targets.

use super::PLACING;
use super::column::{COLUMN, COLUMN_TYPES, HEADING};
use crate::yaml::keys::{Known, Record, Shape, Word, key, word};
use Shape::{Count, Either, Figure, Flag, List, Map, Record as Keys, Text, Word as OneOf};

pub(in super::super) static PROJECTS: Record = Record::new(
    "projects",
    ["项目表", "the project form"],
    &[&[
        key(
            "indicators",
            Map(&Shape::With("columns", &HEADING, &COLUMN)),
            ["绩效指标的栏", "the columns of the indicators"],
            "",
        ),
        key(
            "goals",
            Either(&[Text, Keys(&GOALS)]),
            ["绩效目标的标题", "the heading over the goals"],
            "绩效目标",
        ),
        key("payment_plan", Keys(&PAYMENT_PLAN), ["资金支出计划", "the payment plan"], ""),
        key(
            "title",
            Text,
            ["网页标题，{name} 是项目名称", "the page’s title with {name}"],
            "'{name}绩效目标表'",
        )
        .default(["{name}", "{name}"]),
        key("unit", Shape::Known(Known::Unit), ["金额的单位", "the unit of its amounts"], "元"),
        key(
            "required",
            Flag,
            ["至少要有一个项目", "whether a disclosure must hold at least one"],
            "true",
        )
        .default(["false", "false"]),
        key(
            "fields",
            Map(&Keys(&FIELD)),
            ["项目的各个事项，按印刷次序", "the fields by id, in printed order"],
            "",
        ),
        key(
            "grid",
            Keys(&GRID),
            ["并排印成一张表的几组事项", "groups of fields that are printed side by side"],
            "",
        ),
        key(
            "kinds",
            Map(&Keys(&INDICATOR_KIND)),
            ["勾稽关系可以引用的指标类别", "kinds of indicator that relations may name"],
            "",
        ),
    ]],
);

pub(in super::super) static GOALS: Record = Record::new(
    "projects.goals",
    ["绩效目标", "the goals"],
    &[&[
        key("title", Text, ["标题", "the heading"], "绩效目标"),
        key(
            "parts",
            Map(&Text),
            ["分几部分的：各部分的标题", "goals in several parts: id and heading"],
            "{ annual: 年度目标 }",
        ),
    ]],
);

pub(in super::super) static GRID: Record = Record::new(
    "projects.grid",
    ["并排的几组事项", "fields side by side"],
    &[&[
        key("title", Text, ["标题", "its heading"], "项目资金").required(),
        key(
            "groups",
            List(&Text),
            [
                "各组的标题，一组一栏；标题相同的事项排在同一行",
                "the headings of the groups, a column each; fields of one heading are a row",
            ],
            "[年初预算数, 全年执行数]",
        )
        .required(),
    ]],
);

pub(in super::super) static PAYMENT_PLAN: Record = Record::new(
    "projects.payment_plan",
    ["资金支出计划", "the payment plan"],
    &[&[
        key("title", Text, ["标题", "its heading"], "资金支出计划").required(),
        key(
            "steps",
            Map(&Text),
            ["各个时点的标题", "its steps: id and heading"],
            "{ jun: 6月底, dec: 12月底 }",
        ),
    ]],
);

pub(in super::super) static FIELD: Record = Record::new(
    "projects.fields.*",
    ["项目字段", "a project field"],
    &[
        PLACING,
        &[
            key("title", Text, ["印的名称", "its heading as printed"], "预算数").required(),
            key("type", OneOf(&COLUMN_TYPES), ["填什么", "what it holds"], "amount")
                .default(["text", "text"]),
            key("required", Flag, ["必须填写", "whether it must be filled in"], "true")
                .default(["false", "false"]),
            key(
                "sum_of",
                List(&Text),
                ["等于哪些字段之和", "the fields it is the sum of"],
                "[state, other]",
            ),
            key(
                "group",
                Text,
                ["印在哪个标题之下", "the heading of the group it is printed in"],
                "资金来源",
            ),
            key(
                "figures",
                Map(&Text),
                [
                    "这段文字里，哪些字后面的数就是哪个字段",
                    "words of this text, and the field that the amount behind them states",
                ],
                "{ 项目预算总额: budget }",
            ),
        ],
    ],
);

pub(in super::super) static INDICATOR_KIND: Record = Record::new(
    "projects.kinds.*",
    ["指标类别", "an indicator kind"],
    &[&[
        key("column", Text, ["看哪一栏", "the column that says it"], "level").required(),
        key("name", Text, ["那一栏写的是什么", "what the column says"], "成本指标").required(),
    ]],
);

pub(in super::super) static TARGETS: Record = Record::new(
    "targets",
    ["绩效指标", "performance targets"],
    &[&[
        key(
            "words",
            Keys(&TARGET_WORDS),
            ["读指标值用的词", "the words printed targets are read with"],
            "",
        ),
        key(
            "schemes",
            Map(&Keys(&SCHEME)),
            ["在用的指标体系", "the systems of indicators in use, by id"],
            "",
        ),
        key("scheme", Text, ["本表要求哪一个", "the one this form expects"], "plain"),
        key(
            "cost",
            List(&Text),
            ["说花费的指标类别", "kinds that state what the project may cost"],
            "[成本指标]",
        ),
        key(
            "quantity",
            List(&Text),
            ["说做多少的指标类别", "kinds that state how much is done"],
            "[数量指标]",
        ),
        key(
            "per_unit",
            List(&Text),
            ["说明是单件花费的词", "words that say an amount is for one of several"],
            "[每场]",
        ),
        key(
            "rates",
            List(&Text),
            ["比率的名称以什么结尾", "what the name of a share ends with"],
            "[率]",
        ),
        key(
            "not_rates",
            List(&Text),
            ["像比率而不是的", "what looks like one and is none"],
            "[频率]",
        ),
        key(
            "satisfaction",
            List(&Text),
            ["满意度的名称以什么结尾", "what the name of a satisfaction ends with"],
            "[满意度]",
        ),
        key(
            "events",
            List(&Text),
            ["越多越好的计量单位", "units of things done, of which more is better"],
            "[场, 人次]",
        ),
        key(
            "fewer",
            List(&Text),
            ["越少越好的事物", "words of things of which less is better"],
            "[投诉]",
        ),
        key(
            "growth",
            List(&Text),
            ["可以超过一倍的事物", "words of things that may grow by more than all"],
            "[增长]",
        ),
        key(
            "spellings",
            List(&List(&Text)),
            ["同一计量单位的几种写法", "the ways to write one unit, a list for each unit"],
            "[[个, 個]]",
        ),
        key(
            "filing",
            List(&Keys(&FILING)),
            ["哪些名称归哪一类", "which names belong to which kind"],
            "",
        ),
        key(
            "weights",
            List(&Figure),
            ["权重之和可以是多少", "what the weights of a project may add up to"],
            "[90, 100]",
        ),
        key(
            "code",
            List(&Keys(&CODE_PART)),
            ["项目代码的构成，一段一段写", "the shape of a project’s code, part by part"],
            "",
        ),
        key(
            "columns",
            Keys(&TARGET_COLUMNS),
            ["指标的各栏是什么", "what the indicator columns are"],
            "",
        ),
    ]],
);

pub(in super::super) static TARGET_COLUMNS: Record = Record::new(
    "targets.columns",
    ["指标的栏", "the indicator columns"],
    &[&[
        key("group", Text, ["一级指标", "the column of the highest level"], "group"),
        key("kind", Text, ["二级指标", "the column of the level below"], "kind"),
        key("description", Text, ["指标描述", "the column that describes an indicator"], "about"),
        key("weight", Text, ["权重", "the column of weights"], "score"),
        key(
            "actual",
            Text,
            ["实际完成值（P417）", "the column of what was reached (P417)"],
            "actual",
        ),
        key("score", Text, ["得分（P417）", "the column of what was scored (P417)"], "points"),
    ]],
);

pub(in super::super) static TARGET_WORDS: Record = Record::new(
    "targets.words",
    ["指标值的用词", "words of targets"],
    &[&[
        key("percent", List(&Text), ["百分比", "per cent"], "['%', 百分比]"),
        key(
            "ratios",
            List(&Text),
            ["别的比率单位", "other units of a share: per mille, points"],
            "[‰]",
        ),
        key(
            "scales",
            Map(&Figure),
            ["数后的倍数词", "words that multiply the number before them"],
            "{ 千: 1000 }",
        ),
        key(
            "at_least",
            List(&Text),
            ["不少于，在数前或数后", "at least, before or after the number"],
            "[不低于, 以上]",
        ),
        key(
            "at_most",
            List(&Text),
            ["不多于，在数前或数后", "at most, before or after the number"],
            "[不超过, 以内]",
        ),
        key(
            "lead",
            List(&Text),
            ["数前不改变意思的词", "words before a number or date that change nothing"],
            "[全年]",
        ),
        key("year", List(&Text), ["年份之后", "stand after a year"], "[年]"),
        key("month", List(&Text), ["月份之后", "stand after a month"], "[月]"),
        key("day", List(&Text), ["日子之后", "stand after a day"], "[日]"),
        key(
            "through",
            List(&Text),
            ["起止之间", "stand between the two ends of a period or range"],
            "['-', 至]",
        ),
        key(
            "deadline",
            List(&Text),
            ["期限之后", "stand after a date by which something is done"],
            "[前, 底]",
        ),
    ]],
);

pub(in super::super) static SCHEME: Record = Record::new(
    "targets.schemes.*",
    ["指标体系", "a scheme"],
    &[&[
        key(
            "groups",
            Map(&List(&Text)),
            ["一级指标和各自的二级指标", "its groups, each with its kinds"],
            "{ 产出指标: [数量指标, 质量指标] }",
        ),
        key("title", Text, ["名称", "what it is called"], "三类指标"),
        key(
            "required",
            List(&Text),
            ["每个项目必须有的", "the groups and kinds every project must have"],
            "[产出指标]",
        ),
    ]],
);

pub(in super::super) static FILING: Record = Record::new(
    "targets.filing[]",
    ["归类", "which names belong to a kind"],
    &[&[
        key("names", List(&Text), ["名称以什么结尾", "what the name ends with"], "[人数]"),
        key("kind", Text, ["归哪一类", "the kind they belong to"], "数量指标").required(),
        key(
            "instead_of",
            List(&Text),
            ["常被误归的类", "the kinds they are mistaken for"],
            "[质量指标]",
        ),
    ]],
);

const CODE_SAYS: [Word; 2] = [
    word("region", "政区代码", "the code of the division"),
    word("year", "年份的末几位", "the last digits of the year"),
];

pub(in super::super) static CODE_PART: Record = Record::new(
    "targets.code[]",
    ["代码的一段", "a part of the code"],
    &[&[
        key("digits", Count, ["几位数字", "so many digits"], "6").unit(["位", "characters"]),
        key("letters", Count, ["几位字母", "so many letters"], "1").unit(["位", "characters"]),
        key("any", Count, ["几位数字或字母", "so many digits or letters"], "4")
            .unit(["位", "characters"]),
        key("is", OneOf(&CODE_SAYS), ["这一段说什么", "what it says"], "year"),
    ]],
);
