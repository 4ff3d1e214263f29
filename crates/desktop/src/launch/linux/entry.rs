//! One application's entry. Source: Desktop Entry Specification 1.5; written here and not taken from a crate, since the crates
//! lose `%%` and read what we never need.

use std::path::{Path, PathBuf};

/// An application of the desktop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// In no particular language.
    pub(crate) name: String,
    /// Its name in every language that the entry has, also the one above.
    pub(crate) names: Vec<String>,
    /// Menus show it.
    pub(crate) is_shown: bool,
    /// It is made for a terminal.
    pub(crate) wants_terminal: bool,
    /// Where it wants to be started.
    pub(crate) folder: Option<String>,
    exec: String,
    icon: Option<String>,
    file: PathBuf,
}

impl Entry {
    /// `None`: it is no application's, or says that the application is removed.
    pub(super) fn parse(file: &Path, text: &str) -> Option<Self> {
        let mut entry = Self { file: file.to_owned(), is_shown: true, ..Self::default() };
        let mut is_application = false;
        let lines = text.lines().map(str::trim).skip_while(|line| *line != "[Desktop Entry]").skip(1);
        for line in lines.take_while(|line| !line.starts_with('[')) {
            let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else {
                continue;
            };
            let (key, value) = (key.trim_end(), unescaped(value.trim_start()));
            match key {
                "Type" => is_application = value == "Application",
                "Hidden" if value == "true" => return None,
                "NoDisplay" => entry.is_shown = value != "true",
                "Terminal" => entry.wants_terminal = value == "true",
                "Path" => entry.folder = Some(value).filter(|folder| folder.starts_with('/')),
                "Exec" => entry.exec = value,
                "Icon" => entry.icon = Some(value).filter(|icon| !icon.is_empty()),
                "Name" => {
                    entry.names.push(value.clone());
                    entry.name = value;
                }
                _ if key.starts_with("Name[") => entry.names.push(value),
                _ => {}
            }
        }
        (is_application && !entry.name.is_empty()).then_some(entry)
    }

    /// What starts it, with nothing to open. `None`: the entry's command breaks the specification's rules ("The Exec key"), or there is
    /// none.
    pub(super) fn command(&self) -> Option<Vec<String>> {
        let mut command = Vec::new();
        for word in words(&self.exec)? {
            match (word.is_quoted, word.text.as_str()) {
                // The only field code that may become two arguments, or none.
                (false, "%i") => {
                    let icon = self.icon.iter().flat_map(|icon| ["--icon".to_owned(), icon.clone()]);
                    command.extend(icon);
                }
                // Field codes must not stand in a quoted argument.
                (true, _) => command.push(word.text),
                (false, text) => command.extend(self.filled_in(text)?),
            }
        }
        Some(command).filter(|command| command.first().is_some_and(|program| !program.contains('=')))
    }

    /// An argument with its field codes filled in; one that held nothing else but an empty code is no argument.
    /// `None`: a code that the specification does not know.
    fn filled_in(&self, argument: &str) -> Option<Option<String>> {
        let mut filled = String::new();
        let mut characters = argument.chars();
        while let Some(character) = characters.next() {
            if character != '%' {
                filled.push(character);
                continue;
            }
            match characters.next()? {
                '%' => filled.push('%'),
                'c' => filled.push_str(&self.name),
                'k' => filled.push_str(&self.file.to_string_lossy()),
                // Files and URLs, of which there are none, and what the specification has taken back.
                'f' | 'F' | 'u' | 'U' | 'i' | 'd' | 'D' | 'n' | 'N' | 'v' | 'm' => {}
                _ => return None,
            }
        }
        Some(Some(filled).filter(|filled| !filled.is_empty()))
    }
}

/// An argument as it is written.
struct Word {
    text: String,
    is_quoted: bool,
}

/// `None`: a quotation does not end.
fn words(exec: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut characters = exec.chars().peekable();
    loop {
        while characters.next_if(|character| character.is_ascii_whitespace()).is_some() {}
        if characters.peek().is_none() {
            return Some(words);
        }
        let mut word = Word { text: String::new(), is_quoted: false };
        while let Some(character) = characters.next_if(|character| !character.is_ascii_whitespace()) {
            match character {
                '"' => {
                    word.is_quoted = true;
                    quotation(&mut characters, &mut word.text)?;
                }
                // Not in the specification; taken as GLib and KDE do.
                '\\' => word.text.extend(characters.next()),
                _ => word.text.push(character),
            }
        }
        words.push(word);
    }
}

/// Reads to the quotation's end. A backslash stands before `"`, `` ` ``, `$` and itself.
fn quotation(characters: &mut impl Iterator<Item = char>, text: &mut String) -> Option<()> {
    loop {
        match characters.next()? {
            '"' => return Some(()),
            '\\' => match characters.next()? {
                escaped @ ('"' | '`' | '$' | '\\') => text.push(escaped),
                other => text.extend(['\\', other]),
            },
            other => text.push(other),
        }
    }
}

/// A value of type string ("Possible value types").
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some('s') => text.push(' '),
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('\\') | None => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Entry;

    fn entry(lines: &str) -> Option<Entry> {
        let text = format!(
            "# made by hand\n\n[Desktop Entry]\nType=Application\n{lines}\n[Desktop Action x]\nExec=other"
        );
        Entry::parse(Path::new("/a b/c.desktop"), &text)
    }

    fn check(exec: &str, expected: Option<&[&str]>) {
        let entry = entry(&format!("Name=App\nIcon=pic\nExec={exec}")).expect("an application");
        let command = entry.command();
        let command: Option<Vec<_>> =
            command.as_ref().map(|command| command.iter().map(String::as_str).collect());
        assert_eq!(command.as_deref(), expected, "{exec}");
    }

    #[test]
    fn a_command_is_read_as_the_specification_says() {
        check("app", Some(&["app"]));
        check("app --new %U", Some(&["app", "--new"]));
        check(
            "app --file=%f %i %c %k 100%%",
            Some(&["app", "--file=", "--icon", "pic", "App", "/a b/c.desktop", "100%"]),
        );
        check(
            r#""/opt/my app/run" "a \\"quoted\\" \\$word" '%u"#,
            Some(&["/opt/my app/run", "a \"quoted\" $word", "'"]),
        );
        // Four backslashes are two in the string, and one in the quotation.
        check(r#"app "a\\\\b" "%u" "" x\sy"#, Some(&["app", "a\\b", "%u", "", "x", "y"]));
        check("env A=1 app", Some(&["env", "A=1", "app"]));
        for wrong in ["", "app \"open", "app %z", "app %", "A=1 app", "\"open\\\\"] {
            check(wrong, None);
        }
    }

    #[test]
    fn names_in_every_language_are_known() {
        let found =
            entry("Name[ko]=계산기\nName = Calculator\nNoDisplay=true\nTerminal=true\nPath=/srv\nExec=calc")
                .expect("one");
        assert_eq!(found.names, ["계산기", "Calculator"]);
        assert_eq!((found.name.as_str(), found.is_shown, found.wants_terminal), ("Calculator", false, true));
        assert_eq!(found.folder.as_deref(), Some("/srv"));
    }

    #[test]
    fn what_is_no_application_is_left_out() {
        assert_eq!(entry("Name=A\nHidden=true"), None);
        assert_eq!(entry("Exec=nameless"), None);
        assert_eq!(entry("Name=A\nType=Link"), None);
        assert_eq!(Entry::parse(Path::new("/c"), "Name=A\nType=Application"), None);
    }
}
