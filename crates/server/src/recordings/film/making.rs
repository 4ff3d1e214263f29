//! Making one film after the other, for as long as the server runs.

use super::process::Process;
use crate::{
    clock::now_ms,
    recordings::vault::{Place, VaultError},
    secrets::hex,
    sessions::SessionError,
    state::AppState,
};
use film::{NoFilm, Outline, Plan};
use protocol::recording::Piece;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::{
    io,
    time::{Duration, Instant},
};
use store::{
    CompanyId, StoreError, company_settings,
    recording_films::{self, Lease},
    recordings::{self, Recording},
};
use uuid::Uuid;

/// How often it is looked for recordings that have ended.
const EVERY: Duration = Duration::from_secs(5);
/// A server that has not renewed its lease for so long has fallen over. Longer than one answer of the process takes.
const LEASE_MS: i64 = 5 * 60 * 1000;
/// How often the lease is renewed, and how far the file is told.
const RENEWAL: Duration = Duration::from_secs(5);
/// After so many tries during which the server fell over it is not tried again: the recording may be what it falls over.
const TRIES: u32 = 3;
/// A part of the file on the disk, bytes, give or take a cluster.
const PART_BYTES: usize = 4 << 20;
/// The largest file, bytes: days of a busy screen.
const LARGEST_BYTES: u64 = 64 << 30;
/// No file takes longer, whatever is in its recording: others wait for their turn.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// Of the whole, looking at every piece for the first time.
const LOOK_PERCENT: u32 = 10;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// It stays so; kebab-case.
    #[error("no video file: {0}")]
    Why(&'static str),
    /// The recording was deleted, or another server makes the file.
    #[error("the recording is no longer this server's to work on")]
    Gone,
    #[error("process: {0}")]
    Process(#[from] io::Error),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Session(#[from] SessionError),
}

/// Makes films until the server ends.
pub(crate) async fn make_films(state: AppState) {
    let mut turns = tokio::time::interval(EVERY);
    while state.shutdown.run_until_cancelled(turns.tick()).await.is_some() {
        loop {
            match make_next(&state).await {
                Ok(true) if !state.shutdown.is_cancelled() => {}
                Ok(_) => break,
                Err(error) => {
                    tracing::error!(error = %error, "Recordings without a video file could not be looked for");
                    break;
                }
            }
        }
    }
}

/// One of each company, so that none waits for all of another. Gives whether there was any.
pub(in crate::recordings) async fn make_next(state: &AppState) -> Result<bool, StoreError> {
    let mut any = false;
    for company in recording_films::waiting(&state.store, now_ms()).await? {
        if state.shutdown.is_cancelled() {
            break;
        }
        match make_one(state, company).await {
            Ok(made) => any |= made,
            // The others' turns come all the same.
            Err(error) => tracing::error!(error = %error, "A company's video files could not be made"),
        }
    }
    Ok(any)
}

async fn make_one(state: &AppState, company: CompanyId) -> Result<bool, StoreError> {
    let maker = Uuid::new_v4();
    let Some(recording) = recording_films::next(company, &state.store, now_ms()).await? else {
        return Ok(false);
    };
    let write = state.store.write(company).await?;
    let Some(tries) = recording_films::claim(&write, recording.id, lease(maker), now_ms()).await? else {
        return Ok(false);
    };
    write.commit().await?;
    let work = Work::new(state, &recording, maker);
    let made = if TRIES <= tries {
        Some(Err(Failure::Why("fell-over")))
    } else {
        state.shutdown.run_until_cancelled(work.run()).await
    };
    settle(state, &recording, maker, made).await?;
    Ok(true)
}

fn lease(maker: Uuid) -> Lease {
    Lease { maker, until_ms: now_ms() + LEASE_MS }
}

/// What is left of a try. `None`: the server ends.
async fn settle(
    state: &AppState,
    recording: &Recording,
    maker: Uuid,
    made: Option<Result<(), Failure>>,
) -> Result<(), StoreError> {
    let why = match made {
        Some(Ok(())) => return Ok(()),
        None => None,
        Some(Err(Failure::Why(why))) => Some(why),
        Some(Err(Failure::Gone)) => {
            clean(state, recording, maker).await;
            return Ok(());
        }
        Some(Err(Failure::Vault(VaultError::Missing | VaultError::Damaged))) => Some("unreadable"),
        Some(Err(Failure::Process(error))) if error.kind() == io::ErrorKind::InvalidData => {
            tracing::error!(session.id = %recording.session, error = %error, "No video file of a recording");
            Some("failed")
        }
        // A full disk, a database that is away, a process that was killed: the lease runs out, and it is tried again, three times in all.
        Some(Err(error)) => {
            tracing::error!(session.id = %recording.session, error = %error, "A video file is tried again");
            clean(state, recording, maker).await;
            return Ok(());
        }
    };
    clean(state, recording, maker).await;
    let write = state.store.write(recording.company).await?;
    match why {
        Some(why) => recording_films::fail(&write, recording.id, maker, why).await?,
        None => recording_films::give_back(&write, recording.id, maker).await?,
    }
    write.commit().await
}

/// What this try has left; what another one makes at this moment is that one's.
async fn clean(state: &AppState, recording: &Recording, maker: Uuid) {
    if let Err(error) = state.recordings.delete_try(place(recording), maker).await {
        tracing::error!(session.id = %recording.session, error = %error, "Half a video file is left");
    }
}

fn place(recording: &Recording) -> Place {
    Place { company: recording.company, session: recording.session, recording: recording.id }
}

/// One try.
struct Work<'a> {
    state: &'a AppState,
    recording: &'a Recording,
    maker: Uuid,
    began: Instant,
    renewed: Instant,
    /// What is not on the disk yet.
    waiting: Vec<u8>,
    /// Parts on the disk; the first one, which is number 0, comes last.
    parts: u32,
    size_bytes: u64,
}

