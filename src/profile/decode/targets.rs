//! What a profile says of performance targets.

use indexmap::IndexMap;

use super::keys::{CODE_PART, FILING, SCHEME, TARGET_COLUMNS, TARGET_WORDS, TARGETS};
use super::{MOST_DIGITS, bad, entries, units};
use crate::amount;
use crate::diagnostic::{Report, Text, text};
use crate::profile::ProjectSpec;
use crate::profile::targets::{CodePart, Filing, Says, Scheme, Sign, TargetSpec, TargetWords};
use crate::yaml::{self, Fields, Node};

pub(super) fn targets(
    report: &mut Report,
    node: &Node,
    projects: Option<&ProjectSpec>,
) -> TargetSpec {
    let mut fields = Fields::new(report, node, &TARGETS, Text::same("`targets`"));
    let mut spec = TargetSpec {
        place: Some(node.place()),
        words: fields.get("words").map(|node| words(report, node)).unwrap_or_default(),
        schemes: entries(fields.get("schemes"))
            .map(|(key, node)| (key.text.to_string(), scheme(report, node)))
            .collect(),
        scheme: fields.text(report, "scheme").unwrap_or_default(),
        cost: fields.texts(report, "cost"),
        quantity: fields.texts(report, "quantity"),
        per_unit: fields.texts(report, "per_unit"),
        rates: fields.texts(report, "rates"),
        not_rates: fields.texts(report, "not_rates"),
        satisfaction: fields.texts(report, "satisfaction"),
        events: fields.texts(report, "events"),
        fewer: fields.texts(report, "fewer"),
        growth: fields.texts(report, "growth"),
        spellings: fields
            .list(report, "spellings")
            .iter()
            .map(|node| {
                node.items().iter().filter_map(|item| Some(item.scalar()?.to_owned())).collect()
            })
            .collect(),
        filing: fields.list(report, "filing").iter().map(|node| filing(report, node)).collect(),
        weights: fields
            .texts(report, "weights")
            .iter()
            .filter_map(|text| Some(amount::parse(text).ok()?.value))
            .collect(),
        code: fields
            .list(report, "code")
            .iter()
            .filter_map(|node| code_part(report, node))
            .collect(),
        ..TargetSpec::default()
    };
    if let Some(node) = fields.get("columns") {
        columns(report, node, projects, &mut spec);
    }
    if !spec.scheme.is_empty() && !spec.schemes.contains_key(&spec.scheme) {
        let known: Vec<&str> = spec.schemes.keys().map(String::as_str).collect();
        let place = node.get("scheme").map_or(node.place(), Node::place);
        let message =
            text!(zh: "没有指标体系“{id}”", en: "there is no scheme `{id}`", id = spec.scheme);
        report.push(
            crate::codes::BAD_PROFILE
                .at(place, message)
                .help(yaml::suggestion(&spec.scheme, &known)),
        );
    }
    fields.finish(report);
    spec
}

fn columns(
    report: &mut Report,
    node: &Node,
    projects: Option<&ProjectSpec>,
    spec: &mut TargetSpec,
) {
    let mut fields = Fields::new(report, node, &TARGET_COLUMNS, Text::same("`columns`"));
    let mut column = |report: &mut Report, key: &'static str| {
        let id = fields.text(report, key)?;
        let found =
            projects.and_then(|spec| spec.indicators.iter().position(|column| column.id == id));
        if found.is_none() {
            let place = node.get(key).map_or(node.place(), Node::place);
            let message =
                text!(zh: "指标没有“{id}”这一栏", en: "the indicators have no column `{id}`");
            bad(report, place, message);
        }
        found
    };
    spec.group = column(report, "group");
    spec.kind = column(report, "kind");
    spec.description = column(report, "description");
    spec.weight = column(report, "weight");
    spec.actual = column(report, "actual");
    spec.score = column(report, "score");
    fields.finish(report);
}

fn words(report: &mut Report, node: &Node) -> TargetWords {
    let mut fields = Fields::new(report, node, &TARGET_WORDS, Text::same("`words`"));
    let words = TargetWords {
        percent: fields.texts(report, "percent"),
        ratios: fields.texts(report, "ratios"),
        scales: fields.get("scales").map(|node| units(report, node)).unwrap_or_default(),
        at_least: fields.texts(report, "at_least"),
        at_most: fields.texts(report, "at_most"),
        lead: fields.texts(report, "lead"),
        year: fields.texts(report, "year"),
        month: fields.texts(report, "month"),
        day: fields.texts(report, "day"),
        through: fields.texts(report, "through"),
        deadline: fields.texts(report, "deadline"),
    };
    fields.finish(report);
    words
}

fn scheme(report: &mut Report, node: &Node) -> Scheme {
    let mut fields = Fields::new(report, node, &SCHEME, text!(zh: "指标体系", en: "a scheme"));
    let kinds = |node: &Node| -> Vec<String> {
        node.items().iter().filter_map(|item| Some(item.scalar()?.to_owned())).collect()
    };
    let groups: IndexMap<String, Vec<String>> = entries(fields.get("groups"))
        .map(|(key, node)| (key.text.to_string(), kinds(node)))
        .collect();
    let scheme = Scheme {
        title: fields.text(report, "title").unwrap_or_default(),
        groups,
        required: fields.texts(report, "required"),
    };
    fields.finish(report);
    scheme
}

fn filing(report: &mut Report, node: &Node) -> Filing {
    let mut fields = Fields::new(report, node, &FILING, Text::same("`filing`"));
    let filing = Filing {
        names: fields.texts(report, "names"),
        kind: fields.required(report, "kind").unwrap_or_default(),
        instead_of: fields.texts(report, "instead_of"),
    };
    fields.finish(report);
    filing
}

fn code_part(report: &mut Report, node: &Node) -> Option<CodePart> {
    let mut fields = Fields::new(report, node, &CODE_PART, Text::same("`code`"));
    let signs = [("digits", Sign::Digit), ("letters", Sign::Letter), ("any", Sign::Any)];
    let found = signs.into_iter().find_map(|(key, sign)| Some((fields.number(report, key)?, sign)));
    let says = match fields.text(report, "is").as_deref() {
        Some("region") => Some(Says::Region),
        Some("year") => Some(Says::Year),
        _ => None,
    };
    fields.finish(report);
    if let Some((length, sign)) = found.filter(|(length, _)| (1..=MOST_DIGITS).contains(length)) {
        return Some(CodePart { length, sign, says });
    }
    bad(
        report,
        node.place(),
        text!(zh: "写出位数（1 至 {MOST_DIGITS}）：digits、letters 或 any", en: "give a length, 1 to {MOST_DIGITS}: `digits`, `letters` or `any`"),
    );
    None
}
