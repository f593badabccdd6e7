//! The bytes of a file → what stands in it, by what they are and how its name ends.

mod cells;
mod stacked;
mod text;

use super::document::Document;

/// Reads a file. What cannot be read is said in [`Document::refusal`].
pub fn read(name: &str, bytes: &[u8]) -> Document {
    text::read(name, bytes)
}
