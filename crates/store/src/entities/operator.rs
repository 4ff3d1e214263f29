//! An operator.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operators")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company_id: Uuid,
    pub department_id: Uuid,
    pub login: String,
    pub login_key: String,
    pub name: String,
    pub name_key: String,
    pub password_hash: String,
    pub company_name: String,
    pub phone: String,
    pub email: String,
    pub created_at_ms: i64,
    pub last_sign_in_ms: Option<i64>,
    pub last_address: Option<String>,
    pub is_mobile: bool,
    pub revision: i64,
    pub last_local_address: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::department::Entity",
        from = "Column::DepartmentId",
        to = "super::department::Column::Id"
    )]
    Department,
}

impl ActiveModelBehavior for ActiveModel {}
