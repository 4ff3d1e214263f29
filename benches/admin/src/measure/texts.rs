//! `records_text`: free text, alone and under filters.

use super::Bench;
use crate::figures::{self, is_time_for_plain, tell_each};
use anyhow::Result;

impl Bench {
    pub(super) async fn records_text(&mut self) -> Result<()> {
        let mut all = Vec::new();
        let texts = std::mem::take(&mut self.questions.texts);
        for asked in &texts {
            let mut ours = Vec::new();
            let first = self.time(asked, "", &mut ours)?;
            self.compare_hits(asked, &first).await?;
            for place in ["", "&page=2", "&last=true", "&date=2024-12-24"] {
                for _ in 0..self.scale.rounds {
                    self.time(asked, place, &mut ours)?;
                }
            }
            tell_each("records_text", &asked.condition, &ours);
            let mut plain = None;
            if is_time_for_plain(&all) {
                plain = Some(self.naive.page(&asked.condition, 0).await?.1);
            }
            all.push(figures::Asked { ours, plain });
        }
        self.figures.compare("records_text", &all)
    }
}
