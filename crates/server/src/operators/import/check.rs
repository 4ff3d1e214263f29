//! One row: what it would do, and what is wrong with it.

use super::{super::form::Form, ImportAction, ImportRow};
use crate::{
    fields::Fields,
    problem::{FieldProblem, field_code},
};
use std::collections::HashSet;
use store::{CompanyId, Reads, StoreError, companies, departments, key_of, operators};

/// What rows are compared with.
#[derive(Debug)]
pub(super) struct Known {
    company_name: String,
    departments: Vec<departments::Department>,
}

/// A row that was checked.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) action: ImportAction,
    pub(super) errors: Vec<FieldProblem>,
    /// What it asks for; `None` where something is wrong, or nothing is to be done.
    pub(super) wanted: Option<Wanted>,
}

/// What a good row asks for.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) login: String,
    /// Empty: the old one stays.
    pub(super) password: String,
    pub(super) form: Form,
}

impl Known {
    pub(super) async fn load(company: CompanyId, on: &impl Reads) -> Result<Self, StoreError> {
        let company_name = companies::find(company, on).await?.name;
        Ok(Self { company_name, departments: departments::list(company, on).await? })
    }

    pub(super) async fn find(
        &self,
        company: CompanyId,
        on: &impl Reads,
        login: &str,
    ) -> Result<Option<operators::Operator>, StoreError> {
        Ok(operators::find_by_login(company, on, login.trim()).await?.map(|found| found.operator))
    }
}

/// `before`: the operator of that ID. `earlier`: the IDs of the rows before it, and of this one afterwards. An empty cell leaves what is there; a new operator without a
/// 회사이름 gets the company's, and without a 소속부서 the only one.
pub(super) fn row(
    row: &ImportRow,
    before: Option<&operators::Operator>,
    known: &Known,
    earlier: &mut HashSet<String>,
) -> Checked {
    let mut fields = Fields::default();
    let login = fields.login("login", &row.login);
    if !earlier.insert(key_of(&login)) {
        fields.refuse(FieldProblem::new("login", field_code::TWICE));
    }
    if before.is_none() || !row.password.is_empty() {
        fields.new_password(&row.password, &row.password);
    }
    let or = |given: &str, kept: Option<&str>, none: &str| match given.trim() {
        "" => kept.unwrap_or(none).to_owned(),
        given => given.to_owned(),
    };
    let name = or(&row.name, before.map(|kept| kept.name.as_str()), "");
    let company = or(&row.company_name, before.map(|kept| kept.company_name.as_str()), &known.company_name);
    let form = Form {
        name: fields.name("name", &name),
        company_name: fields.name("company_name", &company),
        department: department(&mut fields, &row.department, before, known),
        phone: fields.phone("phone", &or(&row.phone, before.map(|kept| kept.phone.as_str()), "")),
        email: fields.email("email", &or(&row.email, before.map(|kept| kept.email.as_str()), "")),
        is_mobile: mobile(&mut fields, &row.mobile, before),
    };
    let action = match before {
        None => ImportAction::Create,
        Some(kept) if row.password.is_empty() && is_same(kept, &form) => ImportAction::Nothing,
        Some(_) => ImportAction::Update,
    };
    let errors = fields.into_errors();
    let is_wanted = errors.is_empty() && action != ImportAction::Nothing;
    let wanted = is_wanted.then(|| Wanted { login, password: row.password.clone(), form });
    Checked { action, errors, wanted }
}

fn department(
    fields: &mut Fields,
    given: &str,
    before: Option<&operators::Operator>,
    known: &Known,
) -> Option<store::DepartmentId> {
    let given = key_of(given.trim());
    if given.is_empty() {
        if let Some(kept) = before {
            return Some(kept.department);
        }
        if let [only] = known.departments.as_slice() {
            return Some(only.id);
        }
        fields.refuse(FieldProblem::new("department", field_code::REQUIRED));
        return None;
    }
    let found = known.departments.iter().find(|department| key_of(&department.name) == given);
    if found.is_none() {
        fields.refuse(FieldProblem::new("department", field_code::UNKNOWN));
    }
    found.map(|department| department.id)
}

fn mobile(fields: &mut Fields, given: &str, before: Option<&operators::Operator>) -> bool {
    match key_of(given.trim()).as_str() {
        "" => before.is_some_and(|kept| kept.is_mobile),
        "사용" | "on" | "yes" | "true" | "1" | "y" => true,
        "사용안함" | "off" | "no" | "false" | "0" | "n" => false,
        _ => {
            fields.refuse(FieldProblem::new("mobile", field_code::YES_OR_NO));
            false
        }
    }
}

fn is_same(kept: &operators::Operator, form: &Form) -> bool {
    kept.name == form.name
        && kept.company_name == form.company_name
        && Some(kept.department) == form.department
        && kept.phone == form.phone
        && kept.email == form.email
        && kept.is_mobile == form.is_mobile
}
