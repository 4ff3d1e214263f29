use super::{
    Broken, ChainName, Entry, GENESIS, Hash, Stored, Verifier, body_digest, hash_of, hashed_bytes,
    read_hashed,
};

fn name() -> ChainName {
    ChainName { company: [7; 16], chain: "usage-log".into() }
}

/// A chain of four entries with bodies "1" … "4".
fn chain() -> Vec<Stored> {
    let mut prev = GENESIS;
    (1..=4)
        .map(|seq| {
            let body = seq.to_string();
            let mut entry = Entry {
                seq,
                prev,
                kind: "departments.create".into(),
                at_ms: 1_000 + seq,
                source: "server".into(),
                source_seq: seq,
                body_digest: body_digest(&[9; 16], &body),
                hash: GENESIS,
            };
            entry.hash = hash_of(&name(), &entry);
            prev = entry.hash;
            Stored { entry, body: Some((vec![9; 16], body)) }
        })
        .collect()
}

/// Verifies `chain` after `change` against the head of the unchanged one.
fn check(change: impl FnOnce(&mut Vec<Stored>), expected: Result<(i64, u64), Broken>) {
    let whole = chain();
    let head: Hash = whole.last().expect("four entries").entry.hash;
    let mut changed = whole;
    change(&mut changed);
    let mut verifier = Verifier::new(name());
    let walked = changed.iter().try_for_each(|stored| verifier.take(stored));
    assert_eq!(walked.and_then(|()| verifier.finish(4, head)), expected);
}

#[test]
fn a_whole_chain_holds_and_counts_what_was_erased() {
    check(|_| {}, Ok((4, 0)));
    check(|chain| chain[1].body = None, Ok((4, 1)));
}

/// G-3: a changed or removed line is detectable, and named.
#[test]
fn the_first_entry_that_does_not_hold_is_named() {
    check(|chain| chain[2].body = Some((vec![9; 16], "x".into())), Err(Broken::Body { seq: 3 }));
    check(|chain| chain[2].entry.at_ms += 1, Err(Broken::Entry { seq: 3 }));
    check(|chain| chain[1].entry.kind.push('x'), Err(Broken::Entry { seq: 2 }));
    check(|chain| chain[1].entry.source_seq = 9, Err(Broken::Entry { seq: 2 }));
    check(
        |chain| {
            chain.remove(1);
        },
        Err(Broken::Sequence { expected: 2, found: 3 }),
    );
    check(|chain| chain.swap(0, 1), Err(Broken::Sequence { expected: 1, found: 2 }));
    check(|chain| chain.truncate(3), Err(Broken::Cut { expected: 4, found: 3 }));
}

/// A forger who recomputes every hash after a change is stopped by the head that is kept elsewhere.
#[test]
fn a_rewritten_chain_does_not_reach_its_head() {
    check(
        |chain| {
            let mut prev = GENESIS;
            for stored in chain.iter_mut() {
                stored.body = Some((vec![9; 16], "forged".into()));
                stored.entry.body_digest = body_digest(&[9; 16], "forged");
                stored.entry.prev = prev;
                stored.entry.hash = hash_of(&name(), &stored.entry);
                prev = stored.entry.hash;
            }
        },
        Err(Broken::Head { seq: 4 }),
    );
}

#[test]
fn fields_do_not_run_into_each_other() {
    let mut one = chain().remove(0).entry;
    let mut other = one.clone();
    one.kind = "ab".into();
    one.source = "c".into();
    other.kind = "a".into();
    other.source = "bc".into();
    assert_ne!(hash_of(&name(), &one), hash_of(&name(), &other));
}

/// What a third party is given says no more and no less than what was hashed.
#[test]
fn hashed_bytes_are_read_back_whole_or_not_at_all() {
    let entry = chain().remove(1).entry;
    let bytes = hashed_bytes(&name(), &entry);
    assert_eq!(read_hashed(&bytes), Some((name(), entry)));
    for cut in 0..bytes.len() {
        assert_eq!(read_hashed(&bytes[..cut]), None, "{cut} bytes");
    }
    assert_eq!(read_hashed(&[bytes.as_slice(), &[0]].concat()), None, "one more");
    let mut claims = bytes;
    claims[..8].copy_from_slice(&(1_u64 << 63).to_be_bytes());
    assert_eq!(read_hashed(&claims), None, "a length of 2^63");
}
