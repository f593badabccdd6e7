//! The words of the interface in the site's language: alone, with a number, and dates.

use indexmap::IndexMap;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::codes;
use crate::content::date;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Sources};
use crate::yaml::{self, Key, Node};

/// The words of one language, by key.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Words as they stand.
    pub plain: IndexMap<String, String>,
    /// Words around a number, `{n}`: for one, and for any other.
    counted: IndexMap<String, (String, String)>,
}

impl Words {
    /// Reads catalogues one over the other; a key without this language is reported.
    pub(super) fn read(
        report: &mut Report,
        sources: &Sources,
        files: &[FileId],
        language: &str,
    ) -> Words {
        let mut words = Words::default();
        for file in files {
            let Some(node) = yaml::parse(report, *file, sources.file(*file)) else { continue };
            for (key, value) in node.entries() {
                words.take(report, key, value, language);
            }
        }
        words
    }

    fn take(&mut self, report: &mut Report, key: &Key, value: &Node, language: &str) {
        let value = value.get(language);
        if let Some(word) = value.and_then(Node::scalar) {
            if word.contains("{n}") {
                self.counted.insert(key.text.to_string(), (word.to_owned(), word.to_owned()));
            } else {
                self.plain.insert(key.text.to_string(), word.to_owned());
            }
            return;
        }
        let form = |name: &str| value?.get(name)?.scalar().map(str::to_owned);
        if let (Some(one), Some(many)) = (form("one"), form("many")) {
            self.counted.insert(key.text.to_string(), (one, many));
            return;
        }
        report.push(codes::MISSING_KEY.at(
            key.place(),
            text!(zh: "“{key}”没有 {language} 的译文", en: "`{key}` has no {language} text", key = key.text),
        ));
    }

    /// A number in its words; nothing where no words of this key hold one.
    pub fn count(&self, key: &str, number: u64) -> Option<String> {
        let (one, many) = self.counted.get(key)?;
        Some(if number == 1 { one } else { many }.replace("{n}", &number.to_string()))
    }

    /// A day, `YYYY-MM-DD`, as readers write it; what is no day stays as it is.
    pub fn day(&self, written: &str) -> String {
        let parts: Vec<&str> = written.split('-').collect();
        let (Some(_), [year, month, day]) = (date::day(written), parts.as_slice()) else {
            return written.to_owned();
        };
        let word = |key: &str| self.plain.get(key).map(String::as_str).unwrap_or_default();
        let number = month.parse::<usize>().unwrap_or_default();
        let name = word("months").split(' ').nth(number.wrapping_sub(1)).unwrap_or_default();
        word("day")
            .replace("{year}", year)
            .replace("{month}", month.trim_start_matches('0'))
            .replace("{month_name}", name)
            .replace("{day}", day.trim_start_matches('0'))
    }

    /// Gives templates `t.key`, `{{ number | count(of="key") }}` and `{{ day | day }}`.
    pub(super) fn give(&self, tera: &mut Tera) {
        tera.global_context().insert("t", &self.plain);
        let words = self.clone();
        tera.register_filter("count", move |number: u64, kwargs: Kwargs, _: &State| {
            let key: &str = kwargs.must_get("of")?;
            let said = words.count(key, number);
            said.ok_or_else(|| {
                tera::Error::message(format!("no words of `{key}` hold a number {{n}}"))
            })
            .map(|said| Value::normal_string(&said)) as TeraResult<Value>
        });
        let words = self.clone();
        tera.register_filter("day", move |written: &str, _: Kwargs, _: &State| words.day(written));
    }
}
