//! Who is asking. A handler that takes [`Administrator`] or [`Operator`] cannot be reached by anybody else,
//! and has its company from there and nowhere else. An administrator's token asks where [`tokens`] lets it.

use crate::{
    admission::{self, Admitted},
    client::Client,
    problem::{Problem, code},
    secrets::{csrf_token, token_hash},
    state::AppState,
    tokens,
};
use axum::extract::FromRequestParts;
use axum_extra::extract::CookieJar;
use http::{HeaderMap, header, request::Parts};
use store::{
    AdministratorId, CompanyId, OperatorId, StoreError, administrators, operators, web_sessions::Account,
};
use subtle::ConstantTimeEq as _;

/// Cookie of the administrator site.
pub(crate) const MANAGE_COOKIE: &str = "__Host-beside-manage";
/// Cookie of the console.
pub(crate) const CONSOLE_COOKIE: &str = "__Host-beside-console";
/// Header that names the page's token.
pub(crate) const CSRF_HEADER: &str = "x-beside-csrf";
/// Header of requests that a page makes by itself: they are no sign of anybody being there.
const BACKGROUND_HEADER: &str = "x-beside-background";

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
    /// How.
    pub(crate) by: By,
}

/// How an administrator asks.
#[derive(Clone, Debug)]
pub(crate) enum By {
    /// At a page of ours, signed in.
    SignIn(SignedIn),
    /// By a token of this name, from a script.
    Token(String),
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

/// Either of them, for what both do alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person<'a> {
    /// Whose data may be reached.
    pub(crate) company: CompanyId,
    /// The account.
    pub(crate) account: Account,
    /// "administrator" or "operator".
    pub(crate) role: &'static str,
    /// The account's ID.
    pub(crate) login: &'a str,
    /// From where.
    pub(crate) client: &'a Client,
    /// The sign-in.
    pub(crate) session: &'a SignedIn,
}

impl Administrator {
    /// As a person. Errors: a token asks, which is none.
    pub(crate) fn person(&self) -> Result<Person<'_>, Problem> {
        let By::SignIn(session) = &self.by else { return Err(Problem::new(code::TOKEN_NOT_TAKEN)) };
        Ok(Person {
            company: self.company,
            account: Account::Administrator(self.id),
            role: "administrator",
            login: &self.account.login,
            client: &self.client,
            session,
        })
    }
}

impl Operator {
    /// As a person.
    pub(crate) fn person(&self) -> Person<'_> {
        Person {
            company: self.company,
            account: Account::Operator(self.id),
            role: "operator",
            login: &self.account.login,
            client: &self.client,
            session: &self.session,
        }
    }
}

/// The sign-in behind a cookie.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    /// Under which the sign-in is kept.
    pub(crate) token_hash: String,
    /// What the page must name in requests that change something, and in its WebSocket's first frame.
    pub(crate) csrf_token: String,
    /// What is kept of it, as this request found it.
    pub(crate) admitted: Admitted,
}

impl SignedIn {
    fn new(token: &str, admitted: Admitted) -> Self {
        Self { token_hash: token_hash(token), csrf_token: csrf_token(token), admitted }
    }

    /// Whether this is the page's token, in constant time.
    pub(crate) fn is_csrf_token(&self, given: &str) -> bool {
        self.csrf_token.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl Administrator {
    /// The sign-in. Errors: a token asks, which has none.
    pub(crate) fn session(self) -> Result<SignedIn, Problem> {
        match self.by {
            By::SignIn(session) => Ok(session),
            By::Token(_) => Err(Problem::new(code::TOKEN_NOT_TAKEN)),
        }
    }

    /// The name of the token that asks in the administrator's place.
    pub(crate) fn token(&self) -> Option<&str> {
        match &self.by {
            By::SignIn(_) => None,
            By::Token(name) => Some(name),
        }
    }
}

impl FromRequestParts<AppState> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(secret) = tokens::bearer(&parts.headers).map(str::to_owned) {
            return tokens::administrator(parts, state, &secret).await;
        }
        let (session, company, account, client) = signed_in(parts, state, MANAGE_COOKIE).await?;
        let Account::Administrator(id) = account else { return Err(Problem::new(code::NOT_SIGNED_IN)) };
        let account = match administrators::find(company, &state.store, id).await {
            Ok(found) => found.administrator,
            Err(StoreError::Missing) => return Err(Problem::new(code::NOT_SIGNED_IN)),
            Err(other) => return Err(other.into()),
        };
        Ok(Self { company, id, account, client, by: By::SignIn(session) })
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

/// Cookie → a sign-in that holds → the page's token where something changes.
async fn signed_in(
    parts: &mut Parts,
    state: &AppState,
    cookie: &str,
) -> Result<(SignedIn, CompanyId, Account, Client), Problem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let token = jar.get(cookie).ok_or(Problem::new(code::NOT_SIGNED_IN))?.value().to_owned();
    let Ok(client) = Client::from_request_parts(parts, state).await;
    let admitted = admission::admit(state, &token_hash(&token), &client).await?;
    let mut admitted = admitted.ok_or(Problem::new(code::NOT_SIGNED_IN))?;
    if !parts.method.is_safe() && !names_token(&parts.headers, &token) {
        return Err(Problem::new(code::CSRF));
    }
    if !is_background(&parts.headers) {
        admitted.touch(state).await?;
    }
    let (company, account) = (admitted.kept.company, admitted.kept.account);
    Ok((SignedIn::new(&token, admitted), company, account, client))
}

/// A stream of events opens itself again and again, and cannot name the header.
fn is_background(headers: &HeaderMap) -> bool {
    let is_stream = headers.get(header::ACCEPT).is_some_and(|kinds| kinds == "text/event-stream");
    is_stream || headers.contains_key(BACKGROUND_HEADER)
}

fn names_token(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok());
    given.is_some_and(|given| csrf_token(token).as_bytes().ct_eq(given.as_bytes()).into())
}
