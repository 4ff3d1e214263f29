//! The question after the end, on the window's last page [S-03].

use std::cell::Cell;
use std::collections::HashMap;

use super::front::Front;
use super::generated::{Page, SurveyStage};
use crate::running::{COMMENT_CHARS, Press, SurveyView};
use crate::texts::Texts;

/// What is shown of it, to be said anew in another language.
pub(super) type Asked = Cell<SurveyView>;

impl Front {
    /// Shows what the session's thread tells of it; what was written stays.
    pub(super) fn show_survey(&self, view: SurveyView, texts: &Texts) {
        // Of a session that the customer has left for another one.
        if self.window.get_page() != Page::Ended {
            return;
        }
        self.asked.set(view);
        self.say_survey(texts);
    }

    /// Says it in the language of `texts`.
    pub(super) fn say_survey(&self, texts: &Texts) {
        let (stage, problem) = match self.asked.get() {
            SurveyView::None => (SurveyStage::None, None),
            SurveyView::Asked => (SurveyStage::Asked, None),
            SurveyView::Sending => (SurveyStage::Sending, None),
            SurveyView::Problem { text, is_final: true } => (SurveyStage::Over, Some(text)),
            SurveyView::Problem { text, is_final: false } => (SurveyStage::Asked, Some(text)),
            SurveyView::Thanked => (SurveyStage::Thanked, None),
        };
        self.window.set_survey_problem(problem.map(|key| texts.get(key)).unwrap_or_default().into());
        self.survey_edited(texts);
        self.window.set_survey(stage);
    }

    /// How long the comment is, and may be.
    pub(super) fn survey_edited(&self, texts: &Texts) {
        let count = self.window.get_survey_comment().trim().chars().count();
        let values = HashMap::from([("count", grouped(count)), ("max", grouped(COMMENT_CHARS))]);
        self.window.set_survey_limit(texts.with("customer-survey-limit", &values).into());
        self.window.set_survey_too_long(COMMENT_CHARS < count);
    }

    /// The answer as it stands; `None`: nothing is chosen, or the comment is too long.
    pub(super) fn survey_answer(&self) -> Option<Press> {
        let rating = u8::try_from(self.window.get_survey_rating()).ok().filter(|rating| *rating != 0)?;
        let comment = self.window.get_survey_comment().to_string();
        (!self.window.get_survey_too_long()).then_some(Press::Answer { rating, comment })
    }

    /// Nothing is asked about what begins now.
    pub(super) fn forget_survey(&self) {
        self.asked.set(SurveyView::None);
        self.window.set_survey(SurveyStage::None);
        self.window.set_survey_problem("".into());
        self.window.set_survey_rating(0);
        self.window.set_survey_comment("".into());
    }
}

/// 1000 as "1,000", in both languages.
fn grouped(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1_000, 12_345].map(grouped), ["0", "999", "1,000", "12,345"]);
    }
}
