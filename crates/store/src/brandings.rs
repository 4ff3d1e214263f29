//! What a company's customers see on their page [O-4]: a text and a logo. The name beside them is the company's 서비스이름.

use crate::{CompanyId, Reads, StoreError, Write, entities::branding as row};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

/// A company's branding; [`Branding::default`] where nothing was set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branding {
    /// Lines under the page's heading; empty: none.
    pub text: String,
    /// A picture.
    pub logo: Option<Logo>,
    /// When it was changed; 0 where nothing was set.
    pub changed_at_ms: i64,
}

/// A logo as it is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Media type.
    pub kind: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A company's branding.
pub async fn find(company: CompanyId, on: &impl Reads) -> Result<Branding, StoreError> {
    let found = row::Entity::find_by_id(company.uuid()).one(on.connection()).await?;
    Ok(found.map_or_else(Branding::default, |row| Branding {
        text: row.text,
        logo: row.logo_kind.zip(row.logo).map(|(kind, bytes)| Logo { kind, bytes }),
        changed_at_ms: row.changed_at_ms,
    }))
}

/// Keeps a company's branding.
pub async fn replace(write: &Write, branding: &Branding) -> Result<(), StoreError> {
    let (kind, bytes) = branding.logo.clone().map(|logo| (logo.kind, logo.bytes)).unzip();
    row::Entity::insert(row::ActiveModel {
        company_id: Set(write.company().uuid()),
        text: Set(branding.text.clone()),
        logo_kind: Set(kind),
        logo: Set(bytes),
        changed_at_ms: Set(branding.changed_at_ms),
    })
    .on_conflict(
        OnConflict::column(row::Column::CompanyId)
            .update_columns([
                row::Column::Text,
                row::Column::LogoKind,
                row::Column::Logo,
                row::Column::ChangedAtMs,
            ])
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}
