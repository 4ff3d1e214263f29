//! Every code that a refusal may have. A code is stable once released: the web, scripts and the translations
//! go by it. The text of each is the Fluent message of the same name in `errors.ftl`.

/// A refusal's code and the status that it travels with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// kebab-case.
    pub(crate) name: &'static str,
    /// HTTP status.
    pub(crate) status: u16,
}

/// What may be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldCode {
    /// kebab-case.
    pub(crate) name: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $status:literal $name:literal;)+) => {
        /// Codes of refusals as a whole.
        pub(crate) mod code {
            use super::Code;
            $($(#[$doc])* pub(crate) const $constant: Code = Code { name: $name, status: $status };)+
        }

        /// Every code, for the snapshot and the check of the translations.
        #[cfg(test)]
        pub(crate) const ALL_CODES: &[Code] = &[$(code::$constant),+];
    };
}

macro_rules! field_codes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal;)+) => {
        /// Codes of single fields.
        pub(crate) mod field_code {
            use super::FieldCode;
            $($(#[$doc])* pub(crate) const $constant: FieldCode = FieldCode { name: $name };)+
        }

        /// Every field code, for the snapshot and the check of the translations.
        #[cfg(test)]
        pub(crate) const ALL_FIELD_CODES: &[FieldCode] = &[$(field_code::$constant),+];
    };
}

codes! {
    /// A field is wrong; `errors` says which.
    INVALID_FIELDS = 422 "invalid-fields";
    /// The body is no JSON of the expected shape.
    INVALID_BODY = 400 "invalid-body";
    /// A part of the path or the query is not of its kind.
    INVALID_ADDRESS = 400 "invalid-address";
    /// There is no such thing, or it is another company's.
    NOT_FOUND = 404 "not-found";
    /// The path knows other methods.
    METHOD_NOT_ALLOWED = 405 "method-not-allowed";
    /// The body is larger than anything that belongs here.
    TOO_LARGE = 413 "too-large";
    /// Nobody is signed in, or the time is up.
    NOT_SIGNED_IN = 401 "not-signed-in";
    /// The request names no token of this page, or a wrong one.
    CSRF = 403 "csrf-token";
    /// The request comes from a page of another origin.
    ORIGIN = 403 "origin-not-allowed";
    /// Company, ID or password is wrong; which one is not said.
    SIGN_IN_FAILED = 401 "sign-in-failed";
    /// Too many failures in a row.
    SIGN_IN_LOCKED = 429 "sign-in-locked";
    /// the company does not let such accounts come from this address.
    ADDRESS_NOT_ALLOWED = 403 "address-not-allowed";
    /// the password is right, and a code is needed.
    CODE_NEEDED = 401 "second-step-needed";
    /// no code of now, or one that was used.
    CODE_WRONG = 401 "second-step-wrong";
    /// there is a second step already.
    SECOND_STEP_ON = 409 "second-step-on";
    /// there is no second step to confirm or to turn off.
    SECOND_STEP_NOT_BEGUN = 409 "second-step-not-begun";
    /// S-01: a console of this operator is open at `address`, and may be ended.
    SIGNED_IN_ELSEWHERE = 409 "signed-in-elsewhere";
    /// S-01: a console of this operator is open at `address`, and may not be ended.
    SECOND_SIGN_IN = 409 "second-sign-in-refused";
    /// G-4: nobody removes themselves.
    ADMINISTRATOR_SELF = 409 "administrator-self";
    /// G-4: at least one administrator remains.
    ADMINISTRATOR_LAST = 409 "administrator-last";
    /// The company has as many files in the making, or on their way, as it may.
    EXPORTS_BUSY = 429 "exports-busy";
    /// Too many requests from one address.
    RATE_LIMITED = 429 "rate-limited";
    /// No token of this kind is known, or its administrator is gone.
    TOKEN_UNKNOWN = 401 "token-unknown";
    /// The token's time is up.
    TOKEN_EXPIRED = 401 "token-expired";
    /// The token was taken back.
    TOKEN_REVOKED = 401 "token-revoked";
    /// The token may not do this; `scope` says what it would need.
    TOKEN_SCOPE = 403 "token-scope";
    /// This takes no token: it needs a signed-in administrator.
    TOKEN_NOT_TAKEN = 403 "token-not-taken";
    /// An administrator has `max` tokens that work.
    TOKENS_FULL = 409 "tokens-full";
    /// The activation link does not exist, was used, or is too old.
    ACTIVATION_UNKNOWN = 404 "activation-unknown";
    /// Somebody else has changed it since it was read.
    CHANGED_MEANWHILE = 409 "changed-meanwhile";
    /// C-4: operators must move first.
    DEPARTMENT_NOT_EMPTY = 409 "department-not-empty";
    /// C-4: at least one department remains.
    DEPARTMENT_LAST = 409 "department-last";
    /// D-2: the company's licence is over.
    LICENCE_ENDED = 403 "licence-ended";
    /// D-2: the licence allows no further operator.
    LICENCE_FULL = 409 "licence-full";
    /// D-2: the licence allows no further operator with mobile support.
    LICENCE_MOBILE_FULL = 409 "licence-mobile-full";
    /// D-8: the file is neither CSV nor `.xlsx`, or broken.
    IMPORT_UNREADABLE = 422 "import-unreadable";
    /// D-8: the file has no column for the ID.
    IMPORT_NO_LOGIN = 422 "import-no-login";
    /// D-8: the file has no rows.
    IMPORT_EMPTY = 422 "import-empty";
    /// D-8: the file has more than `rows` rows.
    IMPORT_TOO_LARGE = 422 "import-too-large";
    /// O-4: the logo is no picture that is served.
    LOGO_UNREADABLE = 422 "logo-unreadable";
    /// The session has ended, so nothing more can be done in it.
    SESSION_ENDED = 409 "session-ended";
    /// Every connection code is taken, or this operator has too many sessions.
    SESSIONS_FULL = 503 "sessions-full";
    /// No customer joined, so there is no record.
    RECORD_NOT_STARTED = 409 "record-not-started";
    /// F-08: policy or customer do not allow pictures to be kept.
    CAPTURE_FORBIDDEN = 403 "capture-forbidden";
    /// F-08: the file is no picture that is kept.
    CAPTURE_UNREADABLE = 422 "capture-unreadable";
    /// F-08: the record has `max` pictures, or as large ones as it takes.
    CAPTURES_FULL = 409 "captures-full";
    /// F-08: the company keeps as much as it may.
    CAPTURES_FULL_COMPANY = 409 "captures-full-company";
    /// F-13: policy or customer do not allow the session to be recorded.
    RECORDING_FORBIDDEN = 403 "recording-forbidden";
    /// F-13: the piece cannot be read, or does not follow the one before.
    RECORDING_UNREADABLE = 422 "recording-unreadable";
    /// F-13: the recording is over.
    RECORDING_ENDED = 409 "recording-ended";
    /// F-13: the session has as many recordings, or as large ones, as it may.
    RECORDINGS_FULL = 409 "recordings-full";
    /// F-13: the video file of a recording is not made yet.
    RECORDING_FILM_NOT_READY = 409 "recording-film-not-ready";
    /// F-13: the link leads to no copy, or not any more.
    RECORDING_COPY_NONE = 404 "recording-copy-none";
    /// G-2: the company's room for recordings is used up.
    RECORDINGS_FULL_COMPANY = 409 "recordings-full-company";
    /// The session still runs, so its record is not deleted.
    RECORD_RUNNING = 409 "record-running";
    /// Nothing is set that could send such an invitation.
    INVITATIONS_NOT_SET = 409 "invitations-not-set";
    /// This session has as many invitations as it may.
    INVITATIONS_FULL = 409 "invitations-full";
    /// F-18: that operator is not signed in.
    OPERATOR_AWAY = 409 "operator-away";
    /// F-18: options or customer do not allow another operator.
    INVITE_FORBIDDEN = 403 "invite-forbidden";
    /// F-18: no customer has agreed, or they are away.
    INVITE_NO_CUSTOMER = 409 "invite-no-customer";
    /// F-18: somebody is invited or there already.
    INVITE_BUSY = 409 "invite-busy";
    /// F-15: options or customer do not allow it.
    OPERATOR_CONTROL_FORBIDDEN = 403 "operator-control-forbidden";
    /// F-15: no customer has agreed, or they are away.
    OPERATOR_CONTROL_NO_CUSTOMER = 409 "operator-control-no-customer";
    /// F-15: the customer was asked already, or too often.
    OPERATOR_CONTROL_BUSY = 409 "operator-control-busy";
    /// A customer has joined: the session needs no code.
    SESSION_NOT_WAITING = 409 "session-not-waiting";
    /// S-03: there is no question for this token.
    SURVEY_UNKNOWN = 404 "survey-unknown";
    /// S-03: no answer is taken any more.
    SURVEY_OVER = 409 "survey-over";
    /// S-03: it was answered before.
    SURVEY_ANSWERED = 409 "survey-answered";
    /// Something broke; the log has the incident's number.
    INTERNAL = 500 "internal";
}

field_codes! {
    /// Nothing was given.
    REQUIRED = "required";
    /// More than `max` characters.
    TOO_LONG = "too-long";
    /// Fewer than `min` characters.
    TOO_SHORT = "too-short";
    /// Control characters, line ends, or marks that turn text around.
    CHARACTERS = "characters-not-allowed";
    /// Another one has this value.
    TAKEN = "taken";
    /// D-1: A–Z a–z 0–9 - _ alone.
    LOGIN_CHARACTERS = "login-characters";
    /// no lower-case letter.
    PASSWORD_LOWER = "password-lower";
    /// no upper-case letter.
    PASSWORD_UPPER = "password-upper";
    /// no digit.
    PASSWORD_DIGIT = "password-digit";
    /// The second password differs.
    PASSWORD_CONFIRM = "password-confirm";
    /// 관리자 Password is wrong (D-5).
    PASSWORD_WRONG = "password-wrong";
    /// no code of now, or one that was used.
    CODE_WRONG = "code-wrong";
    /// Not an address.
    EMAIL = "email-not-valid";
    /// Not a telephone number.
    PHONE = "phone-not-valid";
    /// There is no such thing to choose.
    UNKNOWN = "unknown-choice";
    /// D-8: neither 사용 nor 사용안함.
    YES_OR_NO = "yes-or-no";
    /// Twice the same key.
    TWICE = "given-twice";
    /// D-8: the operator is not as it was when the file was read.
    CHANGED_SINCE_PREVIEW = "changed-since-preview";
    /// D-2: the licence allows `operators` operators, and this is one more.
    LICENCE_FULL = "licence-full";
    /// D-2: the licence allows `operators` operators with mobile support, and this is one more.
    LICENCE_MOBILE_FULL = "licence-mobile-full";
    /// Below `min` or above `max`.
    RANGE = "out-of-range";
    /// More than `max` entries.
    TOO_MANY = "too-many";
    /// G-2: no address, network or range.
    ADDRESS_PATTERN = "address-pattern";
    /// G-2: whoever saves the list from `address` would be locked out.
    LOCKS_OUT = "locks-out";
    /// No address of a web page.
    WEB_ADDRESS = "web-address";
    /// F-10: neither a program's name nor its absolute path.
    PROGRAM = "program-name";
    /// F-10: neither a folder's absolute path nor one that begins with "~/".
    FOLDER = "folder-path";
    /// Not a day.
    DATE = "date-not-valid";
    /// A period ends before it begins.
    PERIOD_REVERSED = "period-reversed";
    /// A period of more than `days` days.
    PERIOD_TOO_LONG = "period-too-long";
    /// No operator has or had this ID.
    OPERATOR_UNKNOWN = "operator-unknown";
}
