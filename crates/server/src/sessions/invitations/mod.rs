//! Inviting a customer by e-mail or text message: link and code, in the customer's language, sent by the company's own mail
//! server or message service. What becomes of an invitation stands in the session's state, which every console of the operator
//! is told, and in the record, with most of the address hidden.

mod api;
mod delivery;
mod hook;
mod mail;
mod recipient;
mod words;

pub(super) use api::{__path_create_invitation, create_invitation};

use crate::configuration::{Configuration, ConfigurationError};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use hook::Hook;
use mail::Mailer;
use serde::{Deserialize, Serialize};
use std::{num::NonZeroU32, sync::Arc};
use tokio::sync::Semaphore;
use utoipa::ToSchema;
use uuid::Uuid;

/// Invitations of one operator, a minute.
const OF_OPERATOR: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Invitations of one company, a minute.
const OF_COMPANY: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Invitations of one session.
const OF_SESSION: usize = 10;
/// Invitations of the server that are on their way at once.
const ON_THEIR_WAY: usize = 200;

/// How an invitation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum InvitationWay {
    Email,
    Sms,
}

/// What sends invitations.
#[derive(Debug)]
pub(crate) struct Invitations {
    mailer: Option<Mailer>,
    hook: Option<Hook>,
    operators: DefaultKeyedRateLimiter<Uuid>,
    companies: DefaultKeyedRateLimiter<Uuid>,
    on_their_way: Arc<Semaphore>,
}

impl Invitations {
    /// As set. Errors: a file of a secret or a root cannot be read.
    pub(crate) fn open(configuration: &Configuration) -> Result<Self, ConfigurationError> {
        Ok(Self {
            mailer: configuration.mail.as_ref().map(Mailer::open).transpose()?,
            hook: configuration.sms.as_ref().map(Hook::open).transpose()?,
            operators: RateLimiter::keyed(Quota::per_minute(OF_OPERATOR)),
            companies: RateLimiter::keyed(Quota::per_minute(OF_COMPANY)),
            on_their_way: Arc::new(Semaphore::new(ON_THEIR_WAY)),
        })
    }

    /// The ways that are set.
    pub(crate) fn ways(&self) -> Vec<InvitationWay> {
        let email = self.mailer.is_some().then_some(InvitationWay::Email);
        email.into_iter().chain(self.hook.is_some().then_some(InvitationWay::Sms)).collect()
    }
}

impl InvitationWay {
    /// As it stands in the record.
    const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}
