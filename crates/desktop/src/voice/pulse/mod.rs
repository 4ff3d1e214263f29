//! PulseAudio's native protocol, which PipeWire speaks as well: the sound server of every Linux desktop. Spoken by a crate in Rust,
//! so that no library of the system's has to be there for the program to start (`docs/adr/0010-voice-by-the-sound-server.md`).

#[cfg(test)]
mod tests;

use std::ffi::CString;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_executor::block_on;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{
    ChannelMap, PlaybackStreamParams, Prop, Props, RecordStreamParams, SampleFormat, SampleSpec, ServerInfo,
    SourceInfo,
};
use pulseaudio::{AsPlaybackSource as _, Client, ClientError, PlaybackStream, RecordStream};

use super::{Ends, Lacks, Sound};

/// Samples a second.
const RATE: u32 = 48_000;
/// Bytes of a sample.
const SAMPLE: usize = 4;
/// What is handed over at once, 10 ms: the shorter, the sooner it is heard, and the more often the machine wakes.
const PIECE_BYTES: u32 = RATE / 100 * 4;
/// Of the secret that a user's programs share with their sound server.
const COOKIE_BYTES: usize = 256;
/// A server answers at once, or is none.
const PATIENCE: Duration = Duration::from_secs(3);
/// What other programs call ours.
const NAME: &std::ffi::CStr = c"Beside";
/// What the server calls the speaker that it makes up where the machine has none.
const NOTHING: &[u8] = b"auto_null";

/// The sound server of the user who is signed in.
pub(super) struct Pulse {
    ends: Arc<dyn Ends>,
    /// Of the server; `None`: the one that the environment names.
    socket: Option<PathBuf>,
    server: Option<Server>,
}

struct Server {
    client: Client,
    microphone: Option<Running<RecordStream>>,
    speaker: Option<Running<PlaybackStream>>,
}

/// A stream, and how often the server came for it.
struct Running<S> {
    _stream: S,
    turns: Arc<AtomicU64>,
    seen: u64,
}

impl<S> Running<S> {
    fn new(stream: S, turns: Arc<AtomicU64>) -> Self {
        // One more than there can be: the first look finds a difference.
        Self { _stream: stream, turns, seen: u64::MAX }
    }

    /// Whether the server came since the last look: a device that went away leaves a stream that stands still.
    fn goes_on(&mut self) -> bool {
        let turns = self.turns.load(Ordering::Relaxed);
        std::mem::replace(&mut self.seen, turns) != turns
    }
}

impl Pulse {
    pub(super) fn new(ends: Arc<dyn Ends>, socket: Option<PathBuf>) -> Self {
        Self { ends, socket, server: None }
    }

    /// The server that is there, asked; or a new connection to it.
    fn reach(&mut self) -> Result<(&mut Server, ServerInfo), ClientError> {
        let known = self.server.take();
        let answered = known.map(|server| (block_on(server.client.server_info()), server));
        let (info, server) = match answered {
            Some((Ok(info), server)) => (info, server),
            _ => {
                let client = connect(self.socket.clone())?;
                let info = block_on(client.server_info())?;
                (info, Server { client, microphone: None, speaker: None })
            }
        };
        Ok((self.server.insert(server), info))
    }
}

impl Sound for Pulse {
    fn mend(&mut self) -> Lacks {
        let ends = Arc::clone(&self.ends);
        match self.reach() {
            Ok((server, info)) => Lacks {
                microphone: server.mend_microphone(&ends, &info).err().map(|error| error.what(MICROPHONE)),
                speaker: server.mend_speaker(&ends, &info).err().map(|error| error.what(SPEAKER)),
            },
            Err(error) => {
                tracing::debug!(%error, "No sound server");
                Lacks { microphone: Some("voice-no-sound-server"), speaker: Some("voice-no-sound-server") }
            }
        }
    }
}

fn connect(socket: Option<PathBuf>) -> Result<Client, ClientError> {
    let socket = socket.or_else(pulseaudio::socket_path_from_env).ok_or(ClientError::ServerUnavailable)?;
    let stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    // A server that asks for no cookie takes any, but of this length alone.
    let kept = pulseaudio::cookie_path_from_env().and_then(|path| std::fs::read(path).ok());
    let cookie = kept.filter(|kept| kept.len() == COOKIE_BYTES).unwrap_or_else(|| vec![0; COOKIE_BYTES]);
    Client::new_unix(NAME, stream, Some(cookie))
}

const MICROPHONE: &str = "voice-no-microphone";
const SPEAKER: &str = "voice-no-speaker";

enum Missing {
    Device,
    Refused(ClientError),
}

