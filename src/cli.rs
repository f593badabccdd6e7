//! The command line and nothing else. Names and flags follow Zola, Hugo and mdBook.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

mod new;
mod verify;

pub use new::{New, NewDisclosure, NewOrganisation, NewProfile, NewProject};
pub use verify::{Verify, VerifyFormat};

/// The version, and where the program comes from.
const ORIGIN: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nrepository ",
    env!("CARGO_PKG_REPOSITORY"),
    "\nrevision   ",
    env!("MINGBAI_REVISION"),
);

/// 明白：把部门预算、决算写成 YAML，核对每一个数，生成人人看得懂的公开网站。
/// Checks that the figures of a public budget agree, and renders them as an accessible site.
#[derive(Debug, Parser)]
#[command(version, long_version = ORIGIN, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Flags of every command.
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// 门户所在文件夹 / The portal's folder
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// 配置文件 / The configuration file, from the root
    #[arg(short, long, global = true, value_name = "FILE", default_value = crate::source::CONFIG)]
    pub config: String,
    /// 提示用的语言，缺省随门户 / Language of messages; the portal's own by default
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// 彩色 / Colours: on a terminal, always, or never
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// 只说错误 / Say nothing but what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// 连已接受的例外也说 / Say what was accepted, too
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// A language of messages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Lang {
    /// 中文
    #[value(name = "zh-CN", alias = "zh")]
    Chinese,
    /// English
    #[value(name = "en")]
    English,
}

/// When what is said is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// 在终端上，没有设 `NO_COLOR` 时 / On a terminal, unless `NO_COLOR` is set
    Auto,
    /// 总是 / Always
    Always,
    /// 从不 / Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 新建一个带完整小例子的门户 / A new portal with a small complete example
    Init(Init),
    /// 从表格、文档和文字里取数，写成一份公开 / Take figures from spreadsheets, documents and texts into a disclosure
    Import(Import),
    /// 新建一个单位、一份公开、一个项目或一个模板 / Begin an organisation, a disclosure, a project or a profile
    #[command(subcommand)]
    New(New),
    /// 各单位各年度做到哪一步 / How far the disclosures of every organisation and year are
    Status(Status),
    /// 找出所有毛病，不写任何文件 / Find everything that is wrong, write nothing
    Check(Check),
    /// 两个状态之间公开内容改了什么：哪一行、从多少到多少 / What differs between two states of the disclosures: which row, from what to what
    Diff(Diff),
    /// 接受一条发现：写明理由、谁负责和当时的数 / Accept a finding: with the reason, who answers for it, and the figures it is of
    Accept(Accept),
    /// 把正文里的数连到表里的格子 / Tie the figures in prose to their cells
    Bind(Bind),
    /// 核对后生成网站 / Check, then build the site
    Build(Build),
    /// 把分开生成的各份合成一个网站 / Join parts that were built apart
    Merge(Merge),
    /// 核对网站或下载的文件是不是当时发布的 / Whether a site or downloaded files are what was published
    Verify(Verify),
    /// 边改边看 / Preview that follows every save
    Serve(Serve),
    /// 解释一条规则 / The page of a rule
    Explain(Explain),
    /// 一个模板要求什么 / What a profile demands
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// 给编辑器用的 JSON Schema：补全、说明、标错 / JSON Schemas, by which editors complete, explain and mark what you write
    Schema(Schema),
    /// 命令行补全脚本 / A completion script for your shell
    Completions(Completions),
}

/// `init`
#[derive(Args, Debug)]
pub struct Init {
    /// 新建在哪个文件夹 / Where
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// 门户的名称 / The portal's name
    #[arg(long, value_name = "NAME")]
    pub title: Option<String>,
    /// 网站的主机从哪个仓库装这个程序 / The repository that hosts install the program from
    #[arg(long, value_name = "URL", value_parser = base_url, default_value = env!("CARGO_PKG_REPOSITORY"))]
    pub repository: String,
    /// 装哪个提交，缺省是这个程序自己的 / The commit they install; by default that of this program
    #[arg(long, value_name = "COMMIT", value_parser = commit)]
    pub revision: Option<String>,
    /// 哪一版发布的程序：在 GitHub 上下载，不再编译；缺省是这个程序自己的，不是发布的就没有 / The release that GitHub downloads instead of compiling; by default that of this program, if it is of one
    #[arg(long, value_name = "VERSION", value_parser = version)]
    pub release: Option<String>,
    /// 文件夹不空也写，已有的文件不动 / Write into a folder that is not empty, leaving files that exist
    #[arg(short, long)]
    pub force: bool,
}

