//! Any text as what a console may name on the customer's machine: an address, a program, a folder, a path, a name, a code. What
//! is taken is what its type promises.

use bytes::Bytes;
use protocol::{
    files::{FileName, FilePath, FilesMessage},
    limits, text,
    tools::{Request, Tool, WebUrl},
    wire,
};

pub(crate) fn run(data: &[u8]) {
    let told = String::from_utf8_lossy(data);
    address(&told);
    place(&told);
    target(&told);
    favourite(&told);
    let shown = text::shown(&told);
    assert!(shown.chars().all(text::is_visible), "{shown:?}");
    assert!(text::line(&told, 60).chars().count() <= 60);
}

fn address(told: &str) {
    let Ok(url) = WebUrl::parse(told) else { return };
    let written = url.as_str();
    assert!(written.starts_with("http://") || written.starts_with("https://"), "{written}");
    assert!(
        written.len() <= limits::TOOL_TARGET_CHARS && written.bytes().all(|byte| byte.is_ascii_graphic())
    );
    let host = written.split('/').nth(2).unwrap_or_default();
    assert!(!host.is_empty() && !host.contains('@'), "{written}");
    assert_eq!(WebUrl::parse(written).as_ref().map(WebUrl::as_str), Ok(written), "once is enough");
}

fn place(told: &str) {
    if let Ok(name) = FileName::parse(told) {
        let name = name.as_str();
        assert!(!name.contains(['/', '\0']) && name != ".." && name != "." && !name.is_empty(), "{name:?}");
        assert!(name.len() <= limits::FILE_NAME_BYTES);
    }
    if let Ok(path) = FilePath::parse(told) {
        let path = path.as_str();
        assert!(
            path.starts_with('/') && !path.contains('\0') && path.len() <= limits::FILE_PATH_BYTES,
            "{path:?}"
        );
        assert!(!path.split('/').any(|part| part == ".."), "{path:?}");
    }
}

/// Parts of the text as the names of a target, below another part as its folder.
fn target(told: &str) {
    let mut parts = told.split('|').map(str::to_owned);
    let folder = parts.next().unwrap_or_default();
    let send = wire::SendFile {
        transfer: 1,
        id: Bytes::from_static(&[1; 16]),
        target: Some(wire::TransferTarget { folder, names: parts.collect(), clipboard: 0 }),
        ..wire::SendFile::default()
    };
    let body = Some(wire::files_message::Body::SendFile(send));
    if let Ok(FilesMessage::Send(send)) = FilesMessage::try_from(wire::FilesMessage { body }) {
        let way = send.target.way().len();
        assert!(way < limits::FILE_DEPTH, "{way}");
        assert!(send.target.way().iter().all(|name| name.as_str() != ".." && !name.as_str().contains('/')));
    }
}

fn favourite(told: &str) {
    use wire::{open_favourite::Kind, tool_request::Tool as Asked};
    for kind in [Kind::Url, Kind::Program, Kind::Folder] {
        let open = wire::OpenFavourite { kind: kind.into(), target: told.to_owned() };
        let request = wire::ToolRequest { id: 1, tool: Some(Asked::OpenFavourite(open)) };
        if let Ok(Request { tool: tool @ Tool::OpenFavourite(_), .. }) = Request::try_from(request) {
            let object = tool.object();
            assert!(!object.is_empty() && !object.chars().any(char::is_control), "{object:?}");
            assert!(object.chars().count() <= limits::TOOL_TARGET_CHARS);
        }
    }
}
