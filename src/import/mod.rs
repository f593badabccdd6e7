//! Figures in: a file of an office program, a page or a text → what stands in it (`read`), and from
//! there → the files of a disclosure.

pub mod document;
pub mod read;
