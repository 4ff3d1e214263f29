//! F-14: what is said arrives, evenly, and no bytes of a stranger's break it.

use bytes::Bytes;

use crate::{FRAME, Level, Listener, RATE, Speaker};

/// 1 kHz at half of full scale.
fn tone(samples: usize) -> Vec<f32> {
    let step = std::f32::consts::TAU * 1_000.0 / RATE as f32;
    (0..samples).map(|at| 0.5 * (at as f32 * step).sin()).collect()
}

fn packets(samples: &[f32]) -> Vec<(u64, Bytes)> {
    let mut packets = Vec::new();
    // In pieces of no packet's length, as devices give them.
    let mut speaker = Speaker::new().unwrap();
    for piece in samples.chunks(441) {
        speaker.take(piece, |time, packet| packets.push((time, packet)));
    }
    packets
}

/// Which part of the sound is of this frequency, 0 to 1 (Goertzel).
fn share_of(hz: f32, samples: &[f32]) -> f32 {
    let turn = 2.0 * (std::f32::consts::TAU * hz / RATE as f32).cos();
    let (mut one, mut two) = (0.0_f32, 0.0_f32);
    for sample in samples {
        (one, two) = (sample + turn * one - two, one);
    }
    let power = one * one + two * two - turn * one * two;
    let all: f32 = samples.iter().map(|sample| sample * sample).sum();
    if all == 0.0 { 0.0 } else { power / (all * samples.len() as f32 / 2.0) }
}

fn hear(listener: &mut Listener, frames: usize) -> Vec<f32> {
    let mut all = Vec::new();
    for _ in 0..frames {
        let mut frame = [0.0; FRAME];
        listener.fill(&mut frame);
        all.extend(frame);
    }
    all
}

#[test]
fn a_tone_arrives_as_that_tone() {
    let said = packets(&tone(RATE as usize));
    assert_eq!(said.iter().map(|(time, _)| *time).collect::<Vec<_>>()[..3], [0, 960, 1920]);
    let mut listener = Listener::new().unwrap();
    let mut heard = Vec::new();
    for (time, packet) in said {
        listener.take(time, packet);
        heard.extend(hear(&mut listener, 1));
    }
    assert!(
        heard[..FRAME].iter().all(|sample| *sample == 0.0),
        "nothing is heard before two packets are there"
    );
    let later = &heard[heard.len() / 2..];
    assert!(0.95 < share_of(1_000.0, later), "{}", share_of(1_000.0, later));
    assert!(share_of(1_700.0, later) < 0.01);
}

#[test]
fn packets_out_of_order_twice_and_lost_are_made_up_for() {
    let said = packets(&tone(RATE as usize));
    let mut listener = Listener::new().unwrap();
    let mut heard = Vec::new();
    for pair in said.chunks(2) {
        // The later first, and each twice; every tenth packet is lost.
        for (time, packet) in pair.iter().rev().chain(pair).filter(|(time, _)| time / 960 % 10 != 9) {
            listener.take(*time, packet.clone());
        }
        heard.extend(hear(&mut listener, 2));
    }
    let later = &heard[heard.len() / 2..];
    assert!(0.8 < share_of(1_000.0, later), "{}", share_of(1_000.0, later));
}

#[test]
fn a_burst_after_a_stall_leaves_no_delay() {
    let said = packets(&tone(RATE as usize * 2));
    let mut listener = Listener::new().unwrap();
    said.iter().for_each(|(time, packet)| listener.take(*time, packet.clone()));
    hear(&mut listener, 1);
    assert!(listener.waiting() <= 6 * FRAME, "{}", listener.waiting());
}

#[test]
fn what_ran_dry_is_silent_and_begins_again_with_more_in_hand() {
    let said = packets(&tone(RATE as usize));
    let mut listener = Listener::new().unwrap();
    said[..3].iter().for_each(|(time, packet)| listener.take(*time, packet.clone()));
    // Three that are there, three that are made up.
    let heard = hear(&mut listener, 8);
    assert!(heard[7 * FRAME..].iter().all(|sample| *sample == 0.0));
    said[20..22].iter().for_each(|(time, packet)| listener.take(*time, packet.clone()));
    assert!(hear(&mut listener, 1).iter().all(|sample| *sample == 0.0), "two are not enough any more");
    listener.take(said[22].0, said[22].1.clone());
    assert!(hear(&mut listener, 2).iter().any(|sample| *sample != 0.0));
}

#[test]
fn a_sender_that_begins_anew_is_heard() {
    let said = packets(&tone(RATE as usize));
    let mut listener = Listener::new().unwrap();
    for far in [1_u64 << 40, 0] {
        said[..4].iter().for_each(|(time, packet)| listener.take(far + time, packet.clone()));
        assert!(hear(&mut listener, 2).iter().any(|sample| *sample != 0.0));
    }
}

#[test]
fn while_nothing_is_said_no_packet_goes_out_and_time_goes_on() {
    let mut speaker = Speaker::new().unwrap();
    let mut times = Vec::new();
    speaker.take(&tone(FRAME + 100), |time, _| times.push(time));
    speaker.skip(10 * FRAME);
    speaker.take(&tone(FRAME), |time, _| times.push(time));
    assert_eq!(times, [0, 11 * 960 + 100]);
}

#[test]
fn bytes_of_strangers_break_nothing_and_wait_in_no_number() {
    let mut listener = Listener::new().unwrap();
    for (at, length) in (0_u64..2_000).zip((0..5_000).step_by(37).cycle()) {
        let bytes: Vec<u8> = (0..length).map(|byte: u64| (byte * 31 + at * 7).to_le_bytes()[0]).collect();
        listener.take(at.wrapping_mul(977), bytes.into());
        if at % 3 == 0 {
            hear(&mut listener, 1);
        }
    }
    listener.take(u64::MAX, vec![0xfc; 20].into());
    listener.take(u64::MAX - 900, vec![0xfc; 20].into());
    hear(&mut listener, 50);
    assert!(listener.waiting() < RATE as usize * 20);
}

#[test]
fn a_level_rises_at_once_and_falls_to_nothing() {
    let mut level = Level::default();
    assert_eq!(level.percent(), 0);
    level.take(&[0.0, -1.0, 0.5]);
    assert_eq!(level.percent(), 100);
    level.take(&tone(FRAME));
    assert!((85..100).contains(&level.percent()), "{}", level.percent());
    for _ in 0..60 {
        level.take(&[0.0; FRAME]);
    }
    assert_eq!(level.percent(), 0);
}
