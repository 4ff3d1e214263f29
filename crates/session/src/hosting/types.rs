//! What goes into and comes out of the server's machine of one session.

use std::time::Duration;

use protocol::{CompanyId, Fingerprint, Nonce, OperatorId, Permissions, SessionId, wire};

use super::{Invited, ReversedEnd, ReversedFact, ReversedOrder, SecondFact};
use crate::Timestamp;

/// What is settled when the operator presses New session.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The session.
    pub session_id: SessionId,
    /// Whose it is.
    pub company_id: CompanyId,
    /// Who made it.
    pub operator_id: OperatorId,
    /// The operator's name, as customers see it.
    pub operator_name: String,
    /// What the operator's options allow.
    pub offered: Permissions,
    /// S-02.
    pub consent_after_operator: bool,
    /// S-14 off.
    pub chooses_part: bool,
    /// What the operator's console starts with (S-05, S-08). No machine of ours decides by it.
    pub defaults: wire::SessionDefaults,
    /// Whoever refuses to be recorded is not supported (G-2).
    pub recording_required: bool,
    /// What the options ask beside permissions, by their keys (`Welcome.options`).
    pub options: Vec<String>,
    /// S-10 off.
    pub second_unasked: bool,
    /// S-04 off.
    pub plain_capture: bool,
    /// When the session was made, epoch milliseconds.
    pub created_at_ms: u64,
}

/// Which program the customer uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The customer app.
    App,
    /// The page.
    Browser,
}

impl Kind {
    /// As consoles are told.
    #[must_use]
    pub fn to_wire(self) -> wire::customer_hello::Kind {
        match self {
            Self::App => wire::customer_hello::Kind::App,
            Self::Browser => wire::customer_hello::Kind::Browser,
        }
    }
}

/// One of the two sides of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The app or the page.
    Customer,
    /// The console.
    Operator,
}

/// A customer who redeemed a code or a resume token.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// App or page.
    pub kind: Kind,
    /// What its machine tells.
    pub machine: wire::Machine,
    /// Of this run; an app has one.
    pub nonce: Option<Nonce>,
    /// Of this run; an app has one.
    pub fingerprint: Option<Fingerprint>,
}

/// What the database knew of a session when the server started.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The customer, once joined.
    pub customer: Option<Arrival>,
    /// What the customer agreed to.
    pub consented: Option<Permissions>,
    /// Console and customer were connected, and may still be.
    pub connected: bool,
    /// The console's certificate that the last policy named.
    pub console: Option<Fingerprint>,
}

/// Everything that can happen on the server's side.
#[derive(Clone, Debug)]
pub enum Input {
    /// A customer redeemed a code of this session.
    CustomerJoined(Arrival),
    /// A customer came back with the resume token.
    CustomerResumed(Arrival),
    /// The customer's socket said something after its Hello.
    CustomerSays(wire::customer_to_server::Body),
    /// The customer's socket is gone.
    CustomerGone,
    /// The app at the door (see [`Output::WelcomeApp`]) said something after its Hello.
    AppSays(wire::customer_to_server::Body),
    /// Its socket is gone.
    AppGone,
    /// A console of this operator opened the session, perhaps once more.
    ConsoleOpened,
    /// The console that has the session open said something.
    ConsoleSays(wire::console_to_server::Body),
    /// Its socket is gone.
    ConsoleGone,
    /// The sign-in of the consoles so far is over, and the operator has another one: none of them has anything of the
    /// customer any more, whether its socket is gone or not. The session waits for the next console.
    ConsoleOver,
    /// The invited operator accepts (F-18).
    SecondAccepts(OperatorId),
    /// This one withdraws the invitation, declines it, leaves, or sends the second operator away.
    SecondGoes(OperatorId),
    /// A console of the second operator opened the session.
    SecondOpened,
    /// The second operator's console said something.
    SecondSays(wire::console_to_server::Body),
    /// Its socket is gone.
    SecondConsoleGone,
    /// The second operator's sign-in is over.
    SecondOver,
    /// What the second operator's options allow at this moment.
    SecondOptions(Permissions),
    /// The customer sees the operator's computer of this name (F-15).
    ReversedStarted {
        /// As it tells.
        host_name: String,
    },
    /// The session in which they do is over, or the operator does not want it any more.
    ReversedOver(ReversedEnd),
    /// The server itself ends the session: cancelled, signed out, deleted.
    End(wire::EndReason),
    /// The session has a new code, whose time begins now; the one before it works no more.
    CodeMade(Duration),
    /// An event of a side was written, for the first time.
    EventKept {
        /// Whose.
        side: Side,
        /// What it takes in the record.
        bytes: u64,
    },
    /// What the operator's options allow at this moment; never more than was offered counts.
    Options(Permissions),
    /// The policy of [`Output::Renew`] could not be signed.
    NotSigned,
    /// A line of [`Output::Record`] could not be written. What was to follow it is not done.
    NotKept,
    /// A moment that [`Output::WakeAt`] asked for has come.
    Tick,
}

/// What a policy is to say; the shell adds revision and time, and signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDraft {
    /// For whom.
    pub operator_id: OperatorId,
    /// The app's run.
    pub nonce: Nonce,
    /// The app's certificate.
    pub customer_fingerprint: Fingerprint,
    /// The console's certificate.
    pub console_fingerprint: Fingerprint,
    /// The operator's options; the app cuts them to the consent.
    pub permissions: Permissions,
}

