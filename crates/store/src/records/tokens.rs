//! What a record is found by: words of an index that hold pairs of letters instead of a language's words.
//!
//! Korean is written without spaces where a search would need them, so each text becomes the overlapping pairs of
//! letters of its key ([`key_of`]), and what is searched for becomes a phrase of pairs: an infix is found wherever it
//! stands. A token is a letter that names the field, and for a pair two code points of four base-36 digits each, so
//! that it is made of `0-9a-z` alone on every database, whatever was typed.

use crate::{DepartmentId, SupportTypeId, keys::key_of, records::Resolution};
use sha2::{Digest as _, Sha256};

/// Stands before a text's first letter: what a single letter is looked up by.
const START: char = '\0';
/// Bytes of a value's digest in its token.
const DIGEST_BYTES: usize = 10;

/// 상담원 ID, by what it begins with: its pairs would be those of all the others, numbered one after the other.
const LOGIN: char = 'o';
/// What a record is filed under: 부서, 상담유형, 고객 OS, 해결 여부, in tokens as [`Filing`] says.
const FILED: char = 'f';
/// An address, by the parts that it begins with.
const ADDRESS: char = 'a';

/// Between the parts of an address.
const ADDRESS_PARTS: &[char] = &['.', ':'];
/// Between the words of a system's name.
const WORDS: &[char] = &[' '];

/// Which of what a record is filed under stands in one token. Each alone holds for a great part of all records, and two together
/// for few, which have to be looked for among a great part of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filing {
    /// Every choice out of the four has a token: a search looks up one, also where the index reads each from its beginning.
    Choices,
    /// Every choice out of department and support type has a token, and so has every choice out of system and resolution: a search
    /// looks up two at most, of which one at least is not frequent.
    Pairs,
}

/// What of a record is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Searched<'a> {
    pub(crate) operator_login: &'a str,
    pub(crate) operator_name: &'a str,
    pub(crate) customer_name: &'a str,
    pub(crate) memo: &'a str,
    pub(crate) department: DepartmentId,
    pub(crate) support_type: Option<SupportTypeId>,
    pub(crate) resolution: &'a str,
    pub(crate) customer_os: &'a str,
    pub(crate) customer_os_version: &'a str,
    /// Public and private of the customer, public and private of the operator; empty: not known.
    pub(crate) addresses: [&'a str; 4],
}

/// One way in which a condition holds.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// A run of tokens that must follow each other; where `within` is `None`, tokens that the record must have.
    pub(crate) tokens: Vec<String>,
    /// The same as the key of a text that stands in a field; `None`: the tokens say all of it.
    pub(crate) within: Option<(Field, String)>,
}

impl Phrase {
    fn one(token: String) -> Self {
        Self { tokens: vec![token], within: None }
    }
}

/// One condition: any of these phrases. All conditions of a search must hold.
pub(crate) type Condition = Vec<Phrase>;

/// A text that is searched for what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// 상담원 이름.
    Operator,
    /// 고객 이름.
    Customer,
    /// The memo.
    Memo,
}

impl Field {
    pub(crate) const ALL: [Self; 3] = [Self::Operator, Self::Customer, Self::Memo];

    /// In front of its tokens.
    const fn letter(self) -> char {
        match self {
            Self::Operator => 'n',
            Self::Customer => 'c',
            Self::Memo => 'm',
        }
    }

    /// What a record has there.
    pub(crate) const fn of<'a>(self, record: &Searched<'a>) -> &'a str {
        match self {
            Self::Operator => record.operator_name,
            Self::Customer => record.customer_name,
            Self::Memo => record.memo,
        }
    }
}

/// Every token of a record, in order.
pub(crate) fn of_record(record: &Searched<'_>, filing: Filing) -> Vec<String> {
    let mut tokens = Vec::new();
    for field in Field::ALL {
        let key = key_of(field.of(record));
        tokens.extend(key.chars().next().map(|first| pair(field, START, first)));
        tokens.extend(pairs(field, &key));
    }
    tokens.extend(login_beginnings(record.operator_login));
    tokens.extend(filed_tokens(record, filing));
    for address in record.addresses {
        let parts = beginnings(address, ADDRESS_PARTS);
        tokens.extend(parts.iter().map(|part| digest(ADDRESS, part)));
    }
    tokens
}

/// What the operator's ID begins with.
pub(crate) fn operator_login(text: &str) -> Condition {
    vec![Phrase::one(digest(LOGIN, &key_of(text)))]
}

/// Infix of the operator's name; a single letter: its beginning.
pub(crate) fn operator_name(text: &str) -> Condition {
    vec![infix(Field::Operator, text)]
}

