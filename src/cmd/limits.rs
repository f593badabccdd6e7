//! A site held against what its host takes.

use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::format;
use crate::hosts::Host;
use crate::source::Place;

/// How large a site is.
#[derive(Clone, Debug, Default)]
pub(super) struct Size {
    /// How many files it has.
    pub files: u64,
    /// How many bytes they hold together.
    pub bytes: u64,
    /// The largest of them, and how many bytes that holds.
    pub largest: (String, u64),
}

/// Reports what is more than a host takes.
pub(super) fn find(report: &mut Report, host: &Host, place: &Place, size: &Size) {
    let Host { title, source, .. } = host;
    let over = |limit: Option<u64>, found: u64| limit.filter(|limit| found > *limit);
    let mut tell = |message: Text, help: Text| {
        let help =
            text!(zh: "{zh}；见 {source}", en: "{en}; see {source}", zh = help.zh, en = help.en);
        report.push(codes::HOST_LIMIT.at(place.clone(), message).help(help));
    };
    if let Some(most) = over(host.files, size.files) {
        let files = size.files;
        tell(
            text!(zh: "网站有 {files} 个文件，{title} 最多收 {most} 个", en: "the site has {files} files, and {title} takes {most} at most"),
            text!(zh: "用 outputs: 少出几种格式，或换一个主机", en: "leave formats out with outputs:, or choose another host"),
        );
    }
    if let Some(most) = over(host.site, size.bytes) {
        let (bytes, most) = (format::size(size.bytes), format::size(most));
        tell(
            text!(zh: "网站共 {bytes}，{title} 最多收 {most}", en: "the site has {bytes}, and {title} takes {most} at most"),
            text!(zh: "用 outputs: 少出几种格式，或换一个主机", en: "leave formats out with outputs:, or choose another host"),
        );
    }
    if let Some(most) = over(host.file, size.largest.1) {
        let (path, bytes) = &size.largest;
        let (bytes, most) = (format::size(*bytes), format::size(most));
        tell(
            text!(zh: "{path} 有 {bytes}，{title} 的一个文件最多 {most}", en: "{path} has {bytes}, and {title} takes {most} a file at most"),
            text!(zh: "用 outputs: 不出这种格式，或换一个主机", en: "leave that format out with outputs:, or choose another host"),
        );
    }
}
