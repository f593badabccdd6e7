//! Findings printed: for people, for editors, for pull requests, for dashboards.

pub mod concise;
pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
