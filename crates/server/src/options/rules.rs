//! From values to rights.

use super::registry::OptionKey;
use store::{
    CompanyId, OperatorId, Reads, StoreError, operators,
    option_values::{self, Values},
    sessions::{Offered, Permissions},
};

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

/// A department's default.
pub(super) fn of_department(department: &Values, key: OptionKey) -> bool {
    department.get(key.name()).copied().unwrap_or(key.default())
}

/// Every option of an operator.
pub(super) fn effective(department: &Values, own: &Values) -> [Effective; OptionKey::ALL.len()] {
    OptionKey::ALL.map(|key| Effective {
        key,
        department: of_department(department, key),
        own: own.get(key.name()).copied(),
    })
}

/// What these options offer a customer. S-07 beats S-06 and everything that changes the customer's PC.
pub(super) fn offered(options: &[Effective]) -> Offered {
    let is_on = |key| options.iter().any(|option| option.key == key && option.value());
    let may_control = !is_on(OptionKey::ViewOnly);
    Offered {
        permissions: Permissions {
            may_view: true,
            may_control,
            may_chat: is_on(OptionKey::TextChat),
            control_at_start: may_control && is_on(OptionKey::AutoControl),
        },
        consent_after_operator: is_on(OptionKey::ConsentBeforeConnect),
    }
}

/// What an operator's session may offer its customer: the operator's own options, else the department's.
pub(crate) async fn resolve(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<Offered, StoreError> {
    Ok(offered(&load(company, on, operator).await?))
}

/// Every option of an operator, from the store.
pub(super) async fn load(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<[Effective; OptionKey::ALL.len()], StoreError> {
    let department = operators::find(company, on, operator).await?.department;
    let defaults = option_values::of_department(company, on, department).await?;
    let own = option_values::of_operator(company, on, operator).await?;
    Ok(effective(&defaults, &own))
}
