//! `browsing`: a thousand administrators look at a page each twenty seconds, with the states of operators coming in as they
//! change.

use super::{Bench, Scale};
use crate::{
    Place,
    figures::percentile,
    server::Server,
    sign_ins::{self, SignIn},
};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use serde_json::Value;
use std::{
    thread,
    time::{Duration, Instant},
};

/// What each page asks for: lists and searches most of all. A browser asks for all of it at once; here one follows the other.
const PAGES: [&[&str]; 10] = [
    &["/api/manage/records", DEPARTMENTS, SUPPORT_TYPES],
    &["/api/manage/records?page=2"],
    &["/api/manage/records?resolution=unresolved&from=2026-01-01"],
    &["/api/manage/operators", DEPARTMENTS, "/api/manage/licence"],
    &["/api/manage/records?customer_name=%EA%B9%80%EB%AF%BC", DEPARTMENTS, SUPPORT_TYPES],
    &["/api/manage/statistics/by-month?from=2024-01-01&to=2026-11-28", DEPARTMENTS],
    &[DEPARTMENTS],
    &["/api/manage/records?last=true", DEPARTMENTS, SUPPORT_TYPES],
    &["/api/manage/statistics/by-operator?from=2026-01-01&to=2026-11-28", DEPARTMENTS],
    &["/api/manage/usage-log"],
];
const DEPARTMENTS: &str = "/api/manage/departments";
const SUPPORT_TYPES: &str = "/api/manage/support-types";
/// How often an operator's state is told anew, to everybody.
const CHANGE: Duration = Duration::from_secs(3);

impl Bench {
    pub(super) async fn browsing(&mut self, server: &Server, place: &Place) -> Result<()> {
        let signed_in = sign_ins::keep(place, self.scale.administrators).await?;
        let mut streams = Vec::new();
        for SignIn { cookie } in &signed_in {
            streams.push(server.browser(cookie).open_events("/api/manage/operators/live")?);
        }
        let (operators, _) = self.browser.json("/api/manage/operators")?;
        let operator =
            operators.pointer("/operators/0/id").and_then(Value::as_str).context("no operator")?.to_owned();
        let until = Instant::now() + self.scale.lasting;
        let scale = &self.scale;
        let changing = &mut self.browser;
        let (times, changes) = thread::scope(|scope| {
            let people: Vec<_> = (0..)
                .zip(&signed_in)
                .map(|(at, who)| scope.spawn(move || browse(server, &who.cookie, at, scale, until)))
                .collect();
            let mut changes = 0_usize;
            while Instant::now() < until {
                let answer = changing.post(&format!("/api/manage/operators/{operator}/sign-out"), "")?;
                ensure!(answer.status == 204, "{}", String::from_utf8_lossy(&answer.body));
                changes += 1;
                thread::sleep(CHANGE);
            }
            let mut times = Vec::new();
            for person in people {
                times.extend(person.join().map_err(|_| anyhow!("somebody's browsing broke off"))??);
            }
            Ok::<_, anyhow::Error>((times, changes))
        })?;
        for stream in &mut streams {
            let told = stream.events_so_far()?;
            ensure!(told == changes, "{told} of {changes} changes were told");
        }
        let cores = thread::available_parallelism()?;
        let (pages, people) = (times.len(), streams.len());
        eprintln!(
            "browsing: {pages} pages, {changes} changes told to {people}, on {cores} cores with this program"
        );
        self.figures.tell("browsing", "p50_ms", percentile(&times, 0.5), "ms");
        self.figures.tell("browsing", "p99_ms", percentile(&times, 0.99), "ms");
        self.figures.tell("browsing", "resident_mib", server.memory_mib("VmRSS")?, "MiB");
        Ok(())
    }
}

/// One person: the first page at a moment of the person's own, then one each so often.
fn browse(
    server: &Server,
    cookie: &str,
    number: u32,
    scale: &Scale,
    until: Instant,
) -> Result<Vec<Duration>> {
    let mut browser = server.browser(cookie);
    let mut times = Vec::new();
    let share = scale.every / u32::try_from(scale.administrators)?;
    let mut next = Instant::now() + share * number;
    let pages = PAGES.iter().cycle().skip(usize::try_from(number)?);
    for page in pages {
        if until <= next {
            break;
        }
        thread::sleep(next.saturating_duration_since(Instant::now()));
        let mut took = Duration::ZERO;
        for path in *page {
            let answer = browser.get(path)?;
            if answer.status != 200 {
                bail!("{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
            }
            took += answer.took;
        }
        times.push(took);
        next += scale.every;
    }
    Ok(times)
}