impl<'a> Work<'a> {
    fn new(state: &'a AppState, recording: &'a Recording, maker: Uuid) -> Self {
        let began = Instant::now();
        Self { state, recording, maker, began, renewed: began, waiting: Vec::new(), parts: 0, size_bytes: 0 }
    }

    async fn run(mut self) -> Result<(), Failure> {
        // What others have left who fell over. One that still goes on without its lease finds nothing of its own, and gives up; this one
        // does so first, where it was held up for longer than its lease.
        self.renew(0).await?;
        self.state.recordings.delete_film(place(self.recording)).await?;
        let plan = self.look().await?;
        #[cfg(not(test))]
        let mut process = Process::start(&plan)?;
        #[cfg(test)]
        let mut process = Process::within(&plan);
        for no in 1..=self.recording.pieces {
            let piece = self.piece(no).await?;
            let more = process.more(&piece).await?;
            self.take(more).await?;
            self.tell(LOOK_PERCENT + self.part_of(no, 100 - LOOK_PERCENT)).await?;
        }
        let (rest, head) = process.finish().await?;
        self.take(rest).await?;
        self.keep_waiting().await?;
        self.size_bytes += head.len() as u64;
        self.state.recordings.write_part(place(self.recording), self.maker, 0, head).await?;
        self.parts += 1;
        self.finish().await
    }

    /// What stands at the beginning of the file is known at the end of the recording.
    async fn look(&mut self) -> Result<Plan, Failure> {
        let mut outline = Outline::default();
        for no in 1..=self.recording.pieces {
            let piece = self.piece(no).await?;
            outline.add(&Piece::read(&piece).map_err(|_| Failure::Why("unreadable"))?);
            self.tell(self.part_of(no, LOOK_PERCENT)).await?;
        }
        outline.plan().map_err(|no| match no {
            NoFilm::Empty => Failure::Why("empty"),
            NoFilm::TooLarge => Failure::Why("too-large"),
            NoFilm::Codec => Failure::Why("codec"),
        })
    }

    async fn piece(&self, no: u32) -> Result<Vec<u8>, Failure> {
        Ok(self.state.recordings.read(place(self.recording), no).await?)
    }

    fn part_of(&self, no: u32, percent: u32) -> u32 {
        no * percent / self.recording.pieces.max(1)
    }

    /// Renews the lease where it is time, and tells how far the file is.
    async fn tell(&mut self, percent: u32) -> Result<(), Failure> {
        if self.renewed.elapsed() < RENEWAL {
            return Ok(());
        }
        self.renew(percent).await
    }

    async fn renew(&mut self, percent: u32) -> Result<(), Failure> {
        let Self { state, recording, maker, .. } = *self;
        let write = state.store.write(recording.company).await?;
        let percent = u8::try_from(percent.min(99)).unwrap_or_default();
        if !recording_films::renew(&write, recording.id, lease(maker), percent).await? {
            return Err(Failure::Gone);
        }
        self.has_room(&write).await?;
        write.commit().await?;
        self.renewed = Instant::now();
        Ok(())
    }

    /// 녹화 저장 한도 [G-2].
    async fn has_room(&self, write: &store::Write) -> Result<(), Failure> {
        let company = write.company();
        let Some(limit_gb) = company_settings::find(company, write).await?.recording_limit_gb else {
            return Ok(());
        };
        let kept = recordings::kept_of_company(company, write).await?;
        // It is made of what is there anyway: a quarter of the space is left for what is recorded.
        if (u64::from(limit_gb) << 30) / 4 * 3 < kept + self.size_bytes {
            return Err(Failure::Why("full"));
        }
        Ok(())
    }

    async fn take(&mut self, more: Vec<u8>) -> Result<(), Failure> {
        if LARGEST_BYTES < self.size_bytes || LONGEST < self.began.elapsed() {
            return Err(Failure::Why("too-large"));
        }
        for some in more.chunks(PART_BYTES) {
            self.waiting.extend_from_slice(some);
            if PART_BYTES <= self.waiting.len() {
                self.keep_waiting().await?;
            }
        }
        Ok(())
    }

    async fn keep_waiting(&mut self) -> Result<(), Failure> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let part = std::mem::take(&mut self.waiting);
        self.size_bytes += part.len() as u64;
        self.parts += 1;
        Ok(self.state.recordings.write_part(place(self.recording), self.maker, self.parts, part).await?)
    }

    /// The digest is of what stands on the disk, and becomes an entry of the record's chain.
    async fn finish(mut self) -> Result<(), Failure> {
        let Self { state, recording, maker, parts, size_bytes, .. } = self;
        let mut digest = Sha256::new();
        for no in 0..parts {
            digest.update(state.recordings.read_part(place(recording), maker, no).await?);
            // Reading a large file takes longer than a lease.
            self.tell(99).await?;
        }
        let sha256: [u8; 32] = digest.finalize().into();
        let write = state.store.write(recording.company).await?;
        self.has_room(&write).await?;
        if !recording_films::finish(&write, recording.id, maker, (parts, size_bytes, sha256)).await? {
            return Err(Failure::Gone);
        }
        let body = json!({
            "no": recording.no,
            "id": recording.id,
            "size_bytes": size_bytes,
            "sha256": hex(&sha256),
        });
        state.sessions.add_entry(&write, recording.session, now_ms(), "recording-film", &body).await?;
        write.commit().await?;
        Ok(())
    }
}
