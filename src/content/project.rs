//! `projects/<nn-name>.yaml`: one project form, its fields still unknown.

use crate::source::FileId;
use crate::yaml::Node;

/// One project as written. Which keys it may have is the profile's business.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its file name without the ending: its name in addresses and URLs.
    pub slug: String,
    /// Its file.
    pub file: FileId,
    /// The whole tree.
    pub node: Node,
}
