//! The application log: to standard error for whoever watches, and to `DATA/logs`, one file a day.

mod lines;

use crate::configuration::Configuration;
use lines::Lines;
use std::path::PathBuf;
use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{InitError, RollingFileAppender, Rotation},
};
use tracing_subscriber::{
    EnvFilter, Layer as _, filter::ParseError, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// Days that are kept.
const KEPT_FILES: usize = 30;

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    /// The filter is not understood.
    #[error("configuration: log: {0}")]
    Filter(#[from] ParseError),
    /// The folder cannot be made.
    #[error("{folder}: {source}")]
    Make {
        /// Which one.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The folder cannot be written.
    #[error("{folder}: {source}")]
    Folder {
        /// Which one.
        folder: PathBuf,
        /// Why.
        source: InitError,
    },
}

/// Begins to log; what is returned must live as long as the program.
pub(crate) fn start(configuration: &Configuration) -> Result<WorkerGuard, LogError> {
    let folder = configuration.data.join("logs");
    std::fs::create_dir_all(&folder).map_err(|source| LogError::Make { folder: folder.clone(), source })?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("beside-server")
        .filename_suffix("log")
        .max_log_files(KEPT_FILES)
        .build(&folder)
        .map_err(|source| LogError::Folder { folder, source })?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = || EnvFilter::builder().parse(&configuration.log);
    let file =
        fmt::layer().with_ansi(false).with_writer(move || Lines(writer.clone())).with_filter(filter()?);
    let terminal =
        fmt::layer().with_ansi(false).with_writer(|| Lines(std::io::stderr())).with_filter(filter()?);
    // A second call, in a test, keeps the first log.
    if let Err(error) = tracing_subscriber::registry().with(file).with(terminal).try_init() {
        tracing::debug!(error = %error, "Log runs already");
    }
    Ok(guard)
}
