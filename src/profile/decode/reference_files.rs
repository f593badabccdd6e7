//! Files beside the profiles that profiles name: dictionaries of codes and
//! concordances. Each is read once, however many profiles name it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::keys::{CHANGES, CODE, CODES, CONCORDANCE, CONCORDANCE_CHANGE, COVERS, DICTIONARY};
use super::known::{FOLDER, KnownProfiles};
use super::{bad, entries};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::profile::Profile;
use crate::profile::concordance::{Change, OWN};
use crate::profile::dictionary::{Dictionary, Entry, Status};
use crate::source::{FileId, Sources};
use crate::yaml::{self, Fields, Node};

/// What was read so far, by id.
#[derive(Default)]
pub(in crate::profile) struct ReferenceFiles {
    dictionaries: BTreeMap<String, Option<Arc<Dictionary>>>,
    concordances: BTreeMap<String, Arc<Vec<Change>>>,
}

impl ReferenceFiles {
    /// Gives a profile what it names, and the portal's own concordance.
    pub(in crate::profile) fn attach(
        &mut self,
        report: &mut Report,
        known: &KnownProfiles,
        node: &Node,
        profile: &mut Profile,
    ) {
        let sources = known.sources;
        for (key, value) in entries(node.get("classifications")) {
            let Some(name) = value.get("names") else { continue };
            if let Some(dictionary) = self.dictionary(report, known, name) {
                profile.dictionaries.insert(key.text.to_string(), dictionary);
            }
        }
        let named = node.get("years").and_then(|node| node.get("concordance"));
        if let Some(name) = named.filter(|node| !node.is_null()) {
            let id = name.scalar().unwrap_or_default();
            match sources.find(&format!("{FOLDER}/{id}.yaml")) {
                Some(file) => profile.concordance.push(self.concordance(report, sources, id, file)),
                None => missing(report, known, name),
            }
        }
        if let Some(file) = sources.find(OWN) {
            profile.concordance.push(self.concordance(report, sources, OWN, file));
        }
    }

    fn dictionary(
        &mut self,
        report: &mut Report,
        known: &KnownProfiles,
        name: &Node,
    ) -> Option<Arc<Dictionary>> {
        let sources = known.sources;
        let id = name.scalar().unwrap_or_default();
        if let Some(found) = self.dictionaries.get(id) {
            return found.clone();
        }
        let file = sources.find(&format!("{FOLDER}/{id}.yaml"));
        let dictionary = match file {
            None => {
                missing(report, known, name);
                None
            }
            Some(file) => yaml::parse(report, file, sources.file(file))
                .map(|node| Arc::new(dictionary(report, id, file, &node))),
        };
        self.dictionaries.insert(id.to_owned(), dictionary.clone());
        dictionary
    }

    fn concordance(
        &mut self,
        report: &mut Report,
        sources: &Sources,
        id: &str,
        file: FileId,
    ) -> Arc<Vec<Change>> {
        if let Some(found) = self.concordances.get(id) {
            return Arc::clone(found);
        }
        let node = yaml::parse(report, file, sources.file(file));
        let changes = Arc::new(node.map(|node| changes(report, &node)).unwrap_or_default());
        self.concordances.insert(id.to_owned(), Arc::clone(&changes));
        changes
    }
}

fn missing(report: &mut Report, known: &KnownProfiles, name: &Node) {
    let id = name.scalar().unwrap_or_default();
    let message =
        text!(zh: "没有文件 {FOLDER}/{id}.yaml", en: "there is no file {FOLDER}/{id}.yaml");
    report.push(codes::BAD_PROFILE.at(name.place(), message).help(known.beside(id)));
}

fn dictionary(report: &mut Report, id: &str, file: FileId, node: &Node) -> Dictionary {
    let mut fields =
        Fields::new(report, node, &DICTIONARY, text!(zh: "科目字典", en: "the dictionary"));
    fields.get("sources");
    let covers = fields.get("covers").and_then(|node| {
        let mut fields = Fields::new(report, node, &COVERS, Text::same("`covers`"));
        let years = (year(report, &mut fields, "from"), year(report, &mut fields, "to"));
        fields.finish(report);
        years.0.zip(years.1)
    });
    let dictionary = Dictionary {
        id: id.to_owned(),
        file,
        title: fields.text(report, "title").unwrap_or_default(),
        covers,
        complete: fields.texts(report, "complete"),
        entries: fields.list(report, CODES).iter().map(|node| code(report, node)).collect(),
        index: OnceLock::new(),
    };
    fields.finish(report);
    dictionary
}

fn code(report: &mut Report, node: &Node) -> Entry {
    let mut fields = Fields::new(report, node, &CODE, text!(zh: "科目", en: "a code"));
    fields.get("source");
    let entry = Entry {
        code: fields.required(report, "code").unwrap_or_default(),
        name: fields.required(report, "name").unwrap_or_default(),
        aliases: fields.texts(report, "aliases"),
        status: status(report, &mut fields),
        since: year(report, &mut fields, "since"),
        until: year(report, &mut fields, "until"),
        place: node.place(),
    };
    fields.finish(report);
    entry
}

fn status(report: &mut Report, fields: &mut Fields) -> Status {
    match fields.required(report, "status").as_deref() {
        Some("verified") => Status::Verified,
        Some("derived") => Status::Derived,
        Some("remembered") | None => Status::Remembered,
        Some(_) => {
            let place = fields.node().get("status").map_or(fields.node().place(), Node::place);
            bad(
                report,
                place,
                text!(zh: "status 只能是 verified、derived 或 remembered", en: "a status is verified, derived or remembered"),
            );
            Status::Remembered
        }
    }
}

fn year(report: &mut Report, fields: &mut Fields, key: &'static str) -> Option<u32> {
    u32::try_from(fields.number(report, key)?).ok()
}

fn changes(report: &mut Report, node: &Node) -> Vec<Change> {
    let mut fields =
        Fields::new(report, node, &CONCORDANCE, text!(zh: "对照表", en: "the concordance"));
    let mut all = Vec::new();
    for node in fields.list(report, CHANGES) {
        let mut fields =
            Fields::new(report, node, &CONCORDANCE_CHANGE, text!(zh: "一项变化", en: "a change"));
        let (from, to) = (fields.required(report, "from"), fields.required(report, "to"));
        fields.required(report, "since");
        let since = year(report, &mut fields, "since");
        let why = fields.required(report, "why");
        fields.finish(report);
        if let (Some(from), Some(to), Some(since), Some(why)) = (from, to, since, why) {
            all.push(Change { from, to, since, why, place: node.place() });
        }
    }
    fields.finish(report);
    all
}
