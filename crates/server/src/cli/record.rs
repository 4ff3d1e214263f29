//! `beside-server record`: one session's record as a file, and its check on any machine [Y-2].

use crate::{
    captures,
    clock::now_ms,
    configuration::Configuration,
    records,
    secrets::{hex, unhex},
    sessions::Keys,
    whole_file,
};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use protocol::IdentityHash;
use serde_json::json;
use std::{
    fs::File,
    io::{BufReader, Read as _},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use store::{CompanyId, SessionId, Store, StoreError, chain::Hash, companies, sessions, usage_log};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write everything of one session's record into a file that anybody can check
    Export {
        /// The session, as it stands in the address of the record's page
        #[arg(value_name = "ID")]
        id: uuid::Uuid,
        /// Where to; where not given: beside-record-ID.jsonl in this folder
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Check such a file: without a server, a database or settings
    Verify(Verify),
    /// Print the fingerprint of this server's key, for whoever checks its records
    Key,
}

/// What is checked against what.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The exported record
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Recordings and video files that were saved from the record's page, to be compared with what the record tells of them
    #[arg(value_name = "RECORDING")]
    recordings: Vec<PathBuf>,
    /// Fingerprint of the server's key, as `beside-server record key` printed it there; may be repeated
    #[arg(long = "key", value_name = "FINGERPRINT", required = true, value_parser = key)]
    keys: Vec<IdentityHash>,
    /// The hash on the customer's receipt
    #[arg(long, value_name = "HASH", value_parser = hash)]
    receipt: Option<Hash>,
}

impl Command {
    pub(super) async fn run(&self, configuration: Configuration) -> anyhow::Result<ExitCode> {
        match self {
            Self::Export { id, out } => export(&configuration, (*id).into(), out.as_ref()).await,
            Self::Verify(verify) => verify.run(),
            Self::Key => {
                // Without the spaces for people: it is copied into another command.
                super::print(&hex(&open_keys(&configuration)?.identity_hash().0));
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Verify {
    /// Exits with 0 only where everything holds.
    pub(super) fn run(&self) -> anyhow::Result<ExitCode> {
        let name = || self.file.display().to_string();
        let file = File::open(&self.file).with_context(name)?;
        let mut bytes = Vec::new();
        // One more than is looked at, so that a larger one is seen to be that.
        file.take(records::LARGEST_BUNDLE_BYTES + 1).read_to_end(&mut bytes).with_context(name)?;
        match records::verify_bundle(&bytes, &self.keys, self.receipt) {
            Ok(verdict) => {
                super::print(&verdict.to_string());
                let mut whole = true;
                for path in &self.recordings {
                    let name = || path.display().to_string();
                    let mut file = BufReader::new(File::open(path).with_context(name)?);
                    let compared = records::compare_with_bundle(&mut file, &verdict).with_context(name)?;
                    super::print(&format!("{}: {compared}", name()));
                    whole &= compared.is_whole();
                }
                Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
            }
            Err(fault) => {
                super::print(&format!("not whole: {fault}"));
                Ok(ExitCode::FAILURE)
            }
        }
    }
}

async fn export(
    configuration: &Configuration,
    id: SessionId,
    out: Option<&PathBuf>,
) -> anyhow::Result<ExitCode> {
    let store = Store::open(&configuration.database_url()).await?;
    let company = company_of(&store, id).await?.with_context(|| format!("there is no session {id}"))?;
    let now = now_ms();
    let keys = Arc::new(open_keys(configuration)?);
    let key = keys.record(u64::try_from(now).unwrap_or_default())?;
    let mut bundle = records::make_bundle(company, &store, id, &key).await?;
    let mut text = std::mem::take(&mut bundle.text);
    let vault = captures::Vault::open(&configuration.data, keys);
    for capture in &bundle.captures {
        text.push_str(&bundle.line_of(&vault, capture).await?);
    }
    let body = json!({ "role": "owner", "detail": { "session": id } }).to_string();
    let write = store.write(company).await?;
    usage_log::append(&write, usage_log::NewLine { kind: "records.bundle", at_ms: now, body: &body }).await?;
    write.commit().await?;
    let out = out.cloned().unwrap_or_else(|| PathBuf::from(format!("beside-record-{id}.jsonl")));
    whole_file::write_private(&out, text.as_bytes()).with_context(|| out.display().to_string())?;
    super::print(&out.display().to_string());
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn company_of(store: &Store, id: SessionId) -> Result<Option<CompanyId>, StoreError> {
    for company in companies::list(store).await? {
        match sessions::find(company.id, store, id).await {
            Ok(_) => return Ok(Some(company.id)),
            Err(StoreError::Missing) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}

fn open_keys(configuration: &Configuration) -> anyhow::Result<Keys> {
    configuration.make_data_folder()?;
    Ok(Keys::open(&configuration.data.join("keys"), u64::try_from(now_ms()).unwrap_or_default())?)
}

fn key(given: &str) -> Result<IdentityHash, String> {
    IdentityHash::from_text(given).ok_or_else(|| "64 hexadecimal digits".to_owned())
}

/// Spaces, as people copy them, count for nothing.
fn hash(given: &str) -> Result<Hash, String> {
    let digits: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = unhex(&digits).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| "64 hexadecimal digits".to_owned())
}
