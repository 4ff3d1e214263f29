//! Where the configuration comes from. While the server runs, its file is looked at, and a changed address holds at once [O-4];
//! whatever else was changed waits for the next start, and that is said.

use super::Flags;
use crate::{configuration::Configuration, downloads, state::AppState};
use std::{
    path::PathBuf,
    time::{Duration, SystemTime},
};

/// How often the file is looked at.
const LOOK: Duration = Duration::from_secs(2);

/// File and flags.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) file: Option<PathBuf>,
    pub(super) flags: Flags,
}

impl Source {
    /// Follows the file until the server ends.
    pub(super) async fn follow(self, state: AppState) {
        let mut seen = self.changed();
        let mut looks = tokio::time::interval(LOOK);
        while state.shutdown.run_until_cancelled(looks.tick()).await.is_some() {
            let now = self.changed();
            if now == seen || now.is_none() {
                continue;
            }
            seen = now;
            match Configuration::load(self.file.as_deref(), &self.flags) {
                Ok(configuration) => take(&state, configuration).await,
                Err(error) => tracing::error!(error = %error, "Settings file not taken"),
            }
        }
    }

    fn changed(&self) -> Option<SystemTime> {
        let file = self.file.as_ref()?;
        file.metadata().and_then(|about| about.modified()).ok()
    }
}

async fn take(state: &AppState, mut configuration: Configuration) {
    // Port 0 was any.
    configuration.listen = state.configuration.listen;
    let moved = match state.address.move_to(&configuration) {
        Ok(moved) => moved,
        Err(error) => return tracing::error!(error = %error, "Address not changed"),
    };
    if !moved {
        return tracing::warn!("Settings file changed: what it says holds from the next start");
    }
    tracing::info!(url = state.address.origin(), "Address changed");
    let (state, identity) = (state.clone(), state.sessions.identity_hash());
    let prepared = tokio::task::spawn_blocking(move || {
        let authority = state.authority.as_ref();
        downloads::prepare_anew(&state.configuration, &state.address, identity, authority)
    });
    match prepared.await {
        Ok(Ok(())) => tracing::info!("Downloads prepared anew"),
        Ok(Err(error)) => tracing::error!(error = %error, "Downloads not prepared anew"),
        Err(error) => tracing::error!(error = %error, "Downloads not prepared anew"),
    }
}
