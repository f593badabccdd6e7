//! The keys of the files below `content/` and of `mingbai.yaml`, each declared once.

mod disclosure;

use crate::yaml::keys::{FileKind, KeySpec, Known, Record, Shape, Word, key, word};
use Shape::{Address, Cell, Either, Flag, List, Map, Record as Keys, Text, Web, Word as OneOf};

pub(super) use disclosure::{
    ACCEPTANCE, ALIAS, CATALOGUE, CORRECTION, DISCLOSURE, REVIEW, WITHHOLDING,
};

/// The kinds of authored files this module reads.
pub static FILES: [FileKind; 7] = [
    FileKind {
        name: "site",
        path: "mingbai.yaml",
        title: ["门户配置", "the portal’s configuration"],
        shape: Keys(&SITE),
        partial: false,
    },
    FileKind {
        name: "organisation",
        path: "content/<organisation>/organisation.yaml",
        title: ["公开的单位", "the organisation that discloses"],
        shape: Keys(&ORGANISATION),
        partial: false,
    },
    FileKind {
        name: "disclosure",
        path: "content/<organisation>/<disclosure>/disclosure.yaml",
        title: ["一份公开", "one disclosure"],
        shape: Keys(&DISCLOSURE),
        partial: false,
    },
    FileKind {
        name: "table",
        path: "content/<organisation>/<disclosure>/tables/<table>.yaml",
        title: ["一张表", "one table"],
        shape: Keys(&TABLE),
        partial: false,
    },
    FileKind {
        name: "project",
        path: "content/<organisation>/<disclosure>/projects/<nn>-<name>.yaml",
        title: ["一个项目", "one project"],
        shape: Keys(&PROJECT),
        partial: false,
    },
    FileKind {
        name: "glossary",
        path: "content/glossary.yaml",
        title: ["名词解释：名词和它的意思", "the glossary: terms and what they mean"],
        shape: Map(&Either(&[Text, Keys(&TERM)])),
        partial: false,
    },
    FileKind {
        name: "narrative",
        path: "content/<organisation>/<disclosure>/narrative/<nn>-<section>.md",
        title: ["一节说明：链接的目标", "a section of text: the targets of its links"],
        shape: Keys(&BINDINGS),
        partial: true,
    },
];

const LANGUAGES: [Word; 2] = [
    word("zh-CN", "中文界面", "a Chinese interface"),
    word("en", "英文界面", "an English interface"),
];

const HOSTS: [Word; 4] = [
    word("cloudflare-pages", "Cloudflare Pages", "Cloudflare Pages"),
    word("github-pages", "GitHub Pages", "GitHub Pages"),
    word("gitlab-pages", "gitlab.com 的 GitLab Pages", "GitLab Pages of gitlab.com"),
    word("netlify", "Netlify", "Netlify"),
];

