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
    /// S-14 off: the customer chooses what is shared before anything is.
    pub(super) chooses_part: bool,
    /// The company supports nobody who refuses to be recorded.
    pub(super) recording_required: bool,
    /// Customers who ask get a copy of what was recorded.
    pub(super) recording_copies: bool,
    /// S-09: the customer restarts the machine by hand.
    pub(super) reboots_by_hand: bool,
    /// Options that change nothing here, by their keys.
    pub(super) not_in_effect: Vec<String>,
    /// The record says so.
    pub(super) said_not_in_effect: bool,
    /// S-10 off: nobody is asked whether another operator may come in.
    pub(super) second_unasked: bool,
    /// S-04: how the screen is captured at first.
    pub(super) capture: super::capture_mode::Capture,
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

/// The customer's own Yes. Made where the customer's press arrives, and changed by their presses alone (`rights.rs`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Consent {
    /// What Welcome offered: nothing is ever given beyond it.
    pub(super) limit: Permissions,
    /// What is given now.
    pub(super) rights: Permissions,
    /// What went with control, and comes back with it.
    pub(super) with_control: Permissions,
    /// The screen was to be seen when the customer agreed; whether it is now, `rights` says.
    pub(super) opened: bool,
    /// The customer holds everything up but the chat.
    pub(super) paused: bool,
}

impl Consent {
    /// The customer agreed to `chosen`, of which `offered` is the limit. Who does not allow control allows nothing else that
    /// changes this machine either.
    pub(super) fn given(chosen: Permissions, offered: Permissions) -> Self {
        let agreed = chosen.intersect(offered);
        let rights = if agreed.control { agreed } else { agreed.view_only() };
        Self {
            limit: offered,
            rights,
            with_control: agreed.without(rights),
            opened: rights.view,
            paused: false,
        }
    }

    /// What is given, whether it is held up or not.
    pub(super) fn permissions(self) -> Permissions {
        self.rights
    }

    pub(super) fn is_paused(self) -> bool {
        self.paused
    }

    /// What `policy` and customer allow at this moment.
    pub(super) fn within(self, policy: Permissions) -> Permissions {
        let granted = policy.intersect(self.rights);
        if self.paused { granted.while_paused() } else { granted }
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
    /// Nobody looks at the console's picture.
    pub(super) hidden: bool,
    /// Capture was granted on this connection.
    pub(super) begun: bool,
}

impl Connecting {
    /// Policy and customer, never one alone (Y-1).
    pub(super) fn permissions(&self) -> Permissions {
        self.consent.within(self.policy.policy().permissions)
    }
}

impl Sharing {
    /// Policy and customer, never one alone (Y-1).
    pub(super) fn permissions(&self) -> Permissions {
        self.consent.within(self.policy.policy().permissions)
    }

    /// The same as if nothing were held up.
    pub(super) fn granted(&self) -> Permissions {
        self.policy.policy().permissions.intersect(self.consent.rights)
    }

    /// What the customer could give: the policy, within what Welcome offered.
    pub(super) fn could(&self) -> Permissions {
        self.policy.policy().permissions.intersect(self.consent.limit)
    }

    /// With what the share begins: one that the customer once agreed to is opened also while they hold the picture.
    pub(super) fn at_start(&self) -> Permissions {
        let view = self.policy.policy().permissions.view && self.consent.opened;
        Permissions { view, ..self.permissions() }
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

    /// The customer's own word, once given.
    pub(super) fn consent_mut(&mut self) -> Option<&mut Consent> {
        match self {
            Self::Agreed(_, consent) => Some(consent),
            Self::Connecting(connecting) => Some(&mut connecting.consent),
            Self::Sharing(sharing) => Some(&mut sharing.consent),
            _ => None,
        }
    }

    /// What the customer could give: what Welcome offered, within the policy of the connection.
    pub(super) fn could(&self) -> Option<Permissions> {
        match self {
            Self::Agreed(_, consent) => Some(consent.limit),
            Self::Connecting(connecting) => {
                Some(connecting.policy.policy().permissions.intersect(connecting.consent.limit))
            }
            Self::Sharing(sharing) => Some(sharing.could()),
            _ => None,
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
