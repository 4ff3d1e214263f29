//! Rights: what a customer gives and takes back as one, and an operator asks for.

use crate::{Permissions, wire};

/// One right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// The screen is shown; another part of it may be asked for.
    View,
    /// Mouse and keyboard are applied.
    Control,
    /// Chat.
    Chat,
    /// Folders are listed, files are fetched.
    FetchFiles,
    /// Files are sent; folders are made, files renamed and deleted.
    SendFiles,
    /// System information, processes and services are looked at.
    SeeSystem,
    /// Processes are ended, services started and stopped.
    EndProcesses,
    /// Addresses and favourites are opened.
    Open,
    /// Still pictures of the screen are kept.
    CaptureScreen,
    /// The screen is drawn on, by both where that is offered.
    Draw,
    /// Both talk.
    Talk,
    /// The session is recorded.
    Record,
    /// The clipboard moves where files do.
    Clipboard,
    /// A restart is asked for.
    Reboot,
    /// What the customer prints on the remote printer goes to the operator.
    Print,
    /// Another operator is brought in (F-18).
    Invite,
    /// The operator's own screen is shown to the customer (F-09).
    OperatorScreen,
    /// The customer controls the operator's computer (F-15).
    OperatorControl,
}

impl Right {
    /// All of them, in the order in which people see them.
    pub const ALL: [Self; 18] = [
        Self::View,
        Self::Control,
        Self::Chat,
        Self::FetchFiles,
        Self::SendFiles,
        Self::SeeSystem,
        Self::EndProcesses,
        Self::Open,
        Self::CaptureScreen,
        Self::Draw,
        Self::Talk,
        Self::Record,
        Self::Clipboard,
        Self::Reboot,
        Self::Print,
        Self::Invite,
        Self::OperatorScreen,
        Self::OperatorControl,
    ];

    /// The permissions that it is made of; each belongs to one right.
    #[must_use]
    pub fn permissions(self) -> Permissions {
        let none = Permissions::default();
        match self {
            Self::View => Permissions { view: true, ask_part: true, ..none },
            Self::Control => Permissions { control: true, control_at_start: true, ..none },
            Self::Chat => Permissions { chat: true, ..none },
            Self::FetchFiles => Permissions { browse_files: true, fetch_files: true, ..none },
            Self::SendFiles => Permissions { send_files: true, change_files: true, ..none },
            Self::SeeSystem => Permissions { see_system: true, see_processes: true, ..none },
            Self::EndProcesses => Permissions { end_processes: true, ..none },
            Self::Open => Permissions { open_urls: true, open_favourites: true, ..none },
            Self::CaptureScreen => Permissions { capture_screen: true, ..none },
            Self::Draw => Permissions { draw: true, customer_draw: true, ..none },
            Self::Talk => Permissions { talk: true, ..none },
            Self::Record => Permissions { record: true, record_at_start: true, ..none },
            Self::Clipboard => Permissions { share_clipboard: true, ..none },
            Self::Reboot => Permissions { ask_reboot: true, ..none },
            Self::Print => Permissions { print: true, ..none },
            Self::Invite => Permissions { invite: true, ..none },
            Self::OperatorScreen => Permissions { show_operator_screen: true, ..none },
            Self::OperatorControl => Permissions { control_operator: true, ..none },
        }
    }

    /// Whether it is among these, wholly or in part. When control or recording begins is no right by itself, and neither is
    /// asking for another part.
    #[must_use]
    pub fn is_in(self, permissions: Permissions) -> bool {
        let found = self.permissions().intersect(permissions);
        Permissions { ask_part: false, ..found.at_any_time() } != Permissions::default()
    }

    /// As the record calls it, kebab-case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Control => "control",
            Self::Chat => "chat",
            Self::FetchFiles => "fetch-files",
            Self::SendFiles => "send-files",
            Self::SeeSystem => "see-system",
            Self::EndProcesses => "end-processes",
            Self::Open => "open",
            Self::CaptureScreen => "capture-screen",
            Self::Draw => "draw",
            Self::Talk => "talk",
            Self::Record => "record",
            Self::Clipboard => "clipboard",
            Self::Reboot => "reboot",
            Self::Print => "print",
            Self::Invite => "invite",
            Self::OperatorScreen => "operator-screen",
            Self::OperatorControl => "operator-control",
        }
    }
}

