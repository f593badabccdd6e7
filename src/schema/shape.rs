//! Declared shapes → JSON Schema. Only what editors and validators read alike is used: draft 7,
//! patterns of plain characters, no `multipleOf`, no `propertyNames`.

use serde_json::{Map, Value, json};

use crate::check;
use crate::diagnostic::Language;
use crate::output::OUTPUTS;
use crate::page::PAGE_KINDS;
use crate::profile::{self, Profile};
use crate::site::SEARCH;
use crate::source::Sources;
use crate::yaml::keys::{KeySpec, Known as Vocabulary, Record, Shape};

/// A schema under construction.
pub(super) type Object = Map<String, Value>;

/// A day, `YYYY-MM-DD`.
const DAY: &str = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
/// A figure: digits with or without commas between groups of three, and decimals.
pub(super) const FIGURE: &str = "[-−+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\\.[0-9]+)?";

/// The key of what lies under a mapping of a profile.
const EXTENDS: &str = "extends";

/// A word and what it means.
pub(super) type Meaning = (String, String);

/// The words that keys take from elsewhere.
pub(super) struct WordLists {
    pages: Vec<Meaning>,
    outputs: Vec<Meaning>,
    rules: Vec<Meaning>,
    profiles: Vec<Meaning>,
    sections: Vec<Meaning>,
    tables: Vec<Meaning>,
    classifications: Vec<Meaning>,
    units: Vec<Meaning>,
    /// Addresses an author may begin with.
    addresses: Vec<String>,
}

impl WordLists {
    /// What the program and the portal know.
    pub(super) fn of(sources: &Sources, language: Option<Language>) -> WordLists {
        let rules = check::codes().into_iter().flat_map(|code| {
            let sentence = match language {
                Some(language) => code.sentence(language).to_owned(),
                None => {
                    [Language::Chinese, Language::English].map(|l| code.sentence(l)).join("\n\n")
                }
            };
            [code.id, code.name].map(|name| (name.to_owned(), sentence.clone()))
        });
        let outputs = OUTPUTS.iter().map(|output| output.name).chain([SEARCH]);
        WordLists {
            pages: PAGE_KINDS.iter().map(|kind| bare(kind.name)).collect(),
            outputs: outputs.map(bare).collect(),
            rules: rules.collect(),
            profiles: profile::KnownProfiles::of(sources).ids().iter().map(|id| bare(id)).collect(),
            sections: Vec::new(),
            tables: Vec::new(),
            classifications: Vec::new(),
            units: Vec::new(),
            addresses: Vec::new(),
        }
    }

    /// The same with the words of one profile.
    pub(super) fn within(&self, profile: &Profile) -> WordLists {
        let sections = profile.sections.values();
        let tables = profile.tables.values();
        let fields = profile.projects.iter().flat_map(|spec| spec.fields.keys());
        let mut addresses: Vec<String> =
            tables.clone().map(|table| format!("{}/*", table.id)).collect();
        addresses.extend(fields.map(|field| format!("projects/*/{field}")));
        addresses.extend(sections.clone().map(|section| format!("narrative/{}/*", section.id)));
        WordLists {
            pages: self.pages.clone(),
            outputs: self.outputs.clone(),
            rules: self.rules.clone(),
            profiles: self.profiles.clone(),
            sections: sections.map(|section| (section.id.clone(), section.title.clone())).collect(),
            tables: tables.map(|table| (table.id.clone(), table.title.clone())).collect(),
            classifications: profile.dictionaries.keys().map(|name| bare(name)).collect(),
            units: profile.units.keys().map(|unit| bare(unit)).collect(),
            addresses,
        }
    }

    /// The words, and whether there are no others.
    fn words(&self, vocabulary: Vocabulary) -> (&[Meaning], bool) {
        match vocabulary {
            Vocabulary::PageKind => (&self.pages, true),
            Vocabulary::Output => (&self.outputs, true),
            Vocabulary::Rule => (&self.rules, true),
            Vocabulary::Profile => (&self.profiles, true),
            Vocabulary::Section => (&self.sections, false),
            Vocabulary::Table => (&self.tables, false),
            Vocabulary::Classification => (&self.classifications, false),
            Vocabulary::Unit => (&self.units, false),
        }
    }
}

