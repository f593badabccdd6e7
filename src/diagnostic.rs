//! What is wrong with the authors' files, as plain data.
//!
//! Findings are collected, never thrown: everything that can be wrong is
//! reported in one run. How they look is decided by [`crate::findings`].

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::source::{FileId, Place};

/// The language of messages: the two sides of a [`Text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

/// One message in both languages, written side by side where it is raised.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Text {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same words in both languages: a name, a figure, a path.
    pub fn same(text: impl Into<String>) -> Text {
        let zh = text.into();
        Text { en: zh.clone(), zh }
    }

    /// The side of a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// Builds a [`Text`] from two format strings over the same values.
macro_rules! text {
    (zh: $zh:literal, en: $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = &$value;)*
        // Either language may leave a value out.
        $(let _ = $name;)*
        $crate::diagnostic::Text { zh: format!($zh), en: format!($en) }
    }};
}
pub(crate) use text;

/// How bad a finding is. Ordered: the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is published while it stands.
    Error,
    /// Published, but somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word printed before a finding.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A kind of finding. Its meaning never changes; a retired id is never used again.
#[derive(Debug)]
pub struct Code {
    /// A family letter and a number: `T201`.
    pub id: &'static str,
    /// What is flagged, in words that read well after "accept".
    pub name: &'static str,
    /// How bad it is unless the finding says otherwise.
    pub severity: Severity,
    /// The Markdown page that is its manual, its examples and its tests.
    pub page: &'static str,
}

impl Code {
    /// What it finds, as its page says first: the Chinese sentence, then the English one.
    pub fn sentence(&self, language: Language) -> &'static str {
        let mut sentences = self.page.lines().skip(1).filter(|line| !line.is_empty());
        let chinese = sentences.next().unwrap_or_default();
        match language {
            Language::Chinese => chinese,
            Language::English => sentences.next().unwrap_or_default(),
        }
    }

    /// A finding of this kind at a place.
    pub fn at(&'static self, primary: Place, message: Text) -> Diagnostic {
        Diagnostic {
            code: self,
            severity: self.severity,
            message,
            primary,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            address: None,
            disclosure: None,
            seen: None,
            alike: None,
            unchecked: 0,
        }
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub text: Text,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind.
    pub code: &'static Code,
    /// How bad.
    pub severity: Severity,
    /// One sentence: the fact, in the author's words, with both figures.
    pub message: Text,
    /// The exact place.
    pub primary: Place,
    /// What to print beside the caret.
    pub label: Option<Text>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What else is known: both sides of a sum, other relations broken by the same figure.
    pub notes: Vec<Text>,
    /// The likely cause, or what to do.
    pub help: Option<Text>,
    /// The address an acceptance would name.
    pub address: Option<String>,
    /// The disclosure it belongs to, as `organisation/disclosure`.
    pub disclosure: Option<String>,
    /// What it was found of, as printed: the figures and words that an acceptance is of. Without it they are the
    /// words at its places; empty where something is missing.
    pub seen: Option<String>,
    /// The slip it is one case of, where a program or a habit makes the same slip throughout a file: findings of
    /// one file and rule with these same words are counted as one.
    pub alike: Option<String>,
    /// How many relations could not be checked because of it.
    pub unchecked: usize,
}

impl Diagnostic {
    /// What follows from it, folded: relations that could not be checked because of it.
    pub fn followers(&self) -> Option<Text> {
        let count = self.unchecked;
        match count {
            0 => None,
            1 => Some(
                text!(zh: "因此有 1 个勾稽关系没能核对", en: "and 1 relation that could not be checked because of it"),
            ),
            _ => Some(
                text!(zh: "因此有 {count} 个勾稽关系没能核对", en: "and {count} relations that could not be checked because of it"),
            ),
        }
    }

    /// Adds the words beside the caret.
    pub fn label(mut self, text: Text) -> Self {
        self.label = Some(text);
        self
    }

    /// Adds a second place.
    pub fn related(mut self, place: Place, text: Text) -> Self {
        self.related.push(Label { place, text });
        self
    }

    /// Adds something else that is known.
    pub fn note(mut self, text: Text) -> Self {
        self.notes.push(text);
        self
    }

    /// Adds the likely cause or the remedy.
    pub fn help(mut self, text: Text) -> Self {
        self.help = Some(text);
        self
    }

    /// Says what it was found of, in figures and words as printed.
    pub fn seen(mut self, words: impl Into<String>) -> Self {
        self.seen = Some(words.into());
        self
    }

    /// Says which slip it is one case of.
    pub fn alike(mut self, slip: impl Into<String>) -> Self {
        self.alike = Some(slip.into());
        self
    }

    /// Names the address an acceptance would use, within a disclosure.
    pub fn about(mut self, disclosure: &str, address: impl Into<String>) -> Self {
        self.disclosure = Some(disclosure.to_owned());
        self.address = Some(address.into());
        self
    }
}

