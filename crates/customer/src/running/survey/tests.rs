//! A server that is played asks and refuses.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::{CopyView, Survey, SurveyView};
use crate::link::{Authority, tests::acceptor};
use crate::running::{Press, Show, office::Shower};
use crate::texts::Language;
use crate::trust::Destination;

const ASKED: &str = "200 OK\r\nContent-Length: 17\r\n\r\n{\"stage\":\"asked\"}";
const RUNNING: &str = "200 OK\r\nContent-Length: 19\r\n\r\n{\"stage\":\"running\"}";
const NOT_ASKED: &str = "200 OK\r\nContent-Length: 21\r\n\r\n{\"stage\":\"not_asked\"}";
const TAKEN: &str = "204 No Content\r\n\r\n";

/// A server that gives these answers, one a request, and closes unanswered what comes after them; and what it was sent.
async fn server(answers: &[&str]) -> (Destination, Arc<Mutex<Vec<String>>>) {
    let (acceptor, hash) = acceptor((2000, 4000), "localhost");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let sent = Arc::<Mutex<Vec<String>>>::default();
    let (log, answers) = (Arc::clone(&sent), answers.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    tokio::spawn(async move {
        let mut answers = answers.into_iter();
        while let Ok((stream, _)) = listener.accept().await {
            let mut stream = acceptor.accept(stream).await.unwrap();
            let mut request = vec![0; 8192];
            let length = stream.read(&mut request).await.unwrap();
            log.lock().unwrap().push(String::from_utf8_lossy(&request[..length]).into_owned());
            if let Some(answer) = answers.next() {
                stream.write_all(format!("HTTP/1.1 {answer}").as_bytes()).await.unwrap();
            }
            drop(stream.shutdown().await);
        }
    });
    let origins = vec![format!("https://localhost:{port}").parse().unwrap()];
    (Destination { origins, identities: Vec::new(), authority: Authority::Known(hash) }, sent)
}

/// What a customer sees who presses this, and what ends it.
async fn seen(destination: &Destination, pressed: &[Press]) -> (Vec<SurveyView>, Option<Press>) {
    let shown = Arc::<Mutex<Vec<SurveyView>>>::default();
    let log = Arc::clone(&shown);
    let (presser, mut presses) = mpsc::channel(8);
    // A press comes when its question stands.
    let waiting = Mutex::new(Vec::from(pressed).into_iter());
    let show: Shower = Box::new(move |show| {
        let Show::Survey(view) = show else { return };
        log.lock().unwrap().push(view);
        if matches!(view, SurveyView::Asked | SurveyView::Problem { .. })
            && let Some(press) = waiting.lock().unwrap().next()
        {
            presser.try_send(press).unwrap();
        }
    });
    let survey = Survey::new(destination, &Bytes::from_static(b"f00d"));
    let next = survey.run(&mut presses, &show).await;
    let seen = shown.lock().unwrap().clone();
    (seen, next)
}

fn answer(rating: u8, comment: &str) -> Press {
    Press::Answer { rating, comment: comment.to_owned() }
}

/// S-03: the server that has not ended the session yet is asked again; the answer names the token of the last Welcome.
#[tokio::test]
async fn a_customer_is_asked_and_answers() {
    let (destination, sent) = server(&[RUNNING, ASKED, TAKEN]).await;
    let (seen, next) = seen(&destination, &[answer(4, "좋아요 \"인용\"")]).await;
    assert_eq!(seen, [SurveyView::Asked, SurveyView::Sending, SurveyView::Thanked]);
    assert_eq!(next, None);
    let sent = sent.lock().unwrap();
    assert!(sent[0].starts_with("POST /api/survey HTTP/1.1\r\nHost: localhost:"), "{}", sent[0]);
    assert!(sent[2].starts_with("PUT /api/survey HTTP/1.1\r\n"), "{}", sent[2]);
    let body: serde_json::Value = serde_json::from_str(sent[2].split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body, serde_json::json!({ "token": "f00d", "rating": 4, "comment": "좋아요 \"인용\"" }));
}

/// S-03 off: nothing is asked.
#[tokio::test]
async fn nothing_is_asked_where_the_server_does_not_want_it() {
    let (destination, _) = server(&[NOT_ASKED]).await;
    assert_eq!(seen(&destination, &[]).await, (Vec::new(), None));
}

#[tokio::test]
async fn an_answer_that_does_not_arrive_is_offered_again() {
    // The second connection is closed without an answer.
    let (destination, _) = server(&[ASKED, ""]).await;
    let (shown, next) = seen(&destination, &[answer(1, "x"), Press::SkipSurvey]).await;
    let problem = SurveyView::Problem { text: "customer-survey-problem-other", is_final: false };
    let away = SurveyView::Problem { text: "customer-survey-problem-unreachable", is_final: false };
    assert_eq!(shown[..2], [SurveyView::Asked, SurveyView::Sending]);
    assert!(shown[2] == away || shown[2] == problem, "{shown:?}");
    assert_eq!(shown[3..], [SurveyView::None]);
    assert_eq!(next, None);
}

#[tokio::test]
async fn a_refusal_says_why() {
    let check = async |refusal: &str, text: &'static str, is_final: bool| {
        let refusal = format!("409 Conflict\r\n\r\n{refusal}");
        let (destination, _) = server(&[ASKED, &refusal]).await;
        let (shown, _) = seen(&destination, &[answer(3, ""), Press::SkipSurvey]).await;
        assert_eq!(shown[2], SurveyView::Problem { text, is_final }, "{refusal}");
    };
    check(r#"{"code":"survey-answered"}"#, "customer-survey-problem-survey-answered", true).await;
    check(r#"{"code":"survey-over"}"#, "customer-survey-problem-survey-over", true).await;
    let long = r#"{"code":"invalid-fields","errors":[{"field":"comment","code":"too-long"}]}"#;
    check(long, "customer-survey-problem-too-long", false).await;
    check("no JSON", "customer-survey-problem-other", false).await;
}

/// F-13: a copy of what was recorded is offered where the server has one, after the question, and asked for on a press alone.
#[tokio::test]
async fn a_copy_is_asked_for_on_a_press() {
    let offered = "200 OK\r\n\r\n{\"stage\":\"not_asked\",\"recording_copy\":true}";
    let given = "201 Created\r\n\r\n{\"link\":\"no page\",\"until_ms\":9}";
    let (destination, sent) = server(&[offered, "404 Not Found\r\n\r\n{}", given]).await;
    let shown = Arc::<Mutex<Vec<CopyView>>>::default();
    let log = Arc::clone(&shown);
    let (presser, mut presses) = mpsc::channel(8);
    let waiting = Mutex::new(vec![Press::Quit, Press::AskForCopy, Press::AskForCopy]);
    let show: Shower = Box::new(move |show| {
        let Show::Copy(view) = show else { return };
        if view != CopyView::Asking {
            presser.try_send(waiting.lock().unwrap().pop().unwrap()).unwrap();
        }
        log.lock().unwrap().push(view);
    });
    let next = Survey::new(&destination, &Bytes::from_static(b"f00d")).run(&mut presses, &show).await;
    assert_eq!(next, Some(Press::Quit));
    let (asking, link) = (CopyView::Asking, CopyView::Given("no page".to_owned()));
    let none = CopyView::Problem("customer-copy-none");
    assert_eq!(*shown.lock().unwrap(), [CopyView::Offered, asking.clone(), none, asking, link]);
    let sent = sent.lock().unwrap();
    assert!(sent[1].starts_with("POST /api/recording-copies HTTP/1.1\r\n"), "{}", sent[1]);
    assert!(sent[1].ends_with("{\"token\":\"f00d\"}"), "{}", sent[1]);
}

/// Who begins another session, or quits, is held up by no question.
#[tokio::test]
async fn another_session_is_not_held_up() {
    let (destination, _) = server(&[ASKED]).await;
    let connect = Press::Connect { code: "123456".to_owned(), language: Language::Korean };
    let (_, next) = seen(&destination, std::slice::from_ref(&connect)).await;
    assert_eq!(next, Some(connect));
}
