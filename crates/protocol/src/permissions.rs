//! What may be done, as a value that is only ever cut.

use crate::wire;

/// One row per permission: its name here, its name on the wire and in records, its meaning.
macro_rules! permissions {
    ($($name:ident $wire:ident $doc:literal;)+) => {
        /// Permissions of a session (Y-1). The default forbids everything.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Permissions {
            $(#[doc = $doc] pub $name: bool,)+
        }

        impl Permissions {
            /// Everything that this version knows.
            pub const ALL: Self = Self { $($name: true,)+ };

            /// What both allow.
            #[must_use]
            pub fn intersect(self, other: Self) -> Self {
                Self { $($name: self.$name && other.$name,)+ }
            }

            /// What either allows. Never wider than whoever asks for it holds against a limit.
            #[must_use]
            pub fn union(self, other: Self) -> Self {
                Self { $($name: self.$name || other.$name,)+ }
            }

            /// What is left without those.
            #[must_use]
            pub fn without(self, other: Self) -> Self {
                Self { $($name: self.$name && !other.$name,)+ }
            }

            /// Those whose names on the wire are `allowed`; a name that is not asked for is of another version.
            #[must_use]
            pub fn of_names(allowed: impl Fn(&str) -> bool) -> Self {
                Self { $($name: allowed(stringify!($wire)),)+ }
            }

            /// Each with the name that it has on the wire and in records.
            pub fn named(self) -> impl Iterator<Item = (&'static str, bool)> {
                [$((stringify!($wire), self.$name),)+].into_iter()
            }
        }

        impl From<&wire::Permissions> for Permissions {
            fn from(wire: &wire::Permissions) -> Self {
                Self { $($name: wire.$wire,)+ }
            }
        }

        impl From<Permissions> for wire::Permissions {
            fn from(permissions: Permissions) -> Self {
                Self { $($wire: permissions.$name,)+ }
            }
        }
    };
}

permissions! {
    view may_view "The screen may be shown (X-3).";
    control may_control "Mouse and keyboard may be applied (S-07 inverted).";
    chat may_chat "Text chat (F-05).";
    control_at_start control_at_start "Control is on at once after consent (S-06); counts only with `control`.";
    open_urls may_open_urls "Addresses may be opened in the customer's browser (F-04).";
    browse_files may_browse_files "The customer's folders may be listed (F-02, F-17).";
    send_files may_send_files "Files may be sent to the customer (F-02, F-16).";
    fetch_files may_fetch_files "Files may be fetched from the customer (F-02, F-17).";
    change_files may_change_files "Folders may be made, files renamed and deleted (F-02).";
    see_system may_see_system "What the customer's machine is may be looked at (F-06).";
    see_processes may_see_processes "Processes and services may be looked at (F-07).";
    end_processes may_end_processes "Processes may be ended, services started and stopped (F-07).";
    capture_screen may_capture_screen "Still pictures of the screen may be kept (F-08).";
    open_favourites may_open_favourites "Programs, folders and addresses of the favourites may be opened (F-10).";
    draw may_draw "The operator may draw over the screen (F-11).";
    customer_draw customer_may_draw "The customer may draw as well (F-12); counts only with `draw`.";
    ask_part may_ask_part "The customer may be asked to share another part of the screen (F-01).";
    talk may_talk "Both may talk (F-14).";
    record may_record "What the console shows may be recorded (F-13).";
    record_at_start record_at_start "Recording begins with the session (S-15); counts only with `record`.";
    share_clipboard may_share_clipboard "The clipboard moves where files may (S-11); counts only with `send_files`, `fetch_files`.";
    ask_reboot may_ask_reboot "The customer may be asked to restart the machine (F-03).";
    print may_print "A printer that prints at the operator's may be offered to the customer's system (S-12).";
    invite may_invite "Another operator may be brought in, or take the session over (F-18).";
    show_operator_screen may_show_operator_screen "The operator may show their own screen to the customer (F-09).";
    control_operator may_control_operator "The customer may see and control the operator's computer (F-15).";
}

impl Permissions {
    /// Whether nothing here is outside `limit`.
    #[must_use]
    pub fn within(self, limit: Self) -> bool {
        self.intersect(limit) == self
    }

