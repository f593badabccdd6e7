//! Signs of Markdown that were meant for something else, or by half: each is said at its place, with what
//! readers would see.

use mingbai::diagnostic::Language;

use crate::bench::TestSite;

const SECTION: &str = "narrative/11-other.md";
const TITLE: &str = "# 十一、其他需要说明的事项";

/// The codes of a section, and what is said in English.
fn said(section: &str) -> (Vec<&'static str>, String) {
    let checked = TestSite::starter().write(SECTION, section).check();
    let mut codes = checked.codes();
    codes.retain(|code| *code != "N302");
    (codes, checked.human(Language::English))
}

#[test]
fn what_readers_would_see_is_said() {
    for (text, code, seen) in [
        (">5%的部分由县财政承担。", "S028", "readers see `5%的部分由县财政承担。`"),
        ("支出\n>=5%的部分", "S028", "readers see `=5%的部分`"),
        ("> 5%的部分", "S028", "readers see `5%的部分`"),
        ("+ 5.00", "S028", "readers see `5.00`"),
        ("合计\n+ 5.00万元", "S028", "`+` at the head of a line"),
        ("合计\n- 5.00万元", "S028", "`-` at the head of a line"),
        ("    一段文字，有[5.00万元](=procurement/合计/total)", "S028", "for code: `一段文字"),
        ("\t一段文字", "S028", "for code"),
        ("30\\%", "S024", "do not see the `\\` before `%`"),
        ("甲\\,乙", "S024", "do not see the `\\` before `,`"),
        ("是__重点__内容", "S024", "readers see `__`, and `重点`"),
        ("是＊＊重点＊＊内容", "S024", "readers see `＊＊`, and `重点`"),
        ("是~~删去~~的", "S024", "readers see `~~`, and `删去`"),
        ("##小标题", "S024", "readers see `##小标题` as it stands"),
        ("#小标题", "S024", "write half-width signs with a blank behind them: # 小标题"),
        ("＃＃ 小标题", "S024", "## 小标题"),
        ("| 项目 | 金额 |\n| 图书 | 5 |", "S024", "readers see `| 项目 | 金额 |` as it stands"),
        ("| 项目 | 金额 |\n|---|\n| 图书 | 5 |", "S024", "|---|---|"),
        ("项目 | 金额\n图书 | 5", "S024", "as it stands"),
        ("｜ 项目 ｜ 金额 ｜\n｜ 图书 ｜ 5 ｜", "S024", "as it stands"),
        ("1. 一\n3. 三", "S024", "readers see 2"),
        ("__“重点”__工作", "S024", "readers see `__`, and `“重点”`"),
        ("~~“删去”~~的字", "S024", "readers see `~~`"),
        ("补助[^1]。", "S024", "the footnote `[^1]` has no note"),
        ("补助[^1]。\n\n[^1]：按标准。", "S024", "brackets or a colon of full width"),
        ("补助［^1］。\n\n［^1］：按标准。", "S024", "brackets or a colon of full width"),
        ("补助^[按标准]。", "S024", "readers see `^[按标准]` as it stands"),
        ("####### 小标题", "S024", "readers see `####### 小标题`"),
        ("甲单位负责。\n---\n乙单位负责。", "S024", "makes a heading of `甲单位负责。`"),
        ("甲。\n\n# 十二、名词解释\n\n乙。", "S024", "`十二、名词解释` is a second heading"),
        ("```\n甲\n\n乙", "S024", "all that follows is code"),
        ("项目\t金额\n图书\t多", "S024", "look pasted from a spreadsheet"),
        ("> 5 台的设备", "S024", "readers see `5 台的设备`"),
        ("1.收入\n2.支出\n4.其他", "S024", "readers see `1.收入 2.支出` in one"),
        ("按2**3**4计算", "S024", "do not see these four stars"),
        ("甲\n\n<!-- 待写\n\n乙", "S028", "no `-->` ends the comment"),
        ("*重点一\n*重点二", "S024", "readers see `*重点一 *重点二` in one"),
        ("-重点一\n-重点二", "S024", "readers see `-重点一 -重点二` in one"),
        ("• 重点一\n• 重点二", "S024", "begin each line with `- `"),
        ("●重点一\n●重点二", "S024", "in one"),
        ("一、甲项\n二、乙项", "S024", "readers see `一、甲项 二、乙项` in one"),
        ("（一）甲项\n（二）乙项", "S024", "leave an empty line between them"),
        ("面积5m^2^。", "S024", "readers see `^2^` as it stands"),
        ("排放CO~2~。", "S024", "readers see `~2~` as it stands"),
        ("- [x] 已完成", "S024", "readers see `[x]` as it stands"),
        ("1. [ ] 未完成", "S024", "readers see `[ ]` as it stands"),
        ("[TOC]\n\n正文", "S024", "readers see `[TOC]` as it stands"),
        ("是==重点==工作", "S024", "readers see `==`, and `重点`"),
        ("＜!-- 待写 --＞", "S028", "this is no comment and is published"),
        ("<!— 待写 —>", "S028", "this is no comment and is published"),
    ] {
        let (codes, said) = said(&format!("{TITLE}\n\n{text}\n"));
        assert!(codes == [code] && said.contains(seen), "{text}: {codes:?}\n{said}");
    }
}

