//! What an operator's options offer to a customer: the department's defaults, overridden by the operator's own.

use store::{
    CompanyId, Reads, StoreError, operators, option_values,
    sessions::{Offered, Permissions},
};

/// Keys of the options that make up a policy, with what a new department starts with (requirements, section 5).
const TEXT_CHAT: (&str, bool) = ("text_chat", true);
const CONSENT_BEFORE_CONNECT: (&str, bool) = ("consent_before_connect", true);
const AUTO_CONTROL: (&str, bool) = ("auto_control", true);
const VIEW_ONLY: (&str, bool) = ("view_only", false);

/// Resolves the options of an operator. S-07 beats S-06.
pub(super) async fn resolve(
    company: CompanyId,
    on: &impl Reads,
    operator: &operators::Operator,
) -> Result<Offered, StoreError> {
    let of_department = option_values::of_department(company, on, operator.department).await?;
    let own = option_values::of_operator(company, on, operator.id).await?;
    let value = |(key, start): (&str, bool)| {
        own.get(key).or_else(|| of_department.get(key)).copied().unwrap_or(start)
    };
    let may_control = !value(VIEW_ONLY);
    Ok(Offered {
        permissions: Permissions {
            may_view: true,
            may_control,
            may_chat: value(TEXT_CHAT),
            control_at_start: may_control && value(AUTO_CONTROL),
        },
        consent_after_operator: value(CONSENT_BEFORE_CONNECT),
    })
}

/// As messages and machines have them.
pub(super) fn to_protocol(kept: Permissions) -> protocol::Permissions {
    protocol::Permissions {
        view: kept.may_view,
        control: kept.may_control,
        chat: kept.may_chat,
        control_at_start: kept.control_at_start,
    }
}

/// As the database keeps them.
pub(super) fn to_store(permissions: protocol::Permissions) -> Permissions {
    Permissions {
        may_view: permissions.view,
        may_control: permissions.control,
        may_chat: permissions.chat,
        control_at_start: permissions.control_at_start,
    }
}
