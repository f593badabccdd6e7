//! `disclosure.yaml`: the year, the stage, the profile, and known exceptions.

use super::alias::{self, Alias};
use super::corrections::{self, Correction};
use super::dated::{date, moment};
use super::fiscal_year;
use super::keys::{ACCEPTANCE, CATALOGUE, DISCLOSURE, REVIEW, WITHHOLDING};
use super::link::{self, Wanted};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place, SourceFile};
use crate::yaml::{self, Fields, Node};

/// The head of one disclosure.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Its file.
    pub file: FileId,
    /// The fiscal year as printed: `2025`, `2023/24`.
    pub fiscal_year: String,
    /// The stage: `budget`, `final`, …
    pub stage: String,
    /// Where the stage is written.
    pub stage_place: Place,
    /// Which body's figures these are, where an organisation publishes several editions.
    pub edition: String,
    /// The profile it follows.
    pub profile: String,
    /// Where the profile is named.
    pub profile_place: Place,
    /// The disclosure it was begun from, by its folder beside its own; empty where there is none.
    pub from: String,
    /// Where that is named.
    pub from_place: Place,
    /// Its printed title.
    pub title: String,
    /// Where the figures come from.
    pub source: String,
    /// The address of the document as it was published; empty where it is not known.
    pub original: String,
    /// When the finance department approved it, `YYYY-MM-DD`.
    pub approved: String,
    /// When it was published, `YYYY-MM-DD`.
    pub published: String,
    /// The dates that are written and could not be read, by key.
    pub bad_dates: Vec<&'static str>,
    /// At what time of that day, `HH:MM`; empty where only the day is known.
    pub published_time: String,
    /// How it stands in the catalogue of public information.
    pub catalogue: Catalogue,
    /// The secrecy review, if it is recorded.
    pub secrecy_review: Option<Review>,
    /// Not yet for the public.
    pub draft: bool,
    /// Words a relation may depend on.
    pub flags: Vec<String>,
    /// Known exceptions.
    pub accept: Vec<Acceptance>,
    /// Values that are not published.
    pub withhold: Vec<Withholding>,
    /// Where its pages stood before.
    pub aliases: Vec<Alias>,
    /// What was changed after publication.
    pub corrections: Vec<Correction>,
}

/// How a disclosure stands in the catalogue of public information; what is not written is empty.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Its number there.
    pub index: String,
    /// Who made it public.
    pub publisher: String,
    /// The subject it is filed under.
    pub topic: String,
    /// What sort of document it is.
    pub genre: String,
    /// Words for search engines.
    pub keywords: Vec<String>,
    /// Who wrote it.
    pub author: String,
    /// An image that stands for it, a path below `static/`.
    pub image: String,
    /// Where the image is written.
    pub image_place: Option<Place>,
}

/// A review before publication.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// Who did it.
    pub by: String,
    /// When, `YYYY-MM-DD`.
    pub on: String,
}

/// A finding the author knows and answers for.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// The code or name of the finding.
    pub code: String,
    /// Where: the address printed with the finding; `…/*` is everything below.
    pub at: String,
    /// Why it is as it is; printed under the table.
    pub reason: String,
    /// Who says so.
    pub by: String,
    /// The last day it holds, `YYYY-MM-DD`; empty where it holds for good.
    pub until: String,
    /// What was found when it was accepted, a line a finding; nothing where it is not written.
    pub found: Vec<String>,
    /// Where that is written, or the whole.
    pub found_place: Place,
    /// Where it is written.
    pub place: Place,
    /// Whether it stands under a misspelt key, which has a finding of its own.
    pub is_guessed: bool,
}

/// Values that stand in the author's files and must not be published.
#[derive(Clone, Debug)]
pub struct Withholding {
    /// Which: an address, perhaps of several.
    pub at: String,
    /// Why, as the law says it.
    pub because: String,
    /// Where it is written.
    pub place: Place,
}

/// Reads one file; nothing when it is not YAML.
pub(super) fn read(report: &mut Report, file: FileId, source: &SourceFile) -> Option<Disclosure> {
    let node = yaml::parse_filled(report, file, source)?;
    let mut fields = Fields::new(report, &node, &DISCLOSURE, Text::same("disclosure.yaml"));
    let (published, published_time) = moment(report, &mut fields, "published");
    let approved = date(report, &mut fields, "approved");
    let dates = [("approved", &approved), ("published", &published)];
    let is_bad = |(key, read): &(&str, &String)| {
        read.is_empty() && node.get(key).is_some_and(|node| !node.is_null())
    };
    let bad_dates = dates.into_iter().filter(is_bad).map(|(key, _)| key).collect();
    let is_guessed = node.get("accept").is_none();
    let disclosure = Disclosure {
        file,
        fiscal_year: fiscal_year::read(report, &mut fields),
        stage: fields.required(report, "stage").unwrap_or_default(),
        stage_place: node.get("stage").map_or(Place::start(file), Node::place),
        edition: fields.text(report, "edition").unwrap_or_default(),
        profile: fields.required(report, "profile").unwrap_or_default(),
        profile_place: node.get("profile").map_or(Place::start(file), Node::place),
        from: fields.text(report, "from").unwrap_or_default(),
        from_place: node.get("from").map_or(Place::start(file), Node::place),
        title: fields.text(report, "title").unwrap_or_default(),
        source: link::address(report, &mut fields, "source", Wanted::Words),
        original: link::address(report, &mut fields, "original", Wanted::Web),
        approved,
        bad_dates,
        published,
        published_time,
        catalogue: fields.get("catalogue").map(|node| catalogue(report, node)).unwrap_or_default(),
        secrecy_review: fields.get("secrecy_review").map(|node| review(report, node)),
        draft: fields.flag(report, "draft", false),
        flags: fields.texts(report, "flags"),
        accept: fields
            .list(report, "accept")
            .iter()
            .map(|item| Acceptance { is_guessed, ..acceptance(report, item) })
            .collect(),
        withhold: fields
            .list(report, "withhold")
            .iter()
            .map(|item| withholding(report, item))
            .collect(),
        aliases: alias::of_disclosure(report, &mut fields),
        corrections: corrections::read(report, &mut fields),
    };
    fields.finish(report);
    Some(disclosure)
}