/// Infix of the customer's name; a single letter: its beginning.
pub(crate) fn customer_name(text: &str) -> Condition {
    vec![infix(Field::Customer, text)]
}

/// Infix of the memo or of the customer's name; a single letter: the beginning of one of them.
pub(crate) fn free_text(text: &str) -> Condition {
    vec![infix(Field::Memo, text), infix(Field::Customer, text)]
}

/// What a record is filed under, all of it together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filed<'a> {
    pub(crate) department: Option<DepartmentId>,
    pub(crate) support_type: Option<SupportTypeId>,
    /// The words that the system's name, or its name with its version, begins with; empty: any system.
    pub(crate) customer_os: &'a str,
    pub(crate) resolution: Option<Resolution>,
}

/// `None`: nothing is asked for.
pub(crate) fn filed(asked: Filed<'_>, filing: Filing) -> Option<Condition> {
    let os = key_of(asked.customer_os.trim());
    let [department, support_type] = [asked.department.map(department), asked.support_type.map(support_type)];
    let os = (!os.is_empty()).then(|| Part::of(OS, &os));
    let resolution = asked.resolution.map(|chosen| resolution(chosen.name()));
    let looked_up = match filing {
        Filing::Choices => vec![Part::all([department, support_type, os, resolution])],
        Filing::Pairs => vec![Part::all([department, support_type]), Part::all([os, resolution])],
    };
    let tokens: Vec<String> = looked_up.into_iter().flatten().map(Part::token).collect();
    (!tokens.is_empty()).then(|| vec![Phrase { tokens, within: None }])
}

/// An address, or the parts that it begins with: `192.168.` and `192.168.*` as well as the whole.
pub(crate) fn address(text: &str) -> Condition {
    let key = key_of(text.trim());
    vec![Phrase::one(digest(ADDRESS, key.trim_end_matches(['.', ':', '*'])))]
}

/// The tokens of what the record is filed under.
fn filed_tokens(record: &Searched<'_>, filing: Filing) -> impl Iterator<Item = String> {
    let mut systems = beginnings(record.customer_os, WORDS);
    systems.extend(beginnings(record.customer_os_version, WORDS));
    systems.sort_unstable();
    systems.dedup();
    let columns: [Vec<Part>; 4] = [
        vec![department(record.department)],
        record.support_type.map(support_type).into_iter().collect(),
        systems.iter().map(|system| Part::of(OS, system)).collect(),
        vec![resolution(record.resolution)],
    ];
    let parts = match filing {
        Filing::Choices => choices(&columns),
        Filing::Pairs => columns.chunks(2).flat_map(choices).collect(),
    };
    parts.into_iter().map(Part::token)
}

/// Every choice of parts: one or none of each column.
fn choices(columns: &[Vec<Part>]) -> Vec<Part> {
    let mut choices = vec![None];
    for column in columns {
        let more: Vec<_> = choices
            .iter()
            .flat_map(|chosen| column.iter().map(move |part| Part::all([*chosen, Some(*part)])))
            .collect();
        choices.extend(more);
    }
    choices.into_iter().flatten().collect()
}

/// Of the parts that a choice is made of.
const DEPARTMENT: char = 'd';
const SUPPORT_TYPE: char = 't';
/// By the words that it begins with.
const OS: char = 's';
const RESOLUTION: char = 'r';

/// The digest of a part, or of several: the exclusive or of theirs, so that each is digested once.
#[derive(Clone, Copy)]
struct Part(u64);

