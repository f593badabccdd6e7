//! What an element of a page is, as far as reading it depends on that.

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Kind {
    pub(super) fn of(name: &str) -> Kind {
        match name {
            "table" => Kind::Table,
            "thead" | "tbody" | "tfoot" => Kind::Group,
            "tr" => Kind::Row,
            "td" | "th" => Kind::Cell,
            "caption" => Kind::Caption,
            "ol" | "ul" => Kind::List,
            "li" => Kind::Item,
            "dl" => Kind::Terms,
            "dt" | "dd" => Kind::Term,
            "option" => Kind::Choice,
            "p" => Kind::Paragraph,
            "h1" => Kind::Heading(1),
            "h2" => Kind::Heading(2),
            "h3" => Kind::Heading(3),
            "h4" => Kind::Heading(4),
            "h5" => Kind::Heading(5),
            "h6" => Kind::Heading(6),
            "pre" | "textarea" => Kind::Kept,
            "script" | "style" | "title" | "template" | "svg" | "canvas" | "iframe" | "noembed"
            | "noframes" | "rt" | "rp" | "datalist" => Kind::Silent,
            "s" | "del" | "strike" => Kind::Struck,
            "sup" => Kind::Above,
            "sub" => Kind::Below,
            "address" | "article" | "aside" | "blockquote" | "body" | "center" | "details"
            | "div" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header"
            | "hr" | "legend" | "main" | "nav" | "section" | "summary" => Kind::Block,
            _ => Kind::Other,
        }
    }

    /// Whether it begins a line and ends one.
    pub(super) fn is_line(self) -> bool {
        use Kind::{Block, Caption, Choice, Heading, Item, Kept, List, Paragraph, Term, Terms};
        matches!(
            self,
            Block | Caption | Choice | Heading(_) | Item | Kept | List | Paragraph | Term | Terms
        )
    }

    /// Whether it is a table or a part of one.
    pub(super) fn is_of_table(self) -> bool {
        matches!(self, Kind::Table | Kind::Group | Kind::Row | Kind::Cell)
    }

    /// Whether an element of another kind ends it by beginning.
    pub(super) fn is_ended_by(self, next: Kind) -> bool {
        match next {
            Kind::Cell => matches!(self, Kind::Cell | Kind::Caption),
            Kind::Row => matches!(self, Kind::Row | Kind::Caption),
            Kind::Group => matches!(self, Kind::Group | Kind::Row | Kind::Caption),
            Kind::Item | Kind::Term | Kind::Choice => self == next,
            next => self == Kind::Paragraph && (next == Kind::Table || next.is_line()),
        }
    }

    /// Whether elements outside of it stay open when one of another kind begins within it.
    pub(super) fn shields_from(self, next: Kind) -> bool {
        match next {
            Kind::Cell | Kind::Row | Kind::Group => self == Kind::Table,
            Kind::Item => matches!(self, Kind::List | Kind::Table),
            Kind::Term => matches!(self, Kind::Terms | Kind::Table),
            _ => matches!(self, Kind::Table | Kind::Cell | Kind::Item | Kind::Block),
        }
    }
}
