//! What each kind of field answers to each text that is not as it should be, or that only looks so: a page, SQL, a formula and
//! a path are texts like any other where a person writes what it likes.

/// How many texts there are.
const COUNT: usize = 14;

/// The field's code, or the problem's where it is no field's; nothing where the text is taken as it is.
pub(super) type Row = [&'static str; COUNT];

/// Each text with what it is. The order of every row below.
pub(super) fn texts() -> [(&'static str, String); COUNT] {
    let long = "가".repeat(5_000);
    let texts = [
        ("nothing", ""),
        ("spaces", " \t "),
        ("another script", "Ωμέγα عربى ไทย"),
        ("a control character", "a\u{7}b"),
        ("NUL", "a\0b"),
        ("line ends", "a\r\nb"),
        ("emoji", "👩‍💻🎉"),
        ("a mark that turns text", "a\u{202e}b"),
        ("a byte order mark", "\u{feff}a"),
        ("a page", "<script>alert(1)</script>"),
        ("SQL", "'; DROP TABLE operators; --"),
        ("a formula", "=cmd|' /C calc'!A0"),
        ("a path", "../../etc/passwd"),
        ("too much", &long),
    ];
    texts.map(|(name, text)| (name, text.to_owned()))
}

const OK: &str = "";
const REQUIRED: &str = "required";
const LETTERS: &str = "characters-not-allowed";
const LONG: &str = "too-long";
const SHORT: &str = "too-short";
const LOGIN_LETTERS: &str = "login-characters";
const NO_EMAIL: &str = "email-not-valid";
const NO_PHONE: &str = "phone-not-valid";
const UNKNOWN: &str = "unknown-choice";
const NO_ANSWER: &str = "yes-or-no";
const DIGIT: &str = "password-digit";
const UPPER: &str = "password-upper";
const TWO: &str = "password-confirm";
const WRONG: &str = "password-wrong";
const WRONG_CODE: &str = "code-wrong";
const NO_WEB: &str = "web-address";
const STALE: &str = "changed-meanwhile";
const FAILED: &str = "sign-in-failed";
const NO_BODY: &str = "invalid-body";
const NO_ADDRESS: &str = "invalid-address";
const NO_SURVEY: &str = "survey-unknown";
const NO_COPY: &str = "recording-copy-none";

/// One line that must be there.
pub(super) const NAME: Row =
    [REQUIRED, REQUIRED, OK, LETTERS, LETTERS, LETTERS, OK, LETTERS, LETTERS, OK, OK, OK, OK, LONG];
/// One line, perhaps none.
const LINE: Row = [OK, OK, OK, LETTERS, LETTERS, LETTERS, OK, LETTERS, LETTERS, OK, OK, OK, OK, LONG];
/// Several lines, perhaps none.
const LINES: Row = [OK, OK, OK, LETTERS, LETTERS, OK, OK, LETTERS, LETTERS, OK, OK, OK, OK, LONG];
/// An ID: letters that none has are told, whatever its length.
const LOGIN: Row = two_then([REQUIRED, REQUIRED], LOGIN_LETTERS, LOGIN_LETTERS);
const EMAIL: Row = two_then([REQUIRED, REQUIRED], NO_EMAIL, LONG);
const EMAIL_OR_NONE: Row = two_then([OK, OK], NO_EMAIL, LONG);
const PHONE_OR_NONE: Row = two_then([OK, OK], NO_PHONE, LONG);
/// A new password, beside a good repetition: the one that would do is not repeated.
const NEW_PASSWORD: Row =
    [REQUIRED, SHORT, DIGIT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, UPPER, DIGIT, TWO, UPPER, LONG];
/// The same, where nothing leaves the old one.
const NEW_PASSWORD_OR_NONE: Row =
    [OK, SHORT, DIGIT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, UPPER, DIGIT, TWO, UPPER, LONG];
/// The same in a row that is brought in, where nothing is repeated.
const PASSWORD_OF_ROW: Row =
    [REQUIRED, SHORT, DIGIT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, UPPER, DIGIT, OK, UPPER, LONG];
const REPETITION: Row = [TWO; COUNT];
/// The asker's own password, or the administrator's.
const PASSWORD: Row = two_then([REQUIRED, WRONG], WRONG, WRONG);
/// The first code of a second step.
const FIRST_CODE: Row = [WRONG_CODE; COUNT];
const CODE: Row = two_then([REQUIRED, REQUIRED], WRONG_CODE, WRONG_CODE);
const CHOICE: Row = [UNKNOWN; COUNT];
/// A choice that says so where none was made.
const CHOICE_OR_NONE: Row = two_then([REQUIRED, REQUIRED], UNKNOWN, UNKNOWN);
/// A choice of a row that is brought in: an empty cell leaves what is there.
const CELL: Row = two_then([OK, OK], UNKNOWN, UNKNOWN);
const SWITCH: Row = two_then([OK, OK], NO_ANSWER, NO_ANSWER);
const PATTERN: Row = ["address-pattern"; COUNT];
/// An address of the web.
const TARGET: Row = two_then([REQUIRED, REQUIRED], NO_WEB, LONG);
/// What was read, and is named again.
const READ: Row = [STALE; COUNT];
/// What only pages fill, with a value of their own: they never send another.
const NO_VALUE: Row = [NO_BODY; COUNT];
/// Which part of a sign-in is wrong is not told.
const SIGN_IN: Row = [FAILED; COUNT];
/// The server's only company is meant where none is named.
const COMPANY: Row = two_then([OK, OK], FAILED, FAILED);
/// Not looked at: the account has no second step.
const UNUSED: Row = [OK; COUNT];

/// What only pages write into an address.
const NO_PARAMETER: Row = [NO_ADDRESS; COUNT];
/// A day, or a place in a list, where nothing stands for none.
const PARAMETER_OR_NONE: Row = {
    let mut row = NO_PARAMETER;
    row[0] = OK;
    row
};
/// An account or address of the usage log: also one that there never was, but none that nobody can type.
const LOGGED: Row = [OK, OK, OK, NO_ADDRESS, NO_ADDRESS, NO_ADDRESS, OK, OK, OK, OK, OK, OK, OK, NO_ADDRESS];

const fn two_then(two: [&'static str; 2], others: &'static str, last: &'static str) -> Row {
    let mut row = [others; COUNT];
    [row[0], row[1]] = two;
    row[COUNT - 1] = last;
    row
}

/// What a field of a body answers. A new field is decided here.
pub(super) fn row_of(operation: &str, place: &str) -> Row {
    let named = place.rsplit('/').find(|part| part.parse::<u32>().is_err()).unwrap();
    match (operation, named) {
        ("sign_in_administrator" | "sign_in_operator", "id" | "password") => SIGN_IN,
        ("sign_in_administrator" | "sign_in_operator", "company") => COMPANY,
        ("sign_in_administrator" | "sign_in_operator", "code") => UNUSED,
        ("confirm_administrator_second_step" | "confirm_operator_second_step", "code") => FIRST_CODE,
        // Any text may be a token; most lead nowhere.
        ("find_survey", "token") => [OK; COUNT],
        ("answer_survey", "token") => [NO_SURVEY; COUNT],
        ("create_recording_copy" | "find_recording_copy", "token") => [NO_COPY; COUNT],
        ("create_invitation", "to") => two_then([REQUIRED, REQUIRED], NO_PHONE, LONG),
        ("create_invitation", "way" | "language") => NO_VALUE,
        ("end_recording", "why") | ("invite_operator", "operator" | "role") => NO_VALUE,
        (_, "code") => CODE,
        ("update_account", _) if place.starts_with("/read/") => READ,
        ("update_branding", "read") => READ,
        ("update_account" | "activate", "email") => EMAIL,
        ("import_operators", "company_name") => LINE,
        ("import_operators", "password") => PASSWORD_OF_ROW,
        ("activate" | "create_operator" | "update_operator", "password") => NEW_PASSWORD,
        ("update_account", "password") => NEW_PASSWORD_OR_NONE,
        (_, "password" | "administrator_password") => PASSWORD,
        (_, "password_confirm") => REPETITION,
        (_, "name" | "company_name") => NAME,
        (_, "service_name" | "customer_name") => LINE,
        (_, "reason") => LINE,
        (_, "memo" | "text" | "comment") => LINES,
        (_, "login") => LOGIN,
        (_, "email") => EMAIL_OR_NONE,
        (_, "phone") => PHONE_OR_NONE,
        (_, "department_id") => CHOICE_OR_NONE,
        (_, "key" | "scopes" | "time_zone") => CHOICE,
        (_, "department") => CELL,
        (_, "mobile") => SWITCH,
        (_, "administrator_addresses" | "operator_addresses") => PATTERN,
        (_, "target") => TARGET,
        (_, "resolution" | "kind" | "support_type_id" | "ids" | "address") => NO_VALUE,
        _ => panic!("say what {operation} answers to each text in {place}"),
    }
}

/// What a parameter of a query answers. A new parameter is decided here.
pub(super) fn row_of_parameter(operation: &str, name: &str) -> Row {
    match (operation, name) {
        ("list_usage_log" | "export_usage_log", "login" | "address" | "action") => LOGGED,
        ("list_usage_log" | "export_usage_log", "from" | "until") => {
            two_then([OK, OK], NO_ADDRESS, NO_ADDRESS)
        }
        ("show_statistics" | "export_statistics", "department") => two_then([OK, UNKNOWN], UNKNOWN, UNKNOWN),
        ("show_statistics" | "export_statistics", "operator") => {
            two_then([OK, OK], "operator-unknown", "operator-unknown")
        }
        ("show_statistics" | "export_statistics", "from" | "to") => {
            two_then([OK, "date-not-valid"], "date-not-valid", "date-not-valid")
        }
        (_, "search" | "operator_login" | "operator_name" | "customer_name" | "customer_os") => LINE,
        (_, "address" | "text") => LINE,
        (_, "from" | "to" | "date") => PARAMETER_OR_NONE,
        ("get_site", "company") => [OK; COUNT],
        ("export_recording_copy", "ticket") => [NO_COPY; COUNT],
        (
            _,
            "department" | "support_type" | "resolution" | "page" | "page_size" | "older_than" | "newer_than"
            | "last" | "format" | "ticket" | "days" | "search_by" | "sort" | "descending" | "category"
            | "session",
        ) => NO_PARAMETER,
        _ => panic!("say what {operation} answers to each text in {name}"),
    }
}
