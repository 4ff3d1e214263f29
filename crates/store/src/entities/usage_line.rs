//! A line of a company's usage log.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub prev: Vec<u8>,
    pub hash: Vec<u8>,
    pub kind: String,
    pub at_ms: i64,
    pub source: String,
    pub source_seq: i64,
    pub body_digest: Vec<u8>,
    pub salt: Option<Vec<u8>>,
    pub body: Option<String>,
    pub category: String,
    pub login_key: String,
    pub address: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
