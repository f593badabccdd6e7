//! mingbai (明白): a static site generator for public budget disclosures.
//!
//! ```text
//!  content/  profiles/  themes/                                public/   http
//!     └──────────┴─────────┘                                      ▲        ▲
//!             source: the one door in         the one door out: publish / serve
//!                │                                                ▲
//!   content ───► model ───► site ──────────► render one path ► bytes
//!   as written   resolved   path → recipe
//!                  └─► check ► Report
//! ```
//!
//! [`plan::plan`] and [`render::render`] are the whole product; both are pure,
//! and neither can fail: what is wrong with the authors' files is data in the
//! [`diagnostic::Report`]. The modules below stand in reading order.

pub mod address;
pub mod amount;
pub mod check;
pub mod cli;
pub mod cmd;
pub mod codes;
pub mod content;
pub mod diagnostic;
pub mod format;
pub mod locate;
pub mod markdown;
pub mod model;
pub mod output;
pub mod page;
pub mod plan;
pub mod profile;
pub mod publish;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod url;
pub mod yaml;
