//! Browser and OS out of a `User-Agent`, for people. The header is what a program says of itself and no more; what is not
//! known is shown as it is.

/// What marks a browser, and its name. The first one counts: most name those that they descend from, too.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("curl/", "curl"),
];

/// What marks a system, and its name. Since Windows 11 browsers say Windows 10 there, too.
const SYSTEMS: &[(&str, &str)] = &[
    ("Windows NT 10.0", "Windows 10/11"),
    ("Windows NT 6.3", "Windows 8.1"),
    ("Windows NT 6.1", "Windows 7"),
    ("Windows", "Windows"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Longest text of an unknown program, in characters.
const UNKNOWN_CHARACTERS: usize = 60;

/// Browser with its main version, and system: `Chrome 142, Windows 10/11`.
pub(super) fn describe(user_agent: &str) -> String {
    let browser = BROWSERS.iter().find_map(|(mark, name)| {
        let (_, version) = user_agent.split_once(mark)?;
        let main: String = version.chars().take_while(char::is_ascii_digit).collect();
        Some(if main.is_empty() { (*name).to_owned() } else { format!("{name} {main}") })
    });
    let Some(browser) = browser else {
        return user_agent.chars().take(UNKNOWN_CHARACTERS).collect();
    };
    let system = SYSTEMS.iter().find(|(mark, _)| user_agent.contains(mark));
    system.map_or(browser.clone(), |(_, name)| format!("{browser}, {name}"))
}

#[cfg(test)]
mod tests {
    use super::describe;

    /// G-3: 비고 says browser and OS.
    #[test]
    fn browsers_are_named_by_what_they_are() {
        let check = |user_agent: &str, expected| assert_eq!(describe(user_agent), expected, "{user_agent}");
        let blink = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        check(blink, "Chrome 142, Windows 10/11");
        check(&format!("{blink} Edg/142.0.1"), "Edge 142, Windows 10/11");
        check(&format!("{blink} Whale/4.32.315.22"), "Whale 4, Windows 10/11");
        check("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox 145, Linux");
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
            "Safari 18, macOS",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.1 Mobile/15E148 Safari/604.1",
            "Chrome 142, iOS",
        );
        check("curl/8.5.0", "curl 8");
        check("our-script", "our-script");
        check("", "");
        check(&"가".repeat(300), &"가".repeat(60));
    }
}