/// How the relations of a portal came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Both sides agree to the digit.
    pub exact: usize,
    /// Rounding alone explains the difference.
    pub within_rounding: usize,
    /// Rounding cannot explain it.
    pub broken: usize,
    /// A figure was missing or withheld. Never counted as passed.
    pub could_not_run: usize,
}

/// Relations of one rule that could not be worked out, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unproved {
    /// The disclosure, as `organisation/disclosure`.
    pub disclosure: String,
    /// The profile's relation; nothing where the form itself states it.
    pub tie_out: Option<String>,
    /// What should have been compared.
    pub relation: Text,
    /// Why it was not.
    pub why: Text,
    /// How many.
    pub count: usize,
}

/// How many of the relations that profiles state could be tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Stated by the profiles of all disclosures.
    pub stated: usize,
    /// Worked out at least once; the others do not apply, have no figures, or could not run.
    pub tried: usize,
}

/// Everything one run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, in the order [`crate::findings::order`] gives them.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings accepted with a reason in a `disclosure.yaml`.
    pub accepted: Vec<Diagnostic>,
    /// The relations tried.
    pub relations: Tally,
    /// Relations that could not be worked out, and why.
    pub unproved: Vec<Unproved>,
    /// How many rules of the profiles were tried.
    pub coverage: Coverage,
    /// What no excerpt shows, by file.
    pub veils: BTreeMap<FileId, Veil>,
}

/// What is not shown of a file: runs of bytes, each within a line, in order and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Veil {
    /// What is printed instead.
    pub mark: String,
    /// The withheld values themselves.
    pub withheld: Vec<Range<usize>>,
    /// Everything that is not shown: those, and what equals them.
    pub hidden: Vec<Range<usize>>,
}

impl Veil {
    /// A text of the file with the mark in the place of these runs.
    pub fn over(&self, text: &str, runs: &[Range<usize>]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        for run in runs {
            out.push_str(&text[from..run.start]);
            out.push_str(&self.mark);
            from = run.end;
        }
        out.push_str(&text[from..]);
        out
    }

    /// Hides one more run of the file.
    pub fn hide(&mut self, run: Range<usize>) {
        if run.is_empty() {
            return;
        }
        let before = self.hidden.partition_point(|other| other.end < run.start);
        let after = self.hidden.partition_point(|other| other.start <= run.end);
        let meets = &self.hidden[before..after.max(before)];
        let start = meets.first().map_or(run.start, |first| first.start.min(run.start));
        let end = meets.last().map_or(run.end, |last| last.end.max(run.end));
        self.hidden.splice(before..after.max(before), std::iter::once(start..end));
        if self.mark.is_empty() {
            "[c]".clone_into(&mut self.mark);
        }
    }

    /// Where a run of the file stands once what is hidden has its mark.
    pub fn shift(&self, range: Range<usize>) -> Range<usize> {
        let at = |at: usize, is_end: bool| {
            let mut shifted = at;
            for run in self.hidden.iter().take_while(|run| run.start < at) {
                if run.end > at {
                    // Within a run: as much of the mark as is shown.
                    let marked = if is_end { self.mark.len() } else { 0 };
                    return shifted - (at - run.start) + marked;
                }
                shifted = shifted + self.mark.len() - run.len();
            }
            shifted
        };
        at(range.start, false)..at(range.end, true)
    }
}

impl Report {
    /// A run of a file as far as its length may be told: of what is withheld, where it begins.
    pub fn told(&self, file: FileId, run: Range<usize>) -> Range<usize> {
        let hidden = self.veils.get(&file).into_iter().flat_map(|veil| &veil.hidden);
        let is_hidden = hidden.clone().any(|other| other.start < run.end && run.start < other.end);
        if is_hidden { run.start..run.start } else { run }
    }

    /// Adds what another run found.
    pub fn absorb(&mut self, other: Report) {
        let Report { mut diagnostics, mut accepted, relations, mut unproved, coverage, veils } =
            other;
        self.veils.extend(veils);
        self.diagnostics.append(&mut diagnostics);
        self.accepted.append(&mut accepted);
        self.unproved.append(&mut unproved);
        self.relations.exact += relations.exact;
        self.relations.within_rounding += relations.within_rounding;
        self.relations.broken += relations.broken;
        self.relations.could_not_run += relations.could_not_run;
        self.coverage.stated += coverage.stated;
        self.coverage.tried += coverage.tried;
    }

    /// The files its findings stand in.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        let all = self.diagnostics.iter().chain(&self.accepted);
        all.flat_map(|found| {
            let related = found.related.iter().map(|label| label.place.file);
            std::iter::once(found.primary.file).chain(related)
        })
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        debug_assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
        self.diagnostics.push(diagnostic);
    }

    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether anything stands in the way of publishing.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}
