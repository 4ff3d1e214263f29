use super::{Entry, Line, compare, compare::Compared, fault::Fault, line, make, verify};
use crate::{
    clock::now_ms,
    recordings::Digest,
    records::tests::joined,
    secrets::hex,
    sessions::{Keys, SignatureFault},
    tests::{TestCompany, TestServer},
};
use http::StatusCode;
use protocol::{IdentityHash, recording::Piece};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    CaptureId, RecordingId, SessionId, captures, chain, records,
    session_events::{self, NewEvent, Source},
    sessions,
};

/// A server with one record: five entries, the last of them the end, which is sealed; then an edit, which is sealed, too.
struct Kept {
    server: TestServer,
    company: TestCompany,
    id: SessionId,
}

impl Kept {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let company = server.company("beta").await;
        let write = server.state.store.write(company.id).await.unwrap();
        let id = joined(&write, &company).await;
        let events = [
            (Source::Server, "customer-joined", r#"{"kind":"app"}"#),
            (Source::Server, "consented", r#"{"view":true}"#),
            (Source::Customer, "chat", r#"{"text":"안녕하세요 \"kind\":\"record-deleted\""}"#),
            (Source::Customer, "chat", r#"{"text":"<script>alert(1)</script>"}"#),
            (Source::Server, "ended", r#"{"reason":"customer-stopped"}"#),
        ];
        for (source, kind, body) in events {
            let event = NewEvent { source, source_seq: None, at_ms: now_ms(), kind, body };
            session_events::append(&write, id, event).await.unwrap();
        }
        records::set_ended(&write, id, "customer-stopped", now_ms()).await.unwrap();
        sessions::set_ended(&write, id, "customer-stopped", now_ms()).await.unwrap();
        server.state.sessions.seal_again(&write, id).await.unwrap();
        write.commit().await.unwrap();
        let kept = Self { server, company, id };
        kept.add("record-edited", r#"{"from":{"memo":""},"to":{"memo":"프린터"}}"#).await;
        kept
    }

    /// An entry behind the seal, which is sealed by itself.
    async fn add(&self, kind: &str, body: &str) {
        let write = self.server.state.store.write(self.company.id).await.unwrap();
        let event = NewEvent { source: Source::Server, source_seq: None, at_ms: now_ms(), kind, body };
        session_events::append(&write, self.id, event).await.unwrap();
        self.server.state.sessions.seal_again(&write, self.id).await.unwrap();
        write.commit().await.unwrap();
    }

    /// A screen capture, as the console keeps it [F-08]. Gives what its file holds.
    async fn capture(&self, shows: &str) -> Vec<u8> {
        let (png, id) = (shows.as_bytes().to_vec(), CaptureId::new());
        let new = captures::Capture {
            id,
            session: self.id,
            no: 0,
            at_ms: now_ms(),
            width_px: 1,
            height_px: 1,
            size_bytes: png.len() as u64,
            sha256: Sha256::digest(&png).into(),
            description: String::new(),
        };
        self.server.state.captures.write(self.company.id, self.id, id, png.clone().into()).await.unwrap();
        let write = self.server.state.store.write(self.company.id).await.unwrap();
        let no = captures::create(&write, &new).await.unwrap();
        write.commit().await.unwrap();
        self.add("capture-kept", &json!({ "no": no, "sha256": hex(&new.sha256) }).to_string()).await;
        png
    }

    /// As retention does it.
    async fn delete(&self) {
        let write = self.server.state.store.write(self.company.id).await.unwrap();
        records::delete(&write, self.id).await.unwrap();
        captures::forget(&write, self.id).await.unwrap();
        write.commit().await.unwrap();
        self.add("record-deleted", r#"{"by":"retention"}"#).await;
    }

    async fn bundle(&self) -> Bundle {
        let key = self.server.state.sessions.record_key(u64::try_from(now_ms()).unwrap()).unwrap();
        let made = make(self.company.id, &self.server.state.store, self.id, &key).await.unwrap();
        let mut text = made.text.clone();
        for capture in &made.captures {
            text.push_str(&made.line_of(&self.server.state.captures, capture).await.unwrap());
        }
        Bundle { text, identity: self.server.state.sessions.identity_hash() }
    }
}

struct Bundle {
    text: String,
    identity: IdentityHash,
}

impl Bundle {
    fn lines(&self) -> Vec<String> {
        self.text.lines().map(str::to_owned).collect()
    }

    /// Entries with the index of their line.
    fn entries(&self) -> Vec<(usize, Entry)> {
        let lines = self.lines();
        let read = lines.iter().enumerate().filter_map(|(at, text)| match serde_json::from_str(text) {
            Ok(Line::Entry(entry)) => Some((at, entry)),
            _ => None,
        });
        read.collect()
    }

    fn fault(&self, file: &[u8]) -> Fault {
        verify(file, &[self.identity], None).expect_err("it was tampered with")
    }

    /// The fault of the file with other lines.
    fn with_lines(&self, change: impl FnOnce(&mut Vec<String>)) -> Fault {
        let mut lines = self.lines();
        change(&mut lines);
        self.fault(format!("{}\n", lines.join("\n")).as_bytes())
    }

    /// The fault of the file with another entry in this line.
    fn with_entry(&self, at: usize, change: impl FnOnce(&mut Entry)) -> Fault {
        self.with_lines(|lines| lines[at] = changed(&lines[at], change))
    }
}

fn changed(text: &str, change: impl FnOnce(&mut Entry)) -> String {
    let Ok(Line::Entry(mut entry)) = serde_json::from_str(text) else { panic!("no entry: {text}") };
    change(&mut entry);
    line(&Line::Entry(entry)).unwrap()
}

/// Y-2: a record that nobody touched holds, with what came later, and the customer's receipt stays the same.
#[tokio::test]
async fn a_whole_record_holds_with_its_receipt() {
    let kept = Kept::new().await;
    let bundle = kept.bundle().await;
    let ended = bundle.entries().remove(4).1;
    let receipt: chain::Hash = crate::secrets::unhex(&ended.hash).unwrap().try_into().unwrap();
    let verdict = verify(bundle.text.as_bytes(), &[bundle.identity], Some(receipt)).unwrap().to_string();
    assert!(verdict.contains("entries: 6, seals: 2"), "{verdict}");
    assert!(verdict.contains("customer's receipt: fits entry 5"), "{verdict}");
    kept.add("survey-answered", r#"{"rating":5,"comment":""}"#).await;
    let later = kept.bundle().await;
    assert!(verify(later.text.as_bytes(), &[later.identity], Some(receipt)).is_ok(), "later entries");
    let other = verify(bundle.text.as_bytes(), &[bundle.identity], Some([7; 32]));
    assert_eq!(other, Err(Fault::Receipt));
}

/// Y-2: every entry, tampered with in every way; the first thing is named.
#[tokio::test]
async fn what_was_done_to_an_entry_is_named() {
    let bundle = Kept::new().await.bundle().await;
    let entries = bundle.entries();
    assert_eq!(entries.len(), 6);
    for (at, entry) in &entries {
        let (at, seq, line) = (*at, entry.seq, *at + 1);
        let content = bundle.with_entry(at, |entry| entry.body.as_mut().unwrap().push(' '));
        assert_eq!(content, Fault::Content { seq });
        let salt = bundle.with_entry(at, |entry| entry.salt = Some("00".repeat(16)));
        assert_eq!(salt, Fault::Content { seq });
        let was_ms = entry.at_ms;
        for says_ms in [was_ms - 86_400_000, was_ms + 1, i64::MAX, i64::MIN] {
            let dated = bundle.with_entry(at, |entry| entry.at_ms = says_ms);
            assert_eq!(dated, Fault::Redated { seq, says_ms, was_ms });
        }
        let kind = bundle.with_entry(at, |entry| entry.kind.push('x'));
        assert_eq!(kind, Fault::Field { seq, field: "kind" });
        let source = bundle.with_entry(at, |entry| entry.source = "operator".to_owned());
        assert_eq!(source, Fault::Field { seq, field: "source" });
        let number = bundle.with_entry(at, |entry| entry.source_seq += 1);
        assert_eq!(number, Fault::Field { seq, field: "source's number" });
        let place = bundle.with_entry(at, |entry| entry.seq = i64::MAX);
        assert_eq!(place, Fault::Field { seq, field: "number" });
        let hash = bundle.with_entry(at, |entry| entry.hash = "00".repeat(32));
        assert_eq!(hash, Fault::Bytes { seq });
        let bytes = bundle.with_entry(at, |entry| entry.hashed = entry.hashed.replacen('0', "1", 1));
        assert_eq!(bytes, Fault::Bytes { seq });
        let out = bundle.with_entry(at, |entry| (entry.salt, entry.body) = (None, None));
        assert_eq!(out, Fault::TakenOut { seq });
        let dropped = bundle.with_lines(|lines| drop(lines.remove(at)));
        assert_eq!(dropped, Fault::Dropped { seq, line });
        let twice = bundle.with_lines(|lines| lines.insert(at, lines[at].clone()));
        // Where a seal belongs behind the first of them, that is missing first.
        let expected = match seq {
            5 | 6 => Fault::SealDropped { seq },
            _ => Fault::Repeated { seq, line: line + 1, expected: seq + 1 },
        };
        assert_eq!(twice, expected);
        let swapped = bundle.with_lines(|lines| lines.swap(at, at + 1));
        assert_eq!(swapped, Fault::Swapped { seq, line });
    }
}

/// Y-2: who makes every hash anew does not get past the seals, nor past the signature of line 1.
#[tokio::test]
async fn a_rewritten_record_is_not_the_sealed_one() {
    let kept = Kept::new().await;
    let bundle = kept.bundle().await;
    let name = session_events::chain_name(kept.company.id, kept.id);
    for from in 1..=6 {
        let mut prev = None;
        let fault = bundle.with_lines(|lines| {
            for (at, given) in bundle.entries() {
                if given.seq < from {
                    continue;
                }
                lines[at] = changed(&lines[at], |entry| {
                    let bytes = crate::secrets::unhex(&entry.hashed).unwrap();
                    let (_, mut hashed) = chain::read_hashed(&bytes).unwrap();
                    if entry.seq == from {
                        entry.at_ms += 1;
                        hashed.at_ms += 1;
                    }
                    hashed.prev = prev.unwrap_or(hashed.prev);
                    entry.hashed = hex(&chain::hashed_bytes(&name, &hashed));
                    hashed.hash = chain::hash_of(&name, &hashed);
                    entry.hash = hex(&hashed.hash);
                    prev = Some(hashed.hash);
                });
            }
        });
        assert_eq!(fault, Fault::Rewritten { seq: if from == 6 { 6 } else { 5 } }, "from {from}");
        if from != 6 {
            // Made anew alone, without those behind it.
            let fault = bundle.with_lines(|lines| {
                let (at, _) = bundle.entries().remove(usize::try_from(from).unwrap() - 1);
                lines[at] = changed(&lines[at], |entry| {
                    let bytes = crate::secrets::unhex(&entry.hashed).unwrap();
                    let (_, mut hashed) = chain::read_hashed(&bytes).unwrap();
                    hashed.at_ms += 1;
                    entry.at_ms += 1;
                    entry.hashed = hex(&chain::hashed_bytes(&name, &hashed));
                    entry.hash = hex(&chain::hash_of(&name, &hashed));
                });
            });
            let expected = if from == 5 {
                Fault::Rewritten { seq: 5 }
            } else {
                Fault::Replaced { seq: from, next: from + 1 }
            };
            assert_eq!(fault, expected);
        }
    }
}

/// Y-2: seals, the head of the file, its end, and foreign keys.
#[tokio::test]
async fn what_was_done_to_the_file_is_named() {
    let kept = Kept::new().await;
    let bundle = kept.bundle().await;
    let lines = bundle.lines();
    assert_eq!(lines.len(), 10, "head, signature, five entries, seal, entry, seal");
    let signature = || SignatureFault::Signature;
    assert_eq!(bundle.with_lines(|lines| drop(lines.remove(7))), Fault::SealDropped { seq: 5 });
    assert_eq!(bundle.with_lines(|lines| drop(lines.remove(9))), Fault::SealDropped { seq: 6 });
    assert_eq!(
        bundle.with_lines(|lines| lines.insert(5, lines[7].clone())),
        Fault::Swapped { seq: 4, line: 6 }
    );
    assert_eq!(bundle.with_lines(|lines| lines.push(lines[7].clone())), Fault::SealMoved { line: 11 });
    let dated = bundle.with_lines(|lines| lines[7] = lines[7].replacen("\"at_ms\":1", "\"at_ms\":2", 1));
    assert_eq!(dated, Fault::Seal { seq: 5, fault: SignatureFault::Certificate });
    let dated = bundle.with_lines(|lines| {
        let at = lines[7].find("\"at_ms\":").unwrap() + 8 + 12;
        let other = if lines[7].as_bytes()[at] == b'0' { "1" } else { "0" };
        lines[7].replace_range(at..=at, other);
    });
    assert_eq!(dated, Fault::Seal { seq: 5, fault: signature() });
    assert_eq!(bundle.with_lines(|lines| lines.swap(7, 9)), Fault::Seal { seq: 5, fault: signature() });
    let memo = bundle.with_lines(|lines| lines[0] = lines[0].replacen("198.51", "198.52", 1));
    assert_eq!(memo, Fault::Head(signature()));
    assert_eq!(
        bundle.with_lines(|lines| lines.push(lines[8].clone())),
        Fault::Added { line: 11, entries: 6 }
    );
    assert_eq!(bundle.with_lines(|lines| lines.push("more".into())), Fault::Damaged { line: 11 });
    assert_eq!(bundle.with_lines(|lines| lines.truncate(8)), Fault::Cut { found: 5, expected: 6 });
    assert_eq!(bundle.with_lines(|lines| lines.truncate(2)), Fault::Cut { found: 0, expected: 6 });
    let spaced = bundle.with_lines(|lines| lines[3] = lines[3].replacen(':', ": ", 1));
    assert_eq!(spaced, Fault::Damaged { line: 4 }, "no byte means nothing");
    let letters = bundle.with_entry(2, |entry| entry.hashed = entry.hashed.to_uppercase());
    assert_eq!(letters, Fault::Bytes { seq: 1 }, "nor stands for another");
    let other = TestServer::start().await;
    let foreign = verify(bundle.text.as_bytes(), &[other.state.sessions.identity_hash()], None);
    let key = bundle.identity.to_text();
    let fault = SignatureFault::Foreign { key };
    assert_eq!(foreign, Err(Fault::Foreign { what: "the file".to_owned(), fault }));
    // Another record of the same server.
    let other = Kept::new().await.bundle().await;
    let mixed = bundle.with_lines(|lines| lines[4] = other.lines()[4].clone());
    assert_eq!(mixed, Fault::OtherRecord { seq: 3 });
}

/// R-6, Y-2: what retention erased is told from what was taken out.
#[tokio::test]
async fn what_retention_erased_is_told_from_tampering() {
    let kept = Kept::new().await;
    let whole = kept.bundle().await;
    kept.delete().await;
    let bundle = kept.bundle().await;
    let verdict = verify(bundle.text.as_bytes(), &[bundle.identity], None).unwrap().to_string();
    let erased = "erased, not tampered with: the content of 6 entries, as entry 7 of ";
    assert!(verdict.contains(erased) && verdict.contains(r#"{"by":"retention"}"#), "{verdict}");
    assert!(!bundle.text.contains("안녕하세요") && !bundle.text.contains("198.51.100.7"), "it is gone");
    let (at, entry) = bundle.entries().remove(2);
    let dated = bundle.with_entry(at, |entry| entry.at_ms = 0);
    assert_eq!(dated, Fault::Redated { seq: 3, says_ms: 0, was_ms: entry.at_ms });
    let put_in = bundle.with_entry(at, |entry| {
        entry.salt = Some("00".repeat(16));
        entry.body = Some("{}".to_owned());
    });
    assert_eq!(put_in, Fault::Content { seq: 3 });
    let (last, _) = bundle.entries().remove(6);
    let why = bundle.with_entry(last, |entry| (entry.salt, entry.body) = (None, None));
    assert_eq!(why, Fault::TakenOut { seq: 7 }, "the deletion itself stays");
    // A deletion that is made up: the file ends before it.
    let made_up = whole.with_lines(|lines| {
        for (at, _) in whole.entries() {
            lines[at] = changed(&lines[at], |entry| (entry.salt, entry.body) = (None, None));
        }
        let deletion = bundle.lines()[bundle.entries().remove(6).0].clone();
        lines.push(deletion);
    });
    assert_eq!(made_up, Fault::Added { line: 11, entries: 6 });
}

/// F-08, Y-2: the files of screen captures are in it, and each is what the record tells of.
#[tokio::test]
async fn what_was_done_to_a_screen_capture_is_named() {
    let kept = Kept::new().await;
    for shows in ["first", "second", "third"] {
        kept.capture(shows).await;
    }
    let bundle = kept.bundle().await;
    let verdict = verify(bundle.text.as_bytes(), &[bundle.identity], None).unwrap().to_string();
    assert!(verdict.contains("files: 3 screen captures\n"), "{verdict}");
    let files: Vec<_> = (0..bundle.lines().len()).rev().take(3).rev().collect();
    let [first, second, third] = files[..] else { panic!("three files") };
    assert!(bundle.lines()[first].starts_with("{\"file\":{\"capture\":1,\"data\":\""));
    // One byte of the picture: the last letter of "second" is the seventh of its base64.
    let byte = bundle.with_lines(|lines| lines[second] = lines[second].replacen("c2Vjb25k", "c2Vjb25l", 1));
    assert_eq!(byte, Fault::FileChanged { no: 2 });
    let no_file =
        bundle.with_lines(|lines| lines[second] = lines[second].replacen("c2Vjb25k", "c2Vj!25k", 1));
    assert_eq!(no_file, Fault::FileChanged { no: 2 });
    let data = bundle.with_lines(|lines| {
        lines[first] = lines[second].replacen("\"capture\":2", "\"capture\":1", 1);
    });
    assert_eq!(data, Fault::FileChanged { no: 1 });
    for (no, at) in [(1, first), (2, second), (3, third)] {
        let dropped = bundle.with_lines(|lines| drop(lines.remove(at)));
        assert_eq!(dropped, Fault::FileDropped { no, line: at + 1 });
    }
    let swapped = bundle.with_lines(|lines| lines.swap(first, third));
    assert_eq!(swapped, Fault::FileSwapped { no: 1, line: first + 1 });
    let early = bundle.with_lines(|lines| lines.swap(first, first - 2));
    assert!(matches!(early, Fault::Swapped { .. } | Fault::SealDropped { .. }), "{early}");
    let twice = bundle.with_lines(|lines| lines.push(lines[third].clone()));
    assert_eq!(twice, Fault::FileAdded { line: third + 2 });
    // What the disk has lost is not passed over in silence.
    let listed = captures::list(kept.company.id, &kept.server.state.store, kept.id).await.unwrap();
    kept.server.state.captures.remove(kept.company.id, kept.id, listed[2].id).await.unwrap();
    let lost = kept.bundle().await;
    assert_eq!(lost.fault(lost.text.as_bytes()), Fault::FileDropped { no: 3, line: third + 1 });
    // Retention took them with the record: that is no tampering, and no file is asked for.
    kept.delete().await;
    let bundle = kept.bundle().await;
    let verdict = verify(bundle.text.as_bytes(), &[bundle.identity], None).unwrap().to_string();
    assert!(verdict.contains("files: 0 screen captures") && verdict.contains("erased, not tampered with"));
    assert!(!bundle.text.contains("{\"file\""));
}

/// F-13, Y-2: a saved recording, and its video file, are compared with what the record tells of them.
#[tokio::test]
async fn what_was_done_to_a_saved_recording_is_named() {
    let kept = Kept::new().await;
    let pieces: Vec<_> = (1..=3)
        .map(|no| Piece { no, starts_ms: no * 10, ends_ms: no * 10 + 10, entries: Vec::new() }.write())
        .collect();
    let id = RecordingId::new();
    let digest =
        pieces.iter().fold(Digest::begin(id), |digest, piece| digest.add(&Sha256::digest(piece).into()));
    for (no, id, digest) in [(1, RecordingId::new(), [7; 32]), (2, id, digest.0)] {
        let body = json!({ "no": no, "id": id, "digest": hex(&digest), "pieces": 3 });
        kept.add("recording-kept", &body.to_string()).await;
    }
    let film = b"\x1a\x45\xdf\xa3 film".to_vec();
    let body = json!({ "no": 2, "sha256": hex(&<[u8; 32]>::from(Sha256::digest(&film))) });
    kept.add("recording-film", &body.to_string()).await;
    kept.add("recording-deleted", &json!({ "no": 1, "by": "retention" }).to_string()).await;
    let bundle = kept.bundle().await;
    let verdict = verify(bundle.text.as_bytes(), &[bundle.identity], None).unwrap();
    assert!(verdict.to_string().contains("recording 1: erased by retention, not tampered with"), "{verdict}");
    let check = |file: Vec<u8>, expected: Compared| {
        assert_eq!(compare(&mut file.as_slice(), &verdict).unwrap(), expected);
    };
    let of = |order: &[usize]| order.iter().flat_map(|at| pieces[*at].clone()).collect::<Vec<u8>>();
    let whole = of(&[0, 1, 2]);
    check(whole.clone(), Compared::Recording(2));
    check(film.clone(), Compared::Film(2));
    check(of(&[0, 2]), Compared::Piece { expected: 2, found: Some(3) });
    check(of(&[0, 2, 1]), Compared::Piece { expected: 2, found: Some(3) });
    check(of(&[0, 0, 1]), Compared::Piece { expected: 2, found: Some(1) });
    check(of(&[0, 1]), Compared::Unknown);
    check(whole[..whole.len() - 1].to_vec(), Compared::Piece { expected: 3, found: None });
    for at in [8, 13] {
        let mut other = whole.clone();
        other[at] ^= 1;
        check(other, Compared::Unknown);
    }
    check([film, vec![0]].concat(), Compared::Unknown);
    check(Vec::new(), Compared::Unknown);
}

/// No file makes the check panic, and none that was changed holds.
#[tokio::test]
async fn hostile_files_are_refused() {
    let bundle = Kept::new().await.bundle().await;
    let bytes = bundle.text.as_bytes();
    for cut in (0..bytes.len()).step_by(29) {
        bundle.fault(&bytes[..cut]);
    }
    for at in (0..bytes.len()).step_by(53) {
        for with in [bytes[at] ^ 1, 0xff, b'\n', 0] {
            let mut other = bytes.to_vec();
            other[at] = with;
            if other != bytes {
                bundle.fault(&other);
            }
        }
    }
    let nested = "[".repeat(1_000_000);
    assert_eq!(bundle.fault(format!("{nested}\n").as_bytes()), Fault::NoBundle);
    let deep = bundle.with_lines(|lines| lines[2] = format!("{{\"entry\":{nested}"));
    assert_eq!(deep, Fault::Damaged { line: 3 });
    for number in ["9223372036854775808", "-1e400", "18446744073709551616", "null"] {
        let claim = bundle
            .with_lines(|lines| lines[2] = lines[2].replacen("\"seq\":1", &format!("\"seq\":{number}"), 1));
        assert_eq!(claim, Fault::Damaged { line: 3 }, "{number}");
        let claim = bundle.with_lines(|lines| {
            lines[0] = lines[0].replacen("\"entries\":6", &format!("\"entries\":{number}"), 1)
        });
        assert_eq!(claim, Fault::NoBundle, "{number}");
    }
    let long = bundle.with_lines(|lines| lines[2] = "x".repeat(10_000_000));
    assert_eq!(long, Fault::Damaged { line: 3 });
    for nothing in [&b""[..], b"\n", b"\0", b"{}\n", b"\xff\n", b"PK\x03\x04"] {
        bundle.fault(nothing);
    }
}

/// Y-2, G-3: the page's button; a running session has none, and it is noted as what it is.
#[tokio::test]
async fn a_record_is_taken_away_with_its_proof() {
    let kept = Kept::new().await;
    let mut browser = kept.server.administrator(&kept.company).await;
    let path = format!("/api/manage/records/{}/bundle", kept.id);
    let answer = browser.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    let identity = kept.server.state.sessions.identity_hash();
    let verdict = verify(answer.text.as_bytes(), &[identity], None);
    assert!(verdict.is_ok(), "{verdict:?}");
    let other = kept.server.company("gamma").await;
    let mut stranger = kept.server.administrator(&other).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    let write = kept.server.state.store.write(kept.company.id).await.unwrap();
    let running = joined(&write, &kept.company).await;
    write.commit().await.unwrap();
    let refused = browser.get(&format!("/api/manage/records/{running}/bundle")).await;
    assert_eq!(refused.body["code"], "record-running");
    let lines = store::usage_log::list_newest(kept.company.id, &kept.server.state.store, 5).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.kind == "records.bundle").count(), 1);
}

/// Keys rotate: a seal holds by its own certificate, whenever it is looked at.
#[test]
fn the_fingerprint_is_read_as_people_copy_it() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Keys::open(folder.path(), 0).unwrap().identity_hash();
    let text = identity.to_text();
    let copies = [text.clone(), text.replace(' ', ""), text.to_uppercase(), format!(" {text}\n")];
    assert_eq!(copies.map(|text| IdentityHash::from_text(&text)), [Some(identity); 4]);
    let wrong = ["", "00", "zz", "é".repeat(64).as_str(), text.get(1..).unwrap(), &format!("{text}0")]
        .map(IdentityHash::from_text);
    assert_eq!(wrong, [None; 6]);
}
