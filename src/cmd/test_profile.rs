//! `profile test`: a profile on trial with the disclosures of the portal and what it says is wrong.

use indexmap::IndexMap;

use super::profile::must_be_there;
use super::{Outcome, language_of, open, print, say, several};
use crate::cli::{Global, TestProfile};
use crate::diagnostic::{Language, Report, Text, text};
use crate::findings;
use crate::profile::{self, Profile};
use crate::trial::{ColumnTally, Ground, Spoilt, figures, spoil};

/// How many addresses of a column are printed.
const SHOWN: usize = 5;

/// Runs the command. It finds something where an example has errors, or what is wrong on purpose is not found as
/// the profile says.
pub(super) fn run(global: &Global, arguments: &TestProfile) -> anyhow::Result<Outcome> {
    let library = open(global)?;
    let sources = library.shared();
    let language = language_of(global, sources);
    let id = &arguments.profile;
    must_be_there(sources, id, language)?;
    let mut report = Report::default();
    let profiles = profile::resolve(&mut report, sources, [id.clone()]);
    findings::order(sources, &mut report);
    if !report.diagnostics.is_empty() {
        say(&findings::human::render(sources, &report, language, false));
    }
    let mut trial = Trial { language, is_sound: !report.has_errors(), examples: 0 };
    let mut columns: IndexMap<String, ColumnTally> = IndexMap::new();
    let spoiled = profiles.get(id).map(|profile| profile.spoiled.as_slice()).unwrap_or_default();
    let mut spoilt: Vec<Spoilt> = spoiled.iter().map(|_| Spoilt::NoFile).collect();
    for index in 0..library.len() {
        let ground = Ground::of(library.sources(index..index + 1, |_| true)?, id);
        trial.examples(&ground);
        for (example, out) in spoiled.iter().zip(&mut spoilt) {
            if *out == Spoilt::NoFile {
                *out = spoil(&ground, example);
            }
        }
        for (column, found) in figures(&ground) {
            columns.entry(column).or_default().add(found);
        }
    }
    if trial.examples == 0 {
        let message = text!(
            zh: "门户里没有一份公开用这个模板：先写一份好的例子（mingbai new disclosure … --profile {id}），再试",
            en: "no disclosure of the portal follows this profile: write a good example first (mingbai new disclosure … --profile {id}), and try again",
        );
        anyhow::bail!(message.get(language).to_owned());
    }
    if let Some(profile) = profiles.get(id) {
        trial.spoiled(profile, &spoilt);
    }
    trial.figures(&columns);
    Ok(if trial.is_sound { Outcome::Clean } else { Outcome::Findings })
}

/// What is printed, and how it came out.
struct Trial {
    language: Language,
    is_sound: bool,
    examples: usize,
}

impl Trial {
    fn line(&self, said: &Text) {
        print(&format!("{}\n", said.get(self.language)));
    }

    fn examples(&mut self, ground: &Ground) {
        for (disclosure, [errors, warnings]) in ground.examples() {
            self.examples += 1;
            self.is_sound &= errors == 0;
            let path = &disclosure.path;
            self.line(&match (errors, warnings) {
                (0, 0) => {
                    text!(zh: "✓ 例子 {path}：没有发现", en: "✓ example {path}: nothing found")
                }
                (0, _) => text!(
                    zh: "✓ 例子 {path}：{warnings} 个警告", en: "✓ example {path}: {en_warnings}",
                    en_warnings = several(warnings, "warning"),
                ),
                _ => text!(
                    zh: "✗ 例子 {path}：{errors} 个错误（mingbai check content/{path}）",
                    en: "✗ example {path}: {en_errors} (mingbai check content/{path})",
                    en_errors = several(errors, "error"),
                ),
            });
        }
    }

    fn spoiled(&mut self, profile: &Profile, spoilt: &[Spoilt]) {
        for (example, out) in profile.spoiled.iter().zip(spoilt) {
            self.is_sound &= *out == Spoilt::Found;
            let (path, rule) = (&example.path, &example.finds);
            let change = format!("“{}” → “{}”", example.old.trim(), example.new.trim());
            self.line(&match out {
                Spoilt::Found => text!(zh: "✓ 改坏 {path} {change}：{rule}", en: "✓ made wrong {path} {change}: {rule}"),
                Spoilt::Otherwise(others) if others.is_empty() => text!(
                    zh: "✗ 改坏 {path} {change}：应是 {rule}，什么也没有查出", en: "✗ made wrong {path} {change}: {rule} is wanted, nothing was found",
                ),
                Spoilt::Otherwise(others) => {
                    let wanted = example.at.as_deref().unwrap_or_default();
                    let wanted = format!("{rule} {wanted}");
                    text!(
                        zh: "✗ 改坏 {path} {change}：应是 {wanted}，查出的是 {others}", en: "✗ made wrong {path} {change}: {wanted} is wanted, found was {others}",
                        wanted = wanted.trim_end(), others = others.join(", "),
                    )
                }
                Spoilt::NoFile => text!(zh: "✗ 改坏 {path}：没有这个文件", en: "✗ made wrong {path}: there is no such file"),
                Spoilt::Times(times) => text!(
                    zh: "✗ 改坏 {path} {change}：原来的字在文件里有 {times} 处，要正好 1 处", en: "✗ made wrong {path} {change}: the text stands {times} times in the file and must stand once",
                ),
                Spoilt::NoRule => text!(zh: "✗ 改坏 {path}：没有规则“{rule}”（mingbai explain）", en: "✗ made wrong {path}: there is no rule `{rule}` (mingbai explain)"),
            });
        }
    }

    fn figures(&self, columns: &IndexMap<String, ColumnTally>) {
        let sum = |of: fn(&ColumnTally) -> usize| columns.values().map(of).sum::<usize>();
        let (tried, at_cell) = (sum(|one| one.tried), sum(|one| one.at_cell));
        let elsewhere = sum(|one| one.elsewhere);
        let missed = tried - at_cell - elsewhere;
        self.line(&text!(
            zh: "逐个改动 {tried} 个数的首位数字：{at_cell} 个在该处查出，{elsewhere} 个在别处查出，{missed} 个没有查出",
            en: "{tried} figures changed in their first digit, one by one: {at_cell} found where they stand, {elsewhere} elsewhere, {missed} not at all",
        ));
        for (column, tally) in columns.iter().filter(|(_, tally)| !tally.missed.is_empty()) {
            let (missed, tried) = (tally.missed.len(), tally.tried);
            let shown =
                tally.missed.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = missed.saturating_sub(SHOWN);
            let (zh, en) = match more {
                0 => (String::new(), String::new()),
                _ => (format!(" 等，另有 {more} 个"), format!(" and {more} more")),
            };
            self.line(&text!(
                zh: "  {column}：{tried} 个里 {missed} 个没有查出：{shown}{zh}", en: "  {column}: {missed} of {tried} not found: {shown}{en}",
            ));
        }
        if missed > 0 {
            self.line(&text!(
                zh: "没有查出的数不在任何勾稽关系里：合计、sum_of、tie_outs 能把它们管住（docs/profiles.md）",
                en: "no relation holds what was not found: totals, sum_of and tie_outs would (docs/profiles.md)",
            ));
        }
    }
}
