//! What a company's licence allows [D-2], as the server's owner says it.

use crate::clock::now_ms;
use anyhow::{Context as _, bail};
use clap::Args;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::json;
use store::{
    CompanyId, Store, companies, company_settings,
    licences::{self, Licence},
    usage_log,
};

/// Terms; what is left out stays as it is.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct Terms {
    /// The last day on which sessions can be started, in the company's time zone
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "perpetual")]
    until: Option<Date>,
    /// The licence never ends
    #[arg(long)]
    perpetual: bool,
    /// How many operators may exist
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(i64).range(0..=1_000_000))]
    operators: Option<i64>,
    /// How many of them may have mobile / video support
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(i64).range(0..=1_000_000))]
    mobile: Option<i64>,
}

impl Terms {
    /// These terms, and what they leave out from `before`. Errors: more operators with mobile support than operators.
    pub(super) fn over(self, before: Licence, time_zone: &str) -> anyhow::Result<Licence> {
        let until_ms = match self.until {
            Some(day) => Some(end_of(day, time_zone)?),
            None if self.perpetual => None,
            None => before.until_ms,
        };
        let operators = self.operators.unwrap_or(before.operators);
        let mobile_operators = self.mobile.unwrap_or(before.mobile_operators);
        if operators < mobile_operators {
            bail!(
                "--mobile {mobile_operators}: that is more than the {operators} operators that are allowed"
            );
        }
        Ok(Licence { until_ms, operators, mobile_operators })
    }
}

/// The first moment after a day.
fn end_of(day: Date, time_zone: &str) -> anyhow::Result<i64> {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let next = day.tomorrow().context("--until: too far away")?;
    Ok(next.to_zoned_datetime(zone)?.timestamp().as_millisecond())
}

/// Sets a company's licence, and says what it is now. Errors: no such company; fewer than there are.
pub(super) async fn set(store: &Store, short_name: &str, terms: Terms) -> anyhow::Result<String> {
    let company = companies::find_by_short_name(store, short_name).await?;
    let company = company.with_context(|| format!("there is no company {short_name}"))?;
    let write = store.write(company.id).await?;
    let before = licences::find(company.id, &write).await?;
    let time_zone = company_settings::find(company.id, &write).await?.time_zone;
    let after = terms.over(before, &time_zone)?;
    let used = licences::in_use(company.id, &write).await?;
    let exist = used.pc + used.pc_and_mobile;
    if after.operators < exist {
        bail!("--operators {}: {exist} exist; delete {} first", after.operators, exist - after.operators);
    }
    if after.mobile_operators < used.pc_and_mobile {
        bail!(
            "--mobile {}: {} have mobile support; take it from some first",
            after.mobile_operators,
            used.pc_and_mobile
        );
    }
    licences::replace(&write, after).await?;
    let change = |from: serde_json::Value, to: serde_json::Value| json!({ "from": from, "to": to });
    let detail = json!({
        "licence_until_ms": change(json!(before.until_ms), json!(after.until_ms)),
        "operators_allowed": change(json!(before.operators), json!(after.operators)),
        "mobile_operators_allowed": change(json!(before.mobile_operators), json!(after.mobile_operators)),
    });
    let body = json!({ "role": "owner", "detail": detail }).to_string();
    usage_log::append(&write, usage_log::NewLine { kind: "access.licence", at_ms: now_ms(), body: &body })
        .await?;
    write.commit().await?;
    say(company.id, store).await
}

/// A licence in a line.
pub(super) async fn say(company: CompanyId, store: &Store) -> anyhow::Result<String> {
    let licence = licences::find(company, store).await?;
    let used = licences::in_use(company, store).await?;
    let zone = company_settings::find(company, store).await?.time_zone;
    let until = match licence.until_ms {
        None => "perpetual".to_owned(),
        Some(until_ms) => {
            let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
            // The first moment after it is the next day's.
            let last =
                Timestamp::from_millisecond(until_ms.saturating_sub(1))?.to_zoned_datetime(zone).date();
            format!("until {last}")
        }
    };
    Ok(format!(
        "{until}, {} of {} operators, {} of {} with mobile support",
        used.pc + used.pc_and_mobile,
        licence.operators,
        used.pc_and_mobile,
        licence.mobile_operators,
    ))
}

#[cfg(test)]
mod tests {
    use super::{Terms, set};
    use crate::options;
    use store::{
        Store, companies, departments,
        operators::{self, NewOperator},
    };

    /// D-2: renewal sets a new end without touching anything else; a licence below what is used is refused.
    #[tokio::test]
    async fn a_licence_is_set_renewed_and_never_below_what_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("beside.db").display());
        let store = Store::open(&url).await.unwrap();
        let new =
            companies::NewCompany { short_name: "acme", name: "A", service_name: "A", created_at_ms: 1 };
        let write = companies::create(&store, new).await.unwrap();
        let department = departments::create(&write, "x", &options::at_start(), 1).await.unwrap();
        let operator = NewOperator {
            login: "kim_01",
            name: "x",
            password_hash: "x",
            department,
            company_name: "x",
            phone: "",
            email: "",
            is_mobile: true,
            created_at_ms: 1,
        };
        operators::create(&write, operator).await.unwrap();
        write.commit().await.unwrap();
        let told = async |terms: Terms| match set(&store, "ACME", terms).await {
            Ok(said) => said,
            Err(error) => format!("{error:#}"),
        };
        let terms = Terms {
            until: Some(jiff::civil::date(2026, 12, 31)),
            operators: Some(3),
            mobile: Some(2),
            perpetual: false,
        };
        let kept = "until 2026-12-31, 1 of 3 operators, 1 of 2 with mobile support";
        assert_eq!(told(terms).await, kept);
        let none = Terms::default();
        assert_eq!(told(none).await, kept);
        let renewed = Terms { until: Some(jiff::civil::date(2027, 12, 31)), ..none };
        assert_eq!(told(renewed).await, kept.replace("2026", "2027"));
        assert_eq!(
            told(Terms { operators: Some(0), mobile: Some(0), ..none }).await,
            "--operators 0: 1 exist; delete 1 first"
        );
        let few = Terms { mobile: Some(0), ..none };
        assert_eq!(told(few).await, "--mobile 0: 1 have mobile support; take it from some first");
        assert!(told(Terms { mobile: Some(9), ..none }).await.starts_with("--mobile 9: that is more"));
        let for_ever = Terms { perpetual: true, ..none };
        assert_eq!(told(for_ever).await, "perpetual, 1 of 3 operators, 1 of 2 with mobile support");
        assert_eq!(
            format!("{:#}", set(&store, "nobody", none).await.unwrap_err()),
            "there is no company nobody"
        );
    }
}
