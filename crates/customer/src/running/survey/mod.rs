//! 고객 만족도 조사 [S-03]: what the server asks this customer after the end, where it does. The session's link is closed by then,
//! so that question and answer go by HTTP; the token of the last Welcome says whose they are.

use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc;

use super::office::Shower;
use super::{Press, Show};
use crate::link::{Answered, LinkError, send_json};
use crate::trust::Destination;

const PATH: &str = "/api/survey";
const COPY_PATH: &str = "/api/recording-copies";
/// Between the questions whether there is a question, while the server does not know or is away.
const WAITS_MS: [u64; 5] = [500, 1_000, 2_000, 4_000, 8_000];
/// Longest comment, in characters; the server's limit.
pub(crate) const COMMENT_CHARS: usize = 1_000;

/// What the window shows of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SurveyView {
    /// Nothing is asked.
    #[default]
    None,
    /// It is asked.
    Asked,
    /// The answer is on its way.
    Sending,
    /// It did not arrive, or was refused: a text of this key says why.
    Problem {
        /// The key.
        text: &'static str,
        /// No other try helps.
        is_final: bool,
    },
    /// It arrived.
    Thanked,
}

/// The question after one session.
pub(super) struct Survey<'a> {
    destination: &'a Destination,
    token: String,
}

#[derive(Deserialize)]
struct Question {
    stage: String,
    #[serde(default)]
    receipt: Option<Receipt>,
    /// Whether there is a copy of what was recorded to ask for [F-13].
    #[serde(default)]
    recording_copy: bool,
}

/// What the window shows of a copy of what was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CopyView {
    /// There is one to ask for.
    Offered,
    /// It is asked for.
    Asking,
    /// A page for it was opened; where it is, in case it was not.
    Given(String),
    /// It is not to be had: a text of this key says why.
    Problem(&'static str),
}

#[derive(Deserialize)]
struct CopyLink {
    link: String,
}

/// What shows later that a record is the one of this session, and whole until its end [Y-2].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Receipt {
    /// Its id.
    pub(crate) session: String,
    /// Who gave support.
    pub(crate) company: String,
    /// The name that customers know.
    pub(crate) service: String,
    /// RFC 3339, UTC.
    pub(crate) ended_at: String,
    /// Of the record's last entry.
    pub(crate) hash: String,
    /// Fingerprint of the server's key.
    pub(crate) key: String,
}

#[derive(Deserialize)]
struct Refused {
    code: String,
    #[serde(default)]
    errors: Vec<RefusedField>,
}

#[derive(Deserialize)]
struct RefusedField {
    code: String,
}

impl<'a> Survey<'a> {
    /// `token`: of the last Welcome.
    pub(super) fn new(destination: &'a Destination, token: &Bytes) -> Self {
        Self { destination, token: String::from_utf8_lossy(token).into_owned() }
    }

    /// Asks the customer, where the server wants it, until it is answered or skipped or the customer does something else; gives
    /// that press. After it there may be a copy of what was recorded to ask for.
    pub(super) async fn run(&self, presses: &mut mpsc::Receiver<Press>, show: &Shower) -> Option<Press> {
        let (is_asked, has_copy) = match self.unless_pressed(presses, self.question(show)).await {
            Ok(question) => question,
            Err(next) => return next,
        };
        if is_asked && let Some(next) = self.ask(presses, show).await {
            return Some(next);
        }
        if has_copy { self.offer_copy(presses, show).await } else { None }
    }

    /// Until it is answered or skipped.
    async fn ask(&self, presses: &mut mpsc::Receiver<Press>, show: &Shower) -> Option<Press> {
        show(Show::Survey(SurveyView::Asked));
        loop {
            match presses.recv().await {
                Some(Press::Answer { rating, comment }) => {
                    show(Show::Survey(SurveyView::Sending));
                    match self.unless_pressed(presses, self.answer(rating, &comment)).await {
                        Ok(Ok(())) => {
                            show(Show::Survey(SurveyView::Thanked));
                            return None;
                        }
                        Ok(Err(problem)) => show(Show::Survey(problem)),
                        Err(next) => return next,
                    }
                }
                Some(Press::SkipSurvey) => {
                    show(Show::Survey(SurveyView::None));
                    return None;
                }
                Some(next @ (Press::Connect { .. } | Press::Quit)) => return Some(next),
                None => return Some(Press::Quit),
                Some(_) => {}
            }
        }
    }

