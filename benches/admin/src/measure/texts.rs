//! `records_text`: free text, alone and under filters.

use super::{
    Bench,
    figures::{is_time_for_plain, tell_each},
};
use anyhow::Result;

impl Bench {
    pub(super) async fn records_text(&mut self) -> Result<()> {
        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        let texts = std::mem::take(&mut self.questions.texts);
        for asked in &texts {
            let first = self.time(asked, "", &mut Vec::new())?;
            self.compare_hits(asked, &first).await?;
            let mut of_text = Vec::new();
            for place in ["", "&page=2", "&last=true", "&date=2024-12-24"] {
                for _ in 0..self.scale.rounds {
                    self.time(asked, place, &mut of_text)?;
                }
            }
            tell_each("records_text", &asked.condition, &of_text);
            ours.extend(of_text);
            if is_time_for_plain(&plain) {
                plain.push(self.naive.page(&asked.condition, 0).await?.1);
            }
        }
        self.figures.compare("records_text", &ours, &plain);
        Ok(())
    }
}
