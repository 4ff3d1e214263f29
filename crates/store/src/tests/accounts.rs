//! Companies, people, options and sign-in; and that no company reaches another's rows.

use super::database::{company, on_each};
use crate::{
    CompanyId, OperatorId, Store, StoreError, activations, companies, departments, migrations, operators,
    operators::{NewOperator, Page, SearchBy, SortBy},
    option_values, sign_in_failures,
    sign_in_failures::LockRule,
    web_sessions,
    web_sessions::{Account, NewWebSession},
};

async fn operator(store: &Store, company: CompanyId, login: &str, name: &str) -> OperatorId {
    let department = departments::list(company, store).await.unwrap().remove(0).id;
    let write = store.write(company).await.unwrap();
    let new = NewOperator {
        login,
        name,
        password_hash: "x",
        department,
        company_name: "회사",
        phone: "",
        email: "",
        is_mobile: false,
        created_at_ms: 1,
    };
    let id = operators::create(&write, new).await.unwrap();
    write.commit().await.unwrap();
    id
}

#[test]
fn operators_are_found_by_infix_and_taken_literally() {
    on_each(|store| async move {
        let company = company(&store, "search").await;
        for (login, name) in [("kim_1", "김상담"), ("kim-2", "이상담"), ("LEE", "박지원")] {
            operator(&store, company, login, name).await;
        }
        let search = async |by| {
            let page = Page { offset: 0, limit: 10, search: by, sort: SortBy::Login, descending: false };
            let (found, total) = operators::list(company, &store, page).await.unwrap();
            assert_eq!(found.len(), usize::try_from(total).unwrap());
            found.into_iter().map(|one| one.login).collect::<Vec<_>>()
        };
        assert_eq!(search(None).await, ["kim-2", "kim_1", "LEE"]);
        assert_eq!(search(Some(SearchBy::Login("IM_"))).await, ["kim_1"]);
        assert_eq!(search(Some(SearchBy::Login("%"))).await, [""; 0]);
        assert_eq!(search(Some(SearchBy::Name("상담"))).await, ["kim-2", "kim_1"]);
        assert!(operators::find_by_login(company, &store, "lee").await.unwrap().is_some());
    });
}

#[test]
fn another_companys_rows_are_missing() {
    on_each(|store| async move {
        let one = company(&store, "one").await;
        let other = company(&store, "other").await;
        let theirs = operator(&store, other, "kim", "김").await;
        let department = departments::list(other, &store).await.unwrap().remove(0).id;
        assert!(matches!(operators::find(one, &store, theirs).await, Err(StoreError::Missing)));
        let write = store.write(one).await.unwrap();
        let renamed = departments::rename(&write, department, "x").await;
        assert!(matches!(renamed, Err(StoreError::Missing)), "{renamed:?}");
        let set = option_values::set_of_operator(&write, theirs, "text_chat", Some(false)).await;
        assert!(matches!(set, Err(StoreError::Missing)), "{set:?}");
        let deleted = departments::delete(&write, department).await;
        assert!(matches!(deleted, Err(StoreError::Missing)), "{deleted:?}");
        drop(write);
        let unknown = store.write(CompanyId::new()).await;
        assert!(matches!(unknown, Err(StoreError::Missing)));
    });
}

#[test]
fn option_values_are_set_changed_and_taken_back() {
    on_each(|store| async move {
        let company = company(&store, "options").await;
        let id = operator(&store, company, "kim", "김").await;
        for own in [Some(true), Some(false), None] {
            let write = store.write(company).await.unwrap();
            option_values::set_of_operator(&write, id, "view_only", own).await.unwrap();
            write.commit().await.unwrap();
            let values = option_values::of_operator(company, &store, id).await.unwrap();
            assert_eq!(values.get("view_only").copied(), own);
        }
    });
}

/// Requirements §5: a department keeps what it starts with, and one that was there before gets what it had until then.
#[test]
fn departments_keep_every_default_of_their_own() {
    on_each(|store| async move {
        let company = company(&store, "options").await;
        let before = departments::list(company, &store).await.unwrap().remove(0).id;
        let write = store.write(company).await.unwrap();
        option_values::set_of_department(&write, before, "drawing", false).await.unwrap();
        let start = [("drawing".to_owned(), true), ("view_only".to_owned(), false)].into();
        let made = departments::create(&write, "영업", &start, 1).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(option_values::of_department(company, &store, made).await.unwrap(), start);
        migrations::keep_department_options(&store.writer).await.unwrap();
        let kept = option_values::of_department(company, &store, before).await.unwrap();
        let expected = [("drawing", false), ("text_chat", true), ("view_only", false)];
        assert_eq!((kept.len(), expected.map(|(key, _)| (key, kept[key]))), (44, expected));
        let made = option_values::of_department(company, &store, made).await.unwrap();
        assert_eq!((made["drawing"], made["view_only"]), (true, false));
    });
}