pub(super) static SITE: Record = Record::new("mingbai.yaml", ["门户", "the portal"], &[&[
    key("title", Text, ["门户的名称，印在每一页", "the name of the portal, on every page"], "示例县预算公开").required(),
    key("description", Text, ["一句话的介绍，给搜索引擎", "one sentence for search engines"], "示例县各部门的预算"),
    key("base_url", Web, ["上线后的网址；站点地图等要用", "where the site will stand; the sitemap needs it"], "https://budget.example.org"),
    key("language", OneOf(&LANGUAGES), ["界面用的语言", "the language of the interface"], "zh-CN").default(["zh-CN", "zh-CN"]),
    key("host", OneOf(&HOSTS), ["网站放在哪里：超过它收的文件数和大小，生成时提醒（W612）", "where the site is hosted: a build warns above what that host takes (W612)"], "cloudflare-pages"),
    key("theme", Text, ["themes/ 下的文件夹", "a folder below themes/"], "default").default(["default", "default"]),
    key("publisher", Text, ["谁发布", "who publishes"], "示例县财政局"),
    key("contact", Text, ["有疑问怎样联系，印在每页的底部", "how readers with a question reach it, at the foot of each page"], "0000-0000000"),
    key("email", Text, ["收读者疑问的邮箱；每个数都能写信去问，引用已写好", "the mailbox for questions: readers write to it about a figure, with the citation filled in"], "ask@example.org"),
    key("licence", Text, ["数据的使用许可：一段文字或网址", "the licence of the figures: a text or an address"], "CC BY 4.0"),
    key("footer", List(&Either(&[Text, Keys(&FOOTER)])), ["每页底部的几行", "the lines at the foot of every page"], "[主办单位：示例县财政局]"),
    key("official", Flag, ["是政府网站：缺了必须写明的事项就是错（G801、G804）", "the site of a public authority: what such sites must state is then checked (G801, G804)"], "true").default(["false", "false"]),
    key("hold_until_published", Flag, ["published 还没到的公开，生成网站时先不放进去", "a build leaves out disclosures whose `published` is still to come"], "true").default(["false", "false"]),
    key("government", Keys(&GOVERNMENT), ["政府网站自己的事项", "what the site of a public authority says of itself"], ""),
    key("pages", List(&Shape::Known(Known::PageKind)), ["要哪些种类的网页", "the kinds of pages the site has"], "[home, organisation, disclosure, table]").default(["全部", "every kind"]),
    key("outputs", List(&Shape::Known(Known::Output)), ["网页以外要哪些格式", "the formats the site has beside pages"], "[csv]").default(["全部", "every format"]),
    key("pdf_fonts", List(&Shape::Text), ["PDF 用哪种字体，取第一种装有的", "the families of type a PDF is set in: the first that is there"], "[Source Han Serif SC]").default(["电脑上的中文字体", "a family with Chinese that the computer has"]),
]]);

pub(super) static FOOTER: Record = Record::new(
    "footer",
    ["页脚的一行", "a line at the foot"],
    &[&[
        key("text", Text, ["印什么", "what it says"], "示例县财政局").required(),
        key("url", Text, ["通到哪里", "where it leads"], "https://example.org"),
    ]],
);

pub(super) static GOVERNMENT: Record = Record::new(
    "government",
    ["政府网站", "the site of a public authority"],
    &[&[
        key(
            "name",
            Text,
            ["网站名称（SiteName）", "the registered name (SiteName)"],
            "示例县人民政府",
        )
        .default(["title", "title"]),
        key(
            "domain",
            Text,
            ["域名，不写 https://（SiteDomain）", "the domain without https:// (SiteDomain)"],
            "www.example.gov.cn",
        )
        .default(["base_url 的主机名", "the host of base_url"]),
        key(
            "id_code",
            Text,
            [
                "网站标识码，十位（SiteIDCode）",
                "the code of ten characters in the register of government sites (SiteIDCode)",
            ],
            "'1300000001'",
        ),
        key("sponsor", Text, ["主办单位", "who answers for the site"], "示例县人民政府办公室")
            .default(["publisher", "publisher"]),
        key("address", Text, ["地址", "where they are"], "示例路 1 号"),
        key("contact", Text, ["联系方式", "how to reach them"], "0000-0000000"),
        key(
            "icp",
            Text,
            ["ICP 备案号", "the number of the internet filing"],
            "示例ICP备00000000号",
        ),
        key(
            "public_security",
            Text,
            [
                "公安备案号，其中有十四位数字",
                "the number of the police filing, with its fourteen digits",
            ],
            "示例公网安备 13000000000001号",
        ),
        key(
            "badge",
            Keys(&BADGE),
            ["党政机关网站标识", "the badge of Party and government sites"],
            "",
        ),
        key(
            "report_errors",
            Web,
            ["“我为政府网站找错”的网址", "where readers report mistakes"],
            "https://example.gov.cn/report",
        ),
        key(
            "keywords",
            List(&Text),
            ["栏目关键词（ColumnKeywords）", "words for search engines (ColumnKeywords)"],
            "[预算, 决算]",
        ),
    ]],
);

