//! Where the customer's side stands. Each state owns what exists only then: a grant to capture is made from
//! [`Connecting`] and [`Sharing`] alone, and both of them from a consent and a verified policy.

use bytes::Bytes;
use protocol::{
    CompanyId, Fingerprint, OperatorId, Permissions, SessionId,
    policy::{TrustedKey, VerifiedPolicy},
};

use super::{ConnectionNo, Ending, Host, control::Control, input_order::InputOrder};
use crate::Timestamp;

/// The states.
#[derive(Debug)]
pub(super) enum State {
    /// Code or token are on their way to the server.
    Joining,
    /// Welcome was said; nobody may ask for consent yet (S-02).
    Waiting(Member),
    /// The question stands; with S-02 off also while no operator is there.
    Asking(Member),
    /// Agreed, and no peer connection.
    Agreed(Member, Consent),
    /// A policy was taken; its peer connection comes up.
    Connecting(Box<Connecting>),
    /// The picture is shared.
    Sharing(Box<Sharing>),
    /// Over.
    Ended(Ending),
}

/// What Welcome told.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) session_id: SessionId,
    pub(super) host: Host,
    pub(super) consent_after_operator: bool,
    pub(super) offered: Permissions,
    pub(super) key: TrustedKey,
    pub(super) operator: Option<Operator>,
    /// The highest revision of a policy taken so far.
    pub(super) revision: u64,
    /// Of the first policy taken; every later one must be the same's.
    pub(super) company_id: Option<CompanyId>,
}

impl Member {
    /// The operator's name, once known.
    pub(super) fn operator_name(&self) -> Option<String> {
        self.operator.as_ref().map(|operator| operator.name.clone()).filter(|name| !name.is_empty())
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Operator {
    pub(super) id: OperatorId,
    pub(super) name: String,
}

/// The customer's own Yes. Made where the customer's press arrives, and nowhere else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Consent {
    /// What was agreed to, control and what goes with it included where the bar can switch them on.
    agreed: Permissions,
    control: bool,
}

impl Consent {
    /// The customer agreed to `chosen`, of which `offered` is the limit.
    pub(super) fn given(chosen: Permissions, offered: Permissions) -> Self {
        let agreed = chosen.intersect(offered);
        Self { agreed, control: agreed.control }
    }

    /// The customer switched control on or off in the bar.
    pub(super) fn with_control(self, allowed: bool) -> Self {
        Self { control: allowed, ..self }
    }

    /// Who does not allow control allows nothing else that changes this machine either.
    pub(super) fn permissions(self) -> Permissions {
        if self.control { Permissions { control: true, ..self.agreed } } else { self.agreed.view_only() }
    }
}

/// A connection that comes up.
#[derive(Debug)]
pub(super) struct Connecting {
    pub(super) member: Member,
    pub(super) consent: Consent,
    pub(super) policy: VerifiedPolicy,
    pub(super) connection: ConnectionNo,
    pub(super) console: Fingerprint,
    pub(super) since: Timestamp,
    pub(super) relayed: Option<bool>,
    pub(super) control_open: bool,
    pub(super) screen_open: bool,
    /// The first picture is being made.
    pub(super) prepared: bool,
    /// Messages that came on "control" before everything was open.
    pub(super) early: Vec<Bytes>,
}

/// A connection that stands.
#[derive(Debug)]
pub(super) struct Sharing {
    pub(super) member: Member,
    pub(super) consent: Consent,
    pub(super) policy: VerifiedPolicy,
    pub(super) connection: ConnectionNo,
    pub(super) console: Fingerprint,
    pub(super) control: Control,
    pub(super) input: InputOrder,
}

impl Connecting {
    /// Policy and customer, never one alone (Y-1).
    pub(super) fn permissions(&self) -> Permissions {
        self.policy.policy().permissions.intersect(self.consent.permissions())
    }
}

impl Sharing {
    /// Policy and customer, never one alone (Y-1).
    pub(super) fn permissions(&self) -> Permissions {
        self.policy.policy().permissions.intersect(self.consent.permissions())
    }
}

impl State {
    pub(super) fn member_mut(&mut self) -> Option<&mut Member> {
        match self {
            Self::Joining | Self::Ended(_) => None,
            Self::Waiting(member) | Self::Asking(member) | Self::Agreed(member, _) => Some(member),
            Self::Connecting(connecting) => Some(&mut connecting.member),
            Self::Sharing(sharing) => Some(&mut sharing.member),
        }
    }

    pub(super) fn connection(&self) -> Option<ConnectionNo> {
        match self {
            Self::Connecting(connecting) => Some(connecting.connection),
            Self::Sharing(sharing) => Some(sharing.connection),
            _ => None,
        }
    }
}
