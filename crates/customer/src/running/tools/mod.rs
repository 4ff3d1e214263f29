//! What an operator asks the machine for beside control (F-04, F-06, F-07, F-08, F-10), each on a thread of its own: it may take
//! seconds, and nothing else waits for it.

mod facts;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use desktop::processes::{How, Processes};
use desktop::services::{self, ServiceError};
use desktop::{launch, system};
use protocol::tools::{Favourite, Outcome, ServiceAct, Tool};

/// What became of a tool.
#[derive(Debug)]
pub(super) struct Done {
    /// On what, as this machine calls it; empty: as the request does.
    pub(super) object: String,
    pub(super) outcome: Outcome,
}

impl From<Outcome> for Done {
    fn from(outcome: Outcome) -> Self {
        Self { object: String::new(), outcome }
    }
}

/// Runs tools. What they keep from one use to the next is here.
pub(super) struct Toolbox {
    processes: Arc<Mutex<Option<Processes>>>,
    /// Off once what runs now may no longer do anything.
    allowed: Arc<AtomicBool>,
}

impl Default for Toolbox {
    fn default() -> Self {
        Self { processes: Arc::default(), allowed: Arc::new(AtomicBool::new(true)) }
    }
}

impl Toolbox {
    /// What was begun and not yet done is not done any more: the customer has stopped, or the console is gone.
    pub(super) fn stop(&mut self) {
        self.allowed.store(false, Ordering::SeqCst);
        self.allowed = Arc::new(AtomicBool::new(true));
    }

    /// Runs a tool that the session has allowed; `tell` is called on its thread.
    pub(super) fn run(&self, tool: Tool, tell: impl FnOnce(Done) + Send + 'static) {
        let name = tool.name();
        let processes = Arc::clone(&self.processes);
        let allowed = Arc::clone(&self.allowed);
        let work = move || tell(run(tool, &processes, &allowed));
        if let Err(error) = std::thread::Builder::new().name(name.to_owned()).spawn(work) {
            // The session's thread counts it as running until the session ends; so does a machine without threads.
            tracing::error!(%error, tool = name, "Tool not run");
        }
    }
}

fn run(tool: Tool, processes: &Mutex<Option<Processes>>, allowed: &AtomicBool) -> Done {
    if !allowed.load(Ordering::SeqCst) {
        return Outcome::refused("stopped").into();
    }
    match tool {
        Tool::OpenUrl(url) => launched(launch::open_url(url.as_str())).into(),
        Tool::OpenFavourite(Favourite::Url(url)) => launched(launch::open_url(url.as_str())).into(),
        Tool::OpenFavourite(Favourite::Program(name)) => launched(launch::open_program(&name)).into(),
        Tool::OpenFavourite(Favourite::Folder(path)) => launched(launch::open_folder(&folder(&path))).into(),
        Tool::DescribeSystem => match system::describe() {
            Ok(system) => Outcome::System(Box::new(facts::system(system))).into(),
            Err(lacks) => Outcome::Unsupported(lacks.what).into(),
        },
        // The console has the picture: what it cannot know of itself is where each display stands in it.
        Tool::CaptureScreen => Outcome::System(Box::new(facts::displays(system::displays()))).into(),
        Tool::ListProcesses => with(processes, |processes| {
            Outcome::Processes(processes.sample().into_iter().map(facts::process).collect()).into()
        }),
        Tool::EndProcess { pid, started_at_ms, force } => with(processes, |processes| {
            let is_meant = |process: &desktop::processes::Process| process.pid == pid;
            let named = processes.sample().into_iter().find(is_meant);
            let object = named.map_or_else(|| pid.to_string(), |process| format!("{} ({pid})", process.name));
            // Waiting for its turn may have taken a moment.
            if !allowed.load(Ordering::SeqCst) {
                return Done { object, outcome: Outcome::refused("stopped") };
            }
            let how = if force { How::Force } else { How::Ask };
            let outcome = match processes.end(pid, started_at_ms, how) {
                Ok(()) => Outcome::Done,
                Err(error) => Outcome::refused(error.code()),
            };
            Done { object, outcome }
        }),
        Tool::ListServices => match services::list() {
            Ok(all) => Outcome::Services(all.into_iter().map(facts::service).collect()).into(),
            Err(lacks) => Outcome::Unsupported(lacks.what).into(),
        },
        Tool::ChangeService { name, act } => service_changed(match act {
            ServiceAct::Start => services::start(&name),
            ServiceAct::Stop => services::stop(&name),
            ServiceAct::Restart => services::restart(&name),
        })
        .into(),
    }
}

fn launched(result: Result<(), launch::LaunchError>) -> Outcome {
    match result {
        Ok(()) => Outcome::Done,
        Err(launch::LaunchError::Unsupported) => Outcome::Unsupported("launch-no-platform"),
        Err(error) => Outcome::refused(error.code()),
    }
}

fn service_changed(result: Result<(), ServiceError>) -> Outcome {
    match result {
        Ok(()) => Outcome::Done,
        Err(ServiceError::Unsupported(lacks)) => Outcome::Unsupported(lacks.what),
        Err(error) => {
            let what = error.code();
            let said = if let ServiceError::Failed { said } = error { said } else { String::new() };
            Outcome::Problem { what, said }
        }
    }
}

/// Looks are taken one after the other: the use of the processor counts from one to the next.
fn with(processes: &Mutex<Option<Processes>>, look: impl FnOnce(&mut Processes) -> Done) -> Done {
    let mut kept = processes.lock().unwrap_or_else(PoisonError::into_inner);
    let processes = match &mut *kept {
        Some(processes) => processes,
        none => match Processes::open() {
            Ok(opened) => none.insert(opened),
            Err(lacks) => return Outcome::Unsupported(lacks.what).into(),
        },
    };
    look(processes)
}

/// "~/" is the home folder of whoever runs the app.
fn folder(path: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match path.strip_prefix('~') {
        Some("") => home().unwrap_or_else(|| path.into()),
        Some(within) if within.starts_with('/') => {
            home().map_or_else(|| path.into(), |home| home.join(within.trim_start_matches('/')))
        }
        _ => path.into(),
    }
}
