//! To whom an invitation goes. Parsed once, at the rim: what is sent to cannot hold a second address or a header.

use super::InvitationWay;
use crate::{
    fields::Fields,
    problem::{FieldProblem, field_code},
};
use lettre::Address;

/// Digits of a telephone number with its country (E.164), at least and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;
/// Digits at the end that are shown.
const SHOWN_DIGITS: usize = 4;

/// A customer's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Recipient {
    Email(Address),
    /// Digits, perhaps behind a `+`.
    Sms(String),
}

impl Recipient {
    /// `None`: refused, which stands in `fields`.
    pub(super) fn read(fields: &mut Fields, way: InvitationWay, given: &str) -> Option<Self> {
        if given.trim().is_empty() {
            fields.refuse(FieldProblem::new("to", field_code::REQUIRED));
            return None;
        }
        let mut own = Fields::default();
        let text = match way {
            InvitationWay::Email => own.email("to", given),
            InvitationWay::Sms => own.phone("to", given),
        };
        let errors = own.into_errors();
        if !errors.is_empty() {
            errors.into_iter().for_each(|error| fields.refuse(error));
            return None;
        }
        match way {
            InvitationWay::Email => {
                let read = text.parse::<Address>().ok();
                if read.is_none() {
                    fields.refuse(FieldProblem::new("to", field_code::EMAIL));
                }
                read.map(Self::Email)
            }
            InvitationWay::Sms => {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let plus = if text.starts_with('+') { "+" } else { "" };
                if text.get(1..).is_some_and(|rest| rest.contains('+')) || !DIGITS.contains(&digits.len()) {
                    fields.refuse(FieldProblem::new("to", field_code::PHONE));
                    return None;
                }
                Some(Self::Sms(format!("{plus}{digits}")))
            }
        }
    }

    /// Enough to tell one customer from another, and no more: the record is kept for years, and says who was helped otherwise.
    pub(super) fn masked(&self) -> String {
        match self {
            Self::Email(address) => {
                let first = address.user().chars().next().unwrap_or('*');
                format!("{first}***@{}", address.domain())
            }
            Self::Sms(number) => {
                let hidden = number.len().saturating_sub(SHOWN_DIGITS);
                format!("***{}", number.get(hidden..).unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{InvitationWay, Recipient};
    use crate::fields::Fields;

    fn read(way: InvitationWay, given: &str) -> Option<String> {
        let mut fields = Fields::default();
        let read = Recipient::read(&mut fields, way, given);
        let is_refused = fields.finish().is_err();
        read.filter(|_| !is_refused).map(|recipient| match recipient {
            Recipient::Email(address) => address.to_string(),
            Recipient::Sms(number) => number,
        })
    }

    /// no second address, no header, no command.
    #[test]
    fn what_is_no_single_address_is_refused() {
        let email = |given| read(InvitationWay::Email, given);
        assert_eq!(email(" park@example.com ").as_deref(), Some("park@example.com"));
        let hostile = [
            "",
            " ",
            "park",
            "park@",
            "@example.com",
            "a@b.kr,c@d.kr",
            "a@b.kr;c@d.kr",
            "a@b.kr c@d.kr",
            "Park <a@b.kr>",
            "a@b.kr\r\nBcc: c@d.kr",
            "a@b.kr\nBcc: c@d.kr",
            "a@b.kr\0",
            "a@b.kr>\r\nDATA",
            "a\u{202e}@b.kr",
            "a@b@c.kr",
            "a@b..kr",
        ];
        for given in hostile {
            assert_eq!(email(given), None, "{given:?}");
        }
        assert_eq!(email(&format!("{}@example.com", "a".repeat(1_000))), None);
        let sms = |given| read(InvitationWay::Sms, given);
        assert_eq!(sms("010-1234-5678").as_deref(), Some("01012345678"));
        assert_eq!(sms("+82 (10) 1234.5678").as_deref(), Some("+821012345678"));
        for given in [
            "",
            "1234567",
            "1234567890123456",
            "0101234567a",
            "010\n12345678",
            "0101+2345678",
            "++8210123456",
        ] {
            assert_eq!(sms(given), None, "{given:?}");
        }
    }

    #[test]
    fn most_of_an_address_is_hidden() {
        let mut fields = Fields::default();
        let mut masked =
            |way, given| Recipient::read(&mut fields, way, given).map(|recipient| recipient.masked());
        assert_eq!(masked(InvitationWay::Email, "park@example.com").as_deref(), Some("p***@example.com"));
        assert_eq!(masked(InvitationWay::Sms, "+821012345678").as_deref(), Some("***5678"));
    }
}
