//! The keys of a profile’s `prose`: the words by which the text of a disclosure is read.

use crate::yaml::keys::{Record, Shape, key};
use Shape::{Figure, Flag, List, Map, Record as Keys, Text};

pub(in super::super) static PROSE: Record = Record::new(
    "prose",
    ["正文", "prose"],
    &[&[
        key(
            "increase",
            List(&Text),
            ["说增加的词", "words that say a figure grew"],
            "[增加, 增长]",
        ),
        key("decrease", List(&Text), ["说减少的词", "words that say a figure shrank"], "[减少]"),
        key(
            "unchanged",
            List(&Text),
            ["说持平的词", "words that say it stayed as it was"],
            "[持平]",
        ),
        key(
            "reasons",
            List(&Text),
            [
                "说原因的词；说变化的每一段都要有",
                "words that give a reason; every paragraph that states a change needs one",
            ],
            "[主要是]",
        ),
        key(
            "quotes",
            List(&Text),
            [
                "成对的引号；其中的数不是钱",
                "pairs of signs around titles and numbers of documents, in which nothing is money",
            ],
            "[《》]",
        ),
        key(
            "units",
            Map(&Figure),
            ["简写的单位", "units written short, and how many base units each is worth"],
            "{ 千: 1000 }",
        ),
        key(
            "placeholders",
            List(&Text),
            ["待填的记号", "words that stand where something is still to be filled in"],
            "[待填写]",
        ),
        key(
            "foreign_words",
            List(&Text),
            ["别的单位文件里的词", "words of another body’s document"],
            "[我省]",
        ),
        key(
            "speakers",
            Map(&List(&Text)),
            [
                "单位怎样自称，各写它的名称或标题里该有的字；都没有的，是照搬来的",
                "what bodies call themselves, each with what their name or title has; where it has none of it the words were copied",
            ],
            "{ 我局: [局], 我部门: [部门] }",
        ),
        key(
            "places",
            List(&Text),
            [
                "单位名称开头的地名怎样结尾；写了它才查别处同类单位的名称",
                "how the places end that names of bodies begin with; with them bodies of the same kind and another place are found",
            ],
            "[省, 市, 县, 区]",
        ),
        key(
            "cites",
            List(&Text),
            [
                "这些词后面的单位是引用的，不是公开的单位",
                "words before a body that is spoken of and is not the one that publishes",
            ],
            "[按照, 根据]",
        ),
        key(
            "presents",
            List(&Text),
            [
                "一句话有这些词，就是在公布本年度的文件",
                "words of a sentence that presents what is published, which is of this year",
            ],
            "[现将]",
        ),
        key(
            "enacted",
            List(&Text),
            [
                "年份后面有这些词，说的是那年定下的法律、文件",
                "words behind a year in which a law or a document was made",
            ],
            "[修订, 印发]",
        ),
        key(
            "at_home_in",
            List(&Text),
            ["可以说这些词的政区代码", "codes of the regions that may say them"],
            "['130000']",
        ),
        key(
            "before_year",
            List(&Text),
            ["年份之前；该是今年或上年", "words before a year that must be this one or the last"],
            "[较]",
        ),
        key(
            "after_year",
            List(&Text),
            ["年份之后；该是今年或上年", "words after such a year"],
            "[年度预算]",
        ),
        key(
            "other_year",
            List(&Text),
            [
                "连好的数旁边，或者它的栏名、行名里有这些词，就可以是别的年份的",
                "words beside a bound figure, or naming its column or row, by which it may be of another year",
            ],
            "[结转, 上年]",
        ),
        key("last_year", List(&Text), ["说上年的词", "words for the year before"], "[上年, 去年]"),
        key("this_year", List(&Text), ["说本年的词", "words for this year"], "[本年]"),
        key("next_year", List(&Text), ["说下年的词", "words for the year after"], "[下年]"),
        key(
            "year_before_last",
            List(&Text),
            ["说再前一年的词", "words for the year before the last"],
            "[前年]",
        ),
        key(
            "year_signs",
            List(&Text),
            [
                "年份的数字后面，除了年号的字，还可以写什么",
                "what may stand behind the digits of a year in place of its sign",
            ],
            "[财年]",
        ),
        key(
            "stages",
            Map(&List(&Text)),
            [
                "各阶段的说法；标题、文件夹和正文里的本年度不能说别的阶段",
                "the words of each stage; titles, folders and this year in a text say no other",
            ],
            "{ budget: [预算], final: [决算] }",
        ),
        key(
            "bounds",
            Keys(&BOUNDS),
            [
                "紧挨着数的词，说这个数与格子的大小",
                "words beside a figure that say how it lies to its cell",
            ],
            "{ more_than: [超过], about: [约] }",
        ),
        key(
            "statements",
            Keys(&STATEMENTS),
            [
                "读懂“比上年增加、占、完成预算的”这些话的词；不写就不验算正文里的话",
                "words of growth, shares and what was carried out; without them no statement is worked out",
            ],
            "{ compared: [比, 较], share: [占] }",
        ),
        key(
            "names",
            Keys(&NAMES),
            [
                "核对正文里的科目代码和名称时用的词；不写就不核对",
                "words by which codes and names in the text are compared; without them they are not",
            ],
            "{ levels: [类, 款, 项], ends: [支出] }",
        ),
        key(
            "unfinished",
            List(&Text),
            ["句子不能停在这些词上", "words at which no sentence ends"],
            "[主要原因是]",
        ),
        key(
            "pairs",
            List(&Text),
            [
                "成对的符号，缺一半就提醒；写了它才查标点的笔误",
                "pairs of signs of which none stands alone; with them slips of punctuation are looked for",
            ],
            "[（）, “”]",
        ),
        key(
            "numbered",
            List(&Text),
            [
                "后面带着自己的号的名称：“表1”的 1 不是金额",
                "nouns with a number of their own behind them",
            ],
            "[表, 附件]",
        ),
        key(
            "as_of",
            List(&Text),
            [
                "年份后面紧接这些词，说的是那一年的某一天",
                "words directly after a year that make it a day of that year",
            ],
            "[末, 底, 初]",
        ),
        key(
            "year_end",
            List(&Text),
            [
                "其中说年末那一天的：不能晚于表上写的日期",
                "those that are its last day: it does not come after the day a table states",
            ],
            "[末, 底]",
        ),
        key(
            "stage_elsewhere",
            List(&Text),
            [
                "说的是另一份文件：这些词在年份前，或者（…开头的）在阶段后；同一句里有连好的数时不算",
                "words before the year or (with … before them) behind the stage by which another document is meant, in a sentence without bound figures",
            ],
            "[在, …时]",
        ),
        key(
            "other_units",
            List(&Text),
            [
                "不是钱的单位；连到金额的数后面不能写",
                "units that are none of money: none stands behind a figure bound to an amount",
            ],
            "[人, 台]",
        ),
        key(
            "doubled",
            List(&Text),
            ["可以连写两次的词", "words that may stand twice in a row"],
            "[一个]",
        ),
        key(
            "every_figure",
            Flag,
            ["表里没有的金额都提醒", "whether to warn of every amount that stands in no table"],
            "true",
        )
        .default(["false", "false"]),
    ]],
);