impl Part {
    fn of(field: char, value: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update([u8::try_from(field).unwrap_or_default()]);
        hasher.update(value.as_bytes());
        let digest = hasher.finalize();
        Self(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    /// Those that are there, as one.
    fn all<const COUNT: usize>(parts: [Option<Self>; COUNT]) -> Option<Self> {
        parts.into_iter().flatten().reduce(Self::and)
    }

    fn token(self) -> String {
        hex(FILED, &self.0.to_be_bytes())
    }
}

fn department(id: DepartmentId) -> Part {
    Part::of(DEPARTMENT, &id.uuid().simple().to_string())
}

fn support_type(id: SupportTypeId) -> Part {
    Part::of(SUPPORT_TYPE, &id.uuid().simple().to_string())
}

fn resolution(name: &str) -> Part {
    Part::of(RESOLUTION, name)
}

fn infix(field: Field, text: &str) -> Phrase {
    let key = key_of(text);
    let mut letters = key.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => Phrase::one(pair(field, START, only)),
        _ => {
            let tokens: Vec<String> = pairs(field, &key).collect();
            let within = (1 < tokens.len()).then_some((field, key));
            Phrase { tokens, within }
        }
    }
}

fn pairs(field: Field, key: &str) -> impl Iterator<Item = String> {
    key.chars().zip(key.chars().skip(1)).map(move |(one, next)| pair(field, one, next))
}

/// 36⁴ is more than there are code points.
fn pair(field: Field, one: char, next: char) -> String {
    let mut token = String::with_capacity(9);
    token.push(field.letter());
    for letter in [one, next] {
        for power in [46_656, 1_296, 36, 1] {
            token.push(digit(u32::from(letter) / power, 36));
        }
    }
    token
}

/// The key of a value, and each of its beginnings that ends before a separator.
fn beginnings(value: &str, separators: &'static [char]) -> Vec<String> {
    let key = key_of(value.trim());
    let ends = key.match_indices(separators).map(|(at, _)| at).chain([key.len()]);
    let mut parts: Vec<String> =
        ends.filter_map(|end| key.get(..end)).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    parts.dedup();
    parts
}

/// A token for each beginning of an ID.
fn login_beginnings(login: &str) -> impl Iterator<Item = String> {
    let key = key_of(login);
    let ends: Vec<usize> = key.char_indices().skip(1).map(|(at, _)| at).chain([key.len()]).collect();
    ends.into_iter().filter_map(move |end| Some(digest(LOGIN, key.get(..end)?)))
}

fn digest(field: char, value: &str) -> String {
    let digest = Sha256::digest(value.as_bytes());
    hex(field, digest.first_chunk::<DIGEST_BYTES>().map_or(&[], |first| first))
}

/// Some ninety of these are made of each record: to format them would take longer than everything else about them.
fn hex(field: char, bytes: &[u8]) -> String {
    let mut token = String::with_capacity(1 + 2 * bytes.len());
    token.push(field);
    for byte in bytes {
        token.push(digit(u32::from(byte >> 4), 16));
        token.push(digit(u32::from(*byte), 16));
    }
    token
}

/// The last digit of a number, to a radix of at most 36.
fn digit(number: u32, radix: u32) -> char {
    char::from_digit(number % radix, radix).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{DepartmentId, Field, Filing, Searched, address, beginnings, digest, infix, of_record, pair};
    use crate::SupportTypeId;
    use sha2::{Digest as _, Sha256};

    /// What stands in an index was made from the same record by these rules. Whoever changes them writes a migration that makes the
    /// index of every record anew, as `m0052_record_postings` does.
    #[test]
    fn what_is_in_databases_is_made_by_the_same_rules() {
        let record = Searched {
            operator_login: "kim_01",
            operator_name: "김상담",
            customer_name: "Straße 한글",
            memo: "프린터 드라이버 재설치, ＡＢＣ 100%",
            department: DepartmentId::from(uuid::Uuid::from_u128(1)),
            support_type: Some(SupportTypeId::from(uuid::Uuid::from_u128(2))),
            resolution: "resolved",
            customer_os: "Windows",
            customer_os_version: "Windows 11 Pro 23H2",
            addresses: ["203.0.113.7", "192.168.0.7", "2001:db8::1", ""],
        };
        let made = [Filing::Choices, Filing::Pairs].map(|filing| {
            let mut tokens = of_record(&record, filing);
            tokens.sort_unstable();
            hex::encode(Sha256::digest(tokens.join(" ")).first_chunk::<8>().unwrap())
        });
        assert_eq!(made, ["99f24d964dc16720", "8d5f7ed8aea78610"]);
    }

    #[test]
    fn every_token_is_of_digits_and_small_letters() {
        for text in ["김민수", "a\"b*c", "NEAR(x y)", "😀😀", "\u{10ffff}\u{10ffff}", "%_-'"] {
            let tokens = infix(Field::Memo, text).tokens;
            let plain =
                |token: &String| token.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
            assert!(tokens.iter().all(plain), "{tokens:?}");
            assert_eq!(tokens.len(), text.chars().count().max(2) - 1, "{text}");
        }
        assert_ne!(pair(Field::Memo, 'a', 'b'), pair(Field::Memo, 'b', 'a'));
    }

    #[test]
    fn an_address_is_found_by_the_parts_that_it_begins_with() {
        let parts = beginnings("192.168.10.7", &['.', ':']);
        let kept: Vec<String> = parts.iter().map(|part| digest('a', part)).collect();
        for (asked, found) in [
            ("192.168.10.7", true),
            ("192.168.*", true),
            ("192.168.", true),
            ("192.168.1", false),
            ("168.10", false),
        ] {
            let [phrase] = &*address(asked) else { panic!("one phrase") };
            assert_eq!(kept.contains(&phrase.tokens.concat()), found, "{asked}");
        }
    }
}
