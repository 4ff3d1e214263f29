//! Any text as a session description or a candidate, as the app takes one from a console: our own reading of it, the core's, and
//! what the core answers.

use std::time::Instant;

use str0m::{Candidate, Rtc, change::SdpOffer};

#[allow(dead_code, reason = "it also has what belongs to other parts of a connection")]
#[path = "../../crates/peer/src/description.rs"]
mod description;

pub(crate) fn run(data: &[u8]) {
    let told = String::from_utf8_lossy(data);
    if let Some(found) = protocol::sdp::fingerprint(&told) {
        let again = format!("a=fingerprint:{}\r\n", protocol::sdp::write(found));
        assert_eq!(protocol::sdp::fingerprint(&again), Some(found), "what was written is read as the same");
    }
    let _candidate = Candidate::from_sdp_string(&told);
    let _video = description::offers_av1(&told);
    let _inactive = description::inactive(&told);
    if let Ok(offer) = SdpOffer::from_sdp_string(&told) {
        let mut rtc = Rtc::builder().build(Instant::now());
        if let Ok(answer) = rtc.sdp_api().accept_offer(offer) {
            let _complete = description::complete(&answer.to_sdp_string(), &told);
        }
    }
    if let Some((answer, offer)) = told.split_once("\n\n") {
        let _complete = description::complete(answer, offer);
    }
}
