use proptest::prelude::*;
use prost::Message as _;

use super::{
    Favourite, FavouriteError, FavouriteKind, Outcome, Request, RequestError, UrlError, WebUrl, parts,
};
use crate::{limits, wire};

/// F-04: what an address may be, before anything opens it.
#[test]
fn addresses_of_the_web_alone_are_addresses() {
    let long = format!("https://example.com/{}", "가".repeat(400));
    let table: [(&str, Result<&str, UrlError>); 21] = [
        (
            "https://a.kr/css?family=Roboto|Noto&q={a}`^#x\\y",
            Ok("https://a.kr/css?family=Roboto%7CNoto&q=%7Ba%7D%60%5E#x%5Cy"),
        ),
        ("https://example.com/a?b=c#d", Ok("https://example.com/a?b=c#d")),
        ("  http://example.com ", Ok("http://example.com/")),
        ("HTTPS://EXAMPLE.com", Ok("https://example.com/")),
        ("https://한국.kr/문서", Ok("https://xn--3e0b707e.kr/%EB%AC%B8%EC%84%9C")),
        ("http://[::1]:8080/", Ok("http://[::1]:8080/")),
        ("", Err(UrlError::Malformed)),
        ("example.com", Err(UrlError::Malformed)),
        ("--help", Err(UrlError::Malformed)),
        ("https://", Err(UrlError::Malformed)),
        ("https://exa mple.com", Err(UrlError::Malformed)),
        ("https://example.com/\nSet-Cookie: a", Err(UrlError::Malformed)),
        ("https://example.com/\0", Err(UrlError::Malformed)),
        ("java\tscript:alert(1)", Err(UrlError::Malformed)),
        ("javascript:alert(1)", Err(UrlError::Scheme)),
        ("file:///etc/passwd", Err(UrlError::Scheme)),
        ("data:text/html,x", Err(UrlError::Scheme)),
        ("ms-settings:privacy", Err(UrlError::Scheme)),
        ("https://bank.example@evil.example/", Err(UrlError::Credentials)),
        ("https://user:secret@example.com/", Err(UrlError::Credentials)),
        (&long, Err(UrlError::Malformed)),
    ];
    for (text, expected) in table {
        let found = WebUrl::parse(text);
        assert_eq!(found.as_ref().map(WebUrl::as_str).map_err(|error| *error), expected, "{text:?}");
    }
}

/// F-10: a program is a name or an absolute path, a folder an absolute path or one within the home folder.
#[test]
fn favourites_are_addresses_names_and_absolute_paths() {
    use FavouriteKind::{Folder, Program, Url};
    let table = [
        (Url, "https://a.kr/", Ok(())),
        (Url, "ftp://a.kr/", Err(FavouriteError::Url)),
        (Url, "https://bank.example@evil.example/", Err(FavouriteError::Url)),
        (Program, " 계산기 ", Ok(())),
        (Program, "org.gnome.Calculator", Ok(())),
        (Program, "/usr/bin/xterm", Ok(())),
        (Program, "C:\\Program Files\\a.exe", Ok(())),
        (Program, "\\\\server\\share\\a.exe", Ok(())),
        (Program, "bin/xterm", Err(FavouriteError::Program)),
        (Program, "..\\a.exe", Err(FavouriteError::Program)),
        (Program, "~/bin/a", Err(FavouriteError::Program)),
        (Program, "--help", Err(FavouriteError::Program)),
        (Program, " ", Err(FavouriteError::Malformed)),
        (Program, "a\nb", Err(FavouriteError::Malformed)),
        (Folder, "/var/log", Ok(())),
        (Folder, "~", Ok(())),
        (Folder, "~/문서", Ok(())),
        (Folder, "D:/", Ok(())),
        (Folder, "~root", Err(FavouriteError::Folder)),
        (Folder, "Documents", Err(FavouriteError::Folder)),
        (Folder, "file:///etc", Err(FavouriteError::Folder)),
    ];
    for (kind, text, expected) in table {
        assert_eq!(Favourite::parse(kind, text).map(drop), expected, "{kind:?} {text:?}");
    }
}

