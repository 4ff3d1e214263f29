//! What the customer can keep of a session, on the window's last page [Y-2]: a small text in the folder for downloads.

use std::collections::HashMap;

use super::front::Front;
use crate::running::{CopyView, Receipt};
use crate::texts::Texts;

impl Front {
    /// Offers the receipt.
    pub(super) fn offer_receipt(&self, receipt: &Receipt) {
        self.receipt.replace(Some(receipt.clone()));
        self.window.set_has_receipt(true);
    }

    /// Saves it, and says where.
    pub(super) fn save_receipt(&self, texts: &Texts) {
        let Some(receipt) = self.receipt.borrow().clone() else { return };
        let name = format!("{} {}", texts.get("customer-receipt-file"), day_of(&receipt.ended_at));
        let values = HashMap::from([
            ("session", receipt.session),
            ("company", receipt.company),
            ("service", receipt.service),
            ("ended", receipt.ended_at),
            ("hash", receipt.hash),
            ("key", receipt.key),
        ]);
        let text = format!("{}\n", texts.with("customer-receipt-text", &values));
        let said = match desktop::files::keep_text(&name, &text) {
            Ok(path) => {
                self.window.set_has_receipt(false);
                let values = HashMap::from([("path", path.display().to_string())]);
                texts.with("customer-receipt-saved", &values)
            }
            Err(error) => {
                tracing::info!(%error, "Receipt not saved");
                texts.get("customer-receipt-not-saved")
            }
        };
        self.window.set_receipt_said(said.into());
    }

    /// A copy of what was recorded: to be asked for, or where it is [F-13].
    pub(super) fn show_copy(&self, view: &CopyView, texts: &Texts) {
        let said = match view {
            CopyView::Offered | CopyView::Asking => String::new(),
            CopyView::Given(link) => {
                texts.with("customer-copy-opened", &HashMap::from([("link", link.clone())]))
            }
            CopyView::Problem(text) => texts.get(text),
        };
        self.window.set_has_copy(!matches!(view, CopyView::Given(_)));
        self.window.set_asks_copy(*view == CopyView::Asking);
        self.window.set_copy_said(said.into());
    }

    /// There is none of what begins now.
    pub(super) fn forget_receipt(&self) {
        self.receipt.replace(None);
        self.window.set_has_receipt(false);
        self.window.set_receipt_said("".into());
        self.window.set_has_copy(false);
        self.window.set_copy_said("".into());
    }
}

/// "2026-11-30", or nothing that could be more than a part of a name.
fn day_of(moment: &str) -> String {
    moment.chars().take(10).filter(|c| c.is_ascii_digit() || *c == '-').collect()
}
