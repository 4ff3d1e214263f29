//! `beside-server company`: companies are made by the server's owner alone.

use super::licence;
use crate::{
    address::Address,
    clock::now_ms,
    configuration::Configuration,
    fields::NAME_CHARACTERS,
    options,
    secrets::{new_token, token_hash},
};
use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use serde_json::json;
use std::process::ExitCode;
use store::{
    Store, StoreError, activations, administrators, companies,
    companies::NewCompany,
    company_settings,
    company_settings::CompanySettings,
    departments, licences, second_steps, usage_log,
    web_sessions::{self, Account},
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
    /// Print a one-time link for a new administrator, where nobody can sign in any more
    ResetAdmin {
        /// The company's short name
        #[arg(long, value_name = "NAME")]
        name: String,
        /// The administrator who lost the password or the second step: the account is removed with its sign-ins and tokens,
        /// and the link's new account may take the ID
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// Also let administrators come from every address again
        #[arg(long)]
        allow_every_address: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
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
        let origin = Address::of_command(&configuration)?.origin();
        match self {
            Self::Add { name, company, service, language, terms, json } => {
                let service_name = service.as_ref().unwrap_or(company);
                let new =
                    NewCompany { short_name: name, name: company, service_name, created_at_ms: now_ms() };
                let token = add(&store, new, *language, *terms).await?;
                // The token stands behind "#", so that it reaches no log of any server or proxy.
                let url = format!("{origin}/activate#{token}");
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
            Self::ResetAdmin { name, id, allow_every_address, json } => {
                let token = reset(&store, name, id.as_deref(), *allow_every_address).await?;
                let url = format!("{origin}/activate#{token}");
                if *json {
                    super::print(&json!({ "activation_url": url }).to_string());
                } else {
                    super::print(&format!("Open once, within 7 days:\n{url}"));
                }
            }
            Self::List { json } => list(&store, *json).await?,
        }
        store.close().await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A link for a new administrator, and the end of one who cannot sign in. Gives the link's token.
async fn reset(
    store: &Store,
    short_name: &str,
    login: Option<&str>,
    allow_every_address: bool,
) -> anyhow::Result<String> {
    let company = companies::find_by_short_name(store, short_name).await?;
    let company = company.with_context(|| format!("there is no company {short_name}"))?;
    let write = store.write(company.id).await?;
    if let Some(login) = login {
        let found = administrators::find_by_login(company.id, &write, login).await?;
        let gone = found.with_context(|| format!("{short_name} has no administrator {login}"))?;
        let account = Account::Administrator(gone.administrator.id);
        web_sessions::delete_of(&write, account, None).await?;
        second_steps::delete(&write, account).await?;
        administrators::delete(&write, gone.administrator.id).await?;
    }
    // Whoever took the company over may have made links.
    activations::withdraw_of(&write, None).await?;
    let (token, now_ms) = (new_token(), now_ms());
    if allow_every_address {
        let mut settings = company_settings::find(company.id, &write).await?;
        settings.administrator_addresses.clear();
        company_settings::replace(&write, &settings, now_ms).await?;
    }
    activations::create(&write, &token_hash(&token), now_ms, now_ms + ACTIVATION_MS).await?;
    let body = json!({ "role": "owner", "detail": { "removed": login, "allow_every_address": allow_every_address } }).to_string();
    let line = usage_log::NewLine { kind: "access.reset-admin", at_ms: now_ms, body: &body };
    usage_log::append(&write, line).await?;
    write.commit().await?;
    Ok(token)
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
    departments::create(&write, language.first_department(), &options::at_start(), created_at_ms).await?;
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
    use super::{Command, Language, add, licence::Terms, reset};
    use crate::{clock::now_ms, secrets::token_hash};
    use clap::Parser;
    use store::{
        Store, activations, administrators, companies, companies::NewCompany, company_settings, departments,
    };

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

    /// Who lost password or second step: the account is gone, and a link works once.
    #[tokio::test]
    async fn an_administrator_who_cannot_sign_in_is_replaced_by_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("beside.db").display());
        let store = Store::open(&url).await.unwrap();
        let new = NewCompany { short_name: "acme", name: "Acme", service_name: "Acme", created_at_ms: 1 };
        add(&store, new, Language::En, Terms::default()).await.unwrap();
        let company = companies::list(&store).await.unwrap().remove(0).id;
        let write = store.write(company).await.unwrap();
        let lost = administrators::NewAdministrator {
            login: "boss_1",
            name: "x",
            email: "x",
            password_hash: "x",
            created_at_ms: 1,
        };
        administrators::create(&write, lost).await.unwrap();
        let closed = company_settings::CompanySettings {
            administrator_addresses: vec!["192.0.2.1".to_owned()],
            ..company_settings::CompanySettings::default()
        };
        company_settings::replace(&write, &closed, 1).await.unwrap();
        write.commit().await.unwrap();
        let wrong = reset(&store, "acme", Some("nobody"), false).await.unwrap_err();
        assert_eq!(wrong.to_string(), "acme has no administrator nobody");
        let token = reset(&store, "ACME", Some("BOSS_1"), true).await.unwrap();
        let settings = company_settings::find(company, &store).await.unwrap();
        assert!(settings.administrator_addresses.is_empty());
        assert_eq!(administrators::count(company, &store).await.unwrap(), 0);
        let found = activations::find(&store, &token_hash(&token), now_ms()).await.unwrap();
        assert_eq!(found, Some(company));
    }

    /// A-2, C-4.
    #[tokio::test]
    async fn the_first_department_is_named_in_the_language_of_the_company() {
        assert_eq!(first_department(&[]).await, "기본부서");
        assert_eq!(first_department(&["--language", "ko"]).await, "기본부서");
        assert_eq!(first_department(&["--language", "en"]).await, "Default department");
    }
}
