use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desktop::voice::{Ends, Lacks, Sound};
use voice::{FRAME, RATE, Speaker};

use super::{Heard, Talk};

/// Devices that the test speaks into and listens to.
struct Devices(Lacks);

impl Sound for Devices {
    fn mend(&mut self) -> Lacks {
        self.0
    }
}

fn tone(samples: usize) -> Vec<f32> {
    let step = std::f32::consts::TAU * 1_000.0 / RATE as f32;
    (0..samples).map(|at| 0.5 * (at as f32 * step).sin()).collect()
}

/// F-14: mute lets nothing out, and what is over is silent both ways.
#[test]
fn what_is_said_leaves_unless_it_is_muted_or_over() {
    let (peer, mut sent) = tokio::sync::mpsc::channel(64);
    let (tell, told) = channel();
    let ends: Arc<Mutex<Option<Arc<dyn Ends>>>> = Arc::default();
    let given = Arc::clone(&ends);
    let lacks = Lacks { microphone: None, speaker: Some("voice-no-speaker") };
    let open = move |ends| -> Box<dyn Sound> {
        given.lock().unwrap().replace(ends);
        Box::new(Devices(lacks))
    };
    let talk = Talk::start(peer, false, open, move |heard| tell.send(heard).unwrap_or_default()).unwrap();
    assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(Heard::Devices(lacks)));
    let ends = ends.lock().unwrap().take().unwrap();
    let mut packets = || std::iter::from_fn(|| sent.try_recv().ok()).count();
    ends.said(&tone(3 * FRAME));
    assert_eq!(packets(), 3);
    talk.set_muted(true);
    ends.said(&tone(3 * FRAME));
    assert_eq!(packets(), 0);
    talk.set_muted(false);
    ends.said(&tone(FRAME));
    assert_eq!(packets(), 1);

    let mut speaker = Speaker::new().unwrap();
    speaker.take(&tone(10 * FRAME), |time, packet| talk.take(time, packet));
    let mut heard = vec![0.0; 4 * FRAME];
    ends.hear(&mut heard);
    assert!(heard.iter().any(|sample| 0.1 < sample.abs()));
    let levels = loop {
        match told.recv_timeout(Duration::from_secs(10)).unwrap() {
            Heard::Levels(levels) => break levels,
            Heard::Devices(_) => {}
        }
    };
    assert!(50 < levels.said && 50 < levels.heard, "{levels:?}");

    drop(talk);
    ends.said(&tone(3 * FRAME));
    ends.hear(&mut heard);
    assert_eq!(packets(), 0);
    assert!(heard.iter().all(|sample| *sample == 0.0));
}
