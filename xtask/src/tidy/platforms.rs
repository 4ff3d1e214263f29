//! Platforms differ in modules: a platform `cfg` stands only in the `mod.rs` of a seam (style §4).

use super::Findings;
use super::exceptions::Exceptions;
use super::sources::Sources;

const PLATFORM: &[&str] = &["target_os", "target_family", "(windows", "(unix", "not(windows", "not(unix"];

pub(super) fn check(sources: &Sources, exceptions: &Exceptions, findings: &mut Findings) {
    for file in sources.with(&["rs"]).filter(|file| file.path.starts_with("crates/")) {
        if file.file_name() == "mod.rs" || exceptions.platforms.contains_key(&file.path) {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            let is_condition = line.contains("cfg(") || line.contains("cfg!(") || line.contains("cfg_attr(");
            // What only tests see is no product code.
            let is_condition = is_condition && !line.contains("all(test");
            if is_condition && PLATFORM.iter().any(|word| line.contains(word)) {
                findings.error(format!("platforms: {}:{}: move it to a seam's mod.rs", file.path, index + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exceptions, Findings, Sources, check};

    #[test]
    fn a_condition_outside_a_seam_is_found() {
        let condition = "#[cfg(target_os = \"linux\")]\nmod x11;";
        let sources = Sources::of(&[
            ("crates/screen/src/capture/mod.rs", condition),
            ("crates/screen/src/share.rs", condition),
            ("crates/screen/src/tests.rs", "#[cfg(test)]"),
        ]);
        let mut findings = Findings::default();
        check(&sources, &Exceptions::default(), &mut findings);
        assert_eq!(findings.errors.len(), 1);
    }
}
