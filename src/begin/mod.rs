//! What a person begins with: an organisation, a disclosure, a project or a profile → the files of it,
//! every figure still to be filled in.

mod disclosure;
pub mod profile;
mod project;
mod table;

pub use disclosure::{Begun, DisclosurePlan, EarlierYear, disclosure, year_and_stage};
pub use project::project;

use crate::content::doubt::TO_FILL_IN;
use crate::import::scalar;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the root of the portal.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// `organisation.yaml`.
pub fn organisation(folder: &str, name: Option<&str>, code: Option<&str>) -> NewFile {
    let code = code.map(|code| format!("code: {}\n", scalar(code, false))).unwrap_or_default();
    let name = scalar(name.unwrap_or(TO_FILL_IN), false);
    NewFile {
        path: format!("content/{folder}/organisation.yaml"),
        text: format!("{code}name: {name}\n"),
    }
}
