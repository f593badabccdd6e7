//! The arguments of `verify`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `verify`
#[derive(Args, Debug)]
#[command(
    after_help = "退出码 / exit codes: 0 都相符 / everything agrees; 1 有不符的、缺的、多的，或签名不对 / something differs, is missing or extra, or the signature is not good; 2 没能核对 / it could not be verified"
)]
pub struct Verify {
    /// 整个网站的文件夹，或一个个下载的文件 / The folder of a whole site, or files that were downloaded
    #[arg(value_name = "PATH", required_unless_present = "addresses")]
    pub paths: Vec<PathBuf>,
    /// 按哪一份 manifest.json 核对；缺省是文件夹里的 / The manifest.json to verify against; by default that of the folder
    #[arg(short, long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
    /// 网址清单：每行一个网址，空一格写下载成的文件；不写文件的，看清单旁边同名的。不联网 / A list of addresses: one a line, and after a blank the file it was saved as; without one that of its name beside the list. Nothing is fetched
    #[arg(long, value_name = "LIST", requires = "manifest")]
    pub addresses: Option<PathBuf>,
    /// minisign 公钥：文件，或公钥本身 / The minisign public key: its file, or the key itself
    #[arg(short = 'k', long, value_name = "KEY")]
    pub key: Option<String>,
    /// 签名；缺省是 manifest.json 旁边的 manifest.json.minisig / The signature; by default manifest.json.minisig beside the manifest
    #[arg(long, value_name = "FILE", requires = "key")]
    pub signature: Option<PathBuf>,
    /// 怎样列出 / How it is printed
    #[arg(long, value_enum, default_value = "human")]
    pub format: VerifyFormat,
}

/// How the outcome is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    /// 给人看 / For people
    Human,
    /// JSON
    Json,
}