    /// Without control and without every act that changes the customer's machine: what S-07 leaves, and what a customer
    /// leaves who does not allow control (requirements §5).
    #[must_use]
    pub fn view_only(self) -> Self {
        Self {
            control: false,
            control_at_start: false,
            open_urls: false,
            send_files: false,
            change_files: false,
            end_processes: false,
            open_favourites: false,
            ..self
        }
    }

    /// Without what says when something begins, and not whether it may.
    #[must_use]
    pub fn at_any_time(self) -> Self {
        Self { control_at_start: false, record_at_start: false, ..self }
    }

    /// The clipboard may move to the customer (S-11): where files may.
    #[must_use]
    pub fn clipboard_to_customer(self) -> bool {
        self.share_clipboard && self.send_files
    }

    /// The clipboard may move from the customer (S-11): where files may.
    #[must_use]
    pub fn clipboard_from_customer(self) -> bool {
        self.share_clipboard && self.fetch_files
    }

    /// What a pause leaves: customer and operator can go on talking.
    #[must_use]
    pub fn while_paused(self) -> Self {
        Self { chat: self.chat, ..Self::default() }
    }

    /// What a customer in the browser can give: a page has no hand on its machine.
    #[must_use]
    pub fn of_page(self) -> Self {
        let page = Self {
            view: true,
            chat: true,
            capture_screen: true,
            ask_part: true,
            record: true,
            record_at_start: true,
            talk: true,
            invite: true,
            show_operator_screen: true,
            control_operator: true,
            ..Self::default()
        };
        self.intersect(page)
    }
}

impl From<Option<&wire::Permissions>> for Permissions {
    fn from(wire: Option<&wire::Permissions>) -> Self {
        wire.map(Self::from).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Permissions;
    use crate::wire;

    #[test]
    fn every_permission_has_a_field_on_the_wire_and_none_is_there_by_default() {
        let all = wire::Permissions::from(Permissions::ALL);
        assert_eq!(Permissions::from(&all), Permissions::ALL);
        assert_eq!(Permissions::from(&wire::Permissions::default()), Permissions::default());
        assert_eq!(Permissions::of_names(|_| true), Permissions::ALL);
        assert!(Permissions::of_names(|name| name == "may_open_urls").open_urls);
        assert!(Permissions::default().named().all(|(_, allowed)| !allowed));
        assert!(Permissions::ALL.named().all(|(_, allowed)| allowed));
    }

    /// S-07 beats F-04, ending in F-07, F-10, F-16, delete and rename in F-02 (requirements §5).
    #[test]
    fn view_only_leaves_what_changes_nothing() {
        let left: Vec<&str> = Permissions::ALL
            .view_only()
            .named()
            .filter_map(|(name, allowed)| allowed.then_some(name))
            .collect();
        assert_eq!(
            left,
            [
                "may_view",
                "may_chat",
                "may_browse_files",
                "may_fetch_files",
                "may_see_system",
                "may_see_processes",
                "may_capture_screen",
                "may_draw",
                "customer_may_draw",
                "may_ask_part",
                "may_talk",
                "may_record",
                "record_at_start",
                "may_share_clipboard",
                "may_ask_reboot",
                "may_print",
                "may_invite",
                "may_show_operator_screen",
                "may_control_operator",
            ]
        );
    }

    /// S-11 moves only the directions that F-02, F-16 and F-17 allow, and S-07 beats it towards the customer.
    #[test]
    fn the_clipboard_goes_where_files_go() {
        let both = Permissions::ALL;
        assert!(both.clipboard_to_customer() && both.clipboard_from_customer());
        let send = Permissions { fetch_files: false, ..both };
        assert!(send.clipboard_to_customer() && !send.clipboard_from_customer());
        let view = both.view_only();
        assert!(!view.clipboard_to_customer() && view.clipboard_from_customer());
        let off = Permissions { share_clipboard: false, ..both };
        assert!(!off.clipboard_to_customer() && !off.clipboard_from_customer());
        assert!(!both.while_paused().clipboard_from_customer());
    }
}
