use super::Fields;
use serde_json::json;

/// The codes that a check notes, in order.
fn check(rule: impl FnOnce(&mut Fields), expected: &[&str]) {
    let mut fields = Fields::default();
    rule(&mut fields);
    let noted = json!(fields.errors);
    let noted: Vec<&str> =
        noted.as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!(noted, expected);
}

fn name(value: &str, expected: &[&str]) {
    check(|fields| drop(fields.name("name", value)), expected);
}

#[test]
fn names_are_one_honest_line() {
    name("영업 1팀", &[]);
    name("<script>alert(1)</script>", &[]);
    name("'; DROP TABLE departments; --", &[]);
    name("=cmd|' /C calc'!A0", &[]);
    name("👩‍💻 팀", &[]);
    name("   ", &["required"]);
    name("", &["required"]);
    name(&"가".repeat(60), &[]);
    name(&"가".repeat(61), &["too-long"]);
    name(&"가".repeat(100_000), &["too-long"]);
    name("a\0b", &["characters-not-allowed"]);
    name("a\nb", &["characters-not-allowed"]);
    name("abc\u{202e}cba", &["characters-not-allowed"]);
    name("a\u{feff}b", &["characters-not-allowed"]);
}

#[test]
fn a_name_is_kept_trimmed_and_composed() {
    let mut fields = Fields::default();
    assert_eq!(fields.name("name", "  \u{1112}\u{1161}\u{11ab}  "), "한");
}

/// D-1: 4–12 of A–Z a–z 0–9 - _.
#[test]
fn logins_follow_the_manual() {
    let login = |value: &str, expected: &[&str]| check(|fields| drop(fields.login("login", value)), expected);
    login("kim_01", &[]);
    login("A-b_", &[]);
    login("", &["required"]);
    login("abc", &["too-short"]);
    login("abcdefghijklm", &["too-long"]);
    login("김상담원", &["login-characters"]);
    login("a b c", &["login-characters"]);
}

/// 8 or more with a lower-case letter, an upper-case letter and a digit.
#[test]
fn passwords_follow_the_manual_and_go_beyond_twelve() {
    let password = |value: &str, again: &str, expected: &[&str]| {
        check(|fields| fields.new_password(value, again), expected);
    };
    password("Abcdefg1", "Abcdefg1", &[]);
    let long = format!("{}Ab1", "x".repeat(125));
    password(&long, &long, &[]);
    password("Abcdef1", "Abcdef1", &["too-short"]);
    password("ABCDEFG1", "ABCDEFG1", &["password-lower"]);
    password("abcdefg1", "abcdefg1", &["password-upper"]);
    password("Abcdefgh", "Abcdefgh", &["password-digit"]);
    password("Abcdefg1", "Abcdefg2", &["password-confirm"]);
    password("", "", &["required"]);
}

#[test]
fn email_and_phone_may_be_empty_but_not_nonsense() {
    let email = |value: &str, expected: &[&str]| check(|fields| drop(fields.email("email", value)), expected);
    email("", &[]);
    email("kim@example.com", &[]);
    email("김@회사.한국", &[]);
    email("kim", &["email-not-valid"]);
    email("kim@", &["email-not-valid"]);
    email("@x.kr", &["email-not-valid"]);
    email("kim@@x.kr", &["email-not-valid"]);
    email("kim@x@y.kr", &["email-not-valid"]);
    email("a b@x.kr", &["email-not-valid"]);
    email("a@x..kr", &["email-not-valid"]);
    let phone = |value: &str, expected: &[&str]| check(|fields| drop(fields.phone("phone", value)), expected);
    phone("", &[]);
    phone("+82 (0)2-123-4567", &[]);
    phone("전화", &["phone-not-valid"]);
    phone("()", &["phone-not-valid"]);
}
