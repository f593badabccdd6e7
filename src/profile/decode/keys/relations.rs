//! The keys of what a profile says beyond its forms: sections, prose, relations, charts, duties, years.

use super::{ASKED, PLACING, SEVERITY};
use crate::yaml::keys::{Known, Record, Shape, Word, key, word};
use Shape::{Address, Count, Either, Flag, List, Map, Record as Keys, Text, Word as OneOf};

pub(in super::super) static SECTION: Record = Record::new(
    "sections.*",
    ["一节说明", "a section of text"],
    &[
        PLACING,
        &[
            key(
                "title",
                Text,
                [
                    "标题；{organisation}、{code}、{year} 换成单位、代码、年份",
                    "its heading; {organisation}, {code} and {year} are filled in",
                ],
                "一、部门职责",
            )
            .required(),
            key("required", Flag, ["必须有这一节", "whether the disclosure must hold it"], "false")
                .default(["true", "true"]),
            key(
                "parent",
                Shape::Known(Known::Section),
                ["属于哪一节", "the section it is part of"],
                "explanation",
            ),
            key(
                "terms",
                Flag,
                ["加粗的词是名词解释", "whether its bold words are terms of the glossary"],
                "true",
            )
            .default(["false", "false"]),
            key(
                "mandate",
                Text,
                [
                    "这一节说单位是做什么的：在含这几个字的标题下面，没有这样的标题就从头说起；首页引它的开头",
                    "it says what the body does: under the heading that holds these words, without one from its beginning; the front page quotes how it begins",
                ],
                "部门职责",
            ),
            key(
                "figures",
                Map(&Text),
                [
                    "数前的词，和它说的那一格（可相加减）",
                    "words before a figure, and the cells they mean",
                ],
                "{ 收入预算: income/total/amount }",
            ),
        ],
    ],
);

pub(in super::super) static TIE_OUT: Record = Record::new(
    "tie_outs.*",
    ["勾稽关系", "a tie-out"],
    &[
        PLACING,
        &[
            key(
                "equation",
                Text,
                [
                    "等式：地址 = 地址 + 地址 - 数，各项之间留空格",
                    "address = address + address - number, with spaces between",
                ],
                "income/total/amount = spending/total/amount",
            )
            .required(),
            key(
                "because",
                Text,
                ["为什么应当相等，讲给读者听", "why it must hold, as a reader would be told"],
                "有多少收入才能安排多少支出",
            )
            .required(),
            key(
                "each",
                List(&Text),
                [
                    "几条同样的关系写一次：等式里的 {each} 依次换成这些词，标识后面接上它",
                    "several relations of one kind written once: {each} in the equation is each of these words in turn, and the id ends with it",
                ],
                "[basic, project]",
            ),
            key(
                "when",
                Text,
                ["这个等式成立时才要求", "it applies where this equation holds"],
                "income/carried/amount = 0",
            ),
            key(
                "unless",
                Text,
                ["这个等式不成立时才要求", "it applies where this equation does not hold"],
                "income/carried/amount = 0",
            ),
            key("severity", SEVERITY, ["不符有多严重", "how bad a breach is"], "warning")
                .default(["error", "error"]),
        ],
    ],
);

pub(in super::super) static HEADLINE: Record = Record::new(
    "headline[]",
    ["首要数字", "a headline figure"],
    &[&[
        key("title", Text, ["叫什么", "what it is called"], "本年支出").required(),
        key("of", Address, ["哪一格", "the figure"], "spending/total/amount").required(),
    ]],
);

const CHART_KINDS: [Word; 3] = [
    word("composition", "一个整体和它的各部分", "a whole and its parts"),
    word("flow", "从哪里来，到哪里去", "where money comes from and what it goes to"),
    word("series", "历年", "one figure over the years"),
];

pub(in super::super) const CHART_PAGES: [Word; 2] = [
    word("home", "首页", "the front page"),
    word("disclosure", "这份公开的页面", "the page of the disclosure"),
];

pub(in super::super) static CHART: Record = Record::new(
    "charts.*",
    ["图", "a chart"],
    &[
        PLACING,
        &[
            key("title", Text, ["图名", "what it is called"], "钱花在哪里").required(),
            key("kind", OneOf(&CHART_KINDS), ["哪种图", "what it shows"], "composition").required(),
            key(
                "of",
                Address,
                [
                    "composition 的整体，series 的那个数",
                    "the whole of a composition, the figure of a series",
                ],
                "spending/total/amount",
            ),
            key(
                "parts",
                List(&PLACE),
                ["composition 的各部分", "the parts of a composition"],
                "['spending/level:1/amount']",
            ),
            key(
                "from",
                List(&PLACE),
                ["flow 的来源", "the sources of a flow"],
                "[income/total/state]",
            ),
            key(
                "to",
                List(&PLACE),
                ["flow 的去向", "the uses of a flow"],
                "[spending/total/amount]",
            ),
            key(
                "on",
                List(&OneOf(&CHART_PAGES)),
                ["除了它的表，还放在哪些页面", "the pages that show it beside that of its table"],
                "[home]",
            ),
        ],
    ],
);

/// An address, or one with a name.
const PLACE: Shape = Either(&[Address, Keys(&PLACED)]);

