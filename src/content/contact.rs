//! How readers with a question reach an organisation.

use super::link;
use crate::diagnostic::Report;
use crate::yaml::Fields;

/// How readers with a question reach it.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// A telephone, an address, whatever it says; empty where it says nothing.
    pub words: String,
    /// Its mailbox; empty where it states none.
    pub email: String,
}

impl Contact {
    /// What it says, and of what it does not say what another says.
    pub fn or(&self, other: &Contact) -> Contact {
        let first = |own: &str, other: &str| if own.is_empty() { other } else { own }.to_owned();
        Contact { words: first(&self.words, &other.words), email: first(&self.email, &other.email) }
    }
}

/// The keys `contact` and `email`.
pub(super) fn read(report: &mut Report, fields: &mut Fields) -> Contact {
    Contact {
        words: fields.text(report, "contact").unwrap_or_default(),
        email: link::mailbox(report, fields, "email"),
    }
}
