//! `beside-server openapi`: the contract that the web's types are made from.

use anyhow::Context as _;
use std::process::ExitCode;

pub(super) fn print() -> anyhow::Result<ExitCode> {
    super::print(&contract()?);
    Ok(ExitCode::SUCCESS)
}

/// The contract as it lies in `web/openapi.json`, without the last line end.
pub(crate) fn contract() -> anyhow::Result<String> {
    let (_, contract) = crate::router::api();
    contract.to_pretty_json().context("contract")
}
