//! A piece of a recording.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recording_pieces")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recording_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub no: i64,
    pub starts_ms: i64,
    pub ends_ms: i64,
    pub state_ms: Option<i64>,
    pub video_key_ms: Option<i64>,
    pub size_bytes: i64,
    pub sha256: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
