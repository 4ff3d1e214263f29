//! What the customer of an ended session is asked.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "surveys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Uuid,
    pub company_id: Uuid,
    pub token_hash: String,
    pub previous_token_hash: Option<String>,
    pub until_ms: i64,
    pub answered_at_ms: Option<i64>,
    pub is_asked: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
