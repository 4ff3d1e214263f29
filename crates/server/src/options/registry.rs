//! Which options there are (requirements §5), how a new department starts, and how they depend on each other.

/// The three tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OptionTable {
    /// 기능옵션: what the operator may use.
    Features,
    /// 설정옵션: how it behaves.
    Behaviour,
    /// 모바일 기능옵션: phones and tablets.
    Mobile,
}

/// What an option does in this release. Each is set, inherited and exported, whether something obeys it yet or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The session's policy, or what the customer is asked, follows it.
    InSession,
    /// The operator's sign-in follows it.
    AtSignIn,
    /// What comes after a session follows it.
    AfterSession,
    /// Nothing follows it yet, and the pages say so.
    Later,
}

/// One row per option: its name in code, in the requirements, as it is kept and sent, its table, whether a new department
/// starts with it, and what follows it. A department that was there before an option has it off, whatever stands here, unless
/// customers are asked by it ([`OptionKey::asks_customer`]).
macro_rules! options {
    ($($variant:ident $id:literal $name:literal $table:ident $start:ident $effect:ident;)+) => {
        /// An option.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum OptionKey {
            $(#[doc = $id] $variant,)+
        }

        impl OptionKey {
            /// All of them, in the order of the tables.
            pub(crate) const ALL: [Self; [$($id),+].len()] = [$(Self::$variant),+];

            /// As it is kept and sent.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Where it stands.
            pub(super) const fn table(self) -> OptionTable {
                match self { $(Self::$variant => OptionTable::$table,)+ }
            }

            /// Of a new department.
            pub(super) const fn default(self) -> bool {
                match self { $(Self::$variant => options!(@ $start),)+ }
            }

            /// In this release.
            pub(super) const fn effect(self) -> Effect {
                match self { $(Self::$variant => Effect::$effect,)+ }
            }
        }
    };
    (@ on) => { true };
    (@ off) => { false };
}

options! {
    PartialShare "F-01" "partial_share" Features on InSession;
    TwoWayFileTransfer "F-02" "two_way_file_transfer" Features on InSession;
    AutoReconnect "F-03" "auto_reconnect" Features on InSession;
    SendUrl "F-04" "send_url" Features on InSession;
    TextChat "F-05" "text_chat" Features on InSession;
    SystemInfo "F-06" "system_info" Features on InSession;
    ProcessInfo "F-07" "process_info" Features on InSession;
    ScreenCapture "F-08" "screen_capture" Features on InSession;
    OperatorScreenShare "F-09" "operator_screen_share" Features on InSession;
    Favorites "F-10" "favorites" Features on InSession;
    Drawing "F-11" "drawing" Features on InSession;
    TwoWayDrawing "F-12" "two_way_drawing" Features on InSession;
    ScreenRecording "F-13" "screen_recording" Features on InSession;
    VoiceChat "F-14" "voice_chat" Features on InSession;
    OperatorScreenControl "F-15" "operator_screen_control" Features on InSession;
    SendFile "F-16" "send_file" Features on InSession;
    FetchFile "F-17" "fetch_file" Features on InSession;
    InviteOperator "F-18" "invite_operator" Features on InSession;
    SafeModeReconnect "F-19" "safe_mode_reconnect" Features on Later;
    MobileSupport "F-20" "mobile_support" Features off Later;
    ForcedLogin "S-01" "forced_login" Behaviour off AtSignIn;
    ConsentBeforeConnect "S-02" "consent_before_connect" Behaviour on InSession;
    SatisfactionSurvey "S-03" "satisfaction_survey" Behaviour on AfterSession;
    DriverMode "S-04" "driver_mode" Behaviour on InSession;
    MouseTracking "S-05" "mouse_tracking" Behaviour off InSession;
    AutoControl "S-06" "auto_control" Behaviour on InSession;
    ViewOnly "S-07" "view_only" Behaviour off InSession;
    FileTransferInViewer "S-08" "file_transfer_in_viewer" Behaviour off InSession;
    ManualReboot "S-09" "manual_reboot" Behaviour off InSession;
    ConsentBeforeInvite "S-10" "consent_before_invite" Behaviour on InSession;
    ClipboardFileTransfer "S-11" "clipboard_file_transfer" Behaviour on InSession;
    RemotePrinter "S-12" "remote_printer" Behaviour off InSession;
    AutoNewSession "S-13" "auto_new_session" Behaviour on AfterSession;
    DesktopShare "S-14" "desktop_share" Behaviour on InSession;
    AutoRecord "S-15" "auto_record" Behaviour off InSession;
    KeepUac "S-16" "keep_uac" Behaviour on Later;
    AlwaysRelay "S-17" "always_relay" Behaviour off Later;
    MobileViewOnly "M-01" "mobile_view_only" Mobile off Later;
    MobileFileTransfer "M-02" "mobile_file_transfer" Mobile on Later;
    MobileFileConsent "M-03" "mobile_file_consent" Mobile on Later;
    AppShareConsent "M-04" "app_share_consent" Mobile off Later;
    MobileNoDrawing "M-05" "mobile_no_drawing" Mobile off Later;
    StartMaximized "M-06" "start_maximized" Mobile off Later;
    StretchToFill "M-07" "stretch_to_fill" Mobile off Later;
}

impl OptionKey {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// Without any of these the option has nothing to work on; none: it stands alone.
    pub(super) const fn needs(self) -> &'static [Self] {
        match self {
            Self::TwoWayDrawing => &[Self::Drawing],
            Self::OperatorScreenControl => &[Self::OperatorScreenShare],
            Self::FileTransferInViewer => &[Self::TwoWayFileTransfer],
            Self::ManualReboot => &[Self::AutoReconnect],
            Self::ConsentBeforeInvite => &[Self::InviteOperator],
            Self::AutoRecord => &[Self::ScreenRecording],
            Self::ClipboardFileTransfer => &[Self::TwoWayFileTransfer, Self::SendFile, Self::FetchFile],
            _ => &[],
        }
    }

    /// S-07 beats it as a whole: control at once, and what does nothing but change the customer's PC. Of F-02, F-07 and S-11
    /// it takes a part, which is the session's to refuse.
    pub(super) const fn is_beaten_by_view_only(self) -> bool {
        matches!(self, Self::AutoControl | Self::SendUrl | Self::Favorites | Self::SendFile)
    }

    /// While that one is on, this one is part of it.
    pub(super) const fn included_in(self) -> Option<Self> {
        match self {
            Self::SendFile | Self::FetchFile => Some(Self::TwoWayFileTransfer),
            _ => None,
        }
    }

    /// The customer is asked first: to have it off is what gives the operator more.
    pub(super) const fn asks_customer(self) -> bool {
        matches!(
            self,
            Self::ConsentBeforeConnect
                | Self::ConsentBeforeInvite
                | Self::MobileFileConsent
                | Self::AppShareConsent
        )
    }

    /// 사용안함 in the operator's field 모바일 / 비디오 원격지원 사용 [D-1] takes it away, whatever the department says.
    pub(super) const fn is_mobile(self) -> bool {
        matches!(self, Self::MobileSupport) || matches!(self.table(), OptionTable::Mobile)
    }
}
