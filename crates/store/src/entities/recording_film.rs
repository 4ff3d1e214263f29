//! A recording's file for other players.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recording_films")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recording_id: Uuid,
    pub company_id: Uuid,
    pub state: String,
    pub why: String,
    pub tries: i64,
    pub percent: i64,
    pub maker: Option<Uuid>,
    pub until_ms: i64,
    pub parts: i64,
    pub size_bytes: i64,
    pub sha256: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
