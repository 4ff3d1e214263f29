//! From one time zone to another [G-2], some records at a time, while the company goes on working.
//!
//! Records move in the order of their numbers, and how far they have come is kept with the sums, in the same write. So a move goes on
//! where it was when a server ends, and several servers may do its steps by turns. It needs no order of its own either: sums that are not
//! by the zone of the company's settings have to move there. One that is set while a move is under way has its turn after it.
//!
//! What retention has deleted of the records cannot move any more and keeps the days and hours of the zone that it was counted by.

use super::{
    batch::{BATCH, Batch, Stretch},
    calendar::zone_of,
    statement,
    sums::{CELL_KEYS, CELLS},
    zones::{self, Move},
};
use crate::{StoreError, Write, company_settings};
use sea_orm::ConnectionTrait;

/// Moves the supports of the next `records` records to the zone that the company is set to. Gives whether there are more to be moved, by
/// another write.
pub async fn move_on(write: &Write, records: u32) -> Result<bool, StoreError> {
    let (on, company) = (&write.tx, write.company());
    let wanted = company_settings::find(company, write).await?.time_zone;
    let Some(mut kept) = zones::kept(on, company).await? else { return Ok(false) };
    let mut moving = match kept.moving.take() {
        Some(moving) => moving,
        None if kept.zone == wanted => return Ok(false),
        None => Move { to: wanted.clone(), moved_no: 0 },
    };
    match Stretch::after(on, company, moving.moved_no, records).await? {
        Some(stretch) => {
            move_stretch(write, &stretch, &kept.zone, &moving.to).await?;
            moving.moved_no = stretch.until_no;
            kept.moving = Some(moving);
        }
        None => kept.zone = moving.to,
    }
    zones::keep(on, company, &kept).await?;
    Ok(kept.moving.is_some() || kept.zone != wanted)
}

async fn move_stretch(write: &Write, stretch: &Stretch, from: &str, to: &str) -> Result<(), StoreError> {
    let batch = Batch::open(&write.tx, write.company()).await?;
    batch.fill(stretch, Some(&zone_of(from)), &zone_of(to)).await?;
    batch.add().await?;
    batch.add_to_operators().await?;
    clear_zeros(write).await?;
    batch.close().await
}

/// The cells that supports have left are as many as those that they are in now, and would stay for good.
async fn clear_zeros(write: &Write) -> Result<(), StoreError> {
    let keys = CELL_KEYS.join(", ");
    let sql = format!(
        "DELETE FROM {CELLS} WHERE company_id = $1 AND ({keys}) IN (SELECT {keys} FROM {BATCH}) \
         AND supports = 0 AND duration_s = 0"
    );
    write.tx.execute_raw(statement(&write.tx, sql, [write.company().uuid().into()])).await?;
    Ok(())
}
