//! The fields of an operator that can be edited [D-1, D-4], and their rules.

use crate::{
    fields::Fields,
    problem::{FieldProblem, field_code},
};
use serde::Deserialize;
use store::DepartmentId;
use utoipa::ToSchema;

/// As it was typed.
#[derive(Deserialize, ToSchema)]
pub(super) struct OperatorForm {
    name: String,
    company_name: String,
    #[schema(value_type = uuid::Uuid)]
    department_id: String,
    phone: String,
    email: String,
    /// 모바일 / 비디오 원격지원 사용; 사용안함 where not given.
    #[serde(default)]
    is_mobile: bool,
}

/// As it is kept.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) company_name: String,
    /// `None`: refused at its field.
    pub(super) department: Option<DepartmentId>,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) is_mobile: bool,
}

impl OperatorForm {
    /// The values as they are kept; what is wrong is noted.
    pub(super) fn checked(&self, fields: &mut Fields) -> Form {
        Form {
            name: fields.name("name", &self.name),
            company_name: fields.name("company_name", &self.company_name),
            department: department_field(fields, &self.department_id),
            phone: fields.phone("phone", &self.phone),
            email: fields.email("email", &self.email),
            is_mobile: self.is_mobile,
        }
    }
}

fn department_field(fields: &mut Fields, given: &str) -> Option<DepartmentId> {
    let parsed = given.parse().ok();
    if parsed.is_none() {
        let code = if given.trim().is_empty() { field_code::REQUIRED } else { field_code::UNKNOWN };
        fields.refuse(FieldProblem::new("department_id", code));
    }
    parsed
}