/// A right that is none, or of a later version.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("right is not known")]
pub struct UnknownRight;

impl TryFrom<i32> for Right {
    type Error = UnknownRight;

    fn try_from(number: i32) -> Result<Self, UnknownRight> {
        match wire::Right::try_from(number) {
            Ok(wire::Right::View) => Ok(Self::View),
            Ok(wire::Right::Control) => Ok(Self::Control),
            Ok(wire::Right::Chat) => Ok(Self::Chat),
            Ok(wire::Right::FetchFiles) => Ok(Self::FetchFiles),
            Ok(wire::Right::SendFiles) => Ok(Self::SendFiles),
            Ok(wire::Right::SeeSystem) => Ok(Self::SeeSystem),
            Ok(wire::Right::EndProcesses) => Ok(Self::EndProcesses),
            Ok(wire::Right::Open) => Ok(Self::Open),
            Ok(wire::Right::CaptureScreen) => Ok(Self::CaptureScreen),
            Ok(wire::Right::Draw) => Ok(Self::Draw),
            Ok(wire::Right::Talk) => Ok(Self::Talk),
            Ok(wire::Right::Record) => Ok(Self::Record),
            Ok(wire::Right::Clipboard) => Ok(Self::Clipboard),
            Ok(wire::Right::Reboot) => Ok(Self::Reboot),
            Ok(wire::Right::Print) => Ok(Self::Print),
            Ok(wire::Right::Invite) => Ok(Self::Invite),
            Ok(wire::Right::OperatorScreen) => Ok(Self::OperatorScreen),
            Ok(wire::Right::OperatorControl) => Ok(Self::OperatorControl),
            Ok(wire::Right::Unspecified) | Err(_) => Err(UnknownRight),
        }
    }
}

impl From<Right> for wire::Right {
    fn from(right: Right) -> Self {
        match right {
            Right::View => Self::View,
            Right::Control => Self::Control,
            Right::Chat => Self::Chat,
            Right::FetchFiles => Self::FetchFiles,
            Right::SendFiles => Self::SendFiles,
            Right::SeeSystem => Self::SeeSystem,
            Right::EndProcesses => Self::EndProcesses,
            Right::Open => Self::Open,
            Right::CaptureScreen => Self::CaptureScreen,
            Right::Draw => Self::Draw,
            Right::Talk => Self::Talk,
            Right::Record => Self::Record,
            Right::Clipboard => Self::Clipboard,
            Right::Reboot => Self::Reboot,
            Right::Print => Self::Print,
            Right::Invite => Self::Invite,
            Right::OperatorScreen => Self::OperatorScreen,
            Right::OperatorControl => Self::OperatorControl,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Right, UnknownRight};
    use crate::{Permissions, wire};

    /// whatever the policy may offer can be taken back, and by one switch alone.
    #[test]
    fn each_permission_belongs_to_one_right() {
        for (name, _) in Permissions::ALL.named() {
            let alone = Permissions::of_names(|other| other == name);
            let holds = |right: &Right| right.permissions().intersect(alone) != Permissions::default();
            assert_eq!(Right::ALL.into_iter().filter(holds).count(), 1, "{name}");
        }
    }

    #[test]
    fn a_right_goes_over_the_wire_and_an_unknown_one_is_none() {
        for right in Right::ALL {
            assert_eq!(Right::try_from(i32::from(wire::Right::from(right))), Ok(right));
        }
        for number in [0, -1, 999, i32::MAX] {
            assert_eq!(Right::try_from(number), Err(UnknownRight), "{number}");
        }
    }

    #[test]
    fn a_right_is_there_also_in_part_but_not_by_its_beginning_alone() {
        assert!(Right::SendFiles.is_in(Permissions { send_files: true, ..Permissions::default() }));
        assert!(!Right::SendFiles.is_in(Permissions { fetch_files: true, ..Permissions::default() }));
        assert!(!Right::Control.is_in(Permissions { control_at_start: true, ..Permissions::default() }));
        assert!(!Right::Record.is_in(Permissions { record_at_start: true, ..Permissions::default() }));
    }
}
