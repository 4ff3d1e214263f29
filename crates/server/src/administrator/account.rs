//! 관리자정보 수정 [G-1]: what the administrator says of itself and of the company, and its password.

use crate::{
    body::Json,
    confirmation,
    fields::Fields,
    problem::{Problem, code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{
    Reads, administrators,
    administrators::Details,
    companies, licences,
    web_sessions::{self, Account},
};
use utoipa::ToSchema;

/// What of 관리자정보 is written in fields.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct AccountTexts {
    company_name: String,
    /// The name that customers see; empty: the company's name.
    service_name: String,
    name: String,
    phone: String,
    email: String,
}

/// 관리자정보.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AdministratorAccount {
    #[serde(flatten)]
    texts: AccountTexts,
    /// Fixed.
    login: String,
    /// 상담원 생성 가능 수: operators that may still be created.
    operators_left: i64,
    /// Operators that the licence allows.
    operators_total: i64,
}

/// Changed 관리자정보.
#[derive(Deserialize, ToSchema)]
pub(super) struct ChangedAccount {
    company_name: String,
    /// Empty: the company's name.
    service_name: String,
    name: String,
    phone: String,
    email: String,
    /// What stood there when it was read; where that is something else by now, nothing is changed.
    read: AccountTexts,
    /// 새 Password; left out: the old one stays.
    password: Option<String>,
    password_confirm: Option<String>,
    /// 현재 Password.
    administrator_password: String,
}

/// 관리자정보 of the administrator who asks.
#[utoipa::path(get, path = "/api/manage/administrator", responses((status = 200, body = AdministratorAccount)))]
pub(super) async fn find_account(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<AdministratorAccount>, Problem> {
    Ok(Json(load(&state.store, &who).await?))
}

/// Changes 관리자정보. A new password ends every other sign-in of the account.
#[utoipa::path(put, path = "/api/manage/administrator", request_body = ChangedAccount,
    responses((status = 200, body = AdministratorAccount)))]
pub(super) async fn update_account(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<ChangedAccount>,
) -> Result<Json<AdministratorAccount>, Problem> {
    let mut fields = Fields::default();
    let company_name = fields.name("company_name", &body.company_name);
    let service_name = fields.line("service_name", &body.service_name, crate::fields::NAME_CHARACTERS);
    let name = fields.name("name", &body.name);
    let phone = fields.phone("phone", &body.phone);
    let email = fields.required_email("email", &body.email);
    let password = body.password.as_deref().filter(|password| !password.is_empty());
    if let Some(password) = password {
        fields.new_password(password, body.password_confirm.as_deref().unwrap_or_default());
    }
    fields.finish()?;
    let confirmed = administrators::find(who.company, &state.store, who.id).await?.password_hash;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let password_hash = match password {
        Some(password) => Some(state.passwords.hash(password).await?),
        None => None,
    };
    let write = state.store.write(who.company).await?;
    let before = load(&write, &who).await?;
    // The password that was right may have been replaced while it was checked.
    let kept = administrators::find(who.company, &write, who.id).await?.password_hash;
    if before.texts != body.read || kept != confirmed {
        return Err(Problem::new(code::CHANGED_MEANWHILE));
    }
    companies::rename(&write, &company_name, &service_name).await?;
    let details = Details { name: &name, email: &email, phone: &phone };
    administrators::update(&write, who.id, details).await?;
    let after = load(&write, &who).await?;
    let changes = changes(&before.texts, &after.texts);
    if changes.as_object().is_some_and(|changes| !changes.is_empty()) {
        note(&write, &who, "access.administrator", changes).await?;
    }
    if let Some(password_hash) = password_hash {
        administrators::set_password(&write, who.id, &password_hash).await?;
        let account = Account::Administrator(who.id);
        let ended = web_sessions::delete_of(&write, account, Some(&who.person()?.session.token_hash)).await?;
        note(&write, &who, "access.password-change", json!({ "ended": ended })).await?;
    }
    write.commit().await?;
    state.rechecks.call(Account::Administrator(who.id));
    Ok(Json(after))
}

async fn load(on: &impl Reads, who: &Administrator) -> Result<AdministratorAccount, Problem> {
    let company = companies::find(who.company, on).await?;
    let own = administrators::find(who.company, on, who.id).await?.administrator;
    let total = licences::find(who.company, on).await?.operators;
    let used = licences::in_use(who.company, on).await?;
    Ok(AdministratorAccount {
        texts: AccountTexts {
            company_name: company.name,
            service_name: company.given_service_name,
            name: own.name,
            phone: own.phone,
            email: own.email,
        },
        login: own.login,
        operators_left: (total - used.pc - used.pc_and_mobile).max(0),
        operators_total: total,
    })
}

fn changes(before: &AccountTexts, after: &AccountTexts) -> Value {
    let all = [
        ("company_name", &before.company_name, &after.company_name),
        ("service_name", &before.service_name, &after.service_name),
        ("name", &before.name, &after.name),
        ("phone", &before.phone, &after.phone),
        ("email", &before.email, &after.email),
    ];
    let changed = all.into_iter().filter(|(_, from, to)| from != to);
    let changed = changed.map(|(field, from, to)| (field.to_owned(), json!({ "from": from, "to": to })));
    Value::Object(changed.collect::<Map<_, _>>())
}
