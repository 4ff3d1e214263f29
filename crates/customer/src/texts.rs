//! The texts, by Fluent.

use std::collections::HashMap;
use std::str::FromStr;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

/// A language of the windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// 한국어
    Korean,
    /// English
    English,
}

impl Language {
    /// As the desktop says (`LC_ALL`, `LC_MESSAGES`, `LANG`); English where it says something else.
    pub(crate) fn of_desktop() -> Self {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        match said {
            Some(value) if value.starts_with("ko") => Self::Korean,
            _ => Self::English,
        }
    }

    /// As on the wire: "ko", "en".
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Korean => include_str!("../../../locales/ko/customer.ftl"),
            Self::English => include_str!("../../../locales/en/customer.ftl"),
        }
    }
}

impl FromStr for Language {
    type Err = &'static str;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        match tag {
            "ko" => Ok(Self::Korean),
            "en" => Ok(Self::English),
            _ => Err("ko or en"),
        }
    }
}

/// All texts of one language.
pub(crate) struct Texts {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

impl Texts {
    pub(crate) fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new(vec![
            LanguageIdentifier::from_bytes(language.tag().as_bytes()).unwrap_or_default(),
        ]);
        // Names are shown between texts of one direction; the marks would show as boxes in some fonts.
        bundle.set_use_isolating(false);
        // A line that does not parse is left out; the test below reads every line.
        let resource = match FluentResource::try_new(language.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(?errors, "Texts are doubled");
        }
        Self { bundle, language }
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The text of `key`; the key itself where there is none.
    pub(crate) fn get(&self, key: &str) -> String {
        self.with(key, &HashMap::new())
    }

    /// The text of `key` with its values filled in.
    pub(crate) fn with(&self, key: &str, values: &HashMap<&str, String>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let arguments: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use fluent_bundle::FluentResource;

    use super::{Language, Texts};

    #[test]
    fn every_line_parses_and_both_languages_have_the_same_keys() {
        let keys = |language: Language| {
            let resource = FluentResource::try_new(language.source().to_owned()).expect("every line parses");
            assert!(0 < resource.entries().count());
            language
                .source()
                .lines()
                .filter_map(|line| line.split_once(" = ").map(|(key, _)| key.to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(keys(Language::Korean), keys(Language::English));
    }

    #[test]
    fn values_are_filled_in() {
        let texts = Texts::new(Language::Korean);
        let values = HashMap::from([("seconds", "30".to_owned())]);
        assert_eq!(
            texts.with("customer-problem-rate-limited", &values),
            "여러 번 틀렸습니다. 30초 뒤에 다시 시도하세요."
        );
        assert_eq!(texts.get("customer-none"), "customer-none");
    }
}
