//! Addresses in the authors' files, looked at where they are written.

use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::link::{Fault, Link, is_invisible};
use crate::source::Place;
use crate::yaml::Fields;

/// What an address may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The address of a site that a path can be put behind: no query, no anchor.
    Base,
    /// The address of a page on the web.
    Web,
    /// The web, a mailbox or a telephone.
    Reach,
    /// One of these, or a path of this site.
    Any,
    /// A path of this site.
    Within,
    /// Words, or an address that a theme may make a link of.
    Words,
}

/// The address of a key; empty where there is none, or none that pages may lead to.
pub(super) fn address(
    report: &mut Report,
    fields: &mut Fields,
    key: &'static str,
    wanted: Wanted,
) -> String {
    let Some(url) = fields.text(report, key) else { return String::new() };
    let Some(fault) = fault(&url, wanted) else { return url };
    let place = fields.node().get(key).map_or(fields.node().place(), crate::yaml::Node::place);
    let message = text!(zh: "{key} 的地址用不了：{zh}", en: "the address in {key} cannot be used: {en}", zh = fault.zh, en = fault.en);
    report.push(codes::BAD_VALUE.at(place, message).help(advice(wanted)));
    String::new()
}

/// The mailbox of a key; empty where there is none, or what is written is none.
pub(super) fn mailbox(report: &mut Report, fields: &mut Fields, key: &'static str) -> String {
    let Some(email) = fields.text(report, key) else { return String::new() };
    let parts = email.split_once('@');
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || "@?&#/:,;<>\"".contains(c))
    };
    if parts.is_some_and(|(name, host)| is_part(name) && is_part(host)) {
        return email;
    }
    let place = fields.node().get(key).map_or(fields.node().place(), crate::yaml::Node::place);
    let message = text!(zh: "{key} 写的“{email}”不是邮箱", en: "`{email}` in {key} is no mailbox");
    let help = text!(zh: "写成 ask@example.org 这样，只写一个，不写 mailto:", en: "write one, like ask@example.org, without mailto:");
    report.push(codes::BAD_VALUE.at(place, message).help(help));
    String::new()
}

/// Reports a link or picture of a text that pages may not hold. `is_loaded` where the page would
/// show what stands at the address, and not lead there.
pub(super) fn in_text(report: &mut Report, place: Place, url: &str, is_loaded: bool) {
    let wanted = if is_loaded { Wanted::Within } else { Wanted::Any };
    let Some(fault) = fault(url, wanted) else { return };
    let message = if is_loaded {
        text!(zh: "图片地址用不了：{zh}", en: "the picture’s address cannot be used: {en}", zh = fault.zh, en = fault.en)
    } else {
        text!(zh: "链接地址用不了：{zh}", en: "the link’s address cannot be used: {en}", zh = fault.zh, en = fault.en)
    };
    report.push(codes::UNSAFE_ADDRESS.at(place, message).help(advice(wanted)));
}

/// What is wrong with the address of a site that `--base-url` or `base_url` states, if anything.
pub fn base_url_fault(url: &str) -> Option<Text> {
    fault(url, Wanted::Base)
}

/// Whether the host of an address of the web is written as machines read it.
fn is_plain_host(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte))
}

/// Whether the name of a host has a part that none can have.
fn has_odd_label(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let is_odd = |label: &str| label.is_empty() || label.starts_with('-') || label.ends_with('-');
    !host.starts_with('[') && name.strip_suffix('.').unwrap_or(name).split('.').any(is_odd)
}

/// Whether a path goes up, or names a page rather than a folder.
fn leads_about(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut parts = rest.split('/').skip(1);
    rest.ends_with(".html") && rest.contains('/') || parts.any(|part| matches!(part, "." | ".."))
}

