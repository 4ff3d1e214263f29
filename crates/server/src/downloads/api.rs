//! The list, the files, and `/.well-known/beside`.

use super::{
    error::DownloadError,
    prepare::{self, Prepared},
};
use crate::{
    body::{Json, Path, Query},
    problem::{Problem, code},
    secrets::{hex, unhex},
    state::AppState,
    tls::Authority,
};
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::header;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io;
use tokio::{fs::File, io::AsyncReadExt as _};
use utoipa::ToSchema;

/// How much of a file is read at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// A download.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Download {
    /// "linux", "windows", or "any": something to read.
    os: String,
    /// Under `/downloads/`.
    file: String,
    size_bytes: i64,
    /// Hexadecimal.
    sha256: String,
    version: String,
    /// What it is, where its name does not say so.
    title: String,
}

/// Every download of this server.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Downloads {
    downloads: Vec<Download>,
    /// What an app that is not prepared asks its customer to compare.
    identity: String,
    /// SHA-256 of the root certificate of the server's own authority, as `/ca` shows it; `null`: its certificate comes from elsewhere.
    authority: Option<String>,
}

/// What an app may know of a server before it joins; nothing of it is a secret, and nothing of it is trusted unless the
/// person or the prepared slot says so.
#[derive(Debug, Serialize)]
struct WellKnown {
    identity_sha256: String,
    authority_sha256: Option<String>,
    protocol: ProtocolRange,
    version: &'static str,
    #[serde(flatten)]
    proof: Option<Proof>,
}

/// That the identity is this server's own, and that it stands for the authority of this very connection: fresh by the
/// asker's nonce.
#[derive(Debug, Serialize)]
struct Proof {
    /// Ed25519, in hexadecimal; its SHA-256 is `identity_sha256`.
    identity_key: String,
    /// Its signature, in hexadecimal.
    proof: String,
}

/// What an app asks with.
#[derive(Debug, Deserialize)]
pub(super) struct Question {
    /// 32 bytes, in hexadecimal.
    nonce: Option<String>,
}

#[derive(Debug, Serialize)]
struct ProtocolRange {
    lowest: u32,
    highest: u32,
}

/// Lists the downloads [H-1].
#[utoipa::path(get, path = "/api/downloads", responses((status = 200, body = Downloads)))]
pub(super) async fn list_downloads(State(state): State<AppState>) -> Result<Json<Downloads>, Problem> {
    let listed = list(&state).await?;
    let downloads = listed.into_iter().map(Download::from).collect();
    Ok(Json(Downloads {
        downloads,
        identity: state.sessions.identity_hash().to_text(),
        authority: state.authority.as_ref().map(Authority::fingerprint),
    }))
}

/// A prepared program. "beside-123456" is "beside" under another name: the code is a prefill and nothing else.
pub(super) async fn file(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let plain = without_code(&name);
    let found = list(&state).await?.into_iter().find(|prepared| prepared.file == plain);
    let prepared = found.ok_or(DownloadError::Missing)?;
    let path = prepare::folder(&state.configuration).join(&prepared.file);
    let opened = File::open(&path).await.map_err(|error| DownloadError::File { path, error })?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, prepared.size_bytes.to_string()),
        // `name` is the found file's own, with six digits at most.
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let pieces = futures_util::stream::try_unfold(opened, next_piece);
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// `/.well-known/beside`; with a nonce the identity is proved.
pub(super) async fn well_known(
    State(state): State<AppState>,
    Query(question): Query<Question>,
) -> Result<Response, Problem> {
    let authority: Option<[u8; 32]> =
        state.authority.as_ref().map(|authority| Sha256::digest(&authority.root_der).into());
    let proof = match question.nonce.as_deref().map(nonce_of) {
        None => None,
        Some(None) => return Err(Problem::new(code::INVALID_ADDRESS)),
        Some(Some(nonce)) => {
            let (key, proof) = state.sessions.prove_identity(&nonce, &authority.unwrap_or_default());
            Some(Proof { identity_key: hex(&key), proof: hex(&proof) })
        }
    };
    let known = WellKnown {
        identity_sha256: hex(&state.sessions.identity_hash().0),
        authority_sha256: authority.map(|hash| hex(&hash)),
        protocol: ProtocolRange { lowest: protocol::versions::LOWEST, highest: protocol::versions::HIGHEST },
        version: env!("CARGO_PKG_VERSION"),
        proof,
    };
    Ok(Json(known).into_response())
}

fn nonce_of(text: &str) -> Option<[u8; 32]> {
    unhex(text)?.try_into().ok()
}

async fn list(state: &AppState) -> Result<Vec<Prepared>, DownloadError> {
    let configuration = state.configuration.clone();
    let listed = tokio::task::spawn_blocking(move || prepare::list(&configuration)).await;
    listed.unwrap_or_else(|_| Ok(Vec::new()))
}

async fn next_piece(mut file: File) -> io::Result<Option<(Bytes, File)>> {
    let mut piece = vec![0; PIECE_BYTES];
    let read = file.read(&mut piece).await?;
    piece.truncate(read);
    Ok((0 < read).then(|| (Bytes::from(piece), file)))
}

/// "beside-123456.exe" → "beside.exe".
pub(super) fn without_code(name: &str) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name, String::new()),
    };
    match stem.rsplit_once('-') {
        Some((plain, code)) if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{plain}{ending}")
        }
        _ => name.to_owned(),
    }
}

impl From<Prepared> for Download {
    fn from(prepared: Prepared) -> Self {
        Self {
            os: prepared.os,
            file: prepared.file,
            size_bytes: i64::try_from(prepared.size_bytes).unwrap_or(i64::MAX),
            sha256: prepared.sha256,
            version: prepared.version,
            title: prepared.title,
        }
    }
}
