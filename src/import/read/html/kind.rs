//! What an element of a page is, as far as reading it depends on that.

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementKind {
    Table,
    /// A group of rows.
    Group,
    Row,
    Cell,
    Caption,
    List,
    Item,
    Terms,
    Term,
    Choice,
    Paragraph,
    Heading(u8),
    /// Begins a line of its own.
    Block,
    /// Its blanks stand as they are written.
    Kept,
    /// Its words are no words of the page.
    Silent,
    Struck,
    Above,
    Below,
    Other,
}

impl ElementKind {
    pub(super) fn of(name: &str) -> ElementKind {
        match name {
            "table" => ElementKind::Table,
            "thead" | "tbody" | "tfoot" => ElementKind::Group,
            "tr" => ElementKind::Row,
            "td" | "th" => ElementKind::Cell,
            "caption" => ElementKind::Caption,
            "ol" | "ul" => ElementKind::List,
            "li" => ElementKind::Item,
            "dl" => ElementKind::Terms,
            "dt" | "dd" => ElementKind::Term,
            "option" => ElementKind::Choice,
            "p" => ElementKind::Paragraph,
            "h1" => ElementKind::Heading(1),
            "h2" => ElementKind::Heading(2),
            "h3" => ElementKind::Heading(3),
            "h4" => ElementKind::Heading(4),
            "h5" => ElementKind::Heading(5),
            "h6" => ElementKind::Heading(6),
            "pre" | "textarea" => ElementKind::Kept,
            "script" | "style" | "title" | "template" | "svg" | "canvas" | "iframe" | "noembed"
            | "noframes" | "rt" | "rp" | "datalist" => ElementKind::Silent,
            "s" | "del" | "strike" => ElementKind::Struck,
            "sup" => ElementKind::Above,
            "sub" => ElementKind::Below,
            "address" | "article" | "aside" | "blockquote" | "body" | "center" | "details"
            | "div" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header"
            | "hr" | "legend" | "main" | "nav" | "section" | "summary" => ElementKind::Block,
            _ => ElementKind::Other,
        }
    }

    /// Whether it begins a line and ends one.
    pub(super) fn is_line(self) -> bool {
        use ElementKind::{
            Block, Caption, Choice, Heading, Item, Kept, List, Paragraph, Term, Terms,
        };
        matches!(
            self,
            Block | Caption | Choice | Heading(_) | Item | Kept | List | Paragraph | Term | Terms
        )
    }

    /// Whether it is a table or a part of one.
    pub(super) fn is_of_table(self) -> bool {
        matches!(
            self,
            ElementKind::Table | ElementKind::Group | ElementKind::Row | ElementKind::Cell
        )
    }

    /// Whether an element of another kind ends it by beginning.
    pub(super) fn is_ended_by(self, next: ElementKind) -> bool {
        match next {
            ElementKind::Cell => matches!(self, ElementKind::Cell | ElementKind::Caption),
            ElementKind::Row => matches!(self, ElementKind::Row | ElementKind::Caption),
            ElementKind::Group => {
                matches!(self, ElementKind::Group | ElementKind::Row | ElementKind::Caption)
            }
            ElementKind::Item | ElementKind::Term | ElementKind::Choice => self == next,
            next => {
                self == ElementKind::Paragraph && (next == ElementKind::Table || next.is_line())
            }
        }
    }

    /// Whether elements outside of it stay open when one of another kind begins within it.
    pub(super) fn shields_from(self, next: ElementKind) -> bool {
        match next {
            ElementKind::Cell | ElementKind::Row | ElementKind::Group => self == ElementKind::Table,
            ElementKind::Item => matches!(self, ElementKind::List | ElementKind::Table),
            ElementKind::Term => matches!(self, ElementKind::Terms | ElementKind::Table),
            _ => matches!(
                self,
                ElementKind::Table | ElementKind::Cell | ElementKind::Item | ElementKind::Block
            ),
        }
    }
}