pub(super) static BADGE: Record = Record::new(
    "badge",
    ["党政机关网站标识", "the badge"],
    &[&[
        key(
            "image",
            Text,
            ["图片，static/ 下的路径", "the image, a path below static/"],
            "badge.png",
        )
        .required(),
        key("url", Web, ["通到哪里", "where it leads"], "https://example.gov.cn/badge"),
    ]],
);

pub(super) static ORGANISATION: Record = Record::new(
    "organisation.yaml",
    ["单位", "the organisation"],
    &[&[
        key("name", Text, ["全称", "the full name"], "示例县图书馆")
            .also(&["名称", "单位名称", "单位", "部门名称"])
            .required(),
        key(
            "region",
            Either(&[Text, Keys(&REGION)]),
            [
                "所属政区：名称，或代码和名称",
                "the division it belongs to: a name, or code and name",
            ],
            "{ code: 130000, name: 示例省示例县 }",
        )
        .also(&["地区", "政区", "区划"]),
        key("code", Text, ["预算单位代码", "its code in the budget system"], "731").also(&[
            "代码",
            "编码",
            "单位编码",
            "单位代码",
        ]),
        key("short", Text, ["简称", "how readers call it"], "县图书馆")
            .also(&["简称"])
            .default(["name", "name"]),
        key(
            "contact",
            Text,
            [
                "有疑问怎样联系，印在本单位每页的底部",
                "how readers with a question reach it, at the foot of its pages",
            ],
            "0000-0000000",
        )
        .default(["mingbai.yaml 里的", "that of mingbai.yaml"]),
        key(
            "email",
            Text,
            [
                "收读者疑问的邮箱；每个数都能写信去问，引用已写好",
                "the mailbox for questions: readers write to it about a figure, with the citation filled in",
            ],
            "ask@example.org",
        )
        .default(["mingbai.yaml 里的", "that of mingbai.yaml"]),
        key(
            "units",
            List(&Either(&[Text, Keys(&UNIT)])),
            [
                "所属单位；只写名称的没有自己的预算",
                "the units it consists of; a name alone has no budget of its own",
            ],
            "",
        )
        .also(&["所属单位", "下属单位"]),
    ]],
);

pub(super) static REGION: Record = Record::new(
    "region",
    ["政区", "the division"],
    &[&[
        key("code", Text, ["六位代码", "the code of six digits"], "130000").also(&[
            "代码",
            "编码",
            "单位编码",
            "单位代码",
        ]),
        key("name", Text, ["名称", "the name"], "示例省示例县").also(&[
            "名称",
            "单位名称",
            "单位",
            "部门名称",
        ]),
    ]],
);

pub(super) static UNIT: Record = Record::new(
    "units[]",
    ["所属单位", "a unit"],
    &[&[
        key("name", Text, ["名称", "the name"], "示例县科技馆")
            .also(&["名称", "单位名称", "单位", "部门名称"])
            .required(),
        key(
            "separate",
            Flag,
            ["有没有自己的预算要公开", "whether it has a budget of its own to publish"],
            "false",
        )
        .default(["true", "true"]),
        key(
            "published",
            Text,
            ["在别处公开的，写网址", "the address where it publishes, outside this portal"],
            "https://example.org/unit",
        ),
    ]],
);

/// The keys of a table.
pub static TABLE: Record = Record::new(
    "tables/*.yaml",
    ["表", "the table"],
    &[&[
        key(
            "rows",
            List(&ROW),
            [
                "表的行，一行一项：栏的标识和印出来的内容",
                "the rows, one line each: column ids and what is printed",
            ],
            "[{ name: 总计, total: 1290.10 }]",
        )
        .also(&["行", "各行"]),
        key(
            "panels",
            Map(&List(&ROW)),
            ["分几栏的表：各栏的行", "the rows of each panel, where the form has several"],
            "{ income: [{ name: 总计, amount: 1290.10 }] }",
        ),
        key(
            "facts",
            Map(&Text),
            [
                "印在表上方的事项，模板列出的才有",
                "facts printed above the table, where the profile has such",
            ],
            "{ as-of: 2024-12-31 }",
        )
        .also(&["事项"]),
        key(
            "title",
            Text,
            ["标题，只在与模板不同时写", "the printed title, only where it is not the form’s"],
            "部门支出总表",
        )
        .also(&["标题", "表名", "名称"]),
        key("note", Text, ["表下的注", "the note printed under the table"], "注：本年无此项支出")
            .also(&["注", "备注", "说明"]),
    ]],
);

