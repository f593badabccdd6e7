//! Files that pages take in as text and that are none.

use crate::diagnostic::Report;
use crate::encoding;
use crate::source::{FileId, Sources};

/// Reports files of a theme, and of `static/`, that pages take in as text and that are none. YAML is
/// looked at where it is read.
pub(super) fn find(report: &mut Report, sources: &Sources, own: &[(FileId, &str)]) {
    for (file, path) in own.iter().copied().chain(sources.site_files("static")) {
        let is_taken_in = path.ends_with(".css") || path.ends_with(".js");
        let is_template = !path.starts_with("static/") && path.ends_with(".html");
        if is_taken_in || is_template {
            encoding::is_text(report, file, sources.file(file));
        }
    }
}
