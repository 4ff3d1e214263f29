//! The remote printer, between the session and this machine (S-12).

use std::collections::HashMap;
use std::sync::Arc;

use session::customer::{PrinterOrder, View};

use super::Visit;
use super::incoming::Happening;
use crate::running::printer::RemotePrinter;
use crate::texts::Texts;

impl Visit<'_> {
    pub(super) fn printer(&mut self, order: PrinterOrder) {
        let printer = self.printer.get_or_insert_with(|| {
            let company = HashMap::from([("company", self.company.clone())]);
            let info = Texts::new(self.plan.language).with("customer-printer-info", &company);
            let sender = self.sender.clone();
            RemotePrinter::start(info, Arc::clone(&self.spool), move |input| {
                if sender.blocking_send(Happening::Printer(input)).is_err() {
                    tracing::trace!("Nobody hears of the printer any more");
                }
            })
        });
        printer.order(order);
    }

    /// People are to know whose printer it is.
    pub(super) fn remember_company(&mut self, view: &View) {
        if let View::Question { host, .. } | View::Connecting { host, .. } | View::Sharing { host, .. } = view
        {
            self.company.clone_from(&host.company);
        }
    }
}