/// `import`
#[derive(Args, Debug)]
pub struct Import {
    /// 要取数的文件：XLSX、ODS、DOCX、HTML、CSV、TSV、TXT；“-”是标准输入里的单元格 / The files: XLSX, ODS, DOCX, HTML, CSV, TSV, TXT; `-` takes cells from standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// 按哪个模板读；公开已有 disclosure.yaml 时不用写 / The profile to read by; a disclosure that is there names its own
    #[arg(short, long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// 写到 content/ 下的哪一份公开，如 wenlv/2026-budget；门户只有一份时不用写 / The disclosure below content/, such as culture/2026-budget; not needed where the portal has one
    #[arg(short, long, value_name = "ORG/DISCLOSURE", value_parser = disclosure_folder)]
    pub into: Option<String>,
    /// 这些单元格是哪一张表 / The table the cells belong to
    #[arg(short, long, value_name = "TABLE")]
    pub table: Option<String>,
    /// 年度，文件里没有写明时用 / The fiscal year, where the files do not say it
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// 阶段：budget 或 final / The stage: budget or final
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,
    /// 单位名称，文件里没有写明时用 / The organisation's name, where the files do not say it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// 只列出会怎样改，不写文件 / Show as a diff what would be written, and write nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// 改过的文件也覆盖 / Overwrite files that were edited
    #[arg(short, long)]
    pub force: bool,
}

/// Whether a text can name a file or a folder.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\'])
}

/// Reads the folder of a disclosure: two names.
fn disclosure_folder(text: &str) -> Result<String, String> {
    let text = text.trim_start_matches("content/").trim_end_matches('/');
    let mut names = text.split('/');
    (names.clone().count() == 2 && names.all(is_name))
        .then(|| text.to_owned())
        .ok_or_else(|| "写成 单位/公开 这样：wenlv/2026-budget / write it as organisation/disclosure: culture/2026-budget".to_owned())
}

/// `status`
#[derive(Args, Debug)]
pub struct Status {
    /// 只看这些单位或公开（单位/公开） / Only these organisations or disclosures (organisation/disclosure)
    #[arg(value_name = "ORG[/DISCLOSURE]")]
    pub of: Vec<String>,
    /// 怎样列出 / How it is printed
    #[arg(long, value_enum, default_value = "human")]
    pub format: StatusFormat,
}

/// How the status is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// 给人看 / For people
    Human,
    /// JSON
    Json,
}

/// `check`
#[derive(Args, Debug)]
pub struct Check {
    /// 只看这些文件、文件夹或公开（单位/公开）里的发现 / Only what is found in these files, folders or disclosures (organisation/disclosure)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// 怎样列出发现；写了就列到标准输出，不写就给人看，列到标准错误 / How findings are printed, on standard output; without it for people, on standard error
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// 每次保存后再查一遍 / Check again after every save
    #[arg(short, long)]
    pub watch: bool,
    /// 连草稿一起查 / Drafts too
    #[arg(long)]
    pub drafts: bool,
    /// 把警告也当错误 / Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// 今天是哪一天，缺省看电脑的日期：例外是否到期、日期是否还没到 / The day it is, by default the computer’s: whether acceptances have ended and dates lie ahead
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub today: Option<String>,
    /// 与公开时的状态相比，改了而没有写更正（corrections）的格也报告：文件夹，或 git 的版本 / Report also what was changed since this state, a folder or a revision of git, without a correction
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 给人看：原文与箭头 / For people: the author's line with a caret
    Human,
    /// 一条一行 / One line each
    Concise,
    /// JSON
    Json,
    /// GitHub 注释 / Annotations on a pull request
    Github,
    /// SARIF 2.1.0
    Sarif,
}