fn catalogue(report: &mut Report, node: &Node) -> Catalogue {
    let mut fields = Fields::new(report, node, &CATALOGUE, Text::same("`catalogue`"));
    let catalogue = Catalogue {
        image_place: node.get("image").map(Node::place),
        index: fields.text(report, "index").unwrap_or_default(),
        publisher: link::address(report, &mut fields, "publisher", Wanted::Words),
        topic: fields.text(report, "topic").unwrap_or_default(),
        genre: fields.text(report, "genre").unwrap_or_default(),
        keywords: fields.texts(report, "keywords"),
        author: fields.text(report, "author").unwrap_or_default(),
        image: link::address(report, &mut fields, "image", Wanted::Within),
    };
    fields.finish(report);
    catalogue
}

fn review(report: &mut Report, node: &Node) -> Review {
    let mut fields = Fields::new(report, node, &REVIEW, Text::same("`secrecy_review`"));
    let by = fields.required(report, "by").unwrap_or_default();
    fields.required(report, "on");
    let review = Review { by, on: date(report, &mut fields, "on") };
    fields.finish(report);
    review
}

/// Words that stand where a reason is still to be given.
const NO_REASON: [&str; 16] = [
    "无",
    "暂无",
    "没有",
    "无理由",
    "略",
    "同上",
    "待补充",
    "待补",
    "待定",
    "待核实",
    "待填写",
    "todo",
    "tbd",
    "na",
    "none",
    "fixme",
];

/// Whether a text is a reason: it has a word, and one that does not merely hold the place of others.
pub fn says_why(reason: &str) -> bool {
    let letters = reason.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let words: String = letters.collect();
    !words.trim_matches(['x', 'ｘ']).is_empty() && !NO_REASON.contains(&words.as_str())
}

fn acceptance(report: &mut Report, node: &Node) -> Acceptance {
    let mut fields = Fields::new(report, node, &ACCEPTANCE, text!(zh: "例外", en: "an acceptance"));
    let reason = fields.text(report, "reason").unwrap_or_default();
    let found = fields.get("found");
    let acceptance = Acceptance {
        code: fields.required(report, "code").unwrap_or_default(),
        at: fields.required(report, "at").unwrap_or_default(),
        reason: if says_why(&reason) { reason.clone() } else { String::new() },
        by: fields.text(report, "by").unwrap_or_default(),
        until: date(report, &mut fields, "until"),
        found_place: found.map_or(node.place(), Node::place),
        found: found.map(|node| lines(report, &mut fields, node)).unwrap_or_default(),
        place: node.place(),
        is_guessed: false,
    };
    fields.finish(report);
    if acceptance.reason.is_empty() {
        let Acceptance { code, at, .. } = &acceptance;
        let message = if reason.chars().any(char::is_alphanumeric) {
            text!(zh: "例外“{code} {at}”的理由只写了“{reason}”", en: "the reason of the acceptance of {code} {at} is only `{reason}`")
        } else {
            text!(zh: "例外“{code} {at}”没有写理由", en: "the acceptance of {code} {at} does not say why")
        };
        let help = text!(zh: "写上 reason: ……，说明为什么可以这样", en: "write reason: …, and in it why this may stay as it is");
        report.push(
            codes::ACCEPTANCE_WITHOUT_REASON.at(acceptance.place.clone(), message).help(help),
        );
    }
    acceptance
}

/// One text, or a list of them.
fn lines(report: &mut Report, fields: &mut Fields, node: &Node) -> Vec<String> {
    match node.scalar() {
        Some(text) => vec![text.to_owned()],
        None => fields.texts(report, "found"),
    }
}

fn withholding(report: &mut Report, node: &Node) -> Withholding {
    let mut fields =
        Fields::new(report, node, &WITHHOLDING, text!(zh: "不公开的内容", en: "a withheld value"));
    let withholding = Withholding {
        at: fields.required(report, "at").unwrap_or_default(),
        because: fields.required(report, "because").unwrap_or_default(),
        place: node.get("at").map_or(node.place(), Node::place),
    };
    fields.finish(report);
    withholding
}
