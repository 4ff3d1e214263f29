//! Whom the program believes.

use protocol::IdentityHash;

use super::{Meeting, Pin, Pins, meet};
use crate::link::{Authority, Found, LinkError, Origin};

fn origin(text: &str) -> Origin {
    text.parse().unwrap()
}

#[test]
fn a_new_server_is_confirmed_by_a_person_or_by_the_command_line() {
    let server = origin("https://support.example");
    let (one, two) = (IdentityHash([1; 32]), IdentityHash([2; 32]));
    let check = |authority, accept| meet(&server, Found { identity: one, authority }, accept);
    assert!(matches!(check(Some([9; 32]), None), Ok(Meeting::Ask(_))));
    assert!(matches!(check(Some([9; 32]), Some(one)), Ok(Meeting::Known(_))));
    assert!(matches!(check(None, None), Ok(Meeting::Ask(_))));
    assert!(matches!(check(None, Some(one)), Ok(Meeting::Known(_))));
    assert!(matches!(check(None, Some(two)), Err(LinkError::WrongServer)));
    assert!(matches!(check(Some([9; 32]), Some(two)), Err(LinkError::WrongServer)));
}

#[test]
fn a_confirmed_server_is_remembered_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let pins = Pins::new(Some(folder.path().join("beside")));
    let server = origin("https://support.example:8443");
    assert_eq!(pins.find(&server), None);
    for (byte, authority) in [(1, Some([7; 32])), (2, None)] {
        let pin = Pin { server: server.authority(), identity: IdentityHash([byte; 32]), authority };
        pins.keep(&pin).unwrap();
        assert_eq!(pins.find(&server), Some(pin));
    }
    assert_eq!(pins.find(&origin("https://support.example")), None);
    let destination = pins.find(&server).unwrap().destination(&server);
    assert_eq!(destination.authority, Authority::System);
}

#[test]
fn a_damaged_file_of_servers_is_read_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let line = format!("good.example {} -\n", "ab".repeat(32));
    std::fs::write(folder.path().join("known-servers"), format!("bad\nbad.example zz -\n\n{line}half.exa"))
        .unwrap();
    let pins = Pins::new(Some(folder.path().to_owned()));
    assert!(pins.find(&origin("https://good.example")).is_some());
    assert_eq!(pins.find(&origin("https://bad.example")), None);
}