/// `diff`
#[derive(Args, Debug)]
#[command(
    after_help = "退出码：0 没有差别，1 有差别，2 没能比较 / Exit codes: 0 nothing differs, 1 something does, 2 they could not be compared"
)]
pub struct Diff {
    /// 前一个状态：门户或一份公开（content/…）的文件夹，或 git 的版本 / The earlier state: the folder of a portal or of a disclosure (content/…), or a revision of git
    #[arg(value_name = "OLD")]
    pub old: String,
    /// 后一个状态，缺省是门户现在的文件 / The later state; by default the files of the portal as they are
    #[arg(value_name = "NEW")]
    pub new: Option<String>,
    /// 怎样列出 / How it is printed
    #[arg(long, value_enum, default_value = "human")]
    pub format: DiffFormat,
}

/// How differences are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// 给人看 / For people
    Human,
    /// JSON
    Json,
    /// Markdown，贴在合并请求里 / Markdown, for a pull request
    Markdown,
}

/// `accept`
#[derive(Args, Debug)]
pub struct Accept {
    /// 规则的名字或代码，发现末行的第一个词 / The name or code of the rule, the first word of a finding's last line
    #[arg(value_name = "CODE", requires = "at")]
    pub code: Option<String>,
    /// 哪里：发现末行的地址；…/* 是其下全部 / Where: the address in that line; …/* is everything below
    #[arg(value_name = "ADDRESS")]
    pub at: Option<String>,
    /// 为什么，印给读者看；已有的例外可以不写 / Why: it is published; an acceptance that is there keeps its own
    #[arg(short = 'm', long, value_name = "WHY")]
    pub reason: Option<String>,
    /// 谁负责 / Who answers for it
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// 到哪天为止 / The last day it holds
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub until: Option<String>,
    /// 几份公开里都有时，是哪一份 / Which disclosure, where several have the finding
    #[arg(short, long, value_name = "ORG/DISCLOSURE", value_parser = disclosure_folder)]
    pub disclosure: Option<String>,
    /// 给没有写明接受什么的例外都补上现在的数 / Write the figures of now into every acceptance that says none
    #[arg(long, conflicts_with = "code")]
    pub pin: bool,
}

/// `bind`
#[derive(Args, Debug)]
pub struct Bind {
    /// 写进正文；不写就只列出 / Write them into the texts; without it they are only listed
    #[arg(short, long)]
    pub write: bool,
}

/// `build`
#[derive(Args, Debug)]
pub struct Build {
    /// What is made.
    #[command(flatten)]
    pub site: Made,
    /// 有警告就不生成 / Publish nothing while there are warnings
    #[arg(long)]
    pub strict: bool,
    /// 只生成 n 份里的第 i 份，最后由 merge 合并 / Make part i of n only, to be joined by `merge`
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<Shard>,
}

/// What site is made, and where.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Made {
    /// 生成到哪里 / Where the site goes, from the root
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    pub output_dir: PathBuf,
    /// 输出文件夹里不是 mingbai 生成的文件，丢了也行 / Lose files in it that no build made
    #[arg(long)]
    pub discard_strays: bool,
    /// 上一次的网页少了一成以上，也照样替换 / Replace the site even where over a tenth of its pages go
    #[arg(long)]
    pub allow_removal: bool,
    /// 给 manifest.json 签名的 minisign 私钥；密码写在环境变量 `MINGBAI_SIGN_PASSWORD` 里，或在终端上输入 / The minisign secret key that signs manifest.json; its password stands in `MINGBAI_SIGN_PASSWORD` or is asked for
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// 现在网上的 manifest.json，输出文件夹里没有上一次的网站时用：看少了哪些网页 / The manifest.json that is published now, where the output holds no last site: which pages are gone
    #[arg(long, value_name = "FILE")]
    pub last: Option<PathBuf>,
    /// 网站的网址 / The site's address, instead of the configuration's
    #[arg(short = 'u', long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// 每份公开信息另排一份 PDF，要装 typst / A PDF of each disclosure too, set by typst, which must be installed
    #[arg(long)]
    pub pdf: bool,
    /// 连草稿一起生成 / Drafts too
    #[arg(long)]
    pub drafts: bool,
    /// 还没到公开日期的先不放的门户，按哪一天算，缺省是今天 / In portals that hold disclosures back until they are published: the day that decides, by default the computer’s
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub today: Option<String>,
}