static ROW: Shape = Map(&Cell);

/// The keys of a project that are not fields of its profile.
pub static PROJECT: Record = Record {
    others: Some(&Cell),
    ..Record::new(
        "projects/*.yaml",
        ["项目", "the project"],
        &[&[
            key(
                "payment_plan",
                Map(&Cell),
                ["资金支出计划：各个时点的百分比", "the payment plan: a percentage for each step"],
                "{ jun: 50%, dec: 100% }",
            )
            .also(&["资金支出计划", "支出计划"]),
            key(
                "goals",
                Either(&[Text, List(&Text), Map(&Either(&[Text, List(&Text)]))]),
                [
                    "绩效目标：一段、几段，或模板分的几部分",
                    "the goals: a text, several, or the parts the profile names",
                ],
                "[办好 6 场讲座]",
            )
            .also(&["目标", "绩效目标", "总体目标"]),
            key(
                "indicators",
                List(&ROW),
                [
                    "绩效指标，一行一个：栏的标识和印出来的内容",
                    "the indicators, one line each: column ids and what is printed",
                ],
                "[{ name: 讲座场次, value: ≥6 场 }]",
            )
            .also(&["指标", "绩效指标"]),
            key(
                "aliases",
                Either(&[Text, List(&Text)]),
                ["这一页从前的网址", "the addresses where its page stood before"],
                "[library/2025-budget/projects/01-lectures.html]",
            ),
        ]],
    )
};

pub(super) static TERM: Record = Record::new(
    "glossary.yaml",
    ["名词", "a term"],
    &[&[
        key(
            "definition",
            Text,
            [
                "它的意思；不写就以各份公开里的解释为准",
                "what it means; left out, the disclosures say it",
            ],
            "一段解释",
        ),
        key(
            "also",
            List(&Text),
            ["别的叫法，只用于查找", "other words readers look for it by; they are not printed"],
            "[别名]",
        ),
    ]],
);

/// What a link of the narrative may lead to, behind its `=`. Several stand behind one `=`, parted by `;`.
pub static BINDINGS: Record =
    Record::new("narrative", ["正文里的链接", "links of the text"], &[BINDING_KEYS]);

const BINDING_KEYS: &[KeySpec] = &[
    key(
        "=<table>",
        Text,
        ["独占一段：这里放这张表", "alone in a paragraph: the table stands here"],
        "[部门机构设置情况](=units)",
    ),
    key(
        "=projects",
        Text,
        ["独占一段：这里放项目目录", "alone in a paragraph: the list of projects stands here"],
        "[项目](=projects)",
    ),
    key(
        "=<address>",
        Address,
        [
            "这个数就是表里的那一格；几格相加减，放在 < > 里",
            "the figure is that cell; a sum of cells stands between < and >",
        ],
        "[1454.54万元](=revenue/total/amount)",
    ),
    key(
        "=#<name>",
        Text,
        ["给这个数起名，供勾稽关系引用", "a name for the figure, for relations of the profile"],
        "[109.17万元](=#change)",
    ),
    key(
        "=sum:<name>",
        Text,
        ["这个数是下列各部分之和", "the figure is the total of a list"],
        "[71.88万元](=sum:ongoing)",
    ),
    key(
        "=part:<name>",
        Text,
        [
            "这个数是其中一部分；正负看前面的增减二字",
            "the figure is one part of that list; its sign is the word of direction before it",
        ],
        "[2.07万元](=part:ongoing)",
    ),
];
