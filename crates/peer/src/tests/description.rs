//! What is changed in session descriptions.

use crate::description::{complete, inactive, offers_av1};

#[test]
fn av1_is_found_in_an_offer_by_its_payload_type() {
    assert!(offers_av1("m=video 9 UDP/TLS/RTP/SAVPF 45\r\na=rtpmap:45 AV1/90000\r\n"));
    assert!(!offers_av1("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\na=x: AV1/90000\r\n"));
}

#[test]
fn only_what_receives_becomes_inactive() {
    let offer = "m=video 9 X 45\r\na=recvonly\r\nm=application 9 X y\r\na=sendrecv\r\n";
    assert_eq!(inactive(offer), "m=video 9 X 45\r\na=inactive\r\nm=application 9 X y\r\na=sendrecv\r\n");
}

#[test]
fn a_rejected_line_has_an_offered_format() {
    let offer = "v=0\r\nm=application 9 X y\r\nm=video 9 Z 45 46\r\na=mid:1\r\n";
    let answer = "v=0\r\nm=application 9 X y\r\na=mid:0\r\nm=video 0 Z \r\na=mid:1\r\n";
    let completed = "v=0\r\nm=application 9 X y\r\na=mid:0\r\nm=video 0 Z 45\r\na=mid:1\r\n";
    assert_eq!(complete(answer, offer), completed);
    assert_eq!(complete(completed, offer), completed);
    assert_eq!(complete("m=video 0 Z \r\n", ""), "m=video 0 Z \r\n");
}

#[test]
fn the_candidates_of_a_rejected_line_move_to_the_next() {
    let offer = "m=video 9 Z 96\r\nm=application 9 X y\r\n";
    let answer = "m=video 0 Z \r\nc=IN IP4 0.0.0.0\r\na=candidate:1\r\na=candidate:2\r\na=mid:0\r\n\
                  m=application 9 X y\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\n";
    let completed = "m=video 0 Z 96\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n\
                     m=application 9 X y\r\nc=IN IP4 0.0.0.0\r\na=candidate:1\r\na=candidate:2\r\na=mid:1\r\n";
    assert_eq!(complete(answer, offer), completed);
}
