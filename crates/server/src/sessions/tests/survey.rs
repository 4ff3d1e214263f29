//! Which customers are asked after the end [S-03].

use super::{
    peers::{Port, active, active_as, customer_hello},
    story::ended,
};
use protocol::wire::{self, customer_hello::Kind};
use serde_json::json;
use store::option_values;

async fn stage(port: &Port, token: &str) -> String {
    let answer = port.server.browser().post("/api/survey", json!({ "token": token })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body["stage"].as_str().unwrap().to_owned()
}

async fn answer(port: &Port, token: &str) -> u16 {
    let body = json!({ "token": token, "rating": 5, "comment": "" });
    port.server.browser().put("/api/survey", body).await.status.as_u16()
}

fn token_of(welcome: &wire::Welcome) -> String {
    String::from_utf8(welcome.resume_token.to_vec()).unwrap()
}

async fn set(port: &Port, key: &str, value: bool) {
    let write = port.state.store.write(port.company.id).await.unwrap();
    option_values::set_of_operator(&write, port.company.operator, key, Some(value)).await.unwrap();
    write.commit().await.unwrap();
}

/// S-03 on: app and page are asked, whoever ended.
#[tokio::test]
async fn who_agreed_is_asked_after_every_end() {
    for kind in [Kind::App, Kind::Browser] {
        for by_customer in [true, false] {
            let mut port = Port::open().await;
            let (session, mut console, mut customer, welcome) = active_as(&mut port, kind).await;
            let token = token_of(&welcome);
            assert_eq!(stage(&port, &token).await, "running");
            assert_eq!(answer(&port, &token).await, 404, "before the end");
            if by_customer {
                let stop = wire::EndReason::CustomerStopped.into();
                customer.say(wire::customer_to_server::Body::End(stop)).await;
            } else {
                console.say(&session, wire::console_to_server::Body::End(0)).await;
            }
            ended(&port, &session).await;
            assert_eq!(stage(&port, &token).await, "asked", "{kind:?} {by_customer}");
            assert_eq!(answer(&port, &token).await, 204);
        }
    }
}

/// S-03: a connection that was lost for good. The customer may have missed the last Welcome, or not.
#[tokio::test]
async fn a_customer_who_was_lost_is_asked_with_either_token() {
    for has_missed in [true, false] {
        let mut port = Port::open_with(|configuration| {
            configuration.customer_away = std::time::Duration::from_millis(300);
        })
        .await;
        let (session, _console, customer, welcome) = active(&mut port).await;
        drop(customer);
        let resume = wire::customer_hello::Entry::ResumeToken(welcome.resume_token.clone());
        let mut back = port.customer_of(customer_hello(Kind::App, resume)).await;
        let newest = token_of(&back.welcome().await);
        drop(back);
        ended(&port, &session).await;
        let token = if has_missed { token_of(&welcome) } else { newest };
        assert_eq!(stage(&port, &token).await, "asked", "{has_missed}");
        assert_eq!(answer(&port, &token).await, 204);
    }
}

/// S-03 off at the end: nobody is asked, and a hand-made answer is refused; what was set at the start does not count.
#[tokio::test]
async fn nobody_is_asked_where_it_is_off_at_the_end() {
    let mut port = Port::open().await;
    let (session, mut console, _customer, welcome) = active(&mut port).await;
    set(&port, "satisfaction_survey", false).await;
    console.say(&session, wire::console_to_server::Body::End(0)).await;
    ended(&port, &session).await;
    assert_eq!(stage(&port, &token_of(&welcome)).await, "not_asked");
    assert_eq!(answer(&port, &token_of(&welcome)).await, 404);
}

/// S-03: who never agreed had no support.
#[tokio::test]
async fn who_did_not_agree_is_not_asked() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    let welcome = customer.welcome().await;
    let declined = wire::Consent { agreed: false, permissions: None };
    customer.say(wire::customer_to_server::Body::Consent(declined)).await;
    ended(&port, &session).await;
    assert_eq!(stage(&port, &token_of(&welcome)).await, "not_asked");
}
