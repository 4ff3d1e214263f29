//! The process that makes the pictures, as the server sees it.

use super::worker::{HEAD, MORE, words};
use film::Plan;
use std::{io, path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    process::{Child, Command},
    time::timeout,
};

/// Pictures of a few seconds take no longer, however large; on a busy machine the lowest priority gets a hundredth of a processor.
const ANSWER: Duration = Duration::from_secs(200);
/// Longest answer, bytes.
const ANSWER_BYTES: usize = 64 << 20;

/// Makes one film.
pub(super) struct Process {
    questions: Box<dyn AsyncWrite + Send + Unpin>,
    answers: Box<dyn AsyncRead + Send + Unpin>,
    /// Killed when this goes.
    _process: Option<Child>,
}

impl Process {
    /// Starts this very program once more, with nothing of what this one has.
    #[cfg_attr(
        test,
        expect(
            dead_code,
            reason = "a test's program is the tests; e2e/recording-copy.spec.ts has the process"
        )
    )]
    pub(super) fn start(plan: &Plan) -> io::Result<Self> {
        // Where the program's file was replaced meanwhile, the path leads to another version.
        let running = Path::new("/proc/self/exe");
        let program = if running.exists() { running.to_owned() } else { std::env::current_exe()? };
        let mut process = Command::new(program)
            .arg("film")
            .args(words(plan))
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let gone = || io::Error::other("no pipe");
        let questions = Box::new(process.stdin.take().ok_or_else(gone)?);
        let answers = Box::new(process.stdout.take().ok_or_else(gone)?);
        Ok(Self { questions, answers, _process: Some(process) })
    }

    /// The same answers from within this process.
    #[cfg(test)]
    pub(super) fn within(plan: &Plan) -> Self {
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let mut film = super::worker::begin(*plan);
        tokio::spawn(async move {
            let (mut questions, mut answers) = tokio::io::split(theirs);
            while let Ok(length) = questions.read_u32_le().await {
                let mut piece = vec![0; length as usize];
                questions.read_exact(&mut piece).await.unwrap();
                answers.write_all(&super::worker::answer(&mut film, &piece)).await.unwrap();
            }
        });
        let (answers, questions) = tokio::io::split(ours);
        Self { questions: Box::new(questions), answers: Box::new(answers), _process: None }
    }

    /// More of the file, after another piece of the recording.
    pub(super) async fn more(&mut self, piece: &[u8]) -> io::Result<Vec<u8>> {
        timeout(ANSWER, async {
            self.ask(piece).await?;
            self.answer(MORE).await
        })
        .await?
    }

    /// The rest of the file, and its head.
    pub(super) async fn finish(&mut self) -> io::Result<(Vec<u8>, Vec<u8>)> {
        timeout(ANSWER, async {
            self.ask(&[]).await?;
            Ok((self.answer(MORE).await?, self.answer(HEAD).await?))
        })
        .await?
    }

    async fn ask(&mut self, piece: &[u8]) -> io::Result<()> {
        self.questions.write_u32_le(u32::try_from(piece.len()).map_err(io::Error::other)?).await?;
        self.questions.write_all(piece).await?;
        self.questions.flush().await
    }

    async fn answer(&mut self, wanted: u8) -> io::Result<Vec<u8>> {
        let kind = self.answers.read_u8().await?;
        let length = usize::try_from(self.answers.read_u32_le().await?).unwrap_or(usize::MAX);
        if ANSWER_BYTES < length {
            return Err(io::Error::other("answer too long"));
        }
        let mut data = vec![0; length];
        self.answers.read_exact(&mut data).await?;
        if kind == wanted {
            return Ok(data);
        }
        // What the process says itself stays so; everything else may pass.
        Err(io::Error::new(io::ErrorKind::InvalidData, String::from_utf8_lossy(&data)))
    }
}
