//! What the customer agrees to, in the words of the sheet: every right that the policy may hold has its line.

use std::rc::Rc;

use protocol::Permissions;
use slint::{ModelRc, VecModel};

use super::Grant;
use super::rights::{clipboard, record};
use crate::texts::Texts;

/// The lines for these permissions: what it is, and whether it goes with control.
pub(super) fn lines(offered: Permissions) -> Vec<(&'static str, bool)> {
    let files = match (offered.fetch_files, offered.send_files) {
        (true, true) => Some(("customer-may-exchange-files", false)),
        (true, false) => Some(("customer-may-fetch-files", false)),
        (false, true) => Some(("customer-may-send-files", true)),
        (false, false) => None,
    };
    let looks = match (offered.see_system, offered.see_processes) {
        (true, true) => Some(("customer-may-see-system-and-processes", false)),
        (true, false) => Some(("customer-may-see-system", false)),
        (false, true) => Some(("customer-may-see-processes", false)),
        (false, false) => None,
    };
    let opens = match (offered.open_urls, offered.open_favourites) {
        (_, true) => Some(("customer-may-open", true)),
        (true, false) => Some(("customer-may-open-urls", true)),
        (false, false) => None,
    };
    let draws = match (offered.draw, offered.customer_draw) {
        (true, true) => Some(("customer-may-draw-both", false)),
        (true, false) => Some(("customer-may-draw", false)),
        (false, _) => None,
    };
    let view = if offered.ask_part { "customer-may-view-part" } else { "customer-may-view" };
    let all = [
        offered.view.then_some((view, false)),
        offered.control.then_some(("customer-may-control", true)),
        offered.chat.then_some(("customer-may-chat", false)),
        offered.talk.then_some(("customer-may-talk", false)),
        files,
        looks,
        offered.end_processes.then_some(("customer-may-end-processes", true)),
        opens,
        draws,
        offered.capture_screen.then_some(("customer-may-capture-screen", false)),
        offered.record.then_some((record(offered), false)),
        clipboard(offered).map(|key| (key, key == "customer-may-paste-here")),
        offered.ask_reboot.then_some(("customer-may-ask-reboot", false)),
        offered.print.then_some(("customer-may-print", false)),
        offered.invite.then_some(("customer-may-invite", false)),
        offered.show_operator_screen.then_some(("customer-may-operator-screen", false)),
        offered.control_operator.then_some(("customer-may-control-operator", false)),
    ];
    all.into_iter().flatten().collect()
}

/// The same for the window. Recording has a switch of its own on the sheet.
pub(super) fn model(offered: Permissions, texts: &Texts) -> ModelRc<Grant> {
    let grant = |(key, by_control)| Grant {
        text: texts.get(key).into(),
        by_control,
        by_recording: key == record(offered),
    };
    ModelRc::from(Rc::new(VecModel::from(lines(offered).into_iter().map(grant).collect::<Vec<_>>())))
}

#[cfg(test)]
mod tests {
    use protocol::Permissions;

    use super::lines;
    use crate::texts::{Language, Texts};

    /// nothing can be offered that the sheet does not say. `control_at_start` is when, and not what.
    #[test]
    fn every_right_has_words_on_the_sheet() {
        for (name, _) in Permissions::ALL.named() {
            let without = lines(Permissions::of_names(|other| other != name));
            let is_told = without != lines(Permissions::ALL);
            let goes_with_another = [
                "control_at_start",
                "record_at_start",
                "may_browse_files",
                "may_change_files",
                "may_open_urls",
            ];
            assert_eq!(is_told, !goes_with_another.contains(&name), "{name}");
            let alone = lines(Permissions::of_names(|other| other == name));
            assert_eq!(
                alone.is_empty(),
                matches!(
                    name,
                    "control_at_start"
                        | "record_at_start"
                        | "may_browse_files"
                        | "may_change_files"
                        | "may_ask_part"
                        | "customer_may_draw"
                        | "may_share_clipboard"
                )
            );
        }
        for language in [Language::Korean, Language::English] {
            for (key, _) in lines(Permissions::ALL) {
                assert_ne!(Texts::new(language).get(key), key);
            }
        }
    }

    /// What goes with control in the words goes with it in the session as well.
    #[test]
    fn what_goes_with_control_is_what_view_only_takes() {
        let left: Vec<_> = lines(Permissions::ALL.view_only()).into_iter().map(|(key, _)| key).collect();
        let kept: Vec<_> =
            lines(Permissions::ALL).into_iter().filter(|(_, by_control)| !by_control).collect();
        // Both ways becomes one way.
        let renamed = |key: &'static str| match key {
            "customer-may-exchange-files" => "customer-may-fetch-files",
            "customer-may-share-clipboard" => "customer-may-copy-here",
            other => other,
        };
        assert_eq!(left, kept.into_iter().map(|(key, _)| renamed(key)).collect::<Vec<_>>());
    }
}