fn bare(word: &str) -> Meaning {
    (word.to_owned(), String::new())
}

/// Chinese and English, or one of them.
pub(super) fn said(text: [&str; 2], language: Option<Language>, between: &str) -> String {
    match language {
        Some(Language::Chinese) => text[0].to_owned(),
        Some(Language::English) => text[1].to_owned(),
        None if text[0] == text[1] => text[0].to_owned(),
        None => text.join(between),
    }
}

/// Makes the schema of one file.
pub(super) struct Maker<'a> {
    known: &'a WordLists,
    language: Option<Language>,
    /// Whether no key must be written, and every key may be taken away with `~`.
    partial: bool,
    definitions: Object,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        known: &'a WordLists,
        language: Option<Language>,
        partial: bool,
    ) -> Maker<'a> {
        Maker { known, language, partial, definitions: Object::new() }
    }

    /// The schemas of mappings that hold mappings of their own kind.
    pub(super) fn into_definitions(self) -> Object {
        self.definitions
    }

    pub(super) fn shape(&mut self, shape: &Shape) -> Object {
        object(match shape {
            Shape::Text => json!({ "type": ["string", "number"] }),
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Count => {
                json!({ "type": ["integer", "string"], "minimum": 0, "pattern": "^[0-9]+$" })
            }
            Shape::Figure => {
                json!({ "type": ["number", "string"], "pattern": format!("^{FIGURE}$") })
            }
            Shape::Cell => json!({ "type": ["string", "number", "null"] }),
            Shape::Day => json!({ "type": "string", "pattern": format!("^{DAY}$") }),
            Shape::Moment => {
                let time = "(?:[ T](?:[01][0-9]|2[0-3]):[0-5][0-9])?";
                json!({ "type": "string", "pattern": format!("^{DAY}{time}$") })
            }
            Shape::Web => json!({ "type": "string", "pattern": "^https?://" }),
            Shape::Address if self.known.addresses.is_empty() => json!({ "type": "string" }),
            Shape::Address => json!({ "type": "string", "examples": self.known.addresses }),
            Shape::Word(words) => {
                let words: Vec<Meaning> = words
                    .iter()
                    .map(|word| (word.name.to_owned(), said(word.means, self.language, " / ")))
                    .collect();
                return choice(&words, true);
            }
            Shape::Known(vocabulary) => {
                let (words, is_closed) = self.known.words(*vocabulary);
                return choice(words, is_closed);
            }
            Shape::List(item) => json!({ "type": "array", "items": self.shape(item) }),
            Shape::Several(item) => return self.several(item),
            Shape::Map(value) => {
                let value = self.shape(value);
                let value = if self.partial { or_null(value) } else { value };
                let mut json = json!({ "type": "object", "additionalProperties": value });
                if self.partial {
                    json["properties"] = json!({ EXTENDS: self.extends() });
                }
                json
            }
            Shape::Record(record) => return self.record(record),
            Shape::With(key, with, without) => {
                let [with, without] = [with, without].map(|record| self.defined(record));
                let has = json!({ "type": "object", "required": [key] });
                json!({ "if": has, "then": with, "else": without })
            }
            Shape::Either(shapes) => return self.either(shapes),
        })
    }

    /// One, or a list of them.
    fn several(&mut self, item: &Shape) -> Object {
        let item = self.shape(item);
        object(json!({ "anyOf": [item, { "type": "array", "items": item }] }))
    }

    /// What a mapping of a profile may extend; a mapping of this name is an entry like others.
    fn extends(&mut self) -> Value {
        let mut json = self.several(&Shape::Known(Vocabulary::Profile));
        if let Some(Value::Array(choices)) = json.get_mut("anyOf") {
            choices.push(json!({ "type": ["object", "null"] }));
        }
        Value::Object(json)
    }

    /// A mapping of declared keys.
    pub(super) fn record(&mut self, record: &Record) -> Object {
        let mut properties = Object::new();
        for key in record.keys() {
            properties.insert(key.name.to_owned(), Value::Object(self.property(key)));
        }
        if self.partial && !properties.contains_key(EXTENDS) {
            properties.insert(EXTENDS.to_owned(), self.extends());
        }
        let others = match record.others {
            Some(shape) => Value::Object(self.shape(shape)),
            None => Value::Bool(false),
        };
        let mut json = object(json!({
            "type": "object", "properties": properties, "additionalProperties": others,
        }));
        let required = record.keys().filter(|key| key.required && !self.partial);
        let required: Vec<&str> = required.map(|key| key.name).collect();
        if !required.is_empty() {
            json.insert("required".to_owned(), json!(required));
        }
        json
    }

    fn property(&mut self, key: &KeySpec) -> Object {
        let mut json = self.shape(&key.shape);
        // Of a word that is still to be chosen “nothing” is no choice.
        let is_choice = matches!(key.shape, Shape::Word(_) | Shape::Known(_));
        if self.partial || !(key.required || is_choice) {
            json = or_null(json);
        }
        json.insert("description".to_owned(), Value::String(self.description(key)));
        json
    }

    /// What hovering over a key shows.
    fn description(&self, key: &KeySpec) -> String {
        let mut text = said(key.means, self.language, "\n\n");
        for (label, words) in [(["单位", "unit"], key.unit), (["缺省", "default"], key.default)]
        {
            if !words[0].is_empty() {
                let (label, words) =
                    (said(label, self.language, " "), said(words, self.language, " / "));
                text.push_str(&format!("\n\n{label}: {words}"));
            }
        }
        if !key.example.is_empty() {
            let label = said(["例", "example"], self.language, " ");
            text.push_str(&format!("\n\n{label}: `{}: {}`", key.name, key.example));
        }
        text
    }

    /// A reference to a mapping that may hold mappings of its own kind.
    fn defined(&mut self, record: &Record) -> Value {
        let name = record.name.replace([' ', '.', '*', '(', ')'], "");
        if !self.definitions.contains_key(&name) {
            self.definitions.insert(name.clone(), Value::Null);
            let json = self.record(record);
            let json = if self.partial { or_null(json) } else { json };
            self.definitions.insert(name.clone(), Value::Object(json));
        }
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    /// Several shapes of different types in one: what a keyword says holds for its type alone.
    fn either(&mut self, shapes: &[Shape]) -> Object {
        let mut types = Vec::new();
        let mut all = Object::new();
        for shape in shapes {
            let mut json = self.shape(shape);
            match json.remove("type") {
                Some(Value::Array(several)) => types.extend(several),
                one => types.extend(one),
            }
            all.append(&mut json);
        }
        all.insert("type".to_owned(), Value::Array(types));
        all
    }
}

