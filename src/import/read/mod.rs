//! The bytes of a file → what stands in it, by what they are and how its name ends.

mod cells;
mod docx;
mod rectangle;
mod stacked;
mod text;
mod xml;

use super::document::Document;

/// Reads a file. What cannot be read is said in [`Document::refusal`].
pub fn read(name: &str, bytes: &[u8]) -> Document {
    if bytes.starts_with(b"PK") {
        return docx::read(name, bytes);
    }
    text::read(name, bytes)
}
