//! `beside-server serve`.

use super::source::Source;
use crate::{
    address::Address, clock::now_ms, configuration::Configuration, downloads, logs, recordings, records,
    router, serve, sessions::Keys, state::AppState, statistics, tls, usage_log,
};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::process::ExitCode;
use store::Store;
use tokio::net::TcpListener;

/// How the server is run.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Serve {
    /// Print one line of JSON on standard output once the server listens
    #[arg(long)]
    json_ready: bool,
}

impl Serve {
    /// `source`: where the configuration came from, and comes from again when its file changes.
    pub(super) async fn run(
        self,
        mut configuration: Configuration,
        source: Source,
    ) -> anyhow::Result<ExitCode> {
        configuration.make_data_folder().with_context(|| configuration.data.display().to_string())?;
        let _log = logs::start(&configuration)?;
        let store = Store::open(&configuration.database_url()).await?;
        let listener = TcpListener::bind(configuration.listen)
            .await
            .with_context(|| format!("configuration: listen: {}", configuration.listen))?;
        // Port 0 was any: from here on it is the real one.
        configuration.listen = listener.local_addr()?;
        let address = Address::open(&configuration)?;
        let tls::Tls { acceptor, authority, renewal } = tls::prepare(&configuration, &address)?;
        let keys = Keys::open(&configuration.data.join("keys"), u64::try_from(now_ms()).unwrap_or_default())?;
        let identity = keys.identity_hash().to_text();
        if let Some(app) = &configuration.customer_app {
            downloads::prepare(&configuration, &address, keys.identity_hash(), authority.as_ref(), app)?;
        }
        // The address may be another one than when they were prepared.
        downloads::prepare_anew(&configuration, &address, keys.identity_hash(), authority.as_ref())?;
        let state = AppState::new(store, configuration, address, authority, keys)?;
        state.sessions.restore().await?;
        let app = router::app(state.clone());
        let listening = state.address.origin();
        tracing::info!(address = %state.configuration.listen, url = listening, identity, "Server started");
        if let Some(authority) = &state.authority {
            tracing::info!(
                authority = authority.fingerprint(),
                url = format!("{listening}/ca"),
                "Own authority: browsers compare its fingerprint"
            );
        }
        if self.json_ready {
            super::print(
                &json!({ "listening": listening, "address": state.configuration.listen }).to_string(),
            );
        }
        let ending = state.shutdown.clone();
        state.tasks.spawn(async move {
            tokio::select! {
                () = asked_to_end() => ending.cancel(),
                () = ending.cancelled() => {}
            }
        });
        state.tasks.spawn(usage_log::repeat_heads(state.clone()));
        state.tasks.spawn(source.follow(state.clone()));
        state.tasks.spawn(records::expire(state.clone()));
        state.tasks.spawn(recordings::tend(state.clone()));
        state.tasks.spawn(recordings::make_films(state.clone()));
        state.tasks.spawn(statistics::move_statistics(state.clone()));
        if let Some(renewal) = renewal {
            state.tasks.spawn(renewal.run(state.shutdown.clone()));
        }
        serve::run(listener, acceptor, state.clone(), app).await;
        state.store.clone().close().await?;
        tracing::info!("Server ended");
        Ok(ExitCode::SUCCESS)
    }
}

/// Ctrl+C, or what a service manager sends.
async fn asked_to_end() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(error = %error, "Ctrl+C cannot be watched");
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::error!(error = %error, "SIGTERM cannot be watched");
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
