//! Who is asking. A handler that takes [`Administrator`] or [`Operator`] cannot be reached by anybody else,
//! and has its company from there and nowhere else.

use crate::{
    client::Client,
    clock::now_ms,
    problem::{Problem, code},
    secrets::{csrf_token, token_hash},
    state::AppState,
};
use axum::extract::FromRequestParts;
use axum_extra::extract::CookieJar;
use http::{HeaderMap, request::Parts};
use store::{
    AdministratorId, CompanyId, OperatorId, StoreError, administrators, operators,
    web_sessions::{self, Account},
};
use subtle::ConstantTimeEq as _;

/// Cookie of the administrator site.
pub(crate) const MANAGE_COOKIE: &str = "__Host-beside-manage";
/// Cookie of the console.
pub(crate) const CONSOLE_COOKIE: &str = "__Host-beside-console";
/// Header that names the page's token.
pub(crate) const CSRF_HEADER: &str = "x-beside-csrf";
/// A request puts off the end by idleness, but writes it down at most this often.
const TOUCH_MS: i64 = 30_000;

/// A signed-in administrator.
#[derive(Clone, Debug)]
pub(crate) struct Administrator {
    /// Whose data may be reached.
    pub(crate) company: CompanyId,
    /// The account.
    pub(crate) id: AdministratorId,
    /// The account's own row.
    pub(crate) account: administrators::Administrator,
    /// From where.
    pub(crate) client: Client,
    /// The sign-in.
    pub(crate) session: SignedIn,
}

/// A signed-in operator.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    /// Whose data may be reached.
    pub(crate) company: CompanyId,
    /// The account.
    pub(crate) id: OperatorId,
    /// The account's own row.
    pub(crate) account: operators::Operator,
    /// From where.
    pub(crate) client: Client,
    /// The sign-in.
    pub(crate) session: SignedIn,
}

/// The sign-in behind a cookie.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    /// Under which the sign-in is kept.
    pub(crate) token_hash: String,
    /// What the page must name in requests that change something, and in its WebSocket's first frame.
    pub(crate) csrf_token: String,
}

impl SignedIn {
    fn of(token: &str) -> Self {
        Self { token_hash: token_hash(token), csrf_token: csrf_token(token) }
    }

    /// Whether this is the page's token, in constant time.
    pub(crate) fn is_csrf_token(&self, given: &str) -> bool {
        self.csrf_token.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl FromRequestParts<AppState> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let (session, company, account, client) = signed_in(parts, state, MANAGE_COOKIE).await?;
        let Account::Administrator(id) = account else { return Err(Problem::new(code::NOT_SIGNED_IN)) };
        let account = match administrators::find(company, &state.store, id).await {
            Ok(found) => found.administrator,
            Err(StoreError::Missing) => return Err(Problem::new(code::NOT_SIGNED_IN)),
            Err(other) => return Err(other.into()),
        };
        Ok(Self { company, id, account, client, session })
    }
}

impl FromRequestParts<AppState> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let (session, company, account, client) = signed_in(parts, state, CONSOLE_COOKIE).await?;
        let Account::Operator(id) = account else { return Err(Problem::new(code::NOT_SIGNED_IN)) };
        let account = match operators::find(company, &state.store, id).await {
            Ok(found) => found,
            Err(StoreError::Missing) => return Err(Problem::new(code::NOT_SIGNED_IN)),
            Err(other) => return Err(other.into()),
        };
        Ok(Self { company, id, account, client, session })
    }
}

/// Cookie → sign-in → not idle → the page's token where something changes.
async fn signed_in(
    parts: &mut Parts,
    state: &AppState,
    cookie: &str,
) -> Result<(SignedIn, CompanyId, Account, Client), Problem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let session = jar.get(cookie).map(|cookie| SignedIn::of(cookie.value()));
    let session = session.ok_or(Problem::new(code::NOT_SIGNED_IN))?;
    let kept = web_sessions::find(&state.store, &session.token_hash).await?;
    let kept = kept.ok_or(Problem::new(code::NOT_SIGNED_IN))?;
    let now_ms = now_ms();
    let idle_ms = now_ms - kept.last_seen_ms;
    if state.configuration.idle_ms() <= idle_ms {
        return Err(Problem::new(code::NOT_SIGNED_IN));
    }
    if !parts.method.is_safe() && !names_token(&parts.headers, &session) {
        return Err(Problem::new(code::CSRF));
    }
    if TOUCH_MS <= idle_ms {
        let write = state.store.write(kept.company).await?;
        web_sessions::touch(&write, &session.token_hash, now_ms).await?;
        write.commit().await?;
    }
    let Ok(client) = Client::from_request_parts(parts, state).await;
    Ok((session, kept.company, kept.account, client))
}

fn names_token(headers: &HeaderMap, session: &SignedIn) -> bool {
    let given = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| session.is_csrf_token(given))
}
