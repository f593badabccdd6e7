//! What is wrong with the authors' files, as plain data.
//!
//! Findings are collected, never thrown: everything that can be wrong is
//! reported in one run. How they look is decided by [`crate::findings`].

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        $(#[allow(unused_variables, reason = "either language may leave a value out")] let $name = &$value;)*
        $crate::diagnostic::Text { zh: format!($zh), en: format!($en) }
    }};
}
pub(crate) use text;

/// How bad a finding is. Ordered: the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
        }
    }
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

impl Diagnostic {
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
}

impl Report {
    /// Adds what another run found.
    pub fn absorb(&mut self, other: Report) {
        let Report { mut diagnostics, mut accepted, relations, mut unproved, coverage } = other;
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
