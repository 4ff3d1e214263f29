//! 접속IP(사설) [D-3]: the address on the operator's own network. Browsers tell it to pages that may use the microphone or run in a
//! managed network, and hide it behind a random name else (draft-ietf-mmusic-mdns-ice-candidates); then nothing is kept.

use crate::{body::Json, problem::Problem, roles::Operator, state::AppState};
use axum::extract::State;
use http::StatusCode;
use serde::Deserialize;
use std::net::IpAddr;
use store::{operators, records};
use utoipa::ToSchema;

/// What the console's browser tells of its own network.
#[derive(Deserialize, ToSchema)]
pub(super) struct LocalAddress {
    /// null: the browser keeps it to itself. Named all the same: what is left out was not asked.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<String>, required)]
    address: Option<IpAddr>,
}

/// Keeps the address on the operator's own network, as its browser tells it; supports that already run under this sign-in get it, too.
#[utoipa::path(post, path = "/api/console/local-address", request_body = LocalAddress,
    responses((status = 204)))]
pub(super) async fn set_local_address(
    State(state): State<AppState>,
    who: Operator,
    Json(body): Json<LocalAddress>,
) -> Result<StatusCode, Problem> {
    let address = body.address.map(|address| address.to_string()).unwrap_or_default();
    let write = state.store.write(who.company).await?;
    operators::set_local_address(&write, who.id, &address).await?;
    let since_ms = who.account.last_sign_in_ms.unwrap_or_default();
    records::set_operator_address(&write, who.id, since_ms, &address).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
