//! The places that the licence has left, row after row [D-2]: a preview says of each row whether there is one.

use super::check::Checked;
use crate::operators::error::OperatorError;
use store::{
    CompanyId, Reads, StoreError,
    licences::{self, Licence},
    operators,
};

/// What is left after the rows before.
#[derive(Debug)]
pub(super) struct Places {
    licence: Licence,
    left: i64,
    /// Of those with mobile support.
    mobile_left: i64,
}

impl Places {
    pub(super) async fn load(company: CompanyId, on: &impl Reads) -> Result<Self, StoreError> {
        let licence = licences::find(company, on).await?;
        let used = licences::in_use(company, on).await?;
        Ok(Self {
            licence,
            left: licence.operators - used.pc - used.pc_and_mobile,
            mobile_left: licence.mobile_operators - used.pc_and_mobile,
        })
    }

    /// Takes what a good row needs, and gives back what it frees. Refuses the row where nothing is left. `before`: the operator of
    /// its ID.
    pub(super) fn take(&mut self, row: &mut Checked, before: Option<&operators::Operator>) {
        let Some(wanted) = &row.wanted else { return };
        let needed = i64::from(before.is_none());
        let was_mobile = before.is_some_and(|kept| kept.is_mobile);
        let mobile_needed = i64::from(wanted.form.is_mobile) - i64::from(was_mobile);
        let full = if 0 < needed && self.left <= 0 {
            OperatorError::LicenceFull { operators: self.licence.operators }
        } else if 0 < mobile_needed && self.mobile_left <= 0 {
            OperatorError::LicenceMobileFull { operators: self.licence.mobile_operators }
        } else {
            self.left -= needed;
            self.mobile_left -= mobile_needed;
            return;
        };
        row.errors.extend(full.of_row());
        row.wanted = None;
    }
}
