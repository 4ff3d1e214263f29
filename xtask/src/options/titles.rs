//! Titles of end-to-end tests: `F-04 F-06 forbidden, S-07 on: …` says which options a test shows, and in which direction.

/// One end-to-end test that names options.
pub(super) struct Titled<'a> {
    pub(super) title: &'a str,
    pub(super) shows: Vec<(String, Direction)>,
    /// By tag `@browser`, `@app`; the app on Linux where none stands.
    pub(super) platforms: Vec<&'static str>,
}

/// What a test shows of one option.
pub(super) struct Shown {
    pub(super) direction: Direction,
    /// File and title.
    pub(super) test: String,
}

/// What the option is set to in a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Allowed,
    Forbidden,
}

impl Direction {
    /// Features are allowed and forbidden, behaviour is on and off.
    fn parse(word: &str) -> Option<Self> {
        match word {
            "allowed" | "on" => Some(Self::Allowed),
            "forbidden" | "off" => Some(Self::Forbidden),
            _ => None,
        }
    }

    /// As it stands in the title of a test of this option.
    pub(super) fn word(self, id: &str) -> &'static str {
        match (self, id.starts_with('S')) {
            (Self::Allowed, false) => "allowed",
            (Self::Forbidden, false) => "forbidden",
            (Self::Allowed, true) => "on",
            (Self::Forbidden, true) => "off",
        }
    }
}

/// The tests of a file whose titles name options.
pub(super) fn of(text: &str) -> Vec<Titled<'_>> {
    text.split("test(").skip(1).filter_map(titled).collect()
}

fn titled(call: &str) -> Option<Titled<'_>> {
    let call = call.trim_start();
    let quote = call.chars().next().filter(|first| ['"', '`'].contains(first))?;
    let (title, rest) = call.get(1..)?.split_once(quote)?;
    let shows = shows(title.split_once(": ")?.0)?;
    let details = rest.split_once("async").map_or(rest, |(details, _)| details);
    let tagged = [("@app", "Linux"), ("@browser", "browser")]
        .into_iter()
        .filter(|(tag, _)| details.contains(tag))
        .map(|(_, platform)| platform)
        .collect::<Vec<_>>();
    Some(Titled { title, shows, platforms: if tagged.is_empty() { vec!["Linux"] } else { tagged } })
}

/// `F-04 F-06 forbidden, S-07 on`; nothing when any part of it is something else.
fn shows(head: &str) -> Option<Vec<(String, Direction)>> {
    let mut all = Vec::new();
    for group in head.split(", ") {
        let (ids, direction) = group.rsplit_once(' ')?;
        let direction = Direction::parse(direction)?;
        for id in ids.split(' ') {
            all.push((is_id(id).then(|| id.to_owned())?, direction));
        }
    }
    Some(all)
}

/// Whether it is the id of an option: F, S or M, hyphen, two digits.
pub(super) fn is_id(text: &str) -> bool {
    let Some((letter, number)) = text.split_once('-') else { return false };
    ["F", "S", "M"].contains(&letter) && number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Direction::*, of};

    #[test]
    fn ids_directions_and_platforms_are_read() {
        let text = "test(`F-04 F-06 forbidden, S-07 on: a: b, ${x}`, { tag: [\"@app\", \"@browser\"] }, async () => {\n\
            test.step(\"S-01 on: no test\", async () => {});\n});\n\
            test(\"a session: of no option\", async () => {});\n\
            test(\"F-05 allowed: chats\", async () => {});";
        let found = of(text);
        assert_eq!(found.len(), 2);
        let ids: Vec<_> = found[0].shows.iter().map(|(id, direction)| (id.as_str(), *direction)).collect();
        assert_eq!(ids, [("F-04", Forbidden), ("F-06", Forbidden), ("S-07", Allowed)]);
        assert_eq!(found[0].platforms, ["Linux", "browser"]);
        assert_eq!(found[1].platforms, ["Linux"]);
    }
}
