//! What is looked for: as the address has it, and as SQL has it.

use crate::{http::Browser, words};
use anyhow::{Context as _, Result};
use serde_json::Value;

/// A search.
pub(super) struct Asked {
    pub(super) query: String,
    pub(super) condition: String,
}

pub(super) struct Questions {
    pub(super) filters: Vec<Asked>,
    pub(super) texts: Vec<Asked>,
}

/// Filters of all kinds, alone and together, rare and frequent. `{d}` is a department and `{t}` a support type: by id in the
/// address, by name in SQL.
const FILTERS: [(&str, &str); 24] = [
    ("", "1 = 1"),
    ("from=2025-01-01&to=2025-12-31", "started_at_ms BETWEEN 1735657200000 AND 1767193199999"),
    ("operator_login=op00007", "operator_login_key LIKE 'op00007%'"),
    (
        "operator_login=op0001&resolution=unresolved",
        "operator_login_key LIKE 'op0001%' AND resolution = 'unresolved'",
    ),
    ("resolution=resolved", "resolution = 'resolved'"),
    (
        "customer_os=macOS&resolution=unresolved&address=192.168.3",
        "customer_os = 'macOS' AND resolution = 'unresolved' AND customer_address_private LIKE '192.168.3.%'",
    ),
    (
        "customer_os=Windows%2010&from=2025-06-01&to=2025-06-30",
        "customer_os_version LIKE 'Windows 10 %' AND started_at_ms BETWEEN 1748703600000 AND 1751295599999",
    ),
    ("customer_name=김민", "customer_name LIKE '%김민%'"),
    (
        "customer_name=남궁지현&customer_os=Linux&resolution=resolved",
        "customer_name LIKE '%남궁지현%' AND customer_os = 'Linux' AND resolution = 'resolved'",
    ),
    ("department={d}", "department_name = '{d}'"),
    ("department={d}&support_type={t}", "department_name = '{d}' AND support_type_name = '{t}'"),
    (
        "department={d}&customer_os=Windows%2010",
        "department_name = '{d}' AND customer_os_version LIKE 'Windows 10 %'",
    ),
    ("support_type={t}&customer_os=Linux", "support_type_name = '{t}' AND customer_os = 'Linux'"),
    (
        "department={d}&support_type={t}&customer_os=macOS&resolution=unresolved",
        "department_name = '{d}' AND support_type_name = '{t}' AND customer_os = 'macOS' AND resolution = 'unresolved'",
    ),
    (
        "department={d}&support_type={t}&customer_os=Android",
        "department_name = '{d}' AND support_type_name = '{t}' AND customer_os = 'Android'",
    ),
    ("department={d}&operator_login=op00", "department_name = '{d}' AND operator_login_key LIKE 'op00%'"),
    (
        "department={d}&address=192.168.3",
        "department_name = '{d}' AND customer_address_private LIKE '192.168.3.%'",
    ),
    (
        "support_type={t}&address=121.135",
        "support_type_name = '{t}' AND (customer_address_public LIKE '121.135.%' OR operator_address_public LIKE '121.135.%')",
    ),
    ("department={d}&customer_name=김민", "department_name = '{d}' AND customer_name LIKE '%김민%'"),
    ("support_type={t}&operator_name=지현", "support_type_name = '{t}' AND operator_name LIKE '%지현%'"),
    ("operator_name=김&customer_name=이", "operator_name LIKE '김%' AND customer_name LIKE '이%'"),
    ("operator_login=op00&customer_name=김", "operator_login_key LIKE 'op00%' AND customer_name LIKE '김%'"),
    (
        "operator_login=op00007&customer_os=Windows&resolution=resolved",
        "operator_login_key LIKE 'op00007%' AND customer_os = 'Windows' AND resolution = 'resolved'",
    ),
    (
        "address=192.168.3&customer_name=민",
        "customer_address_private LIKE '192.168.3.%' AND customer_name LIKE '민%'",
    ),
];

/// Free text: frequent, rare, in the middle of words, over spaces, with figures, and found nowhere; and under filters.
const TEXTS: [(&str, &str); 12] = [
    ("프린터", ""),
    ("이버", ""),
    ("정상 확인", ""),
    ("로 해결", ""),
    ("랜섬웨어", ""),
    ("접수 4711", ""),
    ("😀😀", ""),
    ("김민서", ""),
    ("업데이트함, 공유", ""),
    ("프린터", "department={d}"),
    ("확인", "support_type={t}"),
    ("로 해결", "operator_login=op00007"),
];

impl Questions {
    /// Asks the server for a department's and a support type's id.
    pub(super) fn read(browser: &mut Browser) -> Result<Self> {
        let (department, support_type) = (words::DEPARTMENTS[2], words::SUPPORT_TYPES[3]);
        let in_address = [
            id_of(browser, "/api/manage/departments", "departments", department)?,
            id_of(browser, "/api/manage/support-types", "support_types", support_type)?,
        ];
        let filled = |text: &str, [of_department, of_type]: [&str; 2]| {
            text.replace("{d}", of_department).replace("{t}", of_type)
        };
        let asked = |query: &str, condition: &str| {
            let [d, t] = &in_address;
            Asked {
                query: encoded(&filled(query, [d, t])),
                condition: filled(condition, [department, support_type]),
            }
        };
        let of_text = |(text, filter): (&str, &str)| {
            let found = format!("(memo LIKE '%{text}%' OR customer_name LIKE '%{text}%')");
            let and = FILTERS
                .iter()
                .find(|(query, _)| *query == filter)
                .map_or("support_type_name = '{t}'", |(_, condition)| *condition);
            asked(&format!("text={text}&{filter}"), &format!("{found} AND {and}"))
        };
        Ok(Self {
            filters: FILTERS.iter().map(|(query, condition)| asked(query, condition)).collect(),
            texts: TEXTS.into_iter().map(of_text).collect(),
        })
    }
}

fn id_of(browser: &mut Browser, path: &str, list: &str, name: &str) -> Result<String> {
    let (answer, _) = browser.json(path)?;
    let all = answer.get(list).and_then(Value::as_array).with_context(|| format!("{path}: {answer}"))?;
    let found = all.iter().find(|one| one.get("name").and_then(Value::as_str) == Some(name));
    let id = found.and_then(|one| one.get("id")).and_then(Value::as_str);
    Ok(id.with_context(|| format!("{path} has no {name}"))?.to_owned())
}

/// What an address cannot hold, as it can.
fn encoded(query: &str) -> String {
    let mut text = String::new();
    for byte in query.bytes() {
        match byte {
            b' ' | 0x80.. => text.push_str(&format!("%{byte:02X}")),
            _ => text.push(char::from(byte)),
        }
    }
    text
}
