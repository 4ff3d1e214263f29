//! Companies, their people, departments, options and support types, and what signing in needs.

use super::columns::{
    belongs, flag, id, indexed, key, key_null, number, number_null, of_company, table, text, text_null,
    unique,
};
use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Accounts;

impl MigrationName for Accounts {
    fn name(&self) -> &'static str {
        "m0001_accounts"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Accounts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        companies(manager).await?;
        administrators(manager).await?;
        departments(manager).await?;
        operators(manager).await?;
        options(manager).await?;
        support_types(manager).await?;
        signing_in(manager).await
    }
}

async fn companies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let companies = table("companies")
        .col(id("id").primary_key())
        .col(text("short_name"))
        .col(key(manager, "short_name_key"))
        .col(text("name"))
        .col(text("service_name"))
        .col(number("created_at_ms"))
        .to_owned();
    manager.create_table(companies).await?;
    unique(manager, "companies", &["short_name_key"]).await
}

async fn administrators(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let administrators = table("administrators")
        .col(id("id").primary_key())
        .col(id("company_id"))
        .col(text("login"))
        .col(key(manager, "login_key"))
        .col(text("name"))
        .col(text("email"))
        .col(text("password_hash"))
        .col(number("created_at_ms"))
        .col(number_null("last_sign_in_ms"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(administrators).await?;
    unique(manager, "administrators", &["company_id", "login_key"]).await
}

async fn departments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let departments = table("departments")
        .col(id("id").primary_key())
        .col(id("company_id"))
        .col(text("name"))
        .col(key(manager, "name_key"))
        .col(number("created_at_ms"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(departments).await?;
    unique(manager, "departments", &["company_id", "name_key"]).await
}

async fn operators(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let operators = table("operators")
        .col(id("id").primary_key())
        .col(id("company_id"))
        .col(id("department_id"))
        .col(text("login"))
        .col(key(manager, "login_key"))
        .col(text("name"))
        .col(key(manager, "name_key"))
        .col(text("password_hash"))
        .col(text("company_name"))
        .col(text("phone"))
        .col(text("email"))
        .col(number("created_at_ms"))
        .col(number_null("last_sign_in_ms"))
        .col(text_null("last_address"))
        .foreign_key(&mut of_company())
        .foreign_key(
            sea_orm::sea_query::ForeignKey::create().from_col("department_id").to("departments", "id"),
        )
        .to_owned();
    manager.create_table(operators).await?;
    unique(manager, "operators", &["company_id", "login_key"]).await?;
    indexed(manager, "operators", &["company_id", "name_key"]).await?;
    indexed(manager, "operators", &["department_id"]).await
}

async fn options(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let of_departments = table("department_options")
        .col(id("company_id"))
        .col(id("department_id"))
        .col(key(manager, "option_key"))
        .col(flag("value"))
        .primary_key(Index::create().col("department_id").col("option_key"))
        .foreign_key(&mut of_company())
        .foreign_key(&mut belongs("department_id", "departments"))
        .to_owned();
    manager.create_table(of_departments).await?;
    let of_operators = table("operator_options")
        .col(id("company_id"))
        .col(id("operator_id"))
        .col(key(manager, "option_key"))
        .col(flag("value"))
        .primary_key(Index::create().col("operator_id").col("option_key"))
        .foreign_key(&mut of_company())
        .foreign_key(&mut belongs("operator_id", "operators"))
        .to_owned();
    manager.create_table(of_operators).await
}

/// A retired type keeps its name but leaves `name_key`, so that a new one may take the name [E-3].
async fn support_types(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let support_types = table("support_types")
        .col(id("id").primary_key())
        .col(id("company_id"))
        .col(text("name"))
        .col(key_null(manager, "name_key"))
        .col(number("position"))
        .col(number("created_at_ms"))
        .col(number_null("retired_at_ms"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(support_types).await?;
    unique(manager, "support_types", &["company_id", "name_key"]).await
}

async fn signing_in(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let activations = table("activations")
        .col(key(manager, "token_hash").primary_key())
        .col(id("company_id"))
        .col(number("created_at_ms"))
        .col(number("expires_at_ms"))
        .col(number_null("used_at_ms"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(activations).await?;
    let web_sessions = table("web_sessions")
        .col(key(manager, "token_hash").primary_key())
        .col(id("company_id"))
        .col(text("realm"))
        .col(id("account_id"))
        .col(text("address"))
        .col(text("browser"))
        .col(number("created_at_ms"))
        .col(number("last_seen_ms"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(web_sessions).await?;
    indexed(manager, "web_sessions", &["company_id", "account_id"]).await?;
    indexed(manager, "web_sessions", &["last_seen_ms"]).await?;
    // Strangers write here, so a row belongs to no company and its key has a fixed length.
    let failures = table("sign_in_failures")
        .col(key(manager, "account_key").primary_key())
        .col(number("failures"))
        .col(number("last_at_ms"))
        .col(number("locked_until_ms"))
        .to_owned();
    manager.create_table(failures).await?;
    indexed(manager, "sign_in_failures", &["last_at_ms"]).await
}