    /// Until the customer does something else.
    async fn offer_copy(&self, presses: &mut mpsc::Receiver<Press>, show: &Shower) -> Option<Press> {
        show(Show::Copy(CopyView::Offered));
        loop {
            match presses.recv().await {
                Some(Press::AskForCopy) => {
                    show(Show::Copy(CopyView::Asking));
                    match self.unless_pressed(presses, self.copy()).await {
                        Ok(view) => show(Show::Copy(view)),
                        Err(next) => return next,
                    }
                }
                Some(next @ (Press::Connect { .. } | Press::Quit)) => return Some(next),
                None => return Some(Press::Quit),
                Some(_) => {}
            }
        }
    }

    /// Asks the server for the customer's own link, and opens its page.
    async fn copy(&self) -> CopyView {
        let body = json!({ "token": self.token }).to_string();
        let to = (&self.destination.origins, self.destination.authority);
        let answered = match send_json(to.0, to.1, ("POST", COPY_PATH), &body).await {
            Ok(answered) if answered.status == 404 => return CopyView::Problem("customer-copy-none"),
            Ok(answered) => serde_json::from_str::<CopyLink>(&answered.json).ok(),
            Err(error) => {
                tracing::info!(%error, "Copy not asked for");
                None
            }
        };
        let Some(CopyLink { link }) = answered else { return CopyView::Problem("customer-copy-problem") };
        let page = link.clone();
        // What is no address of a page is not opened, and no browser is no reason to keep the link back.
        let opened = tokio::task::spawn_blocking(move || desktop::launch::open_url(&page)).await;
        if !matches!(opened, Ok(Ok(()))) {
            tracing::info!(?opened, "Page of the copy not opened");
        }
        CopyView::Given(link)
    }

    /// Does something, unless the customer begins another session or quits meanwhile.
    async fn unless_pressed<T>(
        &self,
        presses: &mut mpsc::Receiver<Press>,
        work: impl Future<Output = T>,
    ) -> Result<T, Option<Press>> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                biased;
                press = presses.recv() => match press {
                    Some(next @ (Press::Connect { .. } | Press::Quit)) => return Err(Some(next)),
                    None => return Err(Some(Press::Quit)),
                    Some(_) => {}
                },
                done = &mut work => return Ok(done),
            }
        }
    }

    /// Whether the customer is asked, and whether there is a copy. The server may not have ended the session yet, or be away for a moment.
    async fn question(&self, show: &Shower) -> (bool, bool) {
        let body = json!({ "token": self.token }).to_string();
        for wait_ms in WAITS_MS.into_iter().map(Some).chain([None]) {
            match self.send("POST", &body).await.map(|answered| question_of(&answered)) {
                Ok(question) => {
                    question.receipt.into_iter().for_each(|receipt| show(Show::Receipt(receipt)));
                    match question.stage.as_str() {
                        "running" => {}
                        stage => return (stage == "asked", question.recording_copy),
                    }
                }
                Err(error) => tracing::debug!(%error, "Not known whether there is a survey"),
            }
            let Some(wait_ms) = wait_ms else { break };
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        }
        (false, false)
    }

    async fn answer(&self, rating: u8, comment: &str) -> Result<(), SurveyView> {
        let body = json!({ "token": self.token, "rating": rating, "comment": comment }).to_string();
        match self.send("PUT", &body).await {
            Ok(answered) if answered.status / 100 == 2 => Ok(()),
            Ok(answered) => Err(refusal_of(&answered)),
            Err(error) => {
                tracing::info!(%error, "Answer not sent");
                Err(SurveyView::Problem { text: "customer-survey-problem-unreachable", is_final: false })
            }
        }
    }

    async fn send(&self, method: &str, body: &str) -> Result<Answered, LinkError> {
        send_json(&self.destination.origins, self.destination.authority, (method, PATH), body).await
    }
}

/// `running` as long as the server gives no answer of ours.
fn question_of(answered: &Answered) -> Question {
    let question = serde_json::from_str(&answered.json);
    question.unwrap_or_else(|_| Question {
        stage: "running".to_owned(),
        receipt: None,
        recording_copy: false,
    })
}

fn refusal_of(answered: &Answered) -> SurveyView {
    let refused = serde_json::from_str::<Refused>(&answered.json).ok();
    let code =
        refused.as_ref().map(|refused| refused.errors.first().map_or(&refused.code, |field| &field.code));
    let (text, is_final) = match code.map(String::as_str) {
        Some("survey-unknown") => ("customer-survey-problem-survey-unknown", true),
        Some("survey-over") => ("customer-survey-problem-survey-over", true),
        Some("survey-answered") => ("customer-survey-problem-survey-answered", true),
        Some("too-long") => ("customer-survey-problem-too-long", false),
        Some("characters-not-allowed") => ("customer-survey-problem-characters-not-allowed", false),
        Some("rate-limited") => ("customer-survey-problem-rate-limited", false),
        _ => ("customer-survey-problem-other", false),
    };
    SurveyView::Problem { text, is_final }
}

#[cfg(test)]
mod tests;
