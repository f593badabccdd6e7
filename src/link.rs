//! Addresses that people write: where one leads, read as a browser reads it. Whatever a browser
//! would follow to something else than it says, or would run, is a fault.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a path of files needs escaped to stand in an address of every kind.
const IN_PATH: AsciiSet =
    NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What an address that somebody wrote needs escaped: it may hold escapes already.
const IN_ADDRESS: AsciiSet = CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'|')
    .add(b'\\')
    .add(b'^');

/// A path of the site as it stands in an address that machines read: ASCII alone.
pub fn escaped_path(path: &str) -> String {
    utf8_percent_encode(path, &IN_PATH).to_string()
}

/// An address as machines read it: what is no ASCII in it is escaped.
pub fn escaped_address(address: &str) -> String {
    utf8_percent_encode(address, &IN_ADDRESS).to_string()
}

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// To another site: `https://…` or `http://…` with a host and without a name or password.
    Web,
    /// To a mailbox: `mailto:…`.
    Mail,
    /// To a telephone: `tel:…`.
    Telephone,
    /// To a place of the same site: a path, a query or an anchor.
    Within,
    /// Nowhere a page may lead.
    Bad(Fault),
}

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is written.
    Empty,
    /// A control character, which browsers leave out, or a blank at an end or in the host.
    Blank,
    /// A backslash, which browsers read as `/`.
    Backslash,
    /// A scheme that is none of `https`, `http`, `mailto` and `tel`: the words before the colon.
    Scheme(String),
    /// `//host`: the scheme is missing.
    NoScheme,
    /// A scheme of the web without `//` and a host.
    NoHost,
    /// A name or password before the host.
    Credentials,
    /// A mailbox without `@`, a telephone without digits.
    NoContact,
}

impl Link {
    /// Reads an address.
    pub fn read(address: &str) -> Link {
        if address.is_empty() {
            return Link::Bad(Fault::Empty);
        }
        // Most addresses are paths of plain letters.
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b':' | b'\\');
        if address.bytes().all(is_plain) && !address.starts_with("//") {
            return Link::Within;
        }
        if address.contains(is_invisible) || address.trim() != address {
            return Link::Bad(Fault::Blank);
        }
        // What stands behind the path is data: `?` and `#` end it.
        let path = &address[..address.find(['?', '#']).unwrap_or(address.len())];
        if path.contains('\\') {
            return Link::Bad(Fault::Backslash);
        }
        if path.starts_with("//") {
            return Link::Bad(Fault::NoScheme);
        }
        let scheme = path.split_once(':').filter(|(scheme, _)| !scheme.contains('/'));
        let Some((scheme, _)) = scheme else { return Link::Within };
        let rest = &address[scheme.len() + 1..];
        match scheme.to_ascii_lowercase().as_str() {
            "https" | "http" => web(rest),
            "mailto" if rest.contains('@') => Link::Mail,
            "tel" if rest.contains(|c: char| c.is_ascii_digit()) => Link::Telephone,
            "mailto" | "tel" => Link::Bad(Fault::NoContact),
            _ => Link::Bad(Fault::Scheme(scheme.to_owned())),
        }
    }
}

fn web(rest: &str) -> Link {
    let Some(rest) = rest.strip_prefix("//") else { return Link::Bad(Fault::NoHost) };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    if authority.contains('@') {
        return Link::Bad(Fault::Credentials);
    }
    if authority.contains(char::is_whitespace) {
        return Link::Bad(Fault::Blank);
    }
    // `[::1]:8080`, `example.org:8080`.
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    if host.is_empty() { Link::Bad(Fault::NoHost) } else { Link::Web }
}

/// Whether nobody sees a character, and browsers leave it out or turn others around for it.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_where_a_browser_would_go() {
        for (address, link) in [
            ("https://example.org", Link::Web),
            ("HTTP://example.org:8080/a?b=c:d#e", Link::Web),
            ("https://[::1]:8080/", Link::Web),
            ("https://例子.中国/预算", Link::Web),
            ("mailto:a@example.org", Link::Mail),
            ("tel:+86-313-1234567", Link::Telephone),
            ("../tables/a.html#b:c", Link::Within),
            ("附件 一.pdf", Link::Within),
            ("a/b:c", Link::Within),
            ("?a:b", Link::Within),
        ] {
            assert_eq!(Link::read(address), link, "{address}");
        }
    }

    #[test]
    fn what_a_browser_would_read_otherwise_is_a_fault() {
        let scheme = |words: &str| Fault::Scheme(words.to_owned());
        for (address, fault) in [
            ("", Fault::Empty),
            ("javascript:alert(1)", scheme("javascript")),
            ("JaVaScRiPt:alert(1)", scheme("JaVaScRiPt")),
            ("javascript://example.org/%0aalert(1)", scheme("javascript")),
            ("java script:alert(1)", scheme("java script")),
            ("java\tscript:alert(1)", Fault::Blank),
            ("java\nscript:alert(1)", Fault::Blank),
            ("\u{1}javascript:alert(1)", Fault::Blank),
            (" javascript:alert(1)", Fault::Blank),
            ("java\u{200b}script:alert(1)", Fault::Blank),
            ("data:text/html,x", scheme("data")),
            ("vbscript:x", scheme("vbscript")),
            ("file:///etc/passwd", scheme("file")),
            ("blob:https://example.org/1", scheme("blob")),
            ("//example.org/x", Fault::NoScheme),
            ("/\\example.org/x", Fault::Backslash),
            ("\\\\example.org", Fault::Backslash),
            ("https:example.org", Fault::NoHost),
            ("https:/example.org", Fault::NoHost),
            ("https://", Fault::NoHost),
            ("https://:443/", Fault::NoHost),
            ("https://a b.org", Fault::Blank),
            ("https://www.example.org@evil.example", Fault::Credentials),
            ("mailto:nobody", Fault::NoContact),
            ("tel:", Fault::NoContact),
        ] {
            assert_eq!(Link::read(address), Link::Bad(fault), "{address:?}");
        }
    }
}