impl Missing {
    fn what(self, what: &'static str) -> &'static str {
        if let Self::Refused(error) = self {
            tracing::debug!(%error, what, "Sound server refuses");
        }
        what
    }
}

impl From<ClientError> for Missing {
    fn from(error: ClientError) -> Self {
        Self::Refused(error)
    }
}

impl Server {
    fn mend_microphone(&mut self, ends: &Arc<dyn Ends>, info: &ServerInfo) -> Result<(), Missing> {
        if self.microphone.as_mut().is_some_and(Running::goes_on) {
            return Ok(());
        }
        self.microphone = None;
        let source = self.source(info)?;
        let (ends, turns) = (Arc::clone(ends), Arc::new(AtomicU64::new(0)));
        let turn = Arc::clone(&turns);
        let mut samples = Vec::new();
        let take = move |bytes: &[u8]| {
            turn.fetch_add(1, Ordering::Relaxed);
            samples.clear();
            samples.extend(bytes.as_chunks::<SAMPLE>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)));
            ends.said(&samples);
        };
        let params = RecordStreamParams {
            sample_spec: spec(),
            channel_map: ChannelMap::mono(),
            source_name: Some(source),
            buffer_attr: BufferAttr { fragment_size: PIECE_BYTES, ..BufferAttr::default() },
            flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
            props: props(),
            ..RecordStreamParams::default()
        };
        let stream = block_on(self.client.create_record_stream(params, take))?;
        self.microphone = Some(Running::new(stream, turns));
        Ok(())
    }

    fn mend_speaker(&mut self, ends: &Arc<dyn Ends>, info: &ServerInfo) -> Result<(), Missing> {
        if self.speaker.as_mut().is_some_and(Running::goes_on) {
            return Ok(());
        }
        self.speaker = None;
        let sink = chosen("PULSE_SINK").or_else(|| info.default_sink_name.clone());
        let sink = sink.filter(|name| name.as_bytes() != NOTHING).ok_or(Missing::Device)?;
        let (ends, turns) = (Arc::clone(ends), Arc::new(AtomicU64::new(0)));
        let turn = Arc::clone(&turns);
        let mut samples = Vec::new();
        let fill = move |bytes: &mut [u8]| {
            turn.fetch_add(1, Ordering::Relaxed);
            let (places, _) = bytes.as_chunks_mut::<SAMPLE>();
            samples.clear();
            samples.resize(places.len(), 0.0);
            ends.hear(&mut samples);
            places.iter_mut().zip(&samples).for_each(|(place, sample)| *place = sample.to_le_bytes());
            places.len() * SAMPLE
        };
        let params = PlaybackStreamParams {
            sample_spec: spec(),
            channel_map: ChannelMap::mono(),
            sink_name: Some(sink),
            buffer_attr: BufferAttr {
                target_length: 2 * PIECE_BYTES,
                minimum_request_length: PIECE_BYTES,
                ..BufferAttr::default()
            },
            flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
            props: props(),
            ..PlaybackStreamParams::default()
        };
        let stream = block_on(self.client.create_playback_stream(params, fill.as_playback_source()))?;
        self.speaker = Some(Running::new(stream, turns));
        Ok(())
    }

    /// The microphone by name: the user's own choice, else the desktop's, else any. What the computer plays can be recorded under a
    /// name as well, and is the default where there is no microphone.
    fn source(&self, info: &ServerInfo) -> Result<CString, Missing> {
        if let Some(name) = chosen("PULSE_SOURCE") {
            return Ok(name);
        }
        let sources = block_on(self.client.list_sources())?;
        let mut microphones =
            sources.iter().filter(|source: &&SourceInfo| source.monitor_of_sink_index.is_none());
        let preferred =
            microphones.clone().find(|source| Some(&source.name) == info.default_source_name.as_ref());
        let found = preferred.or_else(|| microphones.next()).ok_or(Missing::Device)?;
        Ok(found.name.clone())
    }
}

/// Which device the user wants for one program, as every other one reads it (pulseaudio(1), client variables).
fn chosen(variable: &str) -> Option<CString> {
    let name = std::env::var(variable).ok().filter(|name| !name.is_empty())?;
    CString::new(name).ok()
}

fn spec() -> SampleSpec {
    SampleSpec { format: SampleFormat::Float32Le, channels: 1, sample_rate: RATE }
}

/// The desktop then treats it as a call: other sound is turned down, a headset's microphone is used. PulseAudio takes what the speaker
/// plays out of what the microphone hears (module-filter-apply, which desktops load), so that an operator does not hear themself.
fn props() -> Props {
    let mut props = Props::new();
    props.set(Prop::MediaRole, c"phone");
    props.set(Prop::FilterWant, c"echo-cancel");
    props
}