pub(in super::super) static BOUNDS: Record = Record::new(
    "prose.bounds",
    ["数的界限", "words that bound a figure"],
    &[&[
        key("less_than", List(&Text), ["格子里的数更小", "the cell is less"], "[不足]"),
        key("more_than", List(&Text), ["格子里的数更大", "the cell is more"], "[超过]"),
        key("at_most", List(&Text), ["格子里的数不会更大", "the cell is no more"], "[不超过]"),
        key("at_least", List(&Text), ["格子里的数不会更小", "the cell is no less"], "[不少于]"),
        key(
            "nearly",
            List(&Text),
            ["格子里的数略小：往上取整", "the cell is a little less: rounded up"],
            "[近]",
        ),
        key(
            "about",
            List(&Text),
            ["取整，往上往下都可以", "rounded to fewer digits, up or down"],
            "[约]",
        ),
    ]],
);

pub(in super::super) static STATEMENTS: Record = Record::new(
    "prose.statements",
    ["正文里关于数的话", "statements about figures"],
    &[&[
        key(
            "compared",
            List(&Text),
            ["比较的词", "words that begin or end a comparison"],
            "[比, 较, 与, 相比, 同比]",
        ),
        key("share", List(&Text), ["占比的词", "words before a share"], "[占]"),
        key(
            "completed",
            List(&Text),
            ["完成了计划多少的词", "words before how much of a plan was carried out"],
            "[完成, 执行率]",
        ),
        key(
            "reached",
            List(&Text),
            [
                "增减的词后面有这些字，数是增减以后的数",
                "words behind a word of direction, before what was reached",
            ],
            "[到, 至]",
        ),
        key(
            "totals",
            List(&Text),
            [
                "合计的说法：后面的数是前面各数之和；个数只加互不包含的几类（disjoint）",
                "words of a total: what follows is the sum of the amounts before it; of numbers of things only kinds that are `disjoint` are added up",
            ],
            "[合计, 共计]",
        ),
        key(
            "parts",
            List(&Text),
            ["后面列的是前面那个数的各项", "words before the parts of what was said before"],
            "[其中, 包括]",
        ),
        key(
            "wholes",
            List(&Text),
            [
                "整体的说法：占它的份额不会超过百分之百",
                "words of a whole: no share of it is above a hundred per cent",
            ],
            "[合计, 全部]",
        ),
        key(
            "averages",
            Map(&List(&Text)),
            [
                "平均的说法，各写按什么单位平均；总额、个数、平均数对不上就指出",
                "words of an average, each with the units it is an average over",
            ],
            "{ 人均: [人, 名] }",
        ),
        key(
            "times",
            List(&Text),
            ["“是上年的2倍”的“倍”", "words behind a number that say how many times as much"],
            "[倍]",
        ),
        key(
            "disjoint",
            List(&List(&Text)),
            [
                "互不包含的几类：其中各类的个数加起来不会超过总数，合计就是它们的和",
                "words of which nothing is two: so many of each are together no more than all, and a total of them is their sum",
            ],
            "[[行政, 事业], [男, 女]]",
        ),
        key(
            "plans",
            List(&Text),
            ["拿来比完成了多少的计划数", "words of the plan that was carried out"],
            "[年初预算, 预算数]",
        ),
        key(
            "multiples",
            Map(&Figure),
            ["说成了原来几倍的词", "words that say how many times as much a figure became"],
            "{ 翻番: 2 }",
        ),
        key(
            "plain",
            List(&Text),
            [
                "自己不指什么的词：两个数说的是不是同一项，不看它们",
                "words that name nothing of their own",
            ],
            "[为, 共计, 安排]",
        ),
    ]],
);

pub(in super::super) static NAMES: Record = Record::new(
    "prose.names",
    ["正文里的科目", "codes and names in the text"],
    &[&[
        key(
            "levels",
            List(&Text),
            [
                "代码和名称后面写的级次，从高到低",
                "what a code or a name is followed by, from the highest level down",
            ],
            "[类, 款, 项]",
        ),
        key(
            "ends",
            List(&Text),
            ["名称可以省去的尾字", "how a name ends, which it may be said without"],
            "[支出]",
        ),
        key(
            "joints",
            List(&Text),
            [
                "容易换着写的连词；换了就是另一种写法",
                "words that are written for each other; a name with another of them is another spelling",
            ],
            "[和, 与, 及]",
        ),
    ]],
);
