//! A department keeps every default of its own, so that an option that is added later reaches no department that exists. Until
//! now one that nobody had set was the product's.

use sea_orm::{ConnectionTrait as _, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

/// What a department had unless it was set otherwise.
const ON: [&str; 30] = [
    "partial_share",
    "two_way_file_transfer",
    "auto_reconnect",
    "send_url",
    "text_chat",
    "system_info",
    "process_info",
    "screen_capture",
    "operator_screen_share",
    "favorites",
    "drawing",
    "two_way_drawing",
    "screen_recording",
    "voice_chat",
    "operator_screen_control",
    "send_file",
    "fetch_file",
    "invite_operator",
    "safe_mode_reconnect",
    "consent_before_connect",
    "satisfaction_survey",
    "driver_mode",
    "auto_control",
    "consent_before_invite",
    "clipboard_file_transfer",
    "auto_new_session",
    "desktop_share",
    "keep_uac",
    "mobile_file_transfer",
    "mobile_file_consent",
];
/// What it had not.
const OFF: [&str; 14] = [
    "mobile_support",
    "forced_login",
    "mouse_tracking",
    "view_only",
    "file_transfer_in_viewer",
    "manual_reboot",
    "remote_printer",
    "auto_record",
    "always_relay",
    "mobile_view_only",
    "app_share_consent",
    "mobile_no_drawing",
    "start_maximized",
    "stretch_to_fill",
];

pub(super) struct DepartmentOptions;

impl MigrationName for DepartmentOptions {
    fn name(&self) -> &'static str {
        "m0047_department_options"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for DepartmentOptions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        keep(manager).await
    }
}

/// Keeps what is not kept yet.
pub(super) async fn keep(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let sql = "INSERT INTO department_options (company_id, department_id, option_key, value) \
               SELECT company_id, id, $1, $2 FROM departments WHERE NOT EXISTS \
               (SELECT 1 FROM department_options AS kept WHERE kept.department_id = departments.id \
               AND kept.option_key = $1)";
    for (keys, value) in [(ON.as_slice(), true), (OFF.as_slice(), false)] {
        for key in keys {
            let values = [(*key).into(), value.into()];
            let backend = manager.get_database_backend();
            connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
    }
    Ok(())
}
