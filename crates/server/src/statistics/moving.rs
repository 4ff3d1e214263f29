//! Moving statistics to another time zone [G-2], beside everything else that the server does.

use crate::{body::Json, problem::Problem, roles::Administrator, state::AppState};
use axum::extract::State;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::time::{Duration, Instant};
use store::{
    StoreError,
    companies::{self, Company},
    statistics,
};
use tokio::{sync::watch, time::MissedTickBehavior};
use utoipa::ToSchema;

/// How often it is looked for what another server has left, or what went wrong here.
const EVERY: Duration = Duration::from_secs(60);

/// How long one write may take, since others wait for it.
const STEP: Duration = Duration::from_millis(200);
/// Records of a company's first step; the others have more or fewer, by how long the last one took.
const FIRST: u32 = 250;
const FEWEST: u32 = 25;
const MOST: u32 = 4_000;

/// Whether statistics are on their way to another time zone.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StatisticsMove {
    /// The company's time zone.
    time_zone: String,
    /// How many of a hundred supports are counted by it already; null: all.
    #[schema(required)]
    moved_percent: Option<i64>,
}

/// Says how far statistics have moved to the company's time zone [G-2].
#[utoipa::path(get, path = "/api/manage/statistics", responses((status = 200, body = StatisticsMove)))]
pub(super) async fn find_statistics_move(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<StatisticsMove>, Problem> {
    let clocks = statistics::clocks(who.company, &state.store).await?;
    Ok(Json(StatisticsMove { time_zone: name_of(&clocks.zone), moved_percent: clocks.moved_percent }))
}

/// A zone's name.
pub(super) fn name_of(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").to_owned()
}

/// Tells that the time zone of some company was changed.
#[derive(Debug, Default)]
pub(crate) struct ZoneChanges(watch::Sender<()>);

impl ZoneChanges {
    /// After a change was kept.
    pub(crate) fn call(&self) {
        self.0.send_replace(());
    }
}

/// Moves the statistics of every company to its time zone: at the start, after each change and every minute, until the server ends.
pub(crate) async fn move_statistics(state: AppState) {
    let mut changes = state.zone_changes.0.subscribe();
    let mut minutes = tokio::time::interval(EVERY);
    minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let due = async {
            tokio::select! {
                _ = minutes.tick() => {}
                // Who tells of them lives as long as the state.
                _ = changes.changed() => {}
            }
        };
        if state.shutdown.run_until_cancelled(due).await.is_none() {
            return;
        }
        if let Err(error) = move_all(&state, &changes).await {
            tracing::error!(error = %error, "Statistics were not moved to another time zone");
        }
    }
}

/// Moves what there is to move, the companies by turns, so that a small one does not wait for a large one's end.
async fn move_all(state: &AppState, changes: &watch::Receiver<()>) -> Result<(), StoreError> {
    let mut moving = Vec::new();
    for company in companies::list(&state.store).await? {
        match statistics::clocks(company.id, &state.store).await {
            Ok(clocks) => moving.extend(clocks.moved_percent.map(|_| (company, FIRST))),
            Err(error) => not_moved(&company, &error),
        }
    }
    // After a change it is looked anew.
    while !moving.is_empty() && !changes.has_changed().unwrap_or(true) {
        let mut rest = Vec::new();
        for (company, records) in moving {
            if state.shutdown.is_cancelled() {
                return Ok(());
            }
            match step(state, &company, records).await {
                Ok(Step { is_last: false, took }) => {
                    rest.push((company, paced(records, took)));
                    // Who else writes has half of the time.
                    state.shutdown.run_until_cancelled(tokio::time::sleep(took)).await;
                }
                Ok(Step { is_last: true, .. }) => {
                    let company = company.short_name;
                    tracing::info!(company, "Statistics were moved to another time zone");
                }
                // The others go on.
                Err(error) => not_moved(&company, &error),
            }
        }
        moving = rest;
    }
    Ok(())
}

fn not_moved(company: &Company, error: &StoreError) {
    let company = &company.short_name;
    tracing::error!(company, error = %error, "Statistics were not moved to another time zone");
}

/// What was done.
struct Step {
    is_last: bool,
    /// From when nobody else could write.
    took: Duration,
}

/// One write's worth of a company's supports.
async fn step(state: &AppState, company: &Company, records: u32) -> Result<Step, StoreError> {
    let write = state.store.write(company.id).await?;
    let began = Instant::now();
    let is_more = statistics::move_on(&write, records).await?;
    write.commit().await?;
    Ok(Step { is_last: !is_more, took: began.elapsed() })
}

/// How many records the next step has after one of so many.
fn paced(records: u32, took: Duration) -> u32 {
    let next = if STEP < took {
        records / 2
    } else if took < STEP / 3 {
        records * 2
    } else {
        records
    };
    next.clamp(FEWEST, MOST)
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, MOST, STEP, paced};

    /// G-2: who else writes waits no longer where the disk is slow.
    #[test]
    fn a_step_has_fewer_records_after_a_long_one_and_more_after_a_short_one() {
        assert_eq!(paced(1_000, STEP * 2), 500);
        assert_eq!(paced(1_000, STEP), 1_000);
        assert_eq!(paced(1_000, STEP / 10), 2_000);
        assert_eq!((paced(FEWEST, STEP * 9), paced(MOST, STEP / 9)), (FEWEST, MOST));
    }
}