/// five failures lock for the lock time; the count begins anew afterwards.
#[test]
fn failures_in_a_row_lock_for_a_while() {
    on_each(|store| async move {
        let rule = LockRule { allowed: 3, lock_ms: 30_000 };
        assert_eq!(sign_in_failures::add(&store, "k", rule, 1).await.unwrap(), None);
        assert_eq!(sign_in_failures::add(&store, "k", rule, 2).await.unwrap(), None);
        assert_eq!(sign_in_failures::add(&store, "k", rule, 3).await.unwrap(), Some(30_003));
        assert_eq!(sign_in_failures::locked_until(&store, "k", 30_002).await.unwrap(), Some(30_003));
        assert_eq!(sign_in_failures::locked_until(&store, "k", 30_003).await.unwrap(), None);
        assert_eq!(sign_in_failures::locked_until(&store, "other", 10).await.unwrap(), None);
        assert_eq!(sign_in_failures::add(&store, "k", rule, 40_000).await.unwrap(), None);
        sign_in_failures::clear(&store, "k").await.unwrap();
        assert_eq!(sign_in_failures::add(&store, "k", rule, 40_001).await.unwrap(), None);
    });
}

#[test]
fn an_activation_link_works_once_and_in_time() {
    on_each(|store| async move {
        let company = company(&store, "link").await;
        let write = store.write(company).await.unwrap();
        activations::create(&write, "t", 1, 100).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(activations::find(&store, "t", 99).await.unwrap(), Some(company));
        assert_eq!(activations::find(&store, "t", 100).await.unwrap(), None);
        let write = store.write(company).await.unwrap();
        activations::use_up(&write, "t", 50).await.unwrap();
        let again = activations::use_up(&write, "t", 51).await;
        assert!(matches!(again, Err(StoreError::Missing)), "{again:?}");
        write.commit().await.unwrap();
        assert_eq!(activations::find(&store, "t", 52).await.unwrap(), None);
    });
}

#[test]
fn a_web_session_ends_by_idleness_or_by_hand() {
    on_each(|store| async move {
        let company = company(&store, "web").await;
        let account = Account::Operator(OperatorId::new());
        let write = store.write(company).await.unwrap();
        for token_hash in ["a", "b"] {
            let new = NewWebSession { token_hash, account, address: "::1", browser: "x", created_at_ms: 1 };
            web_sessions::create(&write, new).await.unwrap();
        }
        web_sessions::touch(&write, "b", 10).await.unwrap();
        assert_eq!(web_sessions::delete_idle(&write, 5).await.unwrap(), 1);
        write.commit().await.unwrap();
        assert!(web_sessions::find(&store, "a").await.unwrap().is_none());
        let kept = web_sessions::find(&store, "b").await.unwrap().expect("it was used");
        assert_eq!((kept.company, kept.account, kept.last_seen_ms), (company, account, 10));
    });
}

#[test]
fn companies_are_told_apart_by_short_name() {
    on_each(|store| async move {
        let only = company(&store, "Acme").await;
        assert_eq!(companies::find_only(&store).await.unwrap().map(|found| found.id), Some(only));
        company(&store, "beta").await;
        assert_eq!(companies::find_only(&store).await.unwrap(), None);
        let found = companies::find_by_short_name(&store, "ACME").await.unwrap();
        assert_eq!(found.map(|found| found.id), Some(only));
        assert_eq!(companies::count(&store).await.unwrap(), 2);
    });
}

/// guesses that were under way when an account was locked do not open it again, and the count begins anew afterwards.
#[test]
fn a_lock_stands_until_its_time_is_over() {
    use sign_in_failures::{add, locked_until};
    on_each(|store| async move {
        let rule = LockRule { allowed: 2, lock_ms: 1_000 };
        assert_eq!(add(&store, "key", rule, 10).await.unwrap(), None);
        assert_eq!(add(&store, "key", rule, 20).await.unwrap(), Some(1_020));
        for late in [21, 500, 1_019] {
            assert_eq!(add(&store, "key", rule, late).await.unwrap(), Some(1_020));
        }
        assert_eq!(locked_until(&store, "key", 1_019).await.unwrap(), Some(1_020));
        assert_eq!(locked_until(&store, "key", 1_020).await.unwrap(), None);
        assert_eq!(add(&store, "key", rule, 1_020).await.unwrap(), None);
    });
}
