//! Every kind of line, so that the page can offer them, and a test finds the one without a text.

/// Kinds by category, in the order of the page's tabs.
pub(super) const KINDS: &[&str] = &[
    "access.sign-in",
    "access.sign-in-failed",
    "access.sign-in-locked",
    "access.sign-out",
    "access.sign-out-everywhere",
    "access.address-refused",
    "access.code-wrong",
    "access.code-locked",
    "access.second-step-on",
    "access.second-step-off",
    "access.administrator",
    "access.password-change",
    "access.invite",
    "access.invite-withdraw",
    "access.administrator-remove",
    "access.password-wrong",
    "access.password-locked",
    "access.activate",
    "access.company-add",
    "access.settings",
    "access.token-create",
    "access.token-revoke",
    "access.usage-log-export",
    "access.branding",
    "access.licence",
    "departments.create",
    "departments.rename",
    "departments.options",
    "departments.delete",
    "operators.create",
    "operators.options",
    "operators.update",
    "operators.delete",
    "operators.export",
    "operators.sign-out",
    "support-types.create",
    "support-types.rename",
    "support-types.retire",
    "support-types.delete",
    "support-types.reorder",
    "records.search",
    "records.view",
    "records.export",
    "records.delete",
    "records.retention",
    "statistics.view",
    "statistics.export",
];

/// The kinds of a category; of none, all.
pub(super) fn of(category: Option<&str>) -> impl Iterator<Item = &'static str> {
    let is_in = move |kind: &&str| category.is_none_or(|wanted| kind.split('.').next() == Some(wanted));
    KINDS.iter().copied().filter(is_in)
}
