//! A recording of a session.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recordings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company_id: Uuid,
    pub session_id: Uuid,
    pub no: i64,
    pub began_at_ms: i64,
    pub last_at_ms: i64,
    pub ended_at_ms: Option<i64>,
    pub pieces: i64,
    pub size_bytes: i64,
    pub length_ms: i64,
    pub digest: Vec<u8>,
    pub why: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
