//! Passwords: Argon2id, a bounded number at once, and the same time for accounts that do not exist.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use std::sync::Arc;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// What one hash costs by Argon2id, on one lane (RFC 9106, section 3.1).
#[derive(Clone, Copy, Debug)]
struct Cost {
    memory_kib: u32,
    passes: u32,
}

/// About 80 ms on one core of a small server of 2026.
const PRODUCT: Cost = Cost { memory_kib: 48 * 1024, passes: 2 };
/// Hundreds of unit tests sign in and none is about how long that takes; whole programs always have the product's cost.
const COST: Cost = if cfg!(test) { Cost { memory_kib: 64, passes: 1 } } else { PRODUCT };
/// How many are computed at once: 48 MiB each.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub(crate) struct Passwords {
    /// That of no password; checked where there is no account.
    nobodys: Arc<str>,
    turns: Arc<Semaphore>,
}

/// Why a password could be neither hashed nor checked: the server is going down.
#[derive(Debug, thiserror::Error)]
#[error("password work was given up")]
pub(crate) struct GivenUp;

impl Passwords {
    /// Prepares the hash that stands in for missing ones.
    pub(crate) fn new() -> Self {
        Self { nobodys: nobodys(COST).into(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The hash to keep, as a PHC string.
    pub(crate) async fn hash(&self, password: &str) -> Result<String, GivenUp> {
        let password = Zeroizing::new(password.to_owned());
        self.in_turn(move || hash(COST, &password)).await?.ok_or(GivenUp)
    }

    /// Whether the password is the kept one. `None`, for nobody's account, takes as long and is never right.
    pub(crate) async fn verify(&self, kept: Option<&str>, password: &str) -> Result<bool, GivenUp> {
        let exists = kept.is_some();
        let kept = kept.unwrap_or(&self.nobodys).to_owned();
        let password = Zeroizing::new(password.to_owned());
        let right = self.in_turn(move || verify(&kept, &password)).await?;
        Ok(right && exists)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, GivenUp> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| GivenUp)?;
        // The turn goes with the work, which nobody can stop: whoever asked for it may hang up meanwhile.
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| GivenUp)
    }
}

fn hash(cost: Cost, password: &str) -> Option<String> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).ok()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = SaltString::generate(&mut OsRng);
    argon2.hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

/// A hash that takes as long to check as others, and is nobody's: drawn instead of computed, which would hold up each start.
fn nobodys(Cost { memory_kib, passes }: Cost) -> String {
    let salt = SaltString::generate(&mut OsRng);
    let hash = STANDARD_NO_PAD.encode(rand::random::<[u8; Params::DEFAULT_OUTPUT_LEN]>());
    format!("$argon2id$v=19$m={memory_kib},t={passes},p=1${salt}${hash}")
}

fn verify(kept: &str, password: &str) -> bool {
    let Ok(kept) = PasswordHash::new(kept) else { return false };
    // The parameters come from the kept hash, so that they can be raised without locking anybody out.
    Argon2::default().verify_password(password.as_bytes(), &kept).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, PRODUCT, Passwords, hash, nobodys, verify};
    use argon2::{Argon2, PasswordHash, PasswordVerifier as _, password_hash};
    use std::sync::mpsc;

    /// OWASP's least for Argon2id are 19 MiB in two passes.
    #[test]
    fn the_product_keeps_passwords_at_full_cost() {
        let kept = hash(PRODUCT, "a password").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=49152,t=2,p=1$"), "{kept}");
        assert!(verify(&kept, "a password"));
        assert!(!verify(&kept, "another"));
    }

    /// Whoever has no account waits as long: what is computed for them differs from others' in salt and outcome alone.
    #[test]
    fn nobodys_hash_costs_what_others_cost() {
        let (nobodys, kept) = (nobodys(PRODUCT), hash(PRODUCT, "a password").unwrap());
        let [nobodys, kept] = [&nobodys, &kept].map(|text| PasswordHash::new(text).unwrap());
        assert_eq!((nobodys.algorithm, nobodys.version), (kept.algorithm, kept.version));
        assert_eq!(nobodys.params, kept.params);
        assert_eq!(nobodys.salt.unwrap().len(), kept.salt.unwrap().len());
        assert_eq!(nobodys.hash.unwrap().len(), kept.hash.unwrap().len());
        let outcome = Argon2::default().verify_password(b"a password", &nobodys);
        assert!(
            matches!(outcome, Err(password_hash::Error::Password)),
            "computed, and not the same: {outcome:?}"
        );
    }

    /// Clients that hang up and ask anew get no more computed at once than others.
    #[tokio::test]
    async fn work_keeps_its_turn_after_its_client_has_hung_up() {
        let passwords = Passwords::new();
        let (begun, mut begins) = tokio::sync::mpsc::unbounded_channel();
        let mut ends = Vec::new();
        for _ in 0..AT_ONCE {
            let (end, ended) = mpsc::channel::<()>();
            let (asked, begun) = (passwords.clone(), begun.clone());
            let work = move || {
                begun.send(()).unwrap();
                // The sender is dropped when the work may end.
                ended.recv().unwrap_err();
            };
            let client = tokio::spawn(async move { asked.in_turn(work).await });
            begins.recv().await.unwrap();
            client.abort();
            assert!(client.await.unwrap_err().is_cancelled());
            ends.push(end);
        }
        assert_eq!(passwords.turns.available_permits(), 0);
        drop(ends);
        assert!(passwords.verify(None, "x").await.is_ok(), "the turns are given back");
    }
}
