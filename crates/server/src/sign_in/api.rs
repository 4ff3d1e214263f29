//! Bodies and handlers.

use super::attempt::{Attempt, Realm, Success, sign_in};
use crate::{
    body::Json,
    client::Client,
    problem::{Problem, code},
    roles::{Administrator, CONSOLE_COOKIE, MANAGE_COOKIE, Operator, SignedIn},
    secrets::csrf_token,
    sessions::InvitationWay,
    state::AppState,
    usage_log::{Actor, note_of},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    CompanyId, administrators, companies, company_settings, operators, web_sessions, web_sessions::Account,
};
use utoipa::ToSchema;

/// Cookie by which the administrator site knows a browser again.
const MANAGE_DEVICE_COOKIE: &str = "__Host-beside-manage-device";
/// Cookie by which the console knows a browser again.
const CONSOLE_DEVICE_COOKIE: &str = "__Host-beside-console-device";

/// What is typed to sign in.
#[derive(Deserialize, ToSchema)]
pub(super) struct SignIn {
    /// The company's short name; needed where the server has several.
    company: Option<String>,
    /// The account's ID.
    id: String,
    /// The password.
    password: String,
    /// Of the second step, where the account has one: of the authenticator app, or a recovery code.
    #[serde(default)]
    code: Option<String>,
    /// An operator's console that is open elsewhere is ended [S-01].
    #[serde(default)]
    end_other: bool,
}

/// The company of a signed-in account.
#[derive(Debug, Serialize, ToSchema)]
struct Company {
    short_name: String,
    name: String,
    service_name: String,
}

/// An administrator's account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Administrator)]
struct AdministratorBody {
    #[schema(value_type = uuid::Uuid)]
    id: store::AdministratorId,
    login: String,
    name: String,
    email: String,
}

/// A signed-in administrator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AdministratorSession {
    /// For the header `X-Beside-CSRF`.
    csrf_token: String,
    administrator: AdministratorBody,
    company: Company,
    /// The company's, by whose clock every page shows the time [G-2].
    time_zone: String,
    #[schema(inline)]
    idle: Idle,
}

/// Auto logout.
#[derive(Debug, Serialize, ToSchema)]
struct Idle {
    /// After how many seconds without a sign of anybody.
    after_s: i64,
    /// How many of them are left.
    left_s: i64,
}

/// A department as others refer to it.
#[derive(Debug, Serialize, ToSchema)]
struct DepartmentRef {
    #[schema(value_type = uuid::Uuid)]
    id: store::DepartmentId,
    name: String,
}

/// An operator's account as the console shows it.
#[derive(Debug, Serialize, ToSchema)]
struct SignedInOperator {
    #[schema(value_type = uuid::Uuid)]
    id: store::OperatorId,
    login: String,
    name: String,
    department: DepartmentRef,
}

/// A signed-in operator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OperatorSession {
    /// For the header `X-Beside-CSRF`, and the first frame of the WebSocket.
    csrf_token: String,
    operator: SignedInOperator,
    company: Company,
    #[schema(inline)]
    idle: Idle,
    /// How customers may be invited beside copy and QR.
    #[schema(inline)]
    invitation_ways: Vec<InvitationWay>,
}

/// Signs an administrator in.
#[utoipa::path(post, path = "/api/manage/sign-in", request_body = SignIn,
    responses((status = 200, body = AdministratorSession)))]
pub(super) async fn sign_in_administrator(
    State(state): State<AppState>,
    client: Client,
    jar: CookieJar,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    let device = jar.get(MANAGE_DEVICE_COOKIE).map(|cookie| cookie.value().to_owned());
    let attempt = body.attempt(Realm::Manage, device.as_deref(), &client);
    let Success { company, account, token, device, idle_s } = sign_in(&state, attempt).await?;
    let Account::Administrator(id) = account else { return Err(Problem::new(code::SIGN_IN_FAILED)) };
    let account = administrators::find(company.id, &state.store, id).await?.administrator;
    let time_zone = company_settings::find(company.id, &state.store).await?.time_zone;
    let session = AdministratorSession {
        csrf_token: csrf_token(&token),
        administrator: account.into(),
        company: company.into(),
        time_zone,
        idle: Idle::new(idle_s),
    };
    let jar = jar.add(cookie(MANAGE_COOKIE, token)).add(lasting(MANAGE_DEVICE_COOKIE, device));
    Ok((jar, Json(session)).into_response())
}

