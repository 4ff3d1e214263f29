//! `sign_in`: what a password costs. A sign-in of nobody's takes as long as any other, and needs no account whose password the
//! product itself has hashed.

use super::Bench;
use crate::{figures::percentile, generate::COMPANY, server::Server};
use anyhow::{Result, ensure};
use serde_json::json;

/// Fewer than an address may get wrong.
const ATTEMPTS: usize = 3;

impl Bench {
    pub(super) fn sign_in(&self, server: &Server) -> Result<()> {
        let mut stranger = server.browser("");
        let mut times = Vec::new();
        for number in 0..ATTEMPTS {
            let body =
                json!({ "company": COMPANY, "id": format!("nobody{number}"), "password": "Nobody1234" });
            let answer = stranger.post("/api/manage/sign-in", &body.to_string())?;
            ensure!(answer.status == 401, "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
            times.push(answer.took);
        }
        self.figures.tell("sign_in", "p50_ms", percentile(&times, 0.5), "ms");
        Ok(())
    }
}
