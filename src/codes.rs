//! Codes that no rule owns: what can go wrong while files are read, matched to
//! their profile, or rendered. Each has a page in `codes/`.

use crate::diagnostic::{Code, Severity};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident: $id:literal $words:literal $severity:ident;)*) => {
        $(
            $(#[$doc])*
            pub static $name: Code = Code {
                id: $id,
                name: $words,
                severity: Severity::$severity,
                page: include_str!(concat!("codes/", $words, ".md")),
            };
        )*
        /// All of them, in the order of their ids.
        pub static CODES: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    /// A file that is not YAML.
    YAML_SYNTAX: "S001" "yaml-syntax" Error;
    /// A file that is not UTF-8.
    NOT_UTF8: "S002" "not-utf8" Error;
    /// A column the table does not have.
    UNKNOWN_COLUMN: "S003" "unknown-column" Error;
    /// A key written twice.
    DUPLICATE_KEY: "S004" "duplicate-key" Error;
    /// A key nobody knows.
    UNKNOWN_KEY: "S005" "unknown-key" Error;
    /// A key that must be there.
    MISSING_KEY: "S006" "missing-key" Error;
    /// A list where a text should be, and the like.
    WRONG_TYPE: "S007" "wrong-type" Error;
    /// A cell that should hold a figure.
    NOT_AN_AMOUNT: "S008" "not-an-amount" Error;
    /// A row that stands twice.
    DUPLICATE_ROW: "S009" "duplicate-row" Error;
    /// A row the form does not print.
    UNKNOWN_ROW: "S010" "unknown-row" Error;
    /// A code of the wrong shape.
    BAD_CODE: "S011" "bad-code" Error;
    /// A code whose parent has no row.
    MISSING_PARENT: "S012" "missing-parent" Error;
    /// A code that stands out of order.
    CODE_ORDER: "S013" "code-order" Warning;
    /// A table the profile does not have.
    UNKNOWN_TABLE: "S014" "unknown-table" Error;
    /// A file nobody reads.
    UNRECOGNISED_FILE: "S015" "unrecognised-file" Warning;
    /// A profile that does not exist.
    UNKNOWN_PROFILE: "S016" "unknown-profile" Error;
    /// A mistake in a profile.
    BAD_PROFILE: "S017" "bad-profile" Error;
    /// A year, date or place that cannot be read.
    BAD_VALUE: "S019" "bad-value" Error;
    /// Two files that are one section, disclosure or organisation.
    DUPLICATE_FILE: "S020" "duplicate-file" Error;
    /// A link that leaves the portal, or what is no file.
    FILE_OUTSIDE_SITE: "S021" "file-outside-site" Error;
    /// Characters that a wrong conversion left.
    GARBLED_TEXT: "S022" "garbled-text" Error;
    /// A file without a word, or a table without a row.
    EMPTY_FILE: "S023" "empty-file" Error;
    /// A mark of Markdown that readers see otherwise than it was meant.
    STRAY_MARK: "S024" "stray-mark" Warning;
    /// HTML in a text.
    RAW_HTML: "S025" "raw-html" Error;
    /// Half of a bound figure.
    HALF_BINDING: "S026" "half-binding" Error;
    /// Two versions of a passage that nobody chose between.
    MERGE_CONFLICT: "S027" "merge-conflict" Error;
    /// Words that YAML or Markdown reads as something else.
    LOST_WORDS: "S028" "lost-words" Error;
    /// A portal, an organisation or a disclosure in which nothing is disclosed.
    NOTHING_DISCLOSED: "S029" "nothing-disclosed" Error;
    /// A text that is too large to be read.
    FILE_TOO_LARGE: "S030" "file-too-large" Error;
    /// A disclosure that is left out until the day it is published.
    HELD_BACK: "S031" "held-back" Note;
    /// What an import could not read for certain.
    DOUBTFUL: "S032" "doubtful" Error;
    /// What is still to be filled in.
    TO_FILL_IN: "S033" "to-fill-in" Error;
    /// What a profile states and nothing comes of.
    IDLE_RULE: "S034" "idle-rule" Warning;
    /// A template that cannot be read or filled in.
    TEMPLATE_ERROR: "W601" "template-error" Error;
    /// A link that leads nowhere.
    BROKEN_LINK: "W602" "broken-link" Error;
    /// Two pages of one address.
    URL_COLLISION: "W603" "url-collision" Error;
    /// A withheld figure that what is published gives away.
    WITHHELD_DERIVABLE: "W604" "withheld-derivable" Error;
    /// A withheld figure that stands in another place.
    WITHHELD_PRINTED: "W605" "withheld-value-printed" Error;
    /// The number of a person's card or telephone.
    PERSONAL_NUMBER: "W606" "personal-number" Error;
    /// An entry of `withhold` that leads nowhere.
    WITHHOLDS_NOTHING: "W607" "withholds-nothing" Error;
    /// A template of the site's own that takes too long for a page, or too much memory.
    TEMPLATE_EXCESS: "W608" "template-excess" Error;
    /// A link that browsers must not follow, or a thing that a page would load from another site.
    UNSAFE_ADDRESS: "W610" "unsafe-address" Error;
    /// A page that was published and is gone.
    PAGE_GONE: "W611" "page-gone" Warning;
    /// A site that is more than its host takes.
    HOST_LIMIT: "W612" "host-limit" Warning;
    /// An acceptance that matches nothing.
    UNUSED_ACCEPTANCE: "A901" "unused-acceptance" Error;
    /// An acceptance that does not say why.
    ACCEPTANCE_WITHOUT_REASON: "A902" "acceptance-without-reason" Error;
    /// An acceptance whose last day has passed.
    EXPIRED_ACCEPTANCE: "A903" "expired-acceptance" Error;
    /// What was published reads otherwise, and no correction says so.
    UNRECORDED_CHANGE: "A908" "unrecorded-change" Error;
    /// Acceptances that do not say what was accepted.
    UNPINNED_ACCEPTANCE: "A909" "unpinned-acceptance" Warning;
}