/// Whether what stands behind the colon of a host is no port.
fn has_no_port(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let behind = host.rsplit_once(']').map_or(host, |(_, behind)| behind);
    let port = behind.split_once(':').map(|(_, port)| port);
    let is_port = |port: &str| {
        port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    port.is_some_and(|port| !is_port(port))
}

/// Whether every `%` of an address stands for a byte, and the bytes for text.
fn is_encoded(url: &str) -> bool {
    let is_byte = |at: usize| {
        let digits = url.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    url.match_indices('%').all(|(at, _)| is_byte(at))
        && percent_encoding::percent_decode_str(url).decode_utf8().is_ok()
}

fn fault(url: &str, wanted: Wanted) -> Option<Text> {
    if wanted == Wanted::Words {
        return fault_of_words(url);
    }
    match Link::read(url) {
        Link::Bad(fault) => Some(words(&fault)),
        Link::Web if wanted == Wanted::Within => {
            Some(text!(zh: "它在别的网站上", en: "it is on another site"))
        }
        Link::Web if wanted == Wanted::Base && url.contains('?') => Some(
            text!(zh: "网站的网址里不能有“?”及后面的部分", en: "the address of a site has no `?` and nothing behind one"),
        ),
        Link::Web if wanted == Wanted::Base && url.contains('#') => Some(
            text!(zh: "网站的网址里不能有“#”及后面的部分", en: "the address of a site has no `#` and nothing behind one"),
        ),
        Link::Web if wanted == Wanted::Base && url.contains(char::is_whitespace) => {
            Some(words(&Fault::Blank))
        }
        Link::Web if wanted == Wanted::Base && !is_plain_host(url) => Some(text!(
            zh: "域名要用字母、数字写：中文域名写成 xn-- 开头的那种，从浏览器的地址栏里抄", en: "the name of the host is letters and digits: one in another script is written as `xn--…`, as browsers’ address bars copy it",
        )),
        Link::Web if wanted == Wanted::Base && has_odd_label(url) => Some(text!(
            zh: "域名里有空的一段，或者一段以“-”开头、结尾", en: "a part of the name of the host is empty, or begins or ends with `-`",
        )),
        Link::Web if wanted == Wanted::Base && leads_about(url) => Some(text!(
            zh: "网址里不能有“.”“..”这样的一段，也不能以网页的文件名结尾", en: "the address of a site has no part `.` or `..`, and does not end with the name of a page",
        )),
        Link::Web if wanted == Wanted::Base && has_no_port(url) => Some(
            text!(zh: "“:”后面的端口要是 1 到 65535 的数", en: "a port is a number from 1 to 65535"),
        ),
        Link::Web if wanted == Wanted::Base && !is_encoded(url) => Some(text!(
            zh: "“%”后面要有两位十六进制数，合起来是 UTF-8 的文字", en: "a `%` is followed by two hexadecimal digits, which together are text in UTF-8",
        )),
        Link::Web => None,
        Link::Mail | Link::Telephone if wanted == Wanted::Reach => None,
        _ if wanted == Wanted::Any => None,
        Link::Within if wanted == Wanted::Within => None,
        _ if wanted == Wanted::Within => {
            Some(text!(zh: "它不是本站的路径", en: "it is no path of this site"))
        }
        _ => Some(text!(zh: "它不以 https:// 开头", en: "it does not start with https://")),
    }
}

/// Schemes whose address runs code, or reads this machine.
const RUN: [&str; 6] = ["javascript", "vbscript", "data", "file", "blob", "filesystem"];

/// Words may hold colons and blanks; an address among them must be one that pages may lead to.
fn fault_of_words(text: &str) -> Option<Text> {
    let is_seen = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    let compact: String = text.chars().filter(is_seen).collect();
    let scheme = compact.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if let Some(scheme) = scheme.filter(|scheme| RUN.contains(&scheme.as_str())) {
        return Some(words(&Fault::Scheme(scheme)));
    }
    match Link::read(text) {
        Link::Bad(fault @ (Fault::NoScheme | Fault::NoHost | Fault::Credentials))
            if !text.contains(char::is_whitespace) =>
        {
            Some(words(&fault))
        }
        _ => None,
    }
}

pub(super) fn words(fault: &Fault) -> Text {
    match fault {
        Fault::Empty => text!(zh: "它是空的", en: "it is empty"),
        Fault::Blank => {
            text!(zh: "里面有空格、换行或看不见的字符", en: "it holds a blank, a line break or a character nobody sees")
        }
        Fault::Backslash => {
            text!(zh: "里面有“\\”，浏览器会当作“/”", en: "it holds a `\\`, which browsers read as `/`")
        }
        Fault::Scheme(scheme) => {
            text!(zh: "不能以“{scheme}:”开头", en: "it may not begin with `{scheme}:`")
        }
        Fault::NoScheme => {
            text!(zh: "“//”前面缺少 https:", en: "`https:` is missing before `//`")
        }
        Fault::NoHost => {
            text!(zh: "缺少“//”和域名", en: "`//` and the name of a host are missing")
        }
        Fault::Credentials => {
            text!(zh: "域名前面写了“用户名@”，读者会看错去处", en: "a name stands before the host with `@`, so that readers mistake where it leads")
        }
        Fault::NoContact => {
            text!(zh: "mailto: 后面要有邮箱，tel: 后面要有号码", en: "a mailbox belongs after mailto:, a number after tel:")
        }
    }
}

fn advice(wanted: Wanted) -> Text {
    match wanted {
        Wanted::Reach => {
            text!(zh: "可以写 https:// 网址、mailto: 邮箱或 tel: 电话", en: "write an https:// address, mailto: and a mailbox, or tel: and a number")
        }
        Wanted::Base | Wanted::Web => {
            text!(zh: "写成 https://www.example.gov.cn 这样", en: "write it like https://www.example.gov.cn")
        }
        Wanted::Any | Wanted::Words => {
            text!(zh: "可以写 https:// 网址、mailto: 邮箱、tel: 电话，或本站的路径", en: "write an https:// address, mailto: and a mailbox, tel: and a number, or a path of this site")
        }
        Wanted::Within => {
            text!(zh: "把文件放进 static/，写它在 static/ 下的路径", en: "put the file into static/ and write its path below that")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_site_is_one_that_browsers_read() {
        for url in [
            "https://a..cn",
            "https://-a.cn",
            "https://a.cn/index.html",
            "https://a.cn/../b/",
            "https://a.cn:65536",
            "https://a.cn:0/",
            "https://a.cn:x/",
            "https://a.cn/%zz",
            "https://a.cn/%",
            "https://a.cn/%E4%BD/",
        ] {
            assert!(base_url_fault(url).is_some(), "{url}");
        }
        for url in [
            "https://a.cn",
            "https://a.cn:8443/x/",
            "https://a.cn/%E4%BD%A0/",
            "http://[::1]:8080/",
        ] {
            assert_eq!(base_url_fault(url), None, "{url}");
        }
    }
}
