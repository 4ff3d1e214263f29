//! `cargo xtask options`: what each option does on each platform, by the name of the test that shows it.
//!
//! `docs/options.md` says where an option works, where it never will, and where it is still open. This command believes
//! none of it: an option that works has an end-to-end test for both directions, allowed and forbidden; one that is open
//! has not, and the server tells administrators so.

mod page;
mod titles;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};

use crate::project::Project;
use crate::report::say;
use crate::tidy::Sources;
use page::{Cell, PAGE, Row};
use titles::{Direction, Shown};

/// Where a customer may be; the columns of the page.
const PLATFORMS: [&str; 4] = ["Linux", "Windows", "browser", "phone"];
/// The rows of the server's options.
const REGISTRY: &str = "crates/server/src/options/registry.rs";

/// Prints the table, and fails when the page, the tests and the server do not agree.
pub(crate) fn run(project: &Project) -> Result<()> {
    let table = Table::read(&Sources::read(project)?)?;
    for line in table.lines() {
        say(&line);
    }
    let errors = table.errors();
    for error in &errors {
        say(&format!("error: {error}"));
    }
    ensure!(errors.is_empty(), "{} cells of {PAGE} are empty or not as the tests show", errors.len());
    Ok(())
}

/// What does not agree, for `cargo xtask tidy`.
pub(crate) fn errors(sources: &Sources) -> Result<Vec<String>> {
    Ok(Table::read(sources)?.errors())
}

/// Page, tests and server beside each other.
struct Table {
    rows: Vec<Row>,
    /// By id and platform.
    tests: BTreeMap<(String, &'static str), Vec<Shown>>,
    /// By id: whether the server says that nothing follows the option yet.
    later: BTreeMap<String, bool>,
}

impl Table {
    fn read(sources: &Sources) -> Result<Self> {
        let text = |path: &str| {
            let file = sources.files.iter().find(|file| file.path == path);
            file.map(|file| file.text.as_str()).with_context(|| format!("{path} is missing"))
        };
        let mut tests = BTreeMap::<_, Vec<Shown>>::new();
        for file in sources.files.iter().filter(|file| file.path.ends_with(".spec.ts")) {
            for test in titles::of(&file.text) {
                for (id, direction) in test.shows {
                    for platform in &test.platforms {
                        let shown =
                            Shown { direction, test: format!("{}: {}", file.file_name(), test.title) };
                        tests.entry((id.clone(), *platform)).or_default().push(shown);
                    }
                }
            }
        }
        Ok(Self { rows: page::rows(text(PAGE)?), tests, later: registered(text(REGISTRY)?) })
    }

    fn tests(&self, id: &str, platform: &'static str) -> &[Shown] {
        self.tests.get(&(id.to_owned(), platform)).map_or(&[], Vec::as_slice)
    }

    /// One block per option, one line per platform and direction.
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &self.rows {
            lines.push(row.id.clone());
            for (platform, cell) in PLATFORMS.into_iter().zip(&row.cells) {
                let shown = self.tests(&row.id, platform);
                match cell {
                    Cell::Works => {
                        lines.extend(shown.iter().map(|one| {
                            format!("  {platform:8} {:9} {}", one.direction.word(&row.id), one.test)
                        }))
                    }
                    Cell::Unsupported(why) => lines.push(format!("  {platform:8} unsupported: {why}")),
                    Cell::Open => lines.push(format!("  {platform:8} open")),
                    Cell::Empty => lines.push(format!("  {platform:8}")),
                }
            }
        }
        lines
    }

    fn errors(&self) -> Vec<String> {
        let mut errors: Vec<_> = self
            .later
            .keys()
            .filter(|id| !self.rows.iter().any(|row| row.id == **id))
            .map(|id| format!("{id} has no row"))
            .collect();
        for row in &self.rows {
            let id = &row.id;
            if row.cells.len() != PLATFORMS.len() {
                errors.push(format!("{id} has {} cells of {}", row.cells.len(), PLATFORMS.len()));
            }
            for (platform, cell) in PLATFORMS.into_iter().zip(&row.cells) {
                errors.extend(self.error(id, platform, cell).map(|what| format!("{id}, {platform}: {what}")));
            }
            match self.later.get(id) {
                None => errors.push(format!("{id} is no option of {REGISTRY}")),
                Some(later) if *later == row.cells.contains(&Cell::Works) => {
                    errors.push(format!(
                        "{id} {} in {REGISTRY}",
                        if *later { "is `Later`" } else { "is in effect" }
                    ));
                }
                Some(_) => {}
            }
        }
        errors
    }