/// One part of a portal that several machines build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

/// Reads `3/8`.
fn shard(text: &str) -> Result<Shard, String> {
    let number = |text: &str| text.parse::<usize>().ok();
    let parts = text.split_once('/').and_then(|(one, all)| Some((number(one)?, number(all)?)));
    match parts {
        Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
        _ => Err("写成 3/8 这样：8 份里的第 3 份 / write it like 3/8: part 3 of 8".to_owned()),
    }
}

/// `merge`
#[derive(Args, Debug)]
pub struct Merge {
    /// 各份的输出文件夹 / The output folders of all parts
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// What is made: with the options the parts were made with.
    #[command(flatten)]
    pub site: Made,
}

/// `serve`
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// 网站的网址 / The site's address, instead of the configuration's
    #[arg(short = 'u', long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// 连草稿一起看 / Drafts too
    #[arg(long)]
    pub drafts: bool,
    /// 端口；被占用就用下一个 / The port; the next free one when taken
    #[arg(short, long, default_value_t = 1949)]
    pub port: u16,
    /// 监听的地址 / The address to listen at
    #[arg(short, long, default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// 打开浏览器 / Open the browser
    #[arg(short = 'O', long)]
    pub open: bool,
}

/// Reads the address of a site.
fn base_url(text: &str) -> Result<String, String> {
    match crate::content::base_url_fault(text) {
        None => Ok(text.to_owned()),
        Some(fault) => Err(format!(
            "{}，写成 https://www.example.gov.cn 这样 / {}: write it like https://www.example.gov.cn",
            fault.zh, fault.en
        )),
    }
}

/// Reads the name of a commit: whole, because a short one or a branch may come to mean another.
fn commit(text: &str) -> Result<String, String> {
    let is_commit = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit
        .then(|| text.to_owned())
        .ok_or_else(|| "写一个提交的 40 位编号 / write the 40 digits of a commit".to_owned())
}

/// Reads the version of a release, which stands in a workflow.
fn version(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('.').collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(is_number))
        .then(|| text.to_owned())
        .ok_or_else(|| "写成 0.1.0 这样 / write it like 0.1.0".to_owned())
}

/// Reads a date of the command line.
fn date(text: &str) -> Result<String, String> {
    let is_date = crate::content::date::day(text).is_some();
    is_date
        .then(|| text.to_owned())
        .ok_or_else(|| "写成 2025-02-14 这样 / write it like 2025-02-14".to_owned())
}

/// `explain`
#[derive(Args, Debug)]
pub struct Explain {
    /// 规则的代码或名字；不写就列出全部 / The code or name of a rule; without one, all of them
    pub code: Option<String>,
}

/// `profile`
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// 逐条说明模板的表、栏、行和勾稽关系，继承来的写明出处 / Its tables, columns, rows and relations, and where what it inherits is stated
    Explain(ExplainProfile),
    /// 用门户里的例子试模板：好的要没有错，改坏的要查出，逐个改动的数要有勾稽关系管住 / Try it on the examples of the portal: good ones have no errors, those made wrong are found, and figures changed one by one are held by relations
    Test(TestProfile),
}

/// `profile test`
#[derive(Args, Debug)]
pub struct TestProfile {
    /// 模板，如 cn/final-accounts/base / The profile, such as cn/final-accounts/base
    pub profile: String,
}

/// `profile explain`
#[derive(Args, Debug)]
pub struct ExplainProfile {
    /// 模板，如 cn/final-accounts/base / The profile, such as cn/final-accounts/base
    pub profile: String,
}

/// `schema`
#[derive(Args, Debug)]
pub struct Schema {
    /// 打印哪一个；不写就列出全部 / The one to print; without it, all are listed
    pub name: Option<String>,
    /// 写到 .mingbai-schema/，并在每个 YAML 文件的第一行写明用哪一个 / Write them into .mingbai-schema/ and name the right one in the first line of every YAML file
    #[arg(short, long, conflicts_with = "name")]
    pub write: bool,
}

/// `completions`
#[derive(Args, Debug)]
pub struct Completions {
    /// 哪种 shell / Which shell
    #[arg(value_enum)]
    pub shell: Shell,
}