#[test]
fn a_request_without_a_tool_or_with_half_of_one_is_none() {
    use wire::tool_request::Tool;
    let favourite = |kind: wire::open_favourite::Kind, target: &str| {
        Tool::OpenFavourite(wire::OpenFavourite { kind: kind.into(), target: target.to_owned() })
    };
    let long = "x".repeat(limits::TOOL_TARGET_CHARS + 1);
    let table = [
        None,
        Some(Tool::OpenUrl(wire::OpenUrl { url: "file:///etc/passwd".to_owned() })),
        Some(favourite(wire::open_favourite::Kind::Unspecified, "calc")),
        Some(favourite(wire::open_favourite::Kind::Url, "javascript:alert(1)")),
        Some(favourite(wire::open_favourite::Kind::Program, "")),
        Some(favourite(wire::open_favourite::Kind::Program, "a\0b")),
        Some(favourite(wire::open_favourite::Kind::Program, "xterm/../sh")),
        Some(favourite(wire::open_favourite::Kind::Folder, "Documents")),
        Some(favourite(wire::open_favourite::Kind::Folder, &long)),
        Some(Tool::ChangeService(wire::ChangeService { name: "cups".to_owned(), act: 0 })),
        Some(Tool::ChangeService(wire::ChangeService { name: " ".to_owned(), act: 1 })),
        Some(Tool::ChangeService(wire::ChangeService { name: "cups".to_owned(), act: 99 })),
    ];
    for tool in table {
        let request = wire::ToolRequest { id: 7, tool: tool.clone() };
        assert_eq!(Request::try_from(request), Err(RequestError { id: 7 }), "{tool:?}");
    }
}

fn process(pid: u32, command: &str) -> wire::ProcessEntry {
    wire::ProcessEntry { pid, command: command.to_owned(), ..Default::default() }
}

#[test]
fn an_answer_without_a_list_is_one_message() {
    let [done] = parts(3, Outcome::Done).try_into().unwrap();
    assert_eq!((done.id, done.more, done.problem.as_str()), (3, false, ""));
    let [lacking] = parts(3, Outcome::Unsupported("services-no-systemd")).try_into().unwrap();
    assert_eq!((lacking.problem.as_str(), lacking.detail.as_str()), ("unsupported", "services-no-systemd"));
    let [empty] = parts(3, Outcome::Processes(Vec::new())).try_into().unwrap();
    assert_eq!((empty.more, empty.result), (false, None));
}

/// What any local program can make long does not end the connection.
#[test]
fn an_answer_has_an_end() {
    let all: Vec<_> = (0..4_096).map(|pid| process(pid, &"가".repeat(512))).collect();
    let answers = parts(1, Outcome::Processes(all));
    assert_eq!(answers.len(), 64);
    assert!(answers.iter().take(63).all(|answer| answer.more) && !answers[63].more);
}

proptest! {
    /// Whatever a machine tells of itself, no message is over its limit, the order stays, and only the last says that
    /// it is the last.
    #[test]
    fn lists_are_cut_into_messages_that_fit(lengths in prop::collection::vec(0_usize..3_000, 0..200)) {
        let all: Vec<_> = (0..).zip(&lengths).map(|(pid, length)| process(pid, &"가".repeat(length / 3))).collect();
        let answers = parts(9, Outcome::Processes(all.clone()));
        for answer in &answers {
            let message = wire::PeerMessage { body: Some(wire::peer_message::Body::ToolAnswer(answer.clone())) };
            prop_assert!(message.encoded_len() <= limits::PEER_MESSAGE_BYTES);
        }
        let more: Vec<bool> = answers.iter().map(|answer| answer.more).collect();
        prop_assert!(more.iter().rev().skip(1).all(|more| *more) && !more[more.len() - 1]);
        let told: Vec<_> = answers
            .into_iter()
            .filter_map(|answer| answer.result)
            .flat_map(|result| match result {
                wire::tool_answer::Result::Processes(part) => part.processes,
                _ => Vec::new(),
            })
            .collect();
        prop_assert_eq!(told, all);
    }
}
