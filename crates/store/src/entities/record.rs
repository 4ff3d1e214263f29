//! A support record.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Uuid,
    pub company_id: Uuid,
    pub no: i64,
    pub operator_id: Uuid,
    pub operator_login: String,
    pub operator_login_key: String,
    pub operator_name: String,
    pub department_id: Uuid,
    pub department_name: String,
    pub customer_name: String,
    pub started_at_ms: i64,
    pub consented_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
    pub duration_s: i64,
    pub end_reason: Option<String>,
    pub customer_kind: String,
    pub customer_os: String,
    pub customer_os_version: String,
    pub customer_host_name: String,
    pub customer_address_public: String,
    pub customer_address_private: Option<String>,
    pub operator_address_public: String,
    pub operator_address_private: Option<String>,
    pub connection: String,
    pub resolution: String,
    pub support_type_id: Option<Uuid>,
    pub support_type_name: Option<String>,
    pub memo: String,
    pub edited_at_ms: i64,
    pub rating: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
