//! Records of before are found by the operator's private address, too, as new ones are. On PostgreSQL `m0052_record_postings` makes the
//! whole index anew.

use super::m0042_record_tokens::fill_all;
use sea_orm::{DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct OperatorAddressesFound;

impl MigrationName for OperatorAddressesFound {
    fn name(&self) -> &'static str {
        "m0049_operator_addresses_found"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for OperatorAddressesFound {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => {
                let private = "operator_address_private";
                fill_all(manager.get_connection(), private, &format!("{private} <> ''")).await
            }
            _ => Ok(()),
        }
    }
}
