//! Any text as a server's answer of HTTP, and as a server's address.

#[allow(dead_code, reason = "the app is a program: these are its files, and it uses more of them")]
#[path = "../../crates/customer/src/link/answer.rs"]
mod answer;
#[allow(dead_code, reason = "as above")]
#[path = "../../crates/customer/src/link/origin.rs"]
mod origin;

pub(crate) fn run(data: &[u8]) {
    let told = String::from_utf8_lossy(data);
    if let Ok(answered) = answer::answered(&told) {
        assert!(answered.status < 1_000, "three digits");
        assert!(answered.json.is_empty() || answered.json.starts_with('{') && answered.json.ends_with('}'));
    }
    if let Ok(origin) = told.parse::<origin::Origin>() {
        let written = origin.to_string();
        assert!(written.starts_with("https://"), "{written}");
        // Into the request's head goes nothing that ends a line of it.
        assert!(!origin.authority().contains(char::is_control), "{written:?}");
        assert!(written.parse::<origin::Origin>().as_ref() == Ok(&origin), "{written}");
    }
}
