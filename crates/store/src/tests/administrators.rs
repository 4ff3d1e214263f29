//! Administrators, invitations and second steps.

use super::database::{company, on_each};
use crate::{
    AdministratorId, StoreError, activations,
    activations::Invitation,
    administrators::{self, Details, NewAdministrator},
    second_steps,
    web_sessions::{self, Account, NewWebSession},
};

fn invitation(token_hash: &str, created_at_ms: i64) -> Invitation {
    Invitation {
        token_hash: token_hash.to_owned(),
        name: "김새로".to_owned(),
        invited_by: "admin".to_owned(),
        created_at_ms,
        expires_at_ms: 100,
    }
}

/// G-1, G-4.
#[test]
fn administrators_are_listed_changed_and_removed() {
    on_each(|store| async move {
        let company = company(&store, "admins").await;
        let write = store.write(company).await.unwrap();
        let new = |login, created_at_ms| NewAdministrator {
            login,
            name: "관리자",
            email: "a@b.kr",
            password_hash: "x",
            created_at_ms,
        };
        let first = administrators::create(&write, new("first", 1)).await.unwrap();
        let second = administrators::create(&write, new("another", 2)).await.unwrap();
        let details = Details { name: "김관리", email: "k@b.kr", phone: "02-1" };
        administrators::update(&write, first, details).await.unwrap();
        administrators::set_password(&write, first, "y").await.unwrap();
        let logins = async || {
            let all = administrators::list(company, &write).await.unwrap();
            all.into_iter().map(|one| one.login).collect::<Vec<_>>()
        };
        assert_eq!(logins().await, ["first", "another"]);
        let found = administrators::find(company, &write, first).await.unwrap();
        assert_eq!((found.administrator.phone.as_str(), found.password_hash.as_str()), ("02-1", "y"));
        administrators::delete(&write, second).await.unwrap();
        assert_eq!(logins().await, ["first"]);
        let gone = administrators::delete(&write, second).await;
        assert!(matches!(gone, Err(StoreError::Missing)), "{gone:?}");
    });
}

/// G-4: an invitation is seen until it is used, withdrawn or too old; the server owner's link is none.
#[test]
fn invitations_are_listed_and_withdrawn() {
    on_each(|store| async move {
        let company = company(&store, "invites").await;
        let write = store.write(company).await.unwrap();
        activations::create(&write, "owner", 1, 100).await.unwrap();
        for (token_hash, at_ms) in [("a", 1), ("b", 2), ("c", 3)] {
            activations::invite(&write, &invitation(token_hash, at_ms)).await.unwrap();
        }
        activations::use_up(&write, "b", 4).await.unwrap();
        let listed = activations::list_invitations(company, &write, 50).await.unwrap();
        assert_eq!(listed, [invitation("c", 3), invitation("a", 1)]);
        assert_eq!(activations::list_invitations(company, &write, 100).await.unwrap(), []);
        activations::withdraw(&write, "a").await.unwrap();
        for gone in ["a", "b", "owner"] {
            let again = activations::withdraw(&write, gone).await;
            assert!(matches!(again, Err(StoreError::Missing)), "{gone}: {again:?}");
        }
        write.commit().await.unwrap();
        assert_eq!(activations::find(&store, "a", 50).await.unwrap(), None);
        assert_eq!(activations::find(&store, "c", 50).await.unwrap(), Some(company));
    });
}

/// a time step and a recovery code are used once, and by their own account.
#[test]
fn a_second_step_is_used_once() {
    on_each(|store| async move {
        let company = company(&store, "steps").await;
        let [own, other] = [AdministratorId::new(), AdministratorId::new()].map(Account::Administrator);
        let write = store.write(company).await.unwrap();
        second_steps::begin(&write, own, b"lost").await.unwrap();
        second_steps::begin(&write, own, b"secret").await.unwrap();
        assert!(!second_steps::find(company, &write, own).await.unwrap().unwrap().is_on);
        let hashes = ["h1".to_owned(), "h2".to_owned()];
        second_steps::confirm(&write, own, 5, &hashes).await.unwrap();
        let step = second_steps::find(company, &write, own).await.unwrap().unwrap();
        assert_eq!((step.secret.as_slice(), step.is_on), (b"secret".as_slice(), true));
        assert!(matches!(second_steps::begin(&write, own, b"x").await, Err(StoreError::Taken)));
        assert!(matches!(second_steps::confirm(&write, own, 6, &[]).await, Err(StoreError::Missing)));
        for (step, expected) in [(10, true), (10, false), (9, false), (11, true)] {
            assert_eq!(second_steps::use_step(&write, own, step).await.unwrap(), expected, "{step}");
        }
        assert!(!second_steps::use_recovery(&write, other, "h1").await.unwrap());
        for expected in [true, false] {
            assert_eq!(second_steps::use_recovery(&write, own, "h1").await.unwrap(), expected);
        }
        assert_eq!(second_steps::recovery_left(company, &write, own).await.unwrap(), 1);
        second_steps::delete(&write, own).await.unwrap();
        assert_eq!(second_steps::find(company, &write, own).await.unwrap(), None);
        assert_eq!(second_steps::recovery_left(company, &write, own).await.unwrap(), 0);
    });
}

#[test]
fn the_sign_ins_of_an_account_are_listed_and_ended_but_one() {
    on_each(|store| async move {
        let company = company(&store, "mine").await;
        let account = Account::Administrator(AdministratorId::new());
        let write = store.write(company).await.unwrap();
        let others = Account::Administrator(AdministratorId::new());
        for (token_hash, account, created_at_ms) in
            [("old", account, 1), ("mine", account, 5), ("new", account, 9), ("theirs", others, 9)]
        {
            let new = NewWebSession { token_hash, account, address: "::1", browser: "x", created_at_ms };
            web_sessions::create(&write, new).await.unwrap();
        }
        let listed = web_sessions::list(company, &write, account, 5).await.unwrap();
        let hashes: Vec<_> = listed.iter().map(|one| one.token_hash.as_str()).collect();
        assert_eq!(hashes, ["new", "mine"]);
        assert_eq!(web_sessions::delete_of(&write, account, Some("mine")).await.unwrap(), 2);
        assert_eq!(web_sessions::list(company, &write, account, 0).await.unwrap().len(), 1);
        assert_eq!(web_sessions::delete_of(&write, account, None).await.unwrap(), 1);
        write.commit().await.unwrap();
        assert!(web_sessions::find(&store, "theirs").await.unwrap().is_some());
    });
}
