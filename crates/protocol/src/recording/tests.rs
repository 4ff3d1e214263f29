use super::{Codec, Content, Entry, Piece, RecordingError, Speaker, pieces};

fn piece(no: u32) -> Piece<'static> {
    let at = |at_ms, content| Entry { at_ms, content };
    let video = |key| Content::Video {
        key,
        codec: Codec::Av1,
        rtp_time: 0x8000_0003,
        width: 640,
        height: 360,
        data: &[9, 8],
    };
    Piece {
        no,
        starts_ms: 1_000,
        ends_ms: 4_000,
        entries: vec![
            at(1_000, Content::Screen { begins: false, packet: &[1, 2, 3] }),
            at(1_200, Content::Screen { begins: true, packet: &[4] }),
            at(1_200, Content::PointerShape(&[5])),
            at(1_300, Content::PointerAt { x: -1, y: 70_000 }),
            at(2_000, video(false)),
            at(2_033, video(true)),
            at(2_040, Content::Sound { speaker: Speaker::Customer, packet: &[7] }),
            at(4_000, Content::Blank),
        ],
    }
}

#[test]
fn what_is_written_is_read_and_says_where_it_can_be_shown_from() {
    let written = piece(1).write();
    assert_eq!(Piece::read(&written), Ok(piece(1)));
    assert_eq!((piece(1).state_ms(), piece(1).video_key_ms()), (Some(1_200), Some(2_033)));
    let empty = Piece { entries: Vec::new(), ..piece(2) };
    assert_eq!(Piece::read(&empty.write()), Ok(empty));
}

/// A crash in the middle of writing costs the last piece and nothing before it.
#[test]
fn a_file_that_was_cut_is_read_up_to_there() {
    let file = [piece(1).write(), piece(2).write(), piece(3).write()].concat();
    let all: Result<Vec<_>, _> = pieces(&file).collect();
    assert_eq!(all, Ok(vec![piece(1), piece(2), piece(3)]));
    let cut = file.len() - 1;
    let read: Vec<_> = pieces(&file[..cut]).collect();
    assert_eq!(read, [Ok(piece(1)), Ok(piece(2)), Err(RecordingError::Length)]);
}

/// Kinds of later versions are nothing to this one.
#[test]
fn what_is_not_known_is_skipped() {
    let mut written = Piece { entries: Vec::new(), ..piece(1) }.write();
    written[16] = 10;
    written.extend_from_slice(&[200, 0xe8, 3, 0, 0, 1, 0, 0, 0, 42]);
    assert_eq!(Piece::read(&written).map(|piece| piece.entries.len()), Ok(0));
}

/// Sound of nobody, of no length, and longer than any packet.
#[test]
fn a_packet_of_sound_has_a_speaker_and_a_length() {
    let heard = |packet| Piece {
        entries: vec![Entry { at_ms: 1_000, content: Content::Sound { speaker: Speaker::Operator, packet } }],
        ..piece(1)
    };
    let longest = [7; super::SOUND_BYTES];
    assert_eq!(Piece::read(&heard(&longest).write()), Ok(heard(&longest)));
    let longer = [7; super::SOUND_BYTES + 1];
    for packet in [&longer[..], &[]] {
        assert_eq!(Piece::read(&heard(packet).write()), Err(RecordingError::Entry));
    }
    let mut of_nobody = heard(&[7]).write();
    of_nobody[29] = 3;
    assert_eq!(Piece::read(&of_nobody), Err(RecordingError::Entry));
}

#[test]
fn what_is_wrong_is_refused() {
    let good = piece(1).write();
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let longer = [good.clone(), vec![0]].concat();
    for (bytes, error) in [
        (Vec::new(), RecordingError::Magic),
        (b"BSR2".to_vec(), RecordingError::Magic),
        (good[..19].to_vec(), RecordingError::Length),
        (good[..good.len() - 1].to_vec(), RecordingError::Length),
        (longer, RecordingError::Length),
        (with(4, 0), RecordingError::Limit),
        (with(7, 1), RecordingError::Limit),
        // Ends before it starts, and after a day.
        (with(13, 0), RecordingError::Time),
        (with(15, 0x7f), RecordingError::Time),
        // The first entry before its piece.
        (with(22, 0), RecordingError::Time),
        // The length of the first entry.
        (with(28, 0xff), RecordingError::Length),
        // What a blank entry has none of.
        (with(20, 7), RecordingError::Entry),
        (with(20, 6), RecordingError::Entry),
        (with(20, 3), RecordingError::Entry),
        (with(20, 4), RecordingError::Entry),
    ] {
        let bytes =
            if bytes.get(20) == Some(&6) { [&bytes[..29], &[9], &bytes[30..]].concat() } else { bytes };
        assert_eq!(Piece::read(&bytes), Err(error), "{bytes:?}");
    }
}