/// The administrator who is signed in.
#[utoipa::path(get, path = "/api/manage/me", responses((status = 200, body = AdministratorSession)))]
pub(super) async fn get_administrator_session(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<AdministratorSession>, Problem> {
    let company = companies::find(who.company, &state.store).await?.into();
    let time_zone = company_settings::find(who.company, &state.store).await?.time_zone;
    let administrator = who.account.clone().into();
    let session = who.session()?;
    let idle = Idle::of(&session);
    let csrf_token = session.csrf_token;
    Ok(Json(AdministratorSession { csrf_token, administrator, company, time_zone, idle }))
}

/// Keeps the administrator signed in: somebody is there.
#[utoipa::path(post, path = "/api/manage/stay", responses((status = 204)))]
pub(super) async fn keep_administrator_signed_in(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<StatusCode, Problem> {
    who.session()?.admitted.stay(&state).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the administrator out.
#[utoipa::path(post, path = "/api/manage/sign-out", responses((status = 204)))]
pub(super) async fn sign_out_administrator(
    State(state): State<AppState>,
    who: Administrator,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let (company, login, client) = (who.company, who.account.login.clone(), who.client.clone());
    let actor = Actor { role: "administrator", login: &login, client: &client };
    sign_out(&state, company, &who.session()?, actor).await?;
    Ok((jar.remove(cookie(MANAGE_COOKIE, String::new())), StatusCode::NO_CONTENT).into_response())
}

/// Signs an operator in.
#[utoipa::path(post, path = "/api/console/sign-in", request_body = SignIn,
    responses((status = 200, body = OperatorSession)))]
pub(super) async fn sign_in_operator(
    State(state): State<AppState>,
    client: Client,
    jar: CookieJar,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    let device = jar.get(CONSOLE_DEVICE_COOKIE).map(|cookie| cookie.value().to_owned());
    let attempt = body.attempt(Realm::Console, device.as_deref(), &client);
    let Success { company, account, token, device, idle_s } = sign_in(&state, attempt).await?;
    let Account::Operator(id) = account else { return Err(Problem::new(code::SIGN_IN_FAILED)) };
    let account = operators::find(company.id, &state.store, id).await?;
    let session = OperatorSession {
        csrf_token: csrf_token(&token),
        operator: account.into(),
        company: company.into(),
        idle: Idle::new(idle_s),
        invitation_ways: state.invitations.ways(),
    };
    let jar = jar.add(cookie(CONSOLE_COOKIE, token)).add(lasting(CONSOLE_DEVICE_COOKIE, device));
    Ok((jar, Json(session)).into_response())
}

/// The operator who is signed in.
#[utoipa::path(get, path = "/api/console/me", responses((status = 200, body = OperatorSession)))]
pub(super) async fn get_operator_session(
    State(state): State<AppState>,
    who: Operator,
) -> Result<Json<OperatorSession>, Problem> {
    let company = companies::find(who.company, &state.store).await?.into();
    let idle = Idle::of(&who.session);
    let csrf_token = who.session.csrf_token;
    let (operator, invitation_ways) = (who.account.into(), state.invitations.ways());
    Ok(Json(OperatorSession { csrf_token, operator, company, idle, invitation_ways }))
}

/// Keeps the operator signed in: somebody is there.
#[utoipa::path(post, path = "/api/console/stay", responses((status = 204)))]
pub(super) async fn keep_operator_signed_in(
    State(state): State<AppState>,
    mut who: Operator,
) -> Result<StatusCode, Problem> {
    who.session.admitted.stay(&state).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs the operator out, and ends the operator's sessions.
#[utoipa::path(post, path = "/api/console/sign-out", responses((status = 204)))]
pub(super) async fn sign_out_operator(
    State(state): State<AppState>,
    who: Operator,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let actor = Actor { role: "operator", login: &who.account.login, client: &who.client };
    sign_out(&state, who.company, &who.session, actor).await?;
    // Told, and not left to be seen: they would go on under a sign-in that follows quickly.
    state.sessions.end_all(who.company, who.id).await;
    Ok((jar.remove(cookie(CONSOLE_COOKIE, String::new())), StatusCode::NO_CONTENT).into_response())
}

async fn sign_out(
    state: &AppState,
    company: CompanyId,
    session: &SignedIn,
    actor: Actor<'_>,
) -> Result<(), Problem> {
    let write = state.store.write(company).await?;
    web_sessions::delete(&write, &session.token_hash).await?;
    note_of(&write, actor, "access.sign-out", json!({})).await?;
    write.commit().await?;
    state.rechecks.call(session.admitted.kept.account);
    Ok(())
}

/// `__Host-` binds the cookie to this very host; the browser forgets it when it closes.
fn cookie(name: &'static str, token: String) -> Cookie<'static> {
    Cookie::build((name, token)).path("/").secure(true).http_only(true).same_site(SameSite::Strict).build()
}

/// As [`cookie`], and the browser keeps it.
fn lasting(name: &'static str, value: String) -> Cookie<'static> {
    let mut lasting = cookie(name, value);
    lasting.make_permanent();
    lasting
}

impl SignIn {
    fn attempt<'a>(&'a self, realm: Realm, device: Option<&'a str>, client: &'a Client) -> Attempt<'a> {
        let company = self.company.as_deref();
        let (code, ends_other) = (self.code.as_deref(), self.end_other);
        Attempt {
            realm,
            company,
            login: &self.id,
            password: &self.password,
            code,
            ends_other,
            device,
            client,
        }
    }
}

impl Idle {
    fn new(idle_s: u32) -> Self {
        Self { after_s: idle_s.into(), left_s: idle_s.into() }
    }

    fn of(session: &SignedIn) -> Self {
        Self { after_s: session.admitted.idle_s.into(), left_s: session.admitted.idle_left_s() }
    }
}

impl From<companies::Company> for Company {
    fn from(company: companies::Company) -> Self {
        Self { short_name: company.short_name, name: company.name, service_name: company.service_name }
    }
}

impl From<administrators::Administrator> for AdministratorBody {
    fn from(account: administrators::Administrator) -> Self {
        Self { id: account.id, login: account.login, name: account.name, email: account.email }
    }
}

impl From<operators::Operator> for SignedInOperator {
    fn from(account: operators::Operator) -> Self {
        let department = DepartmentRef { id: account.department, name: account.department_name };
        Self { id: account.id, login: account.login, name: account.name, department }
    }
}
