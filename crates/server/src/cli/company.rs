//! `beside-server company`: companies are made by the server's owner alone.

use super::licence;
use crate::{
    clock::now_ms,
    configuration::Configuration,
    fields::NAME_CHARACTERS,
    secrets::{new_token, token_hash},
};
use clap::{Subcommand, ValueEnum};
use serde_json::json;
use std::process::ExitCode;
use store::{
    Store, StoreError, activations, companies, companies::NewCompany, company_settings::CompanySettings,
    departments, licences, usage_log,
};

/// How long the first administrator's link works.
const ACTIVATION_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Longest short name, in characters.
const SHORT_NAME_CHARACTERS: usize = 32;

/// What the company's people speak.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Language {
    /// Korean
    #[default]
    Ko,
    /// English
    En,
}

impl Language {
    /// The department that every company starts with.
    const fn first_department(self) -> &'static str {
        match self {
            Self::Ko => "기본부서",
            Self::En => "Default department",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a company and print the activation link of its first administrator
    Add {
        /// Short name, as it stands in addresses: letters, digits and hyphens
        #[arg(long, value_name = "NAME", value_parser = short_name)]
        name: String,
        /// The company's name
        #[arg(long, value_name = "TEXT", value_parser = long_name)]
        company: String,
        /// The name that customers see; the company's where not given
        #[arg(long, value_name = "TEXT", value_parser = long_name)]
        service: Option<String>,
        /// Of the names of what the company starts with: its first department
        #[arg(long, value_enum, default_value_t)]
        language: Language,
        #[command(flatten)]
        terms: licence::Terms,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Set what a company's licence allows; what is left out stays as it is
    SetLicence {
        /// The company's short name
        #[arg(long, value_name = "NAME")]
        name: String,
        #[command(flatten)]
        terms: licence::Terms,
    },
    /// List the companies
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub(super) async fn run(&self, configuration: Configuration) -> anyhow::Result<ExitCode> {
        configuration.make_data_folder()?;
        let store = Store::open(&configuration.database_url()).await?;
        match self {
            Self::Add { name, company, service, language, terms, json } => {
                let service_name = service.as_ref().unwrap_or(company);
                let new =
                    NewCompany { short_name: name, name: company, service_name, created_at_ms: now_ms() };
                let token = add(&store, new, *language, *terms).await?;
                // The token stands behind "#", so that it reaches no log of any server or proxy.
                let url = format!("{}/activate#{token}", configuration.origin());
                if *json {
                    super::print(&json!({ "activation_url": url, "short_name": name }).to_string());
                } else {
                    super::print(&format!(
                        "{company} ({name}) is added. Its administrator opens, once and within 7 days:\n{url}"
                    ));
                }
            }
            Self::SetLicence { name, terms } => {
                let said = licence::set(&store, name, *terms).await?;
                super::print(&format!("{name}: {said}"));
            }
            Self::List { json } => list(&store, *json).await?,
        }
        store.close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Every company with its licence.
async fn list(store: &Store, json: bool) -> anyhow::Result<()> {
    for company in companies::list(store).await? {
        let licence = licences::find(company.id, store).await?;
        let used = licences::in_use(company.id, store).await?;
        let line = if json {
            json!({
                "short_name": company.short_name, "name": company.name, "licence_until_ms": licence.until_ms,
                "operators_allowed": licence.operators, "mobile_operators_allowed": licence.mobile_operators,
                "operators": used.pc + used.pc_and_mobile, "mobile_operators": used.pc_and_mobile,
            })
            .to_string()
        } else {
            let said = licence::say(company.id, store).await?;
            format!("{}\t{}\t{said}", company.short_name, company.name)
        };
        super::print(&line);
    }
    Ok(())
}

/// The company, its first department and the link, all or nothing. Gives the link's token.
async fn add(
    store: &Store,
    new: NewCompany<'_>,
    language: Language,
    terms: licence::Terms,
) -> anyhow::Result<String> {
    let NewCompany { short_name, name, created_at_ms, .. } = new;
    let token = new_token();
    let write = companies::create(store, new).await.map_err(|error| match error {
        StoreError::Taken => anyhow::anyhow!("a company {short_name} exists"),
        other => other.into(),
    })?;
    departments::create(&write, language.first_department(), created_at_ms).await?;
    licences::replace(&write, terms.over(licences::DEFAULT, &CompanySettings::default().time_zone)?).await?;
    activations::create(&write, &token_hash(&token), created_at_ms, created_at_ms + ACTIVATION_MS).await?;
    let body = json!({ "role": "owner", "detail": { "short_name": short_name, "name": name } }).to_string();
    let line = usage_log::NewLine { kind: "access.company-add", at_ms: created_at_ms, body: &body };
    usage_log::append(&write, line).await?;
    write.commit().await?;
    Ok(token)
}

fn short_name(given: &str) -> Result<String, String> {
    let fits = !given.is_empty()
        && given.len() <= SHORT_NAME_CHARACTERS
        && given.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    if fits {
        Ok(given.to_owned())
    } else {
        Err(format!("1–{SHORT_NAME_CHARACTERS} of A–Z a–z 0–9 -"))
    }
}

fn long_name(given: &str) -> Result<String, String> {
    let mut fields = crate::fields::Fields::default();
    let name = fields.name("name", given);
    fields.finish().map_err(|_| format!("1–{NAME_CHARACTERS} characters on one line"))?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::{Command, Language, add, licence::Terms};
    use clap::Parser;
    use store::{Store, companies, companies::NewCompany, departments};

    #[derive(Parser)]
    struct Line {
        #[command(subcommand)]
        command: Command,
    }

    /// The department that a company starts with, added by these arguments.
    async fn first_department(arguments: &[&str]) -> String {
        let line = ["company", "add", "--name", "acme", "--company", "Acme"];
        let given = Line::try_parse_from(line.iter().chain(arguments)).expect("arguments");
        let Command::Add { language, .. } = given.command else { panic!("no addition") };
        added(language).await
    }

    async fn added(language: Language) -> String {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("beside.db").display());
        let store = Store::open(&url).await.unwrap();
        let new = NewCompany { short_name: "acme", name: "Acme", service_name: "Acme", created_at_ms: 1 };
        add(&store, new, language, Terms::default()).await.unwrap();
        let company = companies::list(&store).await.unwrap().remove(0);
        let mut all = departments::list(company.id, &store).await.unwrap();
        assert_eq!(all.len(), 1);
        all.remove(0).name
    }

    /// A-2, C-4.
    #[tokio::test]
    async fn the_first_department_is_named_in_the_language_of_the_company() {
        assert_eq!(first_department(&[]).await, "기본부서");
        assert_eq!(first_department(&["--language", "ko"]).await, "기본부서");
        assert_eq!(first_department(&["--language", "en"]).await, "Default department");
    }
}
