//! `organisation.yaml`: who discloses.

use super::contact::{self, Contact};
use super::keys::{ORGANISATION, REGION, UNIT};
use super::link::{self, Wanted};
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, SourceFile};
use crate::yaml::{self, Fields, Node};

/// One organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its file.
    pub file: FileId,
    /// Its code in the budget system.
    pub code: String,
    /// Its full name.
    pub name: String,
    /// How readers call it.
    pub short: String,
    /// How readers with a question reach it.
    pub contact: Contact,
    /// The division it belongs to.
    pub region: String,
    /// The division's code.
    pub region_code: String,
    /// The units it consists of, and where each publishes its own.
    pub units: Vec<Unit>,
}

/// A unit of an organisation.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// Whether it has a budget of its own to publish; without one it publishes with the others.
    pub separate: bool,
    /// The address where its own disclosure stands, outside this portal.
    pub published: String,
}

/// Reads one file; nothing when it is not YAML.
pub(super) fn read(report: &mut Report, file: FileId, source: &SourceFile) -> Option<Organisation> {
    let node = yaml::parse_filled(report, file, source)?;
    let mut fields = Fields::new(report, &node, &ORGANISATION, Text::same("organisation.yaml"));
    let name = fields.required(report, "name").unwrap_or_default();
    let (region_code, region) =
        fields.get("region").map(|node| region(report, node)).unwrap_or_default();
    let organisation = Organisation {
        file,
        code: fields.text(report, "code").unwrap_or_default(),
        short: fields.text(report, "short").unwrap_or_else(|| name.clone()),
        name,
        contact: contact::read(report, &mut fields),
        region,
        region_code,
        units: fields.list(report, "units").iter().map(|node| unit(report, node)).collect(),
    };
    fields.finish(report);
    Some(organisation)
}

/// A name alone is a unit that publishes with the others.
fn unit(report: &mut Report, node: &Node) -> Unit {
    if let Some(name) = node.scalar() {
        return Unit { name: name.to_owned(), separate: false, published: String::new() };
    }
    let mut fields = Fields::new(report, node, &UNIT, text!(zh: "单位", en: "a unit"));
    let unit = Unit {
        name: fields.required(report, "name").unwrap_or_default(),
        separate: fields.flag(report, "separate", true),
        published: link::address(report, &mut fields, "published", Wanted::Web),
    };
    fields.finish(report);
    unit
}

fn region(report: &mut Report, node: &Node) -> (String, String) {
    if let Some(name) = node.scalar() {
        return (String::new(), name.to_owned());
    }
    let mut fields = Fields::new(report, node, &REGION, Text::same("`region`"));
    let region = (
        fields.text(report, "code").unwrap_or_default(),
        fields.text(report, "name").unwrap_or_default(),
    );
    fields.finish(report);
    region
}