    fn error(&self, id: &str, platform: &'static str, cell: &Cell) -> Option<String> {
        let shown = self.tests(id, platform);
        let has = |direction| shown.iter().any(|one| one.direction == direction);
        let (allowed, forbidden) = (has(Direction::Allowed), has(Direction::Forbidden));
        match cell {
            Cell::Empty => Some("empty".to_owned()),
            Cell::Works if !allowed => Some(format!("no test shows it {}", Direction::Allowed.word(id))),
            Cell::Works if !forbidden => Some(format!("no test shows it {}", Direction::Forbidden.word(id))),
            Cell::Open | Cell::Unsupported(_) if allowed => Some("a test shows that it works".to_owned()),
            Cell::Works | Cell::Open | Cell::Unsupported(_) => None,
        }
    }
}

/// `Variant "F-01" "partial_share" Features on Later;`
fn registered(text: &str) -> BTreeMap<String, bool> {
    text.lines()
        .filter_map(|line| {
            let mut words = line.trim().split('"');
            let (_, id) = (words.next()?, words.next()?);
            let last = line.trim().strip_suffix(';')?.rsplit(' ').next()?;
            titles::is_id(id).then(|| (id.to_owned(), last == "Later"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{REGISTRY, Table};
    use crate::options::PAGE;
    use crate::tidy::Sources;

    const PAGE_TEXT: &str = "\
        | id | Linux | Windows | browser | phone |\n|---|---|---|---|---|\n\
        | F-04 | works | open | unsupported: a page opens nothing | open |\n\
        | F-11 | open | open | open | open |\n";
    const REGISTRY_TEXT: &str = "    SendUrl \"F-04\" \"send_url\" Features on InSession;\n    \
        Drawing \"F-11\" \"drawing\" Features on Later;\n";
    const SPEC: &str = "test(\"F-04 allowed: opens\", async () => {});\n\
        test(\n  `F-04 F-06 forbidden: does not, ${language}`,\n  async () => {});\n";

    fn errors(page: &str, registry: &str, spec: &str) -> Vec<String> {
        let files = [(PAGE, page), (REGISTRY, registry), ("e2e/a.spec.ts", spec)];
        Table::read(&Sources::of(&files)).unwrap().errors()
    }

    #[test]
    fn a_page_that_the_tests_bear_out_has_no_errors() {
        assert_eq!(errors(PAGE_TEXT, REGISTRY_TEXT, SPEC), Vec::<String>::new());
    }

    #[test]
    fn a_direction_without_a_test_an_empty_cell_and_a_row_that_lacks_are_named() {
        let half = "test(\"F-04 allowed: opens\", async () => {});";
        assert_eq!(errors(PAGE_TEXT, REGISTRY_TEXT, half), ["F-04, Linux: no test shows it forbidden"]);
        let gap = PAGE_TEXT.replace("| F-11 | open | open |", "| F-11 | open | |");
        assert_eq!(errors(&gap, REGISTRY_TEXT, SPEC), ["F-11, Windows: empty"]);
        let more = format!("{REGISTRY_TEXT}    X \"S-01\" \"forced_login\" Behaviour off Later;\n");
        assert_eq!(errors(PAGE_TEXT, &more, SPEC), ["S-01 has no row"]);
    }

    #[test]
    fn what_the_server_says_and_what_the_page_says_are_one() {
        let later = REGISTRY_TEXT.replace("InSession", "Later");
        assert_eq!(errors(PAGE_TEXT, &later, SPEC).len(), 1);
        let stale =
            format!("{SPEC}test(\"F-11 allowed: draws\", {{ tag: \"@browser\" }}, async () => {{}});");
        assert_eq!(errors(PAGE_TEXT, REGISTRY_TEXT, &stale), ["F-11, browser: a test shows that it works"]);
    }
}
