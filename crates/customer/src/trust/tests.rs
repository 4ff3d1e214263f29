//! Whom the program believes.

use clap::Parser as _;
use protocol::{IdentityHash, slot::Slot};

use super::{Meeting, Pin, Pins, Server, meet};
use crate::arguments::{Arguments, StartError};
use crate::code;
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

/// RustDesk: an address of its own scheme, or the program's file name, moves the client to an attacker's server in silence
/// (CWE-862). Here a prepared app takes no other server from anywhere, and an app that nobody has prepared believes none
/// before a person has compared its identity.
#[test]
fn cve_2026_30797_nothing_from_outside_moves_the_app_to_another_server() {
    let slot = Slot {
        origins: vec!["https://support.example".to_owned()],
        identities: vec![IdentityHash([1; 32])],
        authority_sha256: Some([9; 32]),
    };
    let find = |prepared: Option<&Slot>, arguments: &[&str]| {
        let arguments = Arguments::try_parse_from([&["beside"][..], arguments].concat()).unwrap();
        Server::of(prepared.cloned(), &arguments)
    };
    let evil = "ab".repeat(32);
    for arguments in [
        &["--server", "https://evil.example"][..],
        &["--accept-identity", &evil],
        &["--server", "https://evil.example", "--accept-identity", &evil],
    ] {
        assert!(matches!(find(Some(&slot), arguments), Err(StartError::Prepared)), "{arguments:?}");
    }
    let Ok(Server::Prepared(destination)) = find(Some(&slot), &["--code", "123456"]) else {
        panic!("prepared")
    };
    assert_eq!(destination.origins, [origin("https://support.example")]);
    assert_eq!(destination.identities, slot.identities);

    let Ok(Server::Given { origin: evil, accept }) = find(None, &["--server", "https://evil.example"]) else {
        panic!("given")
    };
    let found = Found { identity: IdentityHash([2; 32]), authority: None };
    assert!(matches!(meet(&evil, found, accept), Ok(Meeting::Ask(_))), "a person says so, whoever vouches");

    for name in
        ["beside-host=evil.example,key=abc", "beside-123456-host=evil.example", "beside-https:__evil.example"]
    {
        assert_eq!(code::from_file_name(name), None, "{name}");
    }
}
