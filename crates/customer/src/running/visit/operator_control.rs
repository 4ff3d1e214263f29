//! The page on which the customer sees and controls the operator's computer, in the customer's own browser (F-15).

use super::Visit;
use super::incoming::Happening;

/// What the record says of a machine that opens no page.
const NO_BROWSER: &str = "operator-control-no-browser";

impl Visit<'_> {
    /// The page is this server's own, whatever came: its address is the one by which the app knows the server.
    pub(super) fn open_viewer(&mut self, ticket: &str) {
        let Some(origin) = self.plan.destination.origins.first() else { return };
        let page = format!("{origin}/viewer#{ticket}");
        let sender = self.sender.clone();
        self.tasks.spawn(async move {
            let opened = tokio::task::spawn_blocking(move || desktop::launch::open_url(&page)).await;
            if matches!(opened, Ok(Ok(()))) {
                return;
            }
            tracing::info!(?opened, "Page with the operator's computer not opened");
            if sender.send(Happening::NoViewer(NO_BROWSER)).await.is_err() {
                tracing::debug!("Nobody waits for the page any more");
            }
        });
    }
}
