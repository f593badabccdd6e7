//! What hosts take: the one table that the warning of a build and docs/deploy.md are made from.

/// A host, and the most it takes; nothing where it documents no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name in `mingbai.yaml`.
    pub name: &'static str,
    /// How people know it.
    pub title: &'static str,
    /// How many files a site may have.
    pub files: Option<u64>,
    /// How many bytes all of them may have.
    pub site: Option<u64>,
    /// How many bytes one may have.
    pub file: Option<u64>,
    /// Where it says so.
    pub source: &'static str,
}

const MIB: u64 = 1024 * 1024;
const GB: u64 = 1_000_000_000;

/// Looked up in 2026-11.
pub const HOSTS: [Host; 4] = [
    Host {
        name: "cloudflare-pages",
        title: "Cloudflare Pages",
        files: Some(20_000),
        site: None,
        file: Some(25 * MIB),
        source: "https://developers.cloudflare.com/pages/platform/limits/",
    },
    Host {
        name: "github-pages",
        title: "GitHub Pages",
        files: None,
        site: Some(GB),
        file: None,
        source: "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
    },
    Host {
        name: "gitlab-pages",
        title: "GitLab Pages (gitlab.com)",
        files: Some(200_000),
        site: Some(GB),
        file: None,
        source: "https://docs.gitlab.com/user/gitlab_com/#gitlab-pages",
    },
    Host {
        name: "netlify",
        title: "Netlify",
        files: None,
        site: None,
        file: None,
        source: "https://docs.netlify.com/",
    },
];

/// The host of a name.
pub fn find(name: &str) -> Option<&'static Host> {
    HOSTS.iter().find(|host| host.name == name)
}