pub(in super::super) static PLACED: Record = Record::new(
    "charts.*.parts[]",
    ["图的一部分", "a part of a chart"],
    &[&[
        key(
            "name",
            Text,
            [
                "叫什么，行名栏名说不清时写",
                "what it is called, where neither row nor column says it well",
            ],
            "公务接待",
        ),
        key("of", Address, ["哪一格", "the figure"], "spending/total/amount").required(),
    ]],
);

pub(in super::super) const YEAR_PLACES: [Word; 4] = [
    word("titles", "公开、表和各节的标题", "titles of the disclosure, of tables and of sections"),
    word("captions", "表上方的几行", "the lines above tables"),
    word("headings", "栏名", "the headings of columns"),
    word("notes", "表下的注", "the notes below tables"),
];

pub(in super::super) static DUTIES: Record = Record::new(
    "duties",
    ["法定要求", "what the law asks"],
    &[&[
        key(
            "dates",
            OneOf(&ASKED),
            ["要写批复和公开日期", "whether `approved` and `published` must be recorded"],
            "required",
        )
        .default(["optional", "optional"]),
        key(
            "publish_within",
            Count,
            ["批复后几天内公开", "within how long of its approval it must be published"],
            "20",
        )
        .unit(["日历日", "calendar days"]),
        key("remind_from", Count, ["第几天起提示", "from which day on it is worth a note"], "15")
            .unit(["日历日", "calendar days"]),
        key(
            "calendar_year",
            Flag,
            [
                "财政年度就是公历的一年：fiscal_year 只写一个年份",
                "whether its fiscal year is one year of the calendar: `fiscal_year` holds no second one",
            ],
            "true",
        )
        .default(["false", "false"]),
        key(
            "dated_before",
            Count,
            [
                "批复、公开、保密审查的日期和表上的日期最早可以早于年度几年",
                "how long before its fiscal year a disclosure and what its tables state may be dated",
            ],
            "1",
        )
        .unit(["年", "years"])
        .default(["1", "1"]),
        key(
            "dated_after",
            Count,
            ["这些日期最晚可以晚于年度几年", "how long after it they may be dated"],
            "0",
        )
        .unit(["年", "years"])
        .default(["2", "2"]),
        key(
            "secrecy_review",
            OneOf(&ASKED),
            ["要写保密审查", "whether the secrecy review must be recorded"],
            "required",
        )
        .default(["optional", "optional"]),
        key(
            "units",
            Keys(&DUTY_UNITS),
            ["所属单位要各自公开", "units that publish their own disclosure"],
            "",
        ),
        key(
            "own_year",
            List(&OneOf(&YEAR_PLACES)),
            ["哪些地方只能写本年度", "where no year but the disclosure’s own may stand"],
            "[titles, captions]",
        ),
    ]],
);

pub(in super::super) static DUTY_UNITS: Record = Record::new(
    "duties.units",
    ["所属单位", "units"],
    &[&[
        key(
            "table",
            Shape::Known(Known::Table),
            ["列出所属单位的表", "the table that lists them"],
            "units",
        )
        .required(),
        key(
            "severity",
            SEVERITY,
            ["没公开有多严重", "how bad it is where one does not"],
            "warning",
        )
        .default(["warning", "warning"]),
    ]],
);

pub(in super::super) static YEARS: Record = Record::new(
    "years",
    ["年度衔接", "the year before"],
    &[&[
        key(
            "concordance",
            Text,
            ["对照表，profiles/ 下的路径", "the concordance, a path below profiles/"],
            "place/concordance",
        ),
        key(
            "balances",
            Map(&Keys(&BALANCE)),
            ["上年末就是本年初的数", "figures that open this year as they closed the last, by id"],
            "",
        ),
        key(
            "changes",
            Map(&Keys(&CHANGE)),
            ["正文说的比上年增减", "changes against last year that the text states, by id"],
            "",
        ),
    ]],
);

pub(in super::super) static BALANCE: Record = Record::new(
    "years.balances.*",
    ["年度衔接", "a balance"],
    &[
        PLACING,
        &[
            key(
                "opening",
                Address,
                ["本年的年初数", "the figure of this year"],
                "income/opening/amount",
            )
            .required(),
            key(
                "closing",
                Address,
                ["上年的年末数", "the figure of the year before"],
                "spending/closing/amount",
            )
            .required(),
            key("because", Text, ["为什么应当相等", "why it must hold"], "上年结转就是本年年初")
                .required(),
            key("severity", SEVERITY, ["不符有多严重", "how bad a breach is"], "error")
                .default(["warning", "warning"]),
        ],
    ],
);

pub(in super::super) static CHANGE: Record = Record::new(
    "years.changes.*",
    ["增减变化", "a change"],
    &[
        PLACING,
        &[
            key("now", Address, ["本年的数", "the figure of this year"], "income/total/amount")
                .required(),
            key(
                "change",
                Address,
                ["说的增减，不带正负", "the stated change, without its sign"],
                "narrative/overall/change",
            )
            .required(),
            key("because", Text, ["为什么应当相等", "why it must hold"], "上年加增减就是本年")
                .required(),
            key("severity", SEVERITY, ["不符有多严重", "how bad a breach is"], "error")
                .default(["warning", "warning"]),
        ],
    ],
);
