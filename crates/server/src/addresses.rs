//! Allowed addresses: what an administrator types as 허용 IP, and whether an address is one of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Of IPv4 as part of IPv6 (RFC 4291 §2.5.5.2), in bits.
const MAPPED_PREFIX: u8 = 96;

/// One pattern: an address, a network such as `10.0.0.0/8` or `2001:db8::/32`, or a range such as `192.168.1.*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// The bits that count, and which they are.
    V4 { value: u32, mask: u32 },
    /// The same of IPv6.
    V6 { value: u128, mask: u128 },
}

/// A list of patterns. An empty one allows every address.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    patterns: Vec<Pattern>,
    is_empty: bool,
}

impl Pattern {
    /// The pattern as typed; `None`: it is none.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if typed.contains('*') {
            return range(typed);
        }
        let (address, prefix) = match typed.split_once('/') {
            Some((address, prefix)) => (address, Some(number(prefix)?)),
            None => (typed, None),
        };
        match address.parse().ok()? {
            IpAddr::V4(address) => Self::v4(address, prefix.unwrap_or(32)),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                // What the server sees of such an address is IPv4.
                Some(v4) if prefix.is_none_or(|prefix| MAPPED_PREFIX <= prefix) => {
                    Self::v4(v4, prefix.map_or(32, |prefix| prefix - MAPPED_PREFIX))
                }
                _ => Self::v6(address, prefix.unwrap_or(128)),
            },
        }
    }

    fn v4(address: Ipv4Addr, prefix: u8) -> Option<Self> {
        let mask = u32::MAX.checked_shl(32_u32.checked_sub(prefix.into())?).unwrap_or(0);
        Some(Self::V4 { value: address.to_bits() & mask, mask })
    }

    fn v6(address: Ipv6Addr, prefix: u8) -> Option<Self> {
        let mask = u128::MAX.checked_shl(128_u32.checked_sub(prefix.into())?).unwrap_or(0);
        Some(Self::V6 { value: address.to_bits() & mask, mask })
    }

    fn matches(self, address: IpAddr) -> bool {
        match (self, address.to_canonical()) {
            (Self::V4 { value, mask }, IpAddr::V4(address)) => address.to_bits() & mask == value,
            (Self::V6 { value, mask }, IpAddr::V6(address)) => address.to_bits() & mask == value,
            _ => false,
        }
    }
}

impl Allowed {
    /// A kept list. What is no pattern allows nobody: the form lets none through.
    pub(crate) fn new(kept: &[String]) -> Self {
        let patterns = kept.iter().filter_map(|typed| Pattern::parse(typed)).collect();
        Self { patterns, is_empty: kept.is_empty() }
    }

    /// Whether somebody may come from there.
    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        self.is_empty || self.patterns.iter().any(|pattern| pattern.matches(address))
    }
}

/// Four parts of IPv4, any of them `*`.
fn range(typed: &str) -> Option<Pattern> {
    let (mut value, mut mask, mut parts) = (0_u32, 0_u32, 0);
    for part in typed.split('.') {
        let octet = if part == "*" { None } else { Some(number(part)?) };
        value = value << 8 | u32::from(octet.unwrap_or(0));
        mask = mask << 8 | if octet.is_some() { 0xff } else { 0 };
        parts += 1;
        if 4 < parts {
            return None;
        }
    }
    (parts == 4).then_some(Pattern::V4 { value, mask })
}

/// Digits alone, without a zero before them: to some programs that would be an octal number.
fn number(text: &str) -> Option<u8> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::{Allowed, Pattern};

    fn check(pattern: &str, inside: &[&str], outside: &[&str]) {
        assert!(Pattern::parse(pattern).is_some(), "{pattern} is a pattern");
        let allowed = Allowed::new(&[pattern.to_owned()]);
        for address in inside {
            assert!(allowed.allows(address.parse().unwrap()), "{address} is in {pattern}");
        }
        for address in outside {
            assert!(!allowed.allows(address.parse().unwrap()), "{address} is outside {pattern}");
        }
    }

    /// A-4, G-2.
    #[test]
    fn a_pattern_is_an_address_a_network_or_a_range() {
        check("192.168.1.7", &["192.168.1.7", "::ffff:192.168.1.7"], &["192.168.1.8", "::192.168.1.7"]);
        check(" 192.168.1.* ", &["192.168.1.0", "192.168.1.255"], &["192.168.2.1", "::1"]);
        check("10.*.*.9", &["10.1.2.9"], &["10.1.2.8", "11.1.2.9"]);
        check("*.*.*.*", &["1.2.3.4"], &["2001:db8::1"]);
        check("10.0.0.0/8", &["10.255.0.1", "::ffff:10.0.0.1"], &["11.0.0.1"]);
        check("10.1.2.3/16", &["10.1.9.9"], &["10.2.0.1"]);
        check("0.0.0.0/0", &["255.255.255.255"], &["::1"]);
        check("1.2.3.4/32", &["1.2.3.4"], &["1.2.3.5"]);
        check("2001:db8::/32", &["2001:db8:ffff::1"], &["2001:db9::1", "32.1.13.184"]);
        check("2001:DB8::1", &["2001:db8:0:0::1"], &["2001:db8::2"]);
        check("::/0", &["2001:db8::1"], &["1.2.3.4"]);
        check("::1", &["::1"], &["127.0.0.1"]);
        check("::ffff:10.0.0.1", &["10.0.0.1", "::ffff:10.0.0.1"], &["10.0.0.2"]);
        check("::ffff:10.0.0.0/104", &["10.200.0.1"], &["11.0.0.1"]);
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for typed in [
            "",
            "*",
            "192.168.1",
            "192.168.1.*.*",
            "192.168.1.256",
            "192.168.01.1",
            "192.168.01.*",
            "1.2.3.4/33",
            "1.2.3.4/",
            "1.2.3.4/-1",
            "1.2.3.4/08",
            "1.2.3.*/24",
            "192.168.*",
            "192.168.1.1-9",
            "2001:db8::*",
            "2001:db8::/129",
            "fe80::1%eth0",
            "support.example",
            "1.2.3.4 5.6.7.8",
            "１.2.3.4",
            "1.2.3.4\0",
        ] {
            assert_eq!(Pattern::parse(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn an_empty_list_allows_everybody_and_a_broken_one_nobody() {
        let address = "1.2.3.4".parse().unwrap();
        assert!(Allowed::new(&[]).allows(address));
        assert!(!Allowed::new(&["nonsense".to_owned()]).allows(address));
    }
}
