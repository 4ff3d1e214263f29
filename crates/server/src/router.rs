//! All routes, and what lies around them.

use crate::{
    administrator, api_tokens, branding, captures, contract, departments,
    door::Place,
    downloads, favourites, headers,
    language::Language,
    licence, operators, options, origin, pages,
    problem::{self, Problem, ProblemBody, code},
    recordings, records, satisfaction_survey, sessions, settings, sheets, sign_in, site,
    state::AppState,
    statistics, support_types, usage_log,
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use http::Method;
use std::{any::Any, sync::Arc};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::{
    OpenApi,
    openapi::{OpenApi as Contract, PathItem, path::Operation},
};
use utoipa_axum::router::OpenApiRouter;

/// Largest body of a request; what is larger (files, later) has a limit of its own.
const BODY_BYTES: usize = 256 * 1024;

/// The contract's own part; routes and their bodies come from the features.
#[derive(OpenApi)]
#[openapi(
    info(title = "Beside", description = "Self-hosted remote support.", license(name = "Apache-2.0")),
    components(schemas(ProblemBody, problem::FieldProblem))
)]
struct Root;

/// Every feature's routes under `/api`, and the contract that describes them.
pub(crate) fn api() -> (Router<AppState>, Contract) {
    let (router, mut contract) = OpenApiRouter::with_openapi(Root::openapi())
        .merge(site::routes())
        .merge(sign_in::routes())
        .merge(administrator::routes())
        .merge(departments::routes())
        .merge(options::routes())
        .merge(operators::routes())
        .merge(licence::routes())
        .merge(support_types::routes())
        .merge(records::routes())
        .merge(statistics::routes())
        .merge(sheets::routes())
        .merge(sessions::routes())
        .merge(satisfaction_survey::routes())
        .merge(captures::routes())
        .merge(recordings::routes())
        .merge(settings::routes())
        .merge(favourites::routes())
        .merge(downloads::routes())
        .merge(branding::routes())
        .merge(usage_log::routes())
        .merge(api_tokens::routes())
        .split_for_parts();
    contract::complete(&mut contract);
    (router, contract)
}

/// A route beside the contract: a page, a socket, a file. It answers GET alone.
pub(crate) type Plain = (&'static str, MethodRouter<AppState>);

/// Every route beside the contract.
pub(crate) fn plain(contract: Contract) -> Vec<Plain> {
    let own: [Plain; 2] =
        [("/api/openapi.json", get(|| async { Json(contract) })), ("/healthz", get(health))];
    let features = sessions::sockets().into_iter().chain(downloads::files()).chain(branding::files());
    own.into_iter().chain(features).chain(pages::pages()).collect()
}

/// The whole service.
pub(crate) fn app(state: AppState) -> Router {
    let (api, contract) = api();
    let routes = plain(contract).into_iter().fold(api, |routes, (path, plain)| routes.route(path, plain));
    layered(routes, state)
}

/// What lies around every route.
pub(crate) fn layered(routes: Router<AppState>, state: AppState) -> Router {
    routes
        .fallback(pages::not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(state.clone(), finish))
        .layer(from_fn_with_state(state.clone(), origin::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(say))
        .layer(from_fn_with_state(state.clone(), headers::add))
        .with_state(state)
}

/// What changes something goes on to its end, also where whoever asked for it hangs up: else what follows a write (connections that
/// end with a sign-in) could be cut off behind it. Until then the connection keeps its place.
async fn finish(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let place = request.extensions().get::<Arc<Place>>().cloned();
    let done = async move {
        let response = next.run(request).await;
        drop(place);
        response
    };
    match state.tasks.spawn(done).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // Nobody cancels it but the end of the whole runtime.
            Err(_) => Problem::new(code::INTERNAL).into_response(),
        },
    }
}

async fn say(language: Language, request: Request, next: Next) -> Response {
    problem::translate(language, request, next).await
}

async fn method_not_allowed() -> Problem {
    Problem::new(code::METHOD_NOT_ALLOWED)
}

/// Whether the server can do its work: the database answers.
async fn health(State(state): State<AppState>) -> Result<&'static str, Problem> {
    state.store.ping().await?;
    Ok("ok\n")
}

/// A fault of ours ends one request, not the server.
fn panicked(_panic: Box<dyn Any + Send>) -> Response {
    let incident = uuid::Uuid::now_v7().simple().to_string();
    tracing::error!(incident, "Request panicked");
    Problem::new(code::INTERNAL).with("incident", incident).into_response()
}

/// The operations of a path, to be completed.
pub(crate) fn operations_of(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete].into_iter().flatten()
}

/// The operations of a path with their methods.
pub(crate) fn operations_by_method(path: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let all = [
        (Method::GET, &path.get),
        (Method::POST, &path.post),
        (Method::PUT, &path.put),
        (Method::PATCH, &path.patch),
        (Method::DELETE, &path.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}
