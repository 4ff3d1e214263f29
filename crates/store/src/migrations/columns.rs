//! The few kinds of column that every table is made of.

use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{
    SchemaManager,
    prelude::{
        ColumnDef, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Table, TableCreateStatement,
    },
};

/// A new table's name.
pub(super) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

pub(super) fn id(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().to_owned()
}

pub(super) fn id_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().null().to_owned()
}

pub(super) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

pub(super) fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().to_owned()
}

pub(super) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

pub(super) fn number_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().to_owned()
}

pub(super) fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().to_owned()
}

pub(super) fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().to_owned()
}

pub(super) fn bytes_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().null().to_owned()
}

/// Text that is compared and sorted byte by byte on both databases, whatever the server's locale.
pub(super) fn key(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    collated(manager, text(name))
}

/// As [`key`], absent where the row has left the competition for the name.
pub(super) fn key_null(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    collated(manager, text_null(name))
}

fn collated(manager: &SchemaManager<'_>, mut column: ColumnDef) -> ColumnDef {
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        column.extra(r#"COLLATE "C""#);
    }
    column
}

/// The row belongs to a company and goes with it.
pub(super) fn of_company() -> ForeignKeyCreateStatement {
    belongs("company_id", "companies")
}

/// The row belongs to another row and goes with it.
pub(super) fn belongs(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(to, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}

/// Creates an index that keeps its columns unique.
pub(super) async fn unique(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_{}_unique", columns.join("_"))).table(table).unique();
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}

/// Creates an index to find and to page by.
pub(super) async fn indexed(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}