/// One thing for the shell to do, in order.
#[derive(Clone, Debug)]
pub enum Output {
    /// Greet the customer: Welcome, how far events are kept, a fresh resume token.
    Welcome {
        /// What is offered to this kind of customer.
        offered: Permissions,
        /// The customer had agreed already.
        resumed: bool,
    },
    /// Send to the customer.
    ToCustomer(wire::server_to_customer::Body),
    /// Send to the console that has the session open.
    ToConsole(wire::server_to_console::Body),
    /// Sign a policy and pass the console's offer on with it. No draft: a page, which obeys no commands.
    Offer {
        /// The console's offer.
        description: wire::SessionDescription,
        /// The policy.
        draft: Option<PolicyDraft>,
    },
    /// Sign a new policy for the running connection.
    Renew(PolicyDraft),
    /// Send to the second operator's console (F-18).
    ToSecond(wire::server_to_console::Body),
    /// Sign a policy for the second operator and pass their console's offer on with it.
    SecondOffer {
        /// The console's offer.
        description: wire::SessionDescription,
        /// The policy; none for a page.
        draft: Option<PolicyDraft>,
        /// Whose it is.
        operator_id: OperatorId,
        /// Their name.
        name: String,
        /// What the policy says, or a page is told.
        permissions: Permissions,
    },
    /// Sign a new policy for the second operator's connection.
    SecondRenew {
        /// The policy.
        draft: PolicyDraft,
        /// Whose it is.
        name: String,
    },
    /// Tell the consoles of both operators ([`super::Hosting::second_told`]), or what became of it.
    SecondMoved(wire::second::State),
    /// Begin or end the session in which the customer controls the operator's computer (F-15).
    Reversed(ReversedOrder),
    /// Tell the operator's consoles where that stands.
    ReversedMoved(wire::reversed_state::Stage),
    /// Make a second code of this session and send it to the page (Y-6).
    MakeAppCode,
    /// Write a line of the record. An event of a side is answered with EventsKept afterwards.
    Record(Fact),
    /// Keep where the session stands, and tell every console of the operator.
    Moved(Stage),
    /// Whoever arrived last has no place here: say so, and close its socket.
    RefuseArrival,
    /// Greet the app that arrived, and let it stand at the door: the page stays the customer.
    WelcomeApp {
        /// What is offered to the app.
        offered: Permissions,
    },
    /// Send to the app at the door.
    ToApp(wire::server_to_customer::Body),
    /// Close its socket, after what was sent.
    DismissApp,
    /// The app at the door is the customer from here on. Tell the page, and close its socket.
    TakeOver,
    /// The session is over: close both sides. Its last line, [`Fact::Ended`], has sealed the record.
    Close,
    /// Come back at this moment; replaces the one asked for before.
    WakeAt(Timestamp),
}

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The code is out.
    Waiting,
    /// A customer is there and has not agreed.
    Joined,
    /// Agreed; no connection yet, or a new one comes up.
    Connecting,
    /// Console and customer are connected.
    Active,
    /// The customer is away and may come back.
    Away,
    /// Over.
    Ended(wire::EndReason),
}

impl Stage {
    /// As consoles are told.
    #[must_use]
    pub fn to_wire(self) -> wire::session_state::Stage {
        use wire::session_state::Stage as Wire;
        match self {
            Self::Waiting => Wire::Waiting,
            Self::Joined => Wire::Joined,
            Self::Connecting => Wire::Connecting,
            Self::Active => Wire::Active,
            Self::Away => Wire::Away,
            Self::Ended(_) => Wire::Ended,
        }
    }
}

/// A line of the record.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A customer joined.
    CustomerJoined {
        /// App or page.
        kind: Kind,
    },
    /// The app took over from the page (Y-6).
    AppTookOver,
    /// The customer's signalling went away.
    CustomerAway,
    /// The customer came back.
    CustomerReturned,
    /// The operator opened the session in a console.
    OperatorJoined,
    /// The console's signalling went away.
    OperatorLeft,
    /// The customer agreed, to this (S-02: the press is a line).
    Consented(Permissions),
    /// The customer declined.
    Declined,
    /// The console's offer was passed on under a policy.
    PolicySigned {
        /// What the policy allows.
        permissions: Permissions,
        /// The console's certificate, which the policy names.
        console: Fingerprint,
    },
    /// Another operator was invited, came or went (F-18).
    Second {
        /// What happened.
        fact: SecondFact,
        /// To whom.
        who: Invited,
    },
    /// The second operator's offer was passed on under a policy of their own.
    SecondPolicySigned {
        /// Whose.
        operator_id: OperatorId,
        /// What the policy allows.
        permissions: Permissions,
        /// The console's certificate, which the policy names.
        console: Fingerprint,
    },
    /// The customer controls the operator's computer, or does not any more (F-15).
    Reversed(ReversedFact),
    /// The customer's side reports.
    FromCustomer(wire::Event),
    /// The console reports.
    FromConsole(wire::Event),
    /// The record has no more room for this side: nothing that it reports is written any more.
    EventsRefused {
        /// Which one.
        side: Side,
    },
    /// The end.
    Ended(wire::EndReason),
}

/// How long the machine waits for what; the company's settings may shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For a customer, from now: what is left of the code's time.
    pub code: Duration,
    /// For consent.
    pub consent: Duration,
    /// For an absent customer.
    pub customer: Duration,
    /// For an absent console.
    pub console: Duration,
}

impl Waits {
    /// The protocol's own limits, with `code` left of the code's time.
    #[must_use]
    pub fn with_code(code: Duration) -> Self {
        use protocol::limits;
        Self {
            code,
            consent: limits::CONSENT_WAIT,
            customer: limits::CUSTOMER_AWAY,
            console: limits::CONSOLE_AWAY,
        }
    }
}
