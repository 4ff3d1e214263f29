//! What real programs say, for each target, small: what the inputs of `corpus/` began as.

use bytes::Bytes;
use prost::Message;
use protocol::{
    Fingerprint, IdentityHash, Permissions, policy,
    slot::{Slot, version_mark},
    versions, wire,
};
use tiles::{Encoder, Finish, Patch, Rect, compress_pointer};
use voice::Speaker;

use crate::desk;

type Seeds = Vec<(String, Vec<u8>)>;

pub(super) fn all() -> Vec<(&'static str, Seeds)> {
    vec![
        ("answers", answers()),
        ("customer", customer()),
        ("descriptions", descriptions()),
        ("hosting", hosting()),
        ("messages", messages()),
        ("packets", packets()),
        ("paths", paths()),
        ("policies", policies()),
        ("printing", printing()),
        ("slots", slots()),
        ("voice", voice()),
    ]
}

fn named<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Seeds {
    texts.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect()
}

fn answers() -> Seeds {
    named([
        (
            "identity",
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 61\r\n\r\n\
             {\"identity_sha256\":\"ab\",\"protocol\":{\"lowest\":1,\"highest\":1}}",
        ),
        (
            "chunked",
            "HTTP/1.1 422 Unprocessable\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{\"a\":{}}\r\n0\r\n\r\n",
        ),
        ("empty", "HTTP/1.1 204 No Content\r\n\r\n"),
        ("name", "https://support.example:8443/"),
        ("address", "https://[2001:db8::1]:8443"),
        ("address-4", "https://192.0.2.1"),
    ])
}

/// A tone, as the app says it.
fn voice() -> Seeds {
    let tone: Vec<f32> = (0..20 * 960_u16).map(|at| 0.5 * (f32::from(at) * 0.13).sin()).collect();
    let mut said = Vec::new();
    Speaker::new().unwrap().take(&tone, |time, packet| {
        said.extend(u32::try_from(time / 480).unwrap().to_le_bytes());
        said.push(u8::try_from(packet.len()).unwrap());
        said.extend(packet);
    });
    vec![("tone".to_owned(), said)]
}

/// A request, and a document of each format behind the number of its format.
fn printing() -> Seeds {
    use printing::{Attribute, Group, GroupTag, Message, Value, Word};
    let word = |word, text: &str| Value::Text(word, text.to_owned());
    let size = Value::Collection(vec![
        Attribute::one("x-dimension", Value::Integer(21_000)),
        Attribute::one("y-dimension", Value::Integer(29_700)),
    ]);
    let operation = vec![
        Attribute::one("attributes-charset", word(Word::Charset, "utf-8")),
        Attribute::one("attributes-natural-language", word(Word::Language, "ko")),
        Attribute::one("printer-uri", Value::uri("ipp://127.0.0.1:1/ipp/print/x")),
        Attribute::one("job-name", Value::name("보고서.pdf")),
        Attribute::one("document-format", word(Word::Mime, "application/pdf")),
        Attribute::many(
            "requested-attributes",
            vec![Value::keyword("all"), Value::keyword("media-col-database")],
        ),
    ];
    let job = vec![
        Attribute::one("page-ranges", Value::Range(1, 2)),
        Attribute::one("media-col", Value::Collection(vec![Attribute::one("media-size", size)])),
    ];
    let request = |code| Message {
        version: (2, 0),
        code,
        request_id: 1,
        groups: vec![
            Group { tag: GroupTag::Operation, attributes: operation.clone() },
            Group { tag: GroupTag::Job, attributes: job.clone() },
        ],
    };
    let pdf = b"%PDF-1.4\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n5 0 obj<</Type/ObjStm>>stream\nx\nendstream\n%%EOF\n";
    let mut header = vec![0; 1_796];
    header.splice(..10, *b"PwgRaster\0");
    for (at, number) in
        [(276, 300_u32), (280, 300), (372, 4), (376, 2), (384, 8), (388, 8), (392, 4), (400, 18)]
    {
        header.splice(at..at + 4, number.to_be_bytes());
    }
    let mut page = vec![8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [4_u32, 2, 300, 0, 0].iter().for_each(|number| page.extend(number.to_be_bytes()));
    let jpeg =
        [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 100, 0, 200, 3, 1, 2, 3, 0xff, 0xd9];
    [
        ("print-job", [request(2).encode(), pdf.to_vec()].concat()),
        ("printer-attributes", request(0x0b).encode()),
        ("pdf", [&[0], &pdf[..]].concat()),
        ("pwg", [&b"\x01RaS2"[..], &header, &[1, 3, 9]].concat()),
        ("urf", [&b"\x02UNIRAST\0\0\0\0\x01"[..], &page, &[1, 0, 7, 128]].concat()),
        ("jpeg", [&[3], &jpeg[..]].concat()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

fn paths() -> Seeds {
    named([
        ("web", "https://한국.kr:8443/문서?a=b|c&d={e}#f"),
        ("credentials", "https://bank.example@evil.example/"),
        ("script", "java\tscript:alert(1)"),
        ("path", "/home/kim/문서/보고서 (최종).hwp"),
        ("up", "/home/../etc/shadow"),
        ("name", "보고서\u{202e}fdp.exe"),
        ("target", "/home/kim|사진|2026|a.png"),
        ("program", "/usr/bin/xterm"),
        ("home", "~/Downloads"),
    ])
}

fn slots() -> Seeds {
    let slot = Slot {
        origins: vec!["https://support.example".to_owned(), "https://192.0.2.1:8443".to_owned()],
        identities: vec![IdentityHash([1; 32]), IdentityHash([2; 32])],
        authority_sha256: Some([3; 32]),
    };
    let whole = slot.encode().unwrap();
    let length = usize::from(u16::from_be_bytes([whole[18], whole[19]]));
    let body = whole[52..52 + length].to_vec();
    let program = [b"ELF".as_slice(), &version_mark("1.2.3"), &whole, b"tail"].concat();
    vec![("whole".to_owned(), whole.to_vec()), ("body".to_owned(), body), ("program".to_owned(), program)]
}

fn policies() -> Seeds {
    let signed = policy::sign(&desk::fitting(2, Permissions::ALL), &desk::signer());
    let certificate = desk::certificate();
    vec![
        ("payload".to_owned(), [&[0][..], &signed.payload].concat()),
        ("signed".to_owned(), [&[1][..], &signed.encode_to_vec()].concat()),
        ("certificate".to_owned(), [&[2][..], &certificate.encode_to_vec()].concat()),
    ]
}

fn packets() -> Seeds {
    let (width, height) = (96_u16, 64_u16);
    let mut pixels = vec![0_u8; usize::from(width) * usize::from(height) * 4];
    let mut encoder = Encoder::new(1, width, height).unwrap();
    let finish = Finish { more_dirty: false, check_every_row: true, target_bytes: 100_000 };
    let mut all = Vec::new();
    for step in 0..4_u8 {
        for (at, byte) in pixels.iter_mut().enumerate() {
            if at % 7 == usize::from(step) {
                *byte = u8::try_from(at % 251).unwrap() ^ step;
            }
        }
        if step == 2 {
            encoder.open_area(1, Rect::new(8, 8, 16, 16)).unwrap();
        }
        if step == 3 {
            encoder.close_area(1).unwrap();
        }
        let patch = Patch::new(Rect::new(0, 0, width, height), usize::from(width) * 4, &pixels).unwrap();
        for packet in encoder.encode(&[patch], finish).unwrap().into_iter().flat_map(|update| update.packets)
        {
            all.extend(u16::try_from(packet.len()).unwrap().to_le_bytes());
            all.extend(packet);
        }
    }
    let shape = compress_pointer(&[9; 24 * 24 * 4]).unwrap();
    vec![("stream".to_owned(), all), ("pointer".to_owned(), [&[24, 24][..], &shape].concat())]
}

fn descriptions() -> Seeds {
    let fingerprint = protocol::sdp::write(Fingerprint([8; 32]));
    let offer = format!(
        "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n\
         a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n\
         m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n\
         a=ice-ufrag:Xy7z\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=ice-options:trickle\r\n\
         a=fingerprint:{fingerprint}\r\na=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\n\
         a=max-message-size:262144\r\n\
         m=video 9 UDP/TLS/RTP/SAVPF 45 46\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\n\
         a=ice-ufrag:Xy7z\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:{fingerprint}\r\n\
         a=setup:actpass\r\na=mid:1\r\na=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=recvonly\r\n\
         a=rtcp-mux\r\na=rtcp-rsize\r\na=rtpmap:45 AV1/90000\r\na=rtcp-fb:45 nack pli\r\n\
         a=fmtp:45 level-idx=5;profile=0;tier=0\r\na=rtpmap:46 rtx/90000\r\na=fmtp:46 apt=45\r\n"
    );
    let candidate = "candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 192.168.0.2 rport 46154 \
                     generation 0 ufrag Xy7z network-cost 999";
    let answer = format!("{offer}\n\n{offer}");
    named([("offer", offer.as_str()), ("candidate", candidate), ("answer", &answer)])
}

/// One step of `crate::steps`.
fn step(kind: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
    [&[kind][..], &length, bytes].concat()
}

fn peer(body: wire::peer_message::Body) -> Vec<u8> {
    wire::PeerMessage { body: Some(body) }.encode_to_vec()
}

fn files(body: wire::files_message::Body) -> Vec<u8> {
    wire::FilesMessage { body: Some(body) }.encode_to_vec()
}

fn to_server(body: wire::customer_to_server::Body) -> Vec<u8> {
    wire::CustomerToServer { body: Some(body) }.encode_to_vec()
}

fn of_console(body: wire::console_to_server::Body) -> Vec<u8> {
    wire::ConsoleToServer { session_id: Bytes::from_static(&[3; 16]), body: Some(body) }.encode_to_vec()
}

fn input(number: u64, event: wire::input::Event) -> wire::peer_message::Body {
    wire::peer_message::Body::Input(wire::Input { number, move_number: number, event: Some(event) })
}

fn chat(author: wire::chat::Author) -> wire::Chat {
    let id = Bytes::from_static(&[7; 16]);
    wire::Chat {
        id,
        author: author.into(),
        text: "안녕하세요\n=1+1".to_owned(),
        at_ms: 5,
        name: String::new(),
    }
}

/// What a console says on "control".
fn said() -> Vec<(&'static str, wire::peer_message::Body)> {
    use wire::{input::Event, peer_message::Body, tool_request::Tool};
    let tool = |tool| Body::ToolRequest(wire::ToolRequest { id: 1, tool: Some(tool) });
    vec![
        (
            "hello",
            Body::Hello(wire::PeerHello { program: "0.1.0".to_owned(), features: vec!["chat".to_owned()] }),
        ),
        ("move", input(1, Event::Move(wire::PointerMove { x: 10, y: -1 }))),
        ("button", input(2, Event::Button(wire::PointerButton { button: 1, pressed: true, x: 10, y: 10 }))),
        ("wheel", input(3, Event::Wheel(wire::Wheel { x: 0, y: -120, at_x: 5, at_y: 6 }))),
        ("key", input(4, Event::Key(wire::Key { code: "KeyA".to_owned(), pressed: true }))),
        ("text", input(5, Event::Text(wire::Text { text: "한글".to_owned() }))),
        ("release", input(6, Event::ReleaseAll(wire::ReleaseAll {}))),
        ("special", input(7, Event::SpecialKeys(wire::SpecialKeys { combination: 1 }))),
        ("control", Body::SetControl(wire::SetControl { on: true })),
        ("drawn", Body::PictureAcknowledged(wire::PictureAcknowledged { epoch: 1, update: 7, exact: true })),
        ("epoch", Body::PictureRequest(wire::PictureRequest { what: 1 })),
        (
            "quality",
            Body::PictureSettings(wire::PictureSettings {
                preference: 2,
                codecs: vec!["av1".to_owned()],
                capture: 2,
            }),
        ),
        ("url", tool(Tool::OpenUrl(wire::OpenUrl { url: "https://a.kr/".to_owned() }))),
        ("favourite", tool(Tool::OpenFavourite(wire::OpenFavourite { kind: 2, target: "xterm".to_owned() }))),
        ("system", tool(Tool::DescribeSystem(wire::DescribeSystem {}))),
        ("processes", tool(Tool::ListProcesses(wire::ListProcesses {}))),
        ("end-process", tool(Tool::EndProcess(wire::EndProcess { pid: 42, started_at_ms: 7, force: true }))),
        ("services", tool(Tool::ListServices(wire::ListServices {}))),
        (
            "service",
            tool(Tool::ChangeService(wire::ChangeService { name: "cups.service".to_owned(), act: 2 })),
        ),
        ("chat", Body::Chat(chat(wire::chat::Author::Operator))),
        ("delivered", Body::ChatDelivered(wire::ChatDelivered { id: Bytes::from_static(&[7; 16]) })),
        ("files-offer", Body::FilesOffer(desk::description())),
        (
            "candidate",
            Body::FilesCandidate(wire::Candidate {
                candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host".to_owned(),
                mid: "0".to_owned(),
            }),
        ),
        ("bye", Body::Bye(wire::Bye { reason: 2 })),
    ]
}

/// What a console says on "files".
fn asked_of_files() -> Vec<(&'static str, wire::files_message::Body)> {
    use wire::files_message::Body;
    let id = Bytes::from_static(&[9; 16]);
    let target = || {
        Some(wire::TransferTarget {
            folder: "/tmp".to_owned(),
            names: vec!["사진".to_owned(), "a.png".to_owned()],
            clipboard: 0,
        })
    };
    let path = || "/home/kim/a.png".to_owned();
    vec![
        ("list", Body::ListFolder(wire::ListFolder { request: 1, path: "/home".to_owned() })),
        ("folder", Body::MakeFolder(wire::MakeFolder { request: 2, target: target(), may_exist: true })),
        (
            "rename",
            Body::RenameEntry(wire::RenameEntry { request: 3, path: path(), name: "b.png".to_owned() }),
        ),
        ("delete", Body::DeleteEntry(wire::DeleteEntry { request: 4, path: path() })),
        (
            "send",
            Body::SendFile(wire::SendFile {
                transfer: 1,
                id: id.clone(),
                target: target(),
                size_bytes: 20,
                modified_ms: 5,
                conflict: 1,
            }),
        ),
        ("fetch", Body::FetchFile(wire::FetchFile { transfer: 2, id, path: path(), ..Default::default() })),
        (
            "chunk",
            Body::TransferChunk(wire::TransferChunk { transfer: 1, bytes: Bytes::from_static(&[5; 20]) }),
        ),
        ("taken", Body::TransferTaken(wire::TransferTaken { transfer: 2, taken_bytes: 100 })),
        ("end", Body::TransferEnd(wire::TransferEnd { transfer: 1, blake3: Bytes::from_static(&[3; 32]) })),
        ("done", Body::TransferDone(wire::TransferDone { transfer: 2, path: String::new() })),
        (
            "stopped",
            Body::TransferStopped(wire::TransferStopped {
                transfer: 1,
                why: "files-cancelled".to_owned(),
                ..Default::default()
            }),
        ),
    ]
}

/// What a server says to a customer.
fn told() -> Vec<(&'static str, wire::server_to_customer::Body)> {
    use wire::server_to_customer::Body;
    let policy = policy::sign(
        &desk::fitting(3, Permissions { view: true, ..Permissions::default() }),
        &desk::signer(),
    );
    vec![
        ("welcome", desk::welcome()),
        ("joined", desk::joined()),
        ("left", Body::OperatorLeft(wire::OperatorLeft {})),
        ("offer", desk::offer(2, Permissions::ALL)),
        ("policy", Body::Policy(policy)),
        ("candidate", Body::Candidate(wire::Candidate::default())),
        ("ended", Body::Ended(wire::Ended { reason: 8 })),
        ("problem", Body::Problem(wire::Problem { code: "rate-limited".to_owned(), retry_after_s: 9 })),
        ("kept", Body::EventsKept(wire::EventsKept { source_seq: 2 })),
        ("replaced", Body::Replaced(wire::Replaced {})),
        ("leave", Body::LeavePeer(wire::LeavePeer {})),
        ("app-code", Body::AppCode(wire::AppCode { code: "123456".to_owned(), expires_at_ms: 9 })),
    ]
}

/// What a customer says to a server.
fn reported() -> Vec<(&'static str, wire::customer_to_server::Body)> {
    use wire::{customer_to_server::Body, event::Kind};
    let event = |source_seq, kind| Body::Event(wire::Event { source_seq, at_ms: 5, kind: Some(kind) });
    let consent = wire::Consent { agreed: true, permissions: Some(Permissions::ALL.into()) };
    let moved = wire::FileMoved {
        state: 2,
        path: "/tmp/a".to_owned(),
        blake3: Bytes::from_static(&[1; 32]),
        ..Default::default()
    };
    vec![
        ("consent", Body::Consent(consent)),
        ("answer", Body::Answer(desk::description())),
        ("candidate", Body::Candidate(wire::Candidate::default())),
        ("connected", event(1, Kind::Connected(wire::Connected { relayed: true }))),
        ("chat", event(2, Kind::Chat(chat(wire::chat::Author::Customer)))),
        ("moved", event(3, Kind::FileMoved(moved))),
        ("refused", event(4, Kind::Refused(wire::Refused { what: "input-view-only".to_owned(), count: 3 }))),
        ("end", Body::End(1)),
        ("app-code", Body::RequestAppCode(wire::RequestAppCode {})),
        ("ping", Body::Ping(wire::Ping { at_ms: 1 })),
    ]
}

/// What a console says to a server.
fn asked() -> Vec<(&'static str, wire::console_to_server::Body)> {
    use wire::{console_to_server::Body, event::Kind};
    let connected = Some(Kind::Connected(wire::Connected { relayed: false }));
    vec![
        ("open", Body::Open(wire::OpenSession {})),
        ("offer", Body::Offer(desk::description())),
        ("candidate", Body::Candidate(wire::Candidate::default())),
        ("event", Body::Event(wire::Event { source_seq: 1, at_ms: 5, kind: connected })),
        ("end", Body::End(2)),
    ]
}

fn messages() -> Seeds {
    let hello = wire::customer_to_server::Body::Hello(wire::CustomerHello {
        versions: Some(versions::ours("0.1.0")),
        kind: 1,
        nonce: Bytes::from_static(&[6; 32]),
        dtls_fingerprint: Bytes::from_static(&[7; 32]),
        machine: Some(wire::Machine {
            os: "Linux".to_owned(),
            host_name: "pc".to_owned(),
            ..Default::default()
        }),
        language: "ko".to_owned(),
        features: vec!["control".to_owned()],
        entry: Some(wire::customer_hello::Entry::Code("123456".to_owned())),
    });
    let state = wire::server_to_console::Body::State(wire::SessionState {
        stage: 4,
        code: "123456".to_owned(),
        ..Default::default()
    });
    let state = wire::ServerToConsole { session_id: Bytes::from_static(&[3; 16]), body: Some(state) };
    let policy = policy::sign(&desk::fitting(2, Permissions::ALL), &desk::signer()).payload;
    let mut all = vec![
        ("hello".to_owned(), [&[0][..], &to_server(hello)].concat()),
        ("state".to_owned(), [&[3][..], &state.encode_to_vec()].concat()),
        ("policy".to_owned(), [&[5][..], &policy].concat()),
        ("key".to_owned(), [&[6][..], &desk::certificate().payload].concat()),
    ];
    let mut add = |kind: u8, group: &str, name: &str, bytes: Vec<u8>| {
        all.push((format!("{group}-{name}"), [&[kind][..], &bytes].concat()));
    };
    reported().into_iter().for_each(|(name, body)| add(0, "customer", name, to_server(body)));
    told().into_iter().for_each(|(name, body)| add(1, "server", name, desk::server(body).to_vec()));
    asked().into_iter().for_each(|(name, body)| add(2, "console", name, of_console(body)));
    said().into_iter().for_each(|(name, body)| add(4, "peer", name, peer(body)));
    asked_of_files().into_iter().for_each(|(name, body)| add(7, "files", name, files(body)));
    all
}

fn customer() -> Seeds {
    let second = step(4, &[0, 100]);
    let control: Vec<u8> =
        said().into_iter().flat_map(|(_, body)| [step(1, &peer(body)), second.clone()].concat()).collect();
    let ways: Vec<u8> = told().into_iter().flat_map(|(_, body)| step(0, &desk::server(body))).collect();
    let news = |kind: u8, bytes: u8| step(14, &[kind, 1, bytes, 0, 3]);
    let moved: Vec<u8> = asked_of_files()
        .into_iter()
        .flat_map(|(name, body)| {
            let then = match name {
                "send" => news(3, 0),
                "chunk" => news(4, 20),
                "end" => news(5, 0),
                "fetch" => step(14, &[6, 2, 20, 0]),
                "list" => step(14, &[0, 1]),
                _ => step(14, &[2, 2]),
            };
            [step(3, &files(body)), then].concat()
        })
        .collect();
    let from = |stage: u8, steps: &[u8]| [&[stage][..], steps].concat();
    let story = [
        step(0, &desk::server(desk::welcome())),
        step(0, &desk::server(desk::joined())),
        step(5, &[0, 0]),
        step(0, &desk::server(desk::offer(1, Permissions::ALL))),
        step(10, &[1, b'v']),
        step(8, &[1]),
        step(9, &[1, 0]),
        step(9, &[1, 2]),
        step(13, b"hello"),
        step(6, &[]),
    ];
    let outage = [
        step(11, &[]),
        second.clone(),
        step(12, &[]),
        step(0, &desk::server(desk::welcome())),
        step(7, &[1]),
    ];
    vec![
        ("story".to_owned(), from(0, &story.concat())),
        ("console".to_owned(), from(6, &control)),
        ("console-view-only".to_owned(), from(5, &control)),
        ("console-before-consent".to_owned(), from(2, &control)),
        ("server".to_owned(), from(6, &ways)),
        ("server-asked".to_owned(), from(2, &ways)),
        ("files".to_owned(), from(6, &moved)),
        ("outage".to_owned(), from(6, &outage.concat())),
        (
            "tools".to_owned(),
            from(6, &[step(1, &peer(said().remove(15).1)), step(15, &[1, 1, 200, 1])].concat()),
        ),
    ]
}

fn hosting() -> Seeds {
    let customer: Vec<u8> = reported().into_iter().flat_map(|(_, body)| step(0, &to_server(body))).collect();
    let console: Vec<u8> = asked().into_iter().flat_map(|(_, body)| step(1, &of_console(body))).collect();
    let arrives = step(3, &[0, 6]);
    let consent = step(0, &to_server(reported().remove(0).1));
    let offer = step(1, &of_console(asked().remove(1).1));
    let story = [step(6, &[]), arrives.clone(), consent.clone(), offer, customer.clone()].concat();
    let page = [
        step(6, &[]),
        step(3, &[1, 6]),
        consent.clone(),
        step(0, &to_server(wire::customer_to_server::Body::RequestAppCode(wire::RequestAppCode {}))),
        step(3, &[0, 6]),
        step(2, &to_server(reported().remove(0).1)),
        step(5, &[]),
        step(4, &[0, 6]),
    ];
    let ends = [
        step(7, &[]),
        step(8, &[]),
        step(12, &[0xff, 0xff]),
        step(10, &[4]),
        step(11, &[0, 1, 20]),
        step(13, &[0]),
    ];
    let begun = [step(6, &[]), arrives, consent].concat();
    vec![
        ("story".to_owned(), [&[0][..], &story].concat()),
        ("console".to_owned(), [&[0][..], &begun, &console].concat()),
        ("page".to_owned(), [&[1][..], &page.concat()].concat()),
        ("ends".to_owned(), [&[0][..], &begun, &ends.concat()].concat()),
    ]
}
