//! The texts of the server in both languages.

use crate::language::Language;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use serde_json::{Map, Value};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// The text of a message, or its name where there is none (a test keeps that from happening).
pub(crate) fn message(language: Language, name: &str, params: &Map<String, Value>) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(name).and_then(|found| found.value()) else {
        return name.to_owned();
    };
    let mut arguments = FluentArgs::new();
    for (name, value) in params {
        let value = match value {
            Value::String(text) => FluentValue::from(text.as_str()),
            Value::Number(number) => FluentValue::from(number.as_f64().unwrap_or_default()),
            _ => continue,
        };
        arguments.set(name.as_str(), value);
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
}

/// Whether there is such a message.
pub(crate) fn knows(language: Language, name: &str) -> bool {
    bundle(language).has_message(name)
}

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static KOREAN: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    static ENGLISH: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    match language {
        Language::Korean => KOREAN.get_or_init(|| {
            let texts = [
                include_str!("../../../../locales/ko/errors.ftl"),
                include_str!("../../../../locales/ko/server.ftl"),
                include_str!("../../../../locales/ko/usage_log.ftl"),
                // The names of options are those of the page.
                include_str!("../../../../locales/ko/manage.ftl"),
            ];
            read(FluentBundle::new_concurrent(vec![tag(language)]), texts)
        }),
        Language::English => ENGLISH.get_or_init(|| {
            let texts = [
                include_str!("../../../../locales/en/errors.ftl"),
                include_str!("../../../../locales/en/server.ftl"),
                include_str!("../../../../locales/en/usage_log.ftl"),
                // The names of options are those of the page.
                include_str!("../../../../locales/en/manage.ftl"),
            ];
            read(FluentBundle::new_concurrent(vec![tag(language)]), texts)
        }),
    }
}

fn tag(language: Language) -> LanguageIdentifier {
    language.tag().parse().unwrap_or_default()
}

/// A text that does not parse is left out whole where it is broken; the test of the translations names it.
fn read(mut bundle: FluentBundle<FluentResource>, texts: [&str; 4]) -> FluentBundle<FluentResource> {
    // The marks that keep right-to-left values apart confuse readers of JSON, and we have no such language.
    bundle.set_use_isolating(false);
    for text in texts {
        let resource =
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(whole_parts, _)| whole_parts);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
