//! What every handler can reach.

use crate::{
    address::Address,
    admission::Rechecks,
    captures::Vault,
    configuration::{Configuration, ConfigurationError},
    passwords::Passwords,
    presence::Presence,
    recordings,
    records::Searches,
    sessions::{Invitations, Keys, Sessions},
    sheets::Turns,
    statistics::ZoneChanges,
    throttle::Throttle,
    tls::Authority,
};
use std::{num::NonZeroU32, ops::Deref, sync::Arc};
use store::Store;
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Attempts with an activation link, a minute and address.
const ACTIVATIONS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(20).unwrap();
/// Requests by tokens, a minute and address.
const TOKEN_REQUESTS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(600).unwrap();

/// Pages on which customers see an operator's computer, a minute and address; each comes back after a lost link.
const VIEWERS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Questions after a session and their answers, a minute and address.
const SURVEYS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Questions for copies of recordings, a minute and address; a page asks six times.
const COPIES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Copies that are fetched, a minute and address.
const COPY_FILES_PER_MINUTE: NonZeroU32 = NonZeroU32::new(30).unwrap();
/// Copies that are fetched at once: each holds a part of a file in memory, also where nobody reads it.
const COPY_FILES: usize = 64;
/// Lines about sign-ins used from addresses that are not allowed, a minute and address.
const ADDRESS_REFUSALS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(1).unwrap();

/// Why the parts do not fit together.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StateError {
    /// A file that the settings name.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
}

/// The server as handlers see it. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct AppState(Arc<Inner>);

/// See [`AppState`].
#[derive(Debug)]
pub(crate) struct Inner {
    /// Everything kept.
    pub(crate) store: Store,
    /// Where it is reached.
    pub(crate) address: Address,
    /// How this server is set.
    pub(crate) configuration: Configuration,
    /// The server's own certificate authority, where TLS is by it.
    pub(crate) authority: Option<Authority>,
    /// Hashes and checks passwords.
    pub(crate) passwords: Passwords,
    /// Sign-ins per address.
    pub(crate) sign_ins: Throttle,
    /// Attempts with activation links per address.
    pub(crate) activations: Throttle,
    /// What is logged of sign-ins that are used from elsewhere.
    pub(crate) address_refusals: Throttle,
    /// Calls what stays open to look whether its sign-in holds.
    pub(crate) rechecks: Rechecks,
    /// Requests by tokens per address.
    pub(crate) token_requests: Throttle,
    /// Pages on which customers see an operator's computer [F-15] per address.
    pub(crate) viewers: Throttle,
    /// Questions after a session and their answers per address.
    pub(crate) surveys: Throttle,
    /// Questions for copies of recordings per address.
    pub(crate) copies: Throttle,
    /// Copies that are fetched per address.
    pub(crate) copy_files: Throttle,
    /// Room for another copy that is fetched.
    pub(crate) copy_turns: Arc<Semaphore>,
    /// Operators whose console is open.
    pub(crate) presence: Presence,
    /// Searches of records that were noted.
    pub(crate) searches: Searches,
    /// Calls for statistics to be moved to another time zone.
    pub(crate) zone_changes: ZoneChanges,
    /// Files of tables that are made.
    pub(crate) exports: Turns,
    /// What sends invitations to customers.
    pub(crate) invitations: Invitations,
    /// Live sessions, and the keys that vouch for them.
    pub(crate) sessions: Sessions,
    /// Files of pictures that are kept of sessions.
    pub(crate) captures: Vault,
    /// Files of recordings of sessions.
    pub(crate) recordings: recordings::Vault,
    /// Fires when the server goes down; long-lived connections end by it.
    pub(crate) shutdown: CancellationToken,
    /// Work that outlives its request and that the server waits for before it ends.
    pub(crate) tasks: TaskTracker,
}

impl AppState {
    /// Puts the parts together.
    pub(crate) fn new(
        store: Store,
        configuration: Configuration,
        address: Address,
        authority: Option<Authority>,
        keys: Keys,
    ) -> Result<Self, StateError> {
        let shutdown = CancellationToken::new();
        let (presence, rechecks) = (Presence::default(), Rechecks::default());
        let sessions = Sessions::new(
            store.clone(),
            keys,
            configuration.customer_away,
            shutdown.clone(),
            presence.clone(),
            rechecks.clone(),
        );
        Ok(Self(Arc::new(Inner {
            address,
            authority,
            passwords: Passwords::new(),
            sign_ins: Throttle::per_minute(configuration.sign_ins_per_minute),
            activations: Throttle::per_minute(ACTIVATIONS_PER_MINUTE),
            address_refusals: Throttle::per_minute(ADDRESS_REFUSALS_PER_MINUTE),
            token_requests: Throttle::per_minute(TOKEN_REQUESTS_PER_MINUTE),
            viewers: Throttle::per_minute(VIEWERS_PER_MINUTE),
            surveys: Throttle::per_minute(SURVEYS_PER_MINUTE),
            copies: Throttle::per_minute(COPIES_PER_MINUTE),
            copy_files: Throttle::per_minute(COPY_FILES_PER_MINUTE),
            copy_turns: Arc::new(Semaphore::new(COPY_FILES)),
            searches: Searches::default(),
            zone_changes: ZoneChanges::default(),
            invitations: Invitations::open(&configuration)?,
            exports: Turns::new(configuration.data.join("exports")),
            captures: Vault::new(&configuration.data, sessions.clone()),
            recordings: recordings::Vault::new(&configuration.data, sessions.clone()),
            sessions,
            presence,
            rechecks,
            shutdown,
            tasks: TaskTracker::new(),
            store,
            configuration,
        })))
    }
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
