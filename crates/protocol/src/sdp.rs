//! The little that we read from a session description ourselves: its DTLS fingerprint.

use crate::Fingerprint;

/// The SHA-256 fingerprint that every section of `sdp` carries.
///
/// `None` where there is none, where one is malformed or of another hash, or where two differ: the policy binds
/// one certificate, so a description with several is not ours. Source: RFC 8122 §5 (`a=fingerprint`).
#[must_use]
pub fn fingerprint(sdp: &str) -> Option<Fingerprint> {
    let mut found = None;
    for line in sdp.lines() {
        let Some(value) = line.trim_end().strip_prefix("a=fingerprint:") else { continue };
        let parsed = parse(value)?;
        match found {
            Some(before) if before != parsed => return None,
            _ => found = Some(parsed),
        }
    }
    found
}

/// `fingerprint` as a session description writes it.
#[must_use]
pub fn write(fingerprint: Fingerprint) -> String {
    let pairs: Vec<String> = fingerprint.0.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("sha-256 {}", pairs.join(":"))
}

fn parse(value: &str) -> Option<Fingerprint> {
    let (hash, digits) = value.split_once(' ')?;
    if !hash.eq_ignore_ascii_case("sha-256") {
        return None;
    }
    let mut bytes = [0_u8; 32];
    let mut pairs = digits.trim().split(':');
    for byte in &mut bytes {
        let pair = pairs.next().filter(|pair| pair.len() == 2)?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    pairs.next().is_none().then_some(Fingerprint(bytes))
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, write};
    use crate::Fingerprint;

    #[test]
    fn a_fingerprint_is_read_back_and_two_different_ones_are_none() {
        let (one, two) = (Fingerprint([0xab; 32]), Fingerprint([7; 32]));
        let sdp = format!("v=0\r\na=fingerprint:{}\r\nm=x\r\na=fingerprint:{}\r\n", write(one), write(one));
        assert_eq!(fingerprint(&sdp), Some(one));
        assert_eq!(fingerprint(&format!("{sdp}a=fingerprint:{}\r\n", write(two))), None);
        assert_eq!(fingerprint("a=fingerprint:sha-1 AA:BB\r\n"), None);
        assert_eq!(fingerprint("v=0\r\n"), None);
    }
}
