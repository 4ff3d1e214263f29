//! F-14: the machine's sound, with a real sound server whose devices end in nothing.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{Ends, Lacks, Pulse, Sound as _};

const RATE: f32 = 48_000.0;
const SPEAKER: &str = "module-null-sink sink_name=speaker rate=48000";
const MOUTH: &str = "module-null-sink sink_name=mouth rate=48000";
const MICROPHONE: &str = "module-remap-source source_name=microphone master=mouth.monitor";
const NO_SOUND: Lacks =
    Lacks { microphone: Some("voice-no-sound-server"), speaker: Some("voice-no-sound-server") };

/// A server of the test's own.
struct Server {
    child: Child,
    folder: TempDir,
}

impl Server {
    fn start(folder: TempDir, modules: &[&str]) -> Self {
        let protocol =
            format!("module-native-protocol-unix auth-anonymous=1 socket={}", socket(&folder).display());
        let mut command = Command::new("pulseaudio");
        command.args([
            "-n",
            "--daemonize=no",
            "--use-pid-file=no",
            "--exit-idle-time=-1",
            "--log-level=error",
        ]);
        for module in modules.iter().copied().chain([protocol.as_str()]) {
            command.args(["-L", module]);
        }
        command.env("HOME", folder.path()).env("XDG_RUNTIME_DIR", folder.path());
        command.env_remove("PULSE_SERVER").stdin(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("pulseaudio is installed: cargo xtask setup");
        let server = Self { child, folder };
        let until = Instant::now() + Duration::from_secs(20);
        while UnixStream::connect(socket(&server.folder)).is_err() {
            assert!(Instant::now() < until, "the sound server comes up");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn tool(&self, name: &str, device: &str) -> Command {
        let mut command = Command::new(name);
        command.args(["--raw", "--format=float32le", "--rate=48000", "--channels=1", "--latency-msec=20"]);
        command.arg(format!("--device={device}"));
        command.env("PULSE_SERVER", format!("unix:{}", socket(&self.folder).display()));
        command.env("HOME", self.folder.path());
        command
    }

    fn stop(mut self) -> TempDir {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let empty = tempfile::tempdir().unwrap();
        std::mem::replace(&mut self.folder, empty)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            eprintln!("the sound server was not waited for");
        }
    }
}

fn socket(folder: &TempDir) -> PathBuf {
    folder.path().join("native")
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Says 1 kHz, and keeps what it hears.
#[derive(Default)]
struct Ear {
    said: Mutex<Vec<f32>>,
    at: AtomicU32,
}

impl Ends for Ear {
    fn said(&self, samples: &[f32]) {
        self.said.lock().unwrap().extend_from_slice(samples);
    }

    fn hear(&self, samples: &mut [f32]) {
        for sample in samples {
            *sample = tone(self.at.fetch_add(1, Ordering::SeqCst) as usize);
        }
    }
}

fn tone(at: usize) -> f32 {
    0.5 * (at as f32 * std::f32::consts::TAU * 1_000.0 / RATE).sin()
}

/// Which part of the sound is 1 kHz, 0 to 1 (Goertzel).
fn share_of_tone(samples: &[f32]) -> f32 {
    let turn = 2.0 * (std::f32::consts::TAU * 1_000.0 / RATE).cos();
    let (mut one, mut two) = (0.0_f32, 0.0_f32);
    for sample in samples {
        (one, two) = (sample + turn * one - two, one);
    }
    let power = one * one + two * two - turn * one * two;
    let all: f32 = samples.iter().map(|sample| sample * sample).sum();
    if all < 1e-6 { 0.0 } else { power / (all * samples.len() as f32 / 2.0) }
}

/// Whatever it takes until the last tenth of a second is the tone.
fn until_tone(mut newest: impl FnMut() -> Vec<f32>) {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let samples = newest();
        let last = &samples[samples.len().saturating_sub(4_800)..];
        if last.len() == 4_800 && 0.9 < share_of_tone(last) {
            return;
        }
        assert!(Instant::now() < until, "the tone comes: {} of {}", share_of_tone(last), samples.len());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_tone_goes_from_the_microphone_and_to_the_speaker() {
    let server = Server::start(folder(), &[SPEAKER, MOUTH, MICROPHONE]);
    let ear = Arc::new(Ear::default());
    let mut pulse = Pulse::new(Arc::clone(&ear) as Arc<dyn Ends>, Some(socket(&server.folder)));
    assert_eq!(ear.said.lock().unwrap().len(), 0);
    assert_eq!(pulse.mend(), Lacks::default());

    let mut mouth = server.tool("pacat", "mouth").stdin(Stdio::piped()).spawn().unwrap();
    let mut input = mouth.stdin.take().unwrap();
    let speaking = std::thread::spawn(move || {
        let bytes: Vec<u8> = (0..48_000).flat_map(|at| tone(at).to_le_bytes()).collect();
        while input.write_all(&bytes).is_ok() {}
    });
    until_tone(|| ear.said.lock().unwrap().clone());
    mouth.kill().unwrap();
    mouth.wait().unwrap();
    speaking.join().unwrap();

    let mut listener = server.tool("parec", "speaker.monitor").stdout(Stdio::piped()).spawn().unwrap();
    let mut output = listener.stdout.take().unwrap();
    let mut heard = Vec::new();
    until_tone(|| {
        let mut bytes = [0; 4_800 * 4];
        output.read_exact(&mut bytes).unwrap();
        heard.extend(bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)));
        heard.clone()
    });
    listener.kill().unwrap();
    listener.wait().unwrap();

    // Both go on.
    assert_eq!(pulse.mend(), Lacks::default());
    drop(pulse);
    // What was on its way when it closed is there by now.
    std::thread::sleep(Duration::from_millis(300));
    let (said, played) = (ear.said.lock().unwrap().len(), ear.at.load(Ordering::SeqCst));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!((ear.said.lock().unwrap().len(), ear.at.load(Ordering::SeqCst)), (said, played));
}

/// What the computer plays can be recorded, and is no microphone; a speaker that a server makes up is none.
#[test]
fn a_machine_without_devices_lacks_them() {
    let ear = Arc::new(Ear::default());
    let deaf = Server::start(folder(), &["module-null-sink sink_name=auto_null"]);
    let mut pulse = Pulse::new(Arc::clone(&ear) as Arc<dyn Ends>, Some(socket(&deaf.folder)));
    let neither = Lacks { microphone: Some("voice-no-microphone"), speaker: Some("voice-no-speaker") };
    assert_eq!(pulse.mend(), neither);
    let server = Server::start(folder(), &[SPEAKER]);
    let mut pulse = Pulse::new(ear, Some(socket(&server.folder)));
    assert_eq!(pulse.mend(), Lacks { microphone: Some("voice-no-microphone"), speaker: None });
}

#[test]
fn a_sound_server_that_goes_and_comes_back_is_used_again() {
    let ear = Arc::new(Ear::default());
    let nowhere = folder();
    let mut pulse = Pulse::new(Arc::clone(&ear) as Arc<dyn Ends>, Some(socket(&nowhere)));
    assert_eq!(pulse.mend(), NO_SOUND);
    let server = Server::start(nowhere, &[SPEAKER, MOUTH, MICROPHONE]);
    assert_eq!(pulse.mend(), Lacks::default());
    let folder = server.stop();
    assert_eq!(pulse.mend(), NO_SOUND);
    let _server = Server::start(folder, &[SPEAKER, MOUTH, MICROPHONE]);
    assert_eq!(pulse.mend(), Lacks::default());
    let before = ear.said.lock().unwrap().len();
    let until = Instant::now() + Duration::from_secs(20);
    while ear.said.lock().unwrap().len() == before {
        assert!(Instant::now() < until, "the microphone is heard again");
        std::thread::sleep(Duration::from_millis(20));
    }
}
