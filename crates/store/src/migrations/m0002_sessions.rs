//! Sessions, their connection codes and the records that stay of them.

use super::columns::{
    belongs, bytes_null, id, id_null, indexed, key, number, number_null, of_company, table, text, text_null,
    unique,
};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Sessions;

impl MigrationName for Sessions {
    fn name(&self) -> &'static str {
        "m0002_sessions"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Sessions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sessions(manager).await?;
        connection_codes(manager).await?;
        records(manager).await
    }
}

/// What the server must know of a session to go on with it after a restart.
async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sessions = table("sessions")
        .col(id("id").primary_key())
        .col(id("company_id"))
        .col(id("operator_id"))
        .col(text("stage"))
        .col(number("created_at_ms"))
        .col(number_null("joined_at_ms"))
        .col(number_null("consented_at_ms"))
        .col(number_null("ended_at_ms"))
        .col(text_null("end_reason"))
        .col(text("offered"))
        .col(text_null("consented"))
        .col(text_null("customer"))
        .col(bytes_null("customer_nonce"))
        .col(bytes_null("customer_fingerprint"))
        .col(text_null("resume_hash"))
        .col(number("policy_revision"))
        .col(number("chain_seq"))
        .col(bytes_null("chain_head"))
        .col(number_null("sealed_at_ms"))
        .col(bytes_null("seal"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(sessions).await?;
    indexed(manager, "sessions", &["company_id", "operator_id", "stage"]).await?;
    indexed(manager, "sessions", &["stage"]).await?;
    unique(manager, "sessions", &["resume_hash"]).await
}

/// Codes are unique over the whole server: the customer names no company.
async fn connection_codes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let codes = table("connection_codes")
        .col(key(manager, "code_hash").primary_key())
        .col(id("company_id"))
        .col(id("session_id"))
        .col(text("purpose"))
        .col(number("created_at_ms"))
        .col(number("expires_at_ms"))
        .col(number_null("used_at_ms"))
        .foreign_key(&mut of_company())
        .foreign_key(&mut belongs("session_id", "sessions"))
        .to_owned();
    manager.create_table(codes).await?;
    indexed(manager, "connection_codes", &["session_id"]).await
}

/// One row per session that a customer joined. Names are kept as they were [D-6]; `no` grows with time
/// within a company and is what pages are cut by.
async fn records(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let records = table("records")
        .col(id("session_id").primary_key())
        .col(id("company_id"))
        .col(number("no"))
        .col(id("operator_id"))
        .col(text("operator_login"))
        .col(key(manager, "operator_login_key"))
        .col(text("operator_name"))
        .col(key(manager, "operator_name_key"))
        .col(id("department_id"))
        .col(text("department_name"))
        .col(text("customer_name"))
        .col(key(manager, "customer_name_key"))
        .col(number("started_at_ms"))
        .col(number_null("ended_at_ms"))
        .col(number("duration_s"))
        .col(text_null("end_reason"))
        .col(text("customer_kind"))
        .col(text("customer_os"))
        .col(text("customer_os_version"))
        .col(text("customer_host_name"))
        .col(text("customer_address_public"))
        .col(text_null("customer_address_private"))
        .col(text("operator_address_public"))
        .col(text("connection"))
        .col(text("resolution"))
        .col(id_null("support_type_id"))
        .col(text_null("support_type_name"))
        .col(text("memo"))
        .col(number("edited_at_ms"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(records).await?;
    unique(manager, "records", &["company_id", "no"]).await?;
    indexed(manager, "records", &["company_id", "started_at_ms"]).await
}
