//! The keys of `disclosure.yaml`.

use crate::yaml::keys::{Known, Record, Shape, key};
use Shape::{Address, Cell, Day, Either, Flag, List, Map, Moment, Record as Keys, Text, Web};

pub(in crate::content) static DISCLOSURE: Record = Record::new(
    "disclosure.yaml",
    ["一份公开", "the disclosure"],
    &[&[
        key(
            "published",
            Moment,
            ["公开日期，时间可以不写", "the day of publication; the time may be left out"],
            "2025-02-20 09:30",
        ).also(&["公开日期", "公开时间", "公布日期", "发布日期"]),
        key("fiscal_year", Text, ["会计年度，照原件写", "the fiscal year as printed"], "2025").also(&["年度", "年份", "预算年度", "财政年度"])
            .required(),
        key(
            "stage",
            Text,
            [
                "阶段：budget 预算、final 决算……；同一阶段的才逐年相比",
                "the stage: budget, final, …; disclosures of one stage are compared over the years",
            ],
            "budget",
        ).also(&["阶段"])
        .required(),
        key(
            "edition",
            Text,
            [
                "口径，同一单位公开几种时才写",
                "whose figures these are, where an organisation publishes several editions",
            ],
            "consolidated",
        ).also(&["版次", "版本"]),
        key(
            "profile",
            Shape::Known(Known::Profile),
            [
                "依照的模板，profiles/ 下的路径，不写 .yaml",
                "the profile it follows: the path below profiles/ without .yaml",
            ],
            "place/department-budget/2025",
        ).also(&["模板"])
        .required(),
        key(
            "from",
            Text,
            [
                "照哪一份写起（同一单位的文件夹）：还照抄着那一年的文字会报告（Y506）",
                "the disclosure it was begun from, a folder beside it: texts that still say that year are reported (Y506)",
            ],
            "2024-budget",
        ),
        key(
            "title",
            Text,
            ["标题，照原件", "the title as printed"],
            "示例县图书馆 2025 年部门预算",
        ).also(&["标题", "名称"]),
        key("source", Text, ["数字从哪里来", "where the figures come from"], "示例县人民政府网站").also(&["来源", "出处"]),
        key(
            "original",
            Web,
            ["公开的原件在哪里：网址", "the address of the document as it was published"],
            "https://www.example.gov.cn/2025-budget.pdf",
        ).also(&["原件", "原文"]),
        key("approved", Day, ["批复日期", "the day of approval"], "2025-02-10").also(&["批复日期", "批复时间", "批准日期"]),
        key(
            "catalogue",
            Keys(&CATALOGUE),
            ["政府信息公开目录里怎么写", "how it stands in the catalogue of public information"],
            "",
        ),
        key(
            "secrecy_review",
            Keys(&REVIEW),
            ["保密审查；只核对，不印在网页上", "the secrecy review; it is checked and not printed"],
            "",
        ).also(&["保密审查"]),
        key(
            "draft",
            Flag,
            ["草稿：不加 --drafts 就不查、不生成", "left out unless --drafts"],
            "true",
        ).also(&["草稿"])
        .default(["false", "false"]),
        key(
            "flags",
            List(&Text),
            ["勾稽关系的条件可以用的词", "words a relation may depend on"],
            "[merged]",
        ),
        key(
            "accept",
            List(&Keys(&ACCEPTANCE)),
            ["已知的例外，连同理由印出来", "known exceptions; they are printed with their reasons"],
            "",
        ),
        key(
            "withhold",
            List(&Keys(&WITHHOLDING)),
            ["不公开的内容", "values that stand in these files and are not published"],
            "",
        ),
        key(
            "aliases",
            List(&Either(&[Text, Keys(&ALIAS)])),
            [
                "从前的网址：旧文件夹（以“/”结尾），或一个网页",
                "former addresses: the old folder, with a `/` at its end, or a page",
            ],
            "[library/2025/]",
        ),
        key(
            "corrections",
            List(&Keys(&CORRECTION)),
            [
                "公开以后改了什么，连同原来的数、日期和原因印出来",
                "what was changed after publication; it is printed with the old figures, day and reason",
            ],
            "",
        )
        .also(&["correction", "errata"]),
    ]],
);

pub(in crate::content) static ALIAS: Record = Record::new(
    "aliases[]",
    ["从前的网址", "a former address"],
    &[&[
        key(
            "from",
            Text,
            ["从前的网址", "the former address"],
            "library/2025-budget/narrative/02-note.html",
        )
        .required(),
        key(
            "to",
            Text,
            [
                "现在是哪个网页：在这份公开里的路径",
                "the page it leads to: its path from the folder of the disclosure",
            ],
            "narrative/02-notes.html",
        )
        .required(),
    ]],
);

