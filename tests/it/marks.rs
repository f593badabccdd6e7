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
    ] {
        let (codes, said) = said(&format!("{TITLE}\n\n{text}\n"));
        assert!(codes == [code] && said.contains(seen), "{text}: {codes:?}\n{said}");
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
        "填写____处",
        "A#1号楼，#1号楼",
        "10~20和30~40",
        "| 项目 | 金额 |\n|---|---|\n| 图书 | 5 |",
        "甲|乙",
        "1. 一\n1. 二\n1. 三",
        "3. 三\n4. 四",
        "`__甲__ ~~乙~~`",
    ] {
        let (codes, said) = said(&format!("{TITLE}\n\n{text}\n"));
        assert_eq!(codes, Vec::<&str>::new(), "{text}: {said}");
    }
}
