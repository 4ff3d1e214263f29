//! Operators are counted by department and by mobile support with each list of departments, of operators and of the licence: by an
//! index alone, and not by reading all of them.

use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct OperatorCounts;

impl MigrationName for OperatorCounts {
    fn name(&self) -> &'static str {
        "m0050_operator_counts"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for OperatorCounts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = "CREATE INDEX operators_company_id_department_id_is_mobile \
                     ON operators (company_id, department_id, is_mobile)";
        manager.get_connection().execute_unprepared(index).await?;
        Ok(())
    }
}