pub(in crate::content) static CATALOGUE: Record = Record::new(
    "catalogue",
    ["公开目录", "the catalogue entry"],
    &[&[
        key("index", Text, ["索引号", "its number"], "000000000/2025-00001"),
        key("publisher", Text, ["发布机构", "who made it public"], "示例县财政局"),
        key("topic", Text, ["主题分类", "the subject it is filed under"], "财政"),
        key("genre", Text, ["体裁", "what sort of document it is"], "预算"),
        key("keywords", List(&Text), ["关键词", "words for search engines"], "[预算, 图书馆]"),
        key("author", Text, ["作者", "who wrote it"], "办公室"),
        key(
            "image",
            Text,
            ["代表图片，static/ 下的路径", "an image that stands for it, a path below static/"],
            "budget.png",
        ),
    ]],
);

pub(in crate::content) static REVIEW: Record = Record::new(
    "secrecy_review",
    ["保密审查", "the secrecy review"],
    &[&[
        key("by", Text, ["谁审查", "who did it"], "办公室").required(),
        key("on", Day, ["哪天", "when"], "2025-02-18").required(),
    ]],
);

pub(in crate::content) static ACCEPTANCE: Record = Record::new(
    "accept[]",
    ["例外", "an acceptance"],
    &[&[
        key(
            "code",
            Shape::Known(Known::Rule),
            ["规则的代码或名字", "the code or name of the finding"],
            "cross-foot",
        )
        .also(&["rule", "id"])
        .required(),
        key(
            "at",
            Address,
            [
                "哪里：报告最后一行的地址；…/* 是其下全部",
                "where: the address in the last line of the finding; …/* is everything below",
            ],
            "projects/01-books/*",
        )
        .also(&["address", "where", "place", "path"])
        .required(),
        key(
            "reason",
            Text,
            ["为什么，印在表下", "why it is as it is; printed under the table"],
            "原件如此",
        )
        .also(&["because", "why"]),
        key(
            "found",
            Either(&[Text, List(&Text)]),
            [
                "接受的是什么：当时查出的数或字，几条发现写成列表；变了就不再算数（mingbai accept 会写）",
                "what was accepted: the figures or words found then, a list for several findings; where they change it no longer holds (mingbai accept writes it)",
            ],
            "单价 0.00",
        )
        .also(&["seen", "was", "figures"]),
        key("by", Text, ["谁负责", "who says so"], "财务科"),
        key("until", Day, ["到哪天为止", "the last day it holds"], "2026-12-31")
            .default(["一直有效", "it holds for good"]),
    ]],
);

pub(in crate::content) static WITHHOLDING: Record = Record::new(
    "withhold[]",
    ["不公开的内容", "a withheld value"],
    &[&[
        key(
            "at",
            Address,
            ["哪一个数或哪一段：地址", "which: an address, perhaps of several"],
            "projects/01-books/budget",
        )
        .also(&["address", "where", "place", "path"])
        .required(),
        key(
            "because",
            Text,
            ["依据哪一条", "why, as the law says it"],
            "预算法第十四条：涉及国家秘密的除外",
        )
        .required(),
    ]],
);

pub(in crate::content) static CORRECTION: Record = Record::new(
    "corrections[]",
    ["更正", "a correction"],
    &[&[
        key("date", Day, ["哪天改的", "the day it was changed"], "2025-03-05")
            .also(&["on", "day"])
            .required(),
        key(
            "reason",
            Text,
            ["为什么改，印在网页上", "why it was changed; it is printed"],
            "录入时两个数字写颠倒了",
        )
        .also(&["because", "why"]),
        key(
            "cells",
            Map(&Cell),
            [
                "改了的格：地址和原来公开的数（现在的数在表里）；原来空着的写 \"\"",
                "the cells that were changed: the address, and what was published; `\"\"` for a blank. The new figure stands in its table",
            ],
            "{ expenditure/205/total: 12.30 }",
        )
        .also(&["was", "old", "values"]),
        key(
            "at",
            Either(&[Text, List(&Text)]),
            [
                "还涉及哪里：表、表/行、projects/项目、narrative/节",
                "what else it concerns: table, table/row, projects/project, narrative/section",
            ],
            "[narrative/overall]",
        )
        .also(&["address", "where", "place", "path"]),
    ]],
);
