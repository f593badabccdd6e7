//! The `government` block of `mingbai.yaml`: what the site of a public authority says of itself.

use super::keys::{BADGE, GOVERNMENT};
use super::link::{self, Wanted};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::Place;
use crate::yaml::{Fields, Node};

/// What the site of a public authority says of itself on every page. What is not written is empty.
#[derive(Clone, Debug, Default)]
pub struct Government {
    /// The registered name of the site.
    pub name: String,
    /// Its domain, without `https://`.
    pub domain: String,
    /// Its ten-character code in the register of government sites.
    pub id_code: String,
    /// Who answers for it.
    pub sponsor: String,
    /// Where they are.
    pub address: String,
    /// How to reach them.
    pub contact: String,
    /// The number of its internet filing.
    pub icp: String,
    /// The number of its filing with the police, as printed.
    pub public_security: String,
    /// The badge of Party and government sites.
    pub badge: Option<Badge>,
    /// Where readers report mistakes.
    pub report_errors: String,
    /// Words for search engines, on every list.
    pub keywords: Vec<String>,
}

/// An image of the site that leads to where a badge was granted.
#[derive(Clone, Debug)]
pub struct Badge {
    /// The image, a path below `static/`.
    pub image: String,
    /// Where that is written.
    pub place: Place,
    /// Where it leads.
    pub url: String,
}

impl Government {
    /// The digits of the police filing, which its page is looked up by.
    pub fn record_code(&self) -> String {
        self.public_security.chars().filter(char::is_ascii_digit).collect()
    }
}

/// How many digits a police filing has.
const RECORD_DIGITS: usize = 14;

/// Reads the block.
pub(super) fn read(report: &mut Report, node: &Node) -> Government {
    let mut fields = Fields::new(report, node, &GOVERNMENT, Text::same("`government`"));
    let government = Government {
        name: fields.text(report, "name").unwrap_or_default(),
        domain: fields.text(report, "domain").unwrap_or_default(),
        id_code: fields.text(report, "id_code").unwrap_or_default(),
        sponsor: fields.text(report, "sponsor").unwrap_or_default(),
        address: fields.text(report, "address").unwrap_or_default(),
        contact: fields.text(report, "contact").unwrap_or_default(),
        icp: fields.text(report, "icp").unwrap_or_default(),
        public_security: public_security(report, &mut fields),
        badge: fields.get("badge").map(|node| badge(report, node)),
        report_errors: link::address(report, &mut fields, "report_errors", Wanted::Reach),
        keywords: fields.texts(report, "keywords"),
    };
    fields.finish(report);
    government
}

fn public_security(report: &mut Report, fields: &mut Fields) -> String {
    let Some(written) = fields.text(report, "public_security") else { return String::new() };
    let found = Government { public_security: written.clone(), ..Government::default() };
    let digits = found.record_code().len();
    if digits == RECORD_DIGITS {
        return written;
    }
    let place = fields.node().get("public_security").map_or(fields.node().place(), Node::place);
    report.push(codes::BAD_VALUE.at(
        place,
        text!(zh: "公安备案号有 {RECORD_DIGITS} 位数字，这里有 {digits} 位", en: "a police filing has {RECORD_DIGITS} digits, this has {digits}"),
    ));
    String::new()
}

fn badge(report: &mut Report, node: &Node) -> Badge {
    let mut fields = Fields::new(report, node, &BADGE, Text::same("`badge`"));
    let badge = Badge {
        place: node.get("image").map_or(node.place(), Node::place),
        image: match node.get("image") {
            Some(_) => link::address(report, &mut fields, "image", Wanted::Within),
            None => fields.required(report, "image").unwrap_or_default(),
        },
        url: link::address(report, &mut fields, "url", Wanted::Web),
    };
    fields.finish(report);
    badge
}
