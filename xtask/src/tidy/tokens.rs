//! Colours and gaps of the pages come from web/src/shared/tokens.css, so that every page has the same.

use super::Findings;
use super::sources::Sources;

/// The one file that names values.
const TOKENS: &str = "web/src/shared/tokens.css";
/// A gap this small is a hairline or an optical correction, and no step of the grid.
const HAIRLINE_PX: f32 = 2.0;
const COLOUR_FUNCTIONS: &[&str] =
    &["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
/// Words of colour that say no colour of their own.
const FREE_WORDS: &[&str] = &["transparent", "currentcolor", "inherit"];
const NAMED_COLOURS: &[&str] =
    &["white", "black", "red", "green", "blue", "gray", "grey", "orange", "yellow", "silver", "navy"];

pub(super) fn check(sources: &Sources, findings: &mut Findings) {
    for file in sources.with(&["css"]).filter(|file| file.path != TOKENS) {
        for (line, property, value) in declarations(&file.text) {
            let told = if has_own_colour(value) {
                "colour"
            } else if is_gap(property) && has_own_length(value) {
                "gap"
            } else {
                continue;
            };
            findings.error(format!("tokens: {}:{line}: a {told} that is no token: {value}", file.path));
        }
    }
}

/// Line number, property and value of each declaration outside comments. A value that goes over several lines is told
/// line by line.
fn declarations(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let mut property = "";
    let mut in_comment = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim();
        let commented = in_comment || line.starts_with("/*");
        in_comment = commented && !line.ends_with("*/");
        if commented || line.ends_with(['{', ',', '}']) && !line.contains(": ") {
            return None;
        }
        let value = match line.split_once(": ") {
            Some((name, value)) if !line.ends_with('{') => {
                property = name;
                value
            }
            None if !line.is_empty() && !line.ends_with(':') => line,
            _ => {
                property = line.trim_end_matches(':');
                return None;
            }
        };
        Some((index + 1, property, value.trim_end_matches(';')))
    })
}

fn has_own_colour(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let hexadecimal = lower.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
    let by_function = COLOUR_FUNCTIONS.iter().any(|name| lower.contains(name));
    let by_name = words(&lower).any(|word| NAMED_COLOURS.contains(&word) && !FREE_WORDS.contains(&word));
    hexadecimal || by_function || by_name
}

/// Words of a value; names of custom properties (`--ink-black`) stay whole.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
}

fn is_gap(property: &str) -> bool {
    ["gap", "row-gap", "column-gap"].contains(&property)
        || ["padding", "margin"].iter().any(|name| property.starts_with(name))
}

/// A length in pixels, or in sizes of the text, that is more than a hairline.
fn has_own_length(value: &str) -> bool {
    words_with_dots(value).any(|word| {
        let word = word.trim_start_matches('-');
        ["px", "rem", "em"].iter().any(|unit| {
            let number = word.strip_suffix(unit).and_then(|number| number.parse::<f32>().ok());
            number.is_some_and(|length| *unit != "px" || length > HAIRLINE_PX)
        })
    })
}

fn words_with_dots(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_ascii_alphanumeric() && !['-', '_', '.'].contains(&c))
}

#[cfg(test)]
mod tests {
    use super::{Findings, Sources, check};

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check(&Sources::of(&[(path, text)]), &mut findings);
        findings.errors
    }

    #[test]
    fn a_colour_or_a_gap_of_its_own_is_found_with_its_line() {
        let text = ".a {\n  color: #fff;\n  background: rgb(1 2 3 / 4%);\n  border: 1px solid white;\n  gap: 10px;\n  \
                    padding: var(--space-1) 6px;\n  margin-top: 0.5em;\n}\n";
        let lines: Vec<_> = found("web/src/a.css", text)
            .iter()
            .filter_map(|error| {
                error.split(": ").nth(1).map(|place| place.rsplit(':').next().unwrap_or("").to_owned())
            })
            .collect();
        assert_eq!(lines, ["2", "3", "4", "5", "6", "7"]);
        assert_eq!(
            found("web/src/a.css", ".a {\n  gap: 3px;\n}")[0],
            "tokens: web/src/a.css:2: a gap that is no token: 3px"
        );
    }

    #[test]
    fn tokens_hairlines_and_sizes_that_are_no_gaps_are_not_found() {
        let text = "/* #fff, 10px\n   gap: 10px */\n.a:hover {\n  color: var(--ink-black);\n  background: transparent;\n  \
                    gap: var(--space-2) 0;\n  padding: 2px;\n  margin: -1px auto;\n  width: min(560px, 90vw);\n  \
                    border: 1px solid currentcolor;\n}\n@media (max-width: 760px) {\n}\n";
        assert_eq!(found("web/src/a.css", text), Vec::<String>::new());
        assert_eq!(found("web/src/shared/tokens.css", ":root {\n  --ink: #1b2033;\n}"), Vec::<String>::new());
    }

    #[test]
    fn a_value_over_several_lines_is_read_to_its_end() {
        let text =
            ".a {\n  transition:\n    color 1s,\n    fill 1s;\n  padding:\n    var(--space-1)\n    9px;\n}\n";
        assert_eq!(found("web/src/a.css", text), ["tokens: web/src/a.css:7: a gap that is no token: 9px"]);
    }
}
