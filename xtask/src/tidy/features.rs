//! A feature is found by its name: the pages of /manage have a server folder of the same name, web areas do
//! not import each other, and every web area has its translations.

use std::collections::BTreeSet;

use super::Findings;
use super::exceptions::Exceptions;
use super::sources::{Source, Sources};

pub(super) fn check(sources: &Sources, exceptions: &Exceptions, findings: &mut Findings) {
    let server = folders(sources, "crates/server/src/");
    for feature in folders(sources, "web/src/manage/") {
        let name = feature.replace('-', "_");
        if !server.contains(&name) && !exceptions.features.contains_key(&feature) {
            findings.error(format!("features: web/src/manage/{feature} has no crates/server/src/{name}"));
        }
    }
    for area in folders(sources, "web/src/").into_iter().filter(|area| area != "generated") {
        let translations = format!("locales/ko/{area}.ftl");
        let has_translations = sources.files.iter().any(|file| file.path == translations);
        if !has_translations && !exceptions.features.contains_key(&area) {
            findings.error(format!("features: web/src/{area} has no {translations}"));
        }
    }
    for file in sources.with(&["ts", "tsx"]) {
        check_imports(file, findings);
    }
}

/// Names of the folders (and, without extension, Rust files) directly below a folder.
fn folders(sources: &Sources, below: &str) -> BTreeSet<String> {
    let rest = sources.files.iter().filter_map(|file| file.path.strip_prefix(below));
    rest.filter_map(|path| {
        path.split_once('/').map(|(folder, _)| folder).or_else(|| path.strip_suffix(".rs"))
    })
    .map(str::to_owned)
    .collect()
}

/// What every page of /manage stands in: the frame around it and who is signed in.
const AROUND: &[&str] = &["frame", "sign_in"];

/// An area may use itself and `shared`; a page of /manage may not use another page.
fn check_imports(file: &Source, findings: &mut Findings) {
    let Some((area, place)) = file.path.strip_prefix("web/src/").and_then(|path| path.split_once('/')) else {
        return;
    };
    for target in imports(&file.text) {
        let Some(target) = resolve(&file.path, target) else { continue };
        let Some((other, inside)) = target.strip_prefix("web/src/").and_then(|path| path.split_once('/'))
        else {
            continue;
        };
        let allowed = other == area || other == "shared" || other == "generated";
        if !allowed {
            findings.error(format!("features: {}: {area} imports {other}", file.path));
        }
        if area == "manage"
            && other == "manage"
            && let (Some((from, _)), Some((to, _))) = (place.split_once('/'), inside.split_once('/'))
            && from != to
            && !AROUND.contains(&to)
        {
            findings
                .error(format!("features: {}: {from} imports {to}; share it by web/src/shared", file.path));
        }
    }
}

/// The relative paths after `from`.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| line.split_once(" from ").map(|(_, path)| path))
        .map(|path| path.trim_matches(|c| matches!(c, '"' | '\'' | ';' | ' ')))
        .filter(|path| path.starts_with('.'))
}

fn resolve(file: &str, target: &str) -> Option<String> {
    let mut place: Vec<&str> = file.split('/').collect();
    place.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                place.pop()?;
            }
            name => place.push(name),
        }
    }
    Some(place.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{Exceptions, Findings, Sources, check};

    fn errors(files: &[(&str, &str)]) -> Vec<String> {
        let mut findings = Findings::default();
        check(&Sources::of(files), &Exceptions::default(), &mut findings);
        findings.errors
    }

    #[test]
    fn a_page_needs_a_server_folder_of_its_name() {
        let page = ("web/src/manage/support-types/page.tsx", "");
        let translations = ("locales/ko/manage.ftl", "");
        assert_eq!(errors(&[page, translations]).len(), 1);
        assert!(errors(&[page, translations, ("crates/server/src/support_types/mod.rs", "")]).is_empty());
    }

    #[test]
    fn an_area_that_imports_another_is_found() {
        let console = ("web/src/console/list.ts", "import { x } from \"../join/code\";");
        let translations = [("locales/ko/console.ftl", ""), ("locales/ko/join.ftl", "")];
        let files = [console, ("web/src/join/code.ts", ""), translations[0], translations[1]];
        assert_eq!(errors(&files).len(), 1);
    }
}
