//! A session.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company_id: Uuid,
    pub operator_id: Uuid,
    pub stage: String,
    pub created_at_ms: i64,
    pub joined_at_ms: Option<i64>,
    pub consented_at_ms: Option<i64>,
    pub ended_at_ms: Option<i64>,
    pub end_reason: Option<String>,
    pub offered: String,
    pub consented: Option<String>,
    pub customer: Option<String>,
    pub customer_nonce: Option<Vec<u8>>,
    pub customer_fingerprint: Option<Vec<u8>>,
    pub resume_hash: Option<String>,
    pub policy_revision: i64,
    pub chain_seq: i64,
    pub chain_head: Option<Vec<u8>>,
    pub sealed_at_ms: Option<i64>,
    pub previous_resume_hash: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