/// One of some words, each with its meaning; or any other text, where the words are only proposed.
pub(super) fn choice(words: &[Meaning], is_closed: bool) -> Object {
    let is_explained = words.iter().any(|(_, meaning)| !meaning.is_empty());
    let names: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    let meanings: Vec<&str> = words.iter().map(|(_, meaning)| meaning.as_str()).collect();
    object(match (is_closed, is_explained) {
        (true, false) => json!({ "enum": names }),
        (true, true) => json!({ "enum": names, "enumDescriptions": meanings }),
        (false, true) => json!({ "anyOf": [
            { "enum": names, "enumDescriptions": meanings }, { "type": ["string", "number"] },
        ] }),
        (false, false) if names.is_empty() => json!({ "type": ["string", "number"] }),
        (false, false) => json!({ "type": ["string", "number"], "examples": names }),
    })
}

/// The same, or nothing.
pub(super) fn or_null(mut json: Object) -> Object {
    if let Some(Value::Array(choices)) = json.get_mut("anyOf") {
        choices.push(json!({ "type": "null" }));
    } else if let Some(Value::Array(words)) = json.get_mut("enum") {
        words.push(Value::Null);
    } else if let Some(kind) = json.get_mut("type") {
        let mut types = match kind.take() {
            Value::Array(types) => types,
            one => vec![one],
        };
        if !types.contains(&json!("null")) {
            types.push(json!("null"));
        }
        *kind = Value::Array(types);
    }
    json
}

/// The entries of a schema that was written as JSON.
pub(super) fn object(json: Value) -> Object {
    match json {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