#[test]
fn half_of_a_bound_figure_is_named_however_it_is_written() {
    for text in [
        "[5.00万元](procurement/income.grand/total)",
        "[5.00万元](＝procurement/income.grand/total)",
        "(5.00万元)[=procurement/合计/total]",
        "[5.00万元][=procurement/合计/total]",
        "[5.00万元](<=procurement/合计/total)",
        "见【官网】(https://example.org/)",
        "[5.00]万元(=procurement/合计/total)",
        "[5.00万元]，(=procurement/合计/total)",
    ] {
        let (codes, said) = said(&format!("{TITLE}\n\n采购{text}。\n"));
        assert!(codes.contains(&"S026"), "{text}: {codes:?}\n{said}");
    }
}

#[test]
fn a_comment_is_no_part_of_the_page() {
    let text = format!("{TITLE}\n\n甲<!-- 待补 -->乙。\n\n<!-- 多行\n注释 -->\n\n丙。\n");
    let page =
        TestSite::starter().write(SECTION, text).page("demo/2025-budget/narrative/11-other.html");
    assert!(page.contains("甲乙。") && page.contains("丙。"), "{page}");
    assert!(!page.contains("待补") && !page.contains("注释"), "{page}");
}

#[test]
fn a_section_that_says_nothing_is_empty() {
    for text in ["<!-- 待写 -->", "---", "&nbsp;", "。", "## 一\n\n## 二", "<!--\n待写\n-->"]
    {
        let (codes, said) = said(&format!("{TITLE}\n\n{text}\n"));
        assert_eq!(codes, ["C108"], "{text}: {said}");
    }
}

#[test]
fn a_title_that_is_none_is_one_finding() {
    for title in [
        "#十一、其他需要说明的事项",
        "＃ 十一、其他需要说明的事项",
        "    # 十一、其他需要说明的事项",
    ] {
        let (codes, said) = said(&format!("{title}\n\n无。\n"));
        assert_eq!(codes, ["S028"], "{title}: {said}");
    }
}

#[test]
fn marks_that_do_what_they_were_written_for_are_left_alone() {
    for text in [
        "> 这是引文，5%的部分由县财政承担。",
        "> 2025年的决定",
        "- 5.00万元用于购书\n- 6.00万元用于活动",
        "- 2025年购书",
        "- 一\n    - 二\n    - 三\n\n    段落",
        "```\n代码\n```",
        "\\*注\\*，1\\. 一，\\_，\\~",
        "__重点__：内容",
        "A#1号楼，#1号楼",
        "10~20和30~40",
        "| 项目 | 金额 |\n|---|---|\n| 图书 | 5 |",
        "甲|乙",
        "1. 一\n1. 二\n1. 三",
        "3. 三\n4. 四",
        "`__甲__ ~~乙~~`",
        "补助[^注]。\n\n[^注]: 按标准。",
        "x^2 和 `[^1]`，\\[^1]",
        "```\n甲\n```\n\n乙",
        "小标题\n---\n\n乙",
        "甲<!-- 待补 -->乙\n\n<!-- 多行\n注释 -->\n\n丙",
        "甲\t乙",
        "> 10 个单位参加了培训。",
    ] {
        let (codes, said) = said(&format!("{TITLE}\n\n{text}\n"));
        assert_eq!(codes, Vec::<&str>::new(), "{text}: {said}");
    }
}

#[test]
fn what_is_meant_as_it_stands_is_no_slip() {
    for text in [
        "*注：本表不含结转。",
        "*重点*工作\n*其他*工作",
        "- 甲项\n- 乙项",
        "10~20~30人，30~40册。",
        "增长10^4倍。",
        "[1.](https://example.org/)见官网。",
        "（[5.00万元](=procurement/合计/total)）",
        "[[5.00万元](=procurement/合计/total)]",
        "5.00万元（元/人/天）。",
        "见[附件](https://example.org/a%20b.pdf)。",
        "<!-- 不公开的话 -->\n\n正文。",
        "|||||||\n|---|---|---|---|---|---|\n|一|二|三|四|五|六|",
        "一、甲项。\n\n二、乙项。",
    ] {
        let (codes, said) = said(&format!("{TITLE}\n\n{text}\n"));
        assert!(codes.is_empty(), "{text}: {codes:?}\n{said}");
    }
}
