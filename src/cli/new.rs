//! The arguments of `new`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{disclosure_folder, is_name};

/// `new`
#[derive(Debug, Subcommand)]
pub enum New {
    /// 新建一个单位 / An organisation
    Organisation(NewOrganisation),
    /// 新建一份公开：照上一年写起，或者照模板的空表 / A disclosure: from that of an earlier year, or of the blank forms of a profile
    Disclosure(NewDisclosure),
    /// 在一份公开里新建一个项目 / A project of a disclosure
    Project(NewProject),
    /// 照表格文件里的表样写出一个模板的初稿 / The first draft of a profile, from the forms in a workbook
    Profile(NewProfile),
}

/// `new organisation`
#[derive(Args, Debug)]
pub struct NewOrganisation {
    /// content/ 下的文件夹，网址里也用它 / The folder below content/, which addresses name too
    #[arg(value_name = "ORG", value_parser = folder)]
    pub organisation: String,
    /// 单位名称 / What it is called
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// 部门代码 / Its code in the budget
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
}

/// `new disclosure`
#[derive(Args, Debug)]
pub struct NewDisclosure {
    /// content/ 下的文件夹，如 wenlv/2026-budget / The folder below content/, such as culture/2026-budget
    #[arg(value_name = "ORG/DISCLOSURE", value_parser = disclosure_folder)]
    pub disclosure: String,
    /// 照这个单位的哪一份写起，如 2025-budget / The disclosure of this organisation to begin from, such as 2025-budget
    #[arg(long, value_name = "DISCLOSURE", value_parser = folder)]
    pub from: Option<String>,
    /// 依照的模板；有 --from 时不写就随那一份，有这一年的就用这一年的 / The profile; with --from that of the other disclosure by default, or that of the new year where there is one
    #[arg(short, long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// 年度；不写就看文件夹的名字 / The fiscal year, by default as the folder says
    #[arg(long, value_name = "YEAR")]
    pub year: Option<String>,
    /// 阶段：budget 或 final；不写就看文件夹的名字 / The stage, budget or final, by default as the folder says
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,
}

/// `new project`
#[derive(Args, Debug)]
pub struct NewProject {
    /// 哪一份公开，如 wenlv/2026-budget / The disclosure, such as culture/2026-budget
    #[arg(value_name = "ORG/DISCLOSURE", value_parser = disclosure_folder)]
    pub disclosure: String,
    /// 项目名称 / What it is called
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `new profile`
#[derive(Args, Debug)]
pub struct NewProfile {
    /// profiles/ 下的路径，不写 .yaml，如 hubei/department-budget/2026 / The path below profiles/ without .yaml, such as hubei/department-budget/2026
    #[arg(value_name = "PROFILE", value_parser = profile_path)]
    pub profile: String,
    /// 印着表样的文件，空白的或者填好的：XLSX、XLS、ODS、DOCX、HTML / A file with the forms, blank or filled in: XLSX, XLS, ODS, DOCX, HTML
    #[arg(long, value_name = "FILE", required = true)]
    pub from: PathBuf,
}

/// Reads the name of a folder.
fn folder(text: &str) -> Result<String, String> {
    let name = text.trim_end_matches('/');
    is_name(name).then(|| name.to_owned()).ok_or_else(|| {
        "写一个文件夹的名字，不带“/” / write the name of a folder, without `/`".to_owned()
    })
}

/// Reads the path of a profile.
fn profile_path(text: &str) -> Result<String, String> {
    let path = text.trim_start_matches("profiles/").trim_end_matches(".yaml");
    path.split('/').all(is_name).then(|| path.to_owned()).ok_or_else(|| {
        "写成 hubei/department-budget/2026 这样 / write it like hubei/department-budget/2026"
            .to_owned()
    })
}
