//! From values to what holds.

use super::registry::OptionKey;
use protocol::Permissions;
use store::{
    CompanyId, OperatorId, Reads, StoreError, company_settings, operators,
    option_values::{self, Values},
    sessions::{Asks, Offered},
};

/// How many options there are.
const COUNT: usize = OptionKey::ALL.len();

/// One option of an operator: the department's default, its own value, and which counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effective {
    pub(super) key: OptionKey,
    pub(super) department: bool,
    pub(super) own: Option<bool>,
}

impl Effective {
    /// Its own value, else the department's.
    pub(super) fn value(self) -> bool {
        self.own.unwrap_or(self.department)
    }
}

/// An operator's options.
#[derive(Clone, Debug)]
pub(super) struct OperatorValues {
    pub(super) options: [Effective; COUNT],
    /// 모바일 / 비디오 원격지원 사용 [D-1].
    pub(super) is_mobile: bool,
}

/// What holds in a session: values after bases and precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Holding([bool; COUNT]);

impl Holding {
    /// Whether this option has its effect.
    pub(super) fn is_on(self, key: OptionKey) -> bool {
        OptionKey::ALL.iter().zip(self.0).any(|(each, on)| *each == key && on)
    }
}

/// What a new department starts with. All of it is kept, so that departments that exist stay as they are when an option is added.
pub(crate) fn at_start() -> Values {
    OptionKey::ALL.into_iter().map(|key| (key.name().to_owned(), key.default())).collect()
}

/// A department's default. What it does not keep was added after it: nobody got a right by that, neither by being asked less.
///
/// One that keeps nothing was made by a server of before that still ran beside this one, and meant it to start as all did.
pub(super) fn of_department(department: &Values, key: OptionKey) -> bool {
    let kept = department.get(key.name()).copied();
    kept.unwrap_or_else(|| key.default() && (department.is_empty() || key.asks_customer()))
}

/// Every option of an operator.
pub(super) fn effective(department: &Values, own: &Values) -> [Effective; COUNT] {
    OptionKey::ALL.map(|key| Effective {
        key,
        department: of_department(department, key),
        own: own.get(key.name()).copied(),
    })
}

/// Bases and precedence of requirements §5. `value`: what is set.
pub(super) fn holding(value: impl Fn(OptionKey) -> bool, is_mobile: bool) -> Holding {
    // Only S-11 has bases that themselves depend on something, and those depend on nothing further.
    let alone = |key: OptionKey| {
        let beaten = key.is_beaten_by_view_only() && value(OptionKey::ViewOnly);
        let taken = key.is_mobile() && !is_mobile;
        let set = value(key) || key.included_in().is_some_and(&value);
        set && !beaten && !taken
    };
    Holding(OptionKey::ALL.map(|key| {
        let bases = key.needs();
        alone(key) && (bases.is_empty() || bases.iter().copied().any(alone))
    }))
}

/// What these options offer a customer. S-07 beats S-06 and everything that changes the customer's PC.
pub(super) fn offered(holding: Holding) -> Offered {
    let on = |key| holding.is_on(key);
    let permissions = Permissions {
        view: true,
        control: true,
        chat: on(OptionKey::TextChat),
        control_at_start: on(OptionKey::AutoControl),
        open_urls: on(OptionKey::SendUrl),
        browse_files: on(OptionKey::FetchFile),
        send_files: on(OptionKey::SendFile),
        fetch_files: on(OptionKey::FetchFile),
        change_files: on(OptionKey::TwoWayFileTransfer),
        see_system: on(OptionKey::SystemInfo),
        see_processes: on(OptionKey::ProcessInfo),
        end_processes: on(OptionKey::ProcessInfo),
        capture_screen: on(OptionKey::ScreenCapture),
        open_favourites: on(OptionKey::Favorites),
        draw: on(OptionKey::Drawing),
        customer_draw: on(OptionKey::TwoWayDrawing),
        ask_part: on(OptionKey::PartialShare),
        talk: on(OptionKey::VoiceChat),
        record: on(OptionKey::ScreenRecording),
        record_at_start: on(OptionKey::AutoRecord),
        share_clipboard: on(OptionKey::ClipboardFileTransfer),
        ask_reboot: on(OptionKey::AutoReconnect),
        print: on(OptionKey::RemotePrinter),
        invite: on(OptionKey::InviteOperator),
        show_operator_screen: on(OptionKey::OperatorScreenShare),
        control_operator: on(OptionKey::OperatorScreenControl),
    };
    Offered {
        permissions: if on(OptionKey::ViewOnly) { permissions.view_only() } else { permissions },
        consent_after_operator: on(OptionKey::ConsentBeforeConnect),
        chooses_part: !on(OptionKey::DesktopShare),
        mouse_tracking: on(OptionKey::MouseTracking),
        files_in_viewer: on(OptionKey::FileTransferInViewer),
        // Of the company's settings, not of the options.
        recording_required: false,
        asks: Asks {
            manual_reboot: on(OptionKey::ManualReboot),
            safe_mode_reconnect: on(OptionKey::SafeModeReconnect),
            shown_uac: !on(OptionKey::KeepUac),
            always_relay: on(OptionKey::AlwaysRelay),
        },
        second_unasked: !on(OptionKey::ConsentBeforeInvite),
        plain_capture: !on(OptionKey::DriverMode),
    }
}

/// What an operator's session may offer its customer: the operator's own options, else the department's.
pub(crate) async fn resolve(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<Offered, StoreError> {
    let offered = offered(load(company, on, operator).await?.holding());
    let settings = company_settings::find(company, on).await?;
    Ok(Offered { recording_required: !settings.continue_without_recording, ..offered })
}

/// Whether one option holds for an operator.
pub(crate) async fn holds(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
    key: OptionKey,
) -> Result<bool, StoreError> {
    Ok(load(company, on, operator).await?.holding().is_on(key))
}

/// Every option of an operator, from the store.
pub(super) async fn load(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<OperatorValues, StoreError> {
    let operator = operators::find(company, on, operator).await?;
    let defaults = option_values::of_department(company, on, operator.department).await?;
    let own = option_values::of_operator(company, on, operator.id).await?;
    Ok(OperatorValues { options: effective(&defaults, &own), is_mobile: operator.is_mobile })
}

impl OperatorValues {
    /// What holds of them.
    pub(super) fn holding(&self) -> Holding {
        let value = |key| self.options.iter().any(|option| option.key == key && option.value());
        holding(value, self.is_mobile)
    }
}
