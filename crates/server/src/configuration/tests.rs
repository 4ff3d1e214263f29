use super::{Configuration, certifiable_name};
use serde_json::{Value, json};

/// The settings of a file and flags, or what is said about them.
fn load(file: &str, flags: Value) -> Result<Configuration, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("beside.toml");
    std::fs::write(&path, file).unwrap();
    Configuration::load(Some(&path), flags).map_err(|error| error.to_string())
}

fn refused(file: &str, says: &[&str]) {
    let error = load(file, json!({})).expect_err(file);
    for part in says {
        assert!(error.contains(part), "{file}: {error}");
    }
}

#[test]
fn flags_win_over_the_file() {
    let configuration =
        load("listen = \"127.0.0.1:1\"\nsign_ins_per_minute = 7", json!({ "listen": "127.0.0.1:2" }))
            .unwrap();
    assert_eq!((configuration.listen.port(), configuration.sign_ins_per_minute.get()), (2, 7));
    assert_eq!(configuration.origin(), "https://localhost:2");
}

#[test]
fn an_error_points_at_its_key_and_file() {
    refused("lisen = \"127.0.0.1:1\"", &["lisen", "beside.toml"]);
    refused("listen = \"nowhere\"", &["listen", "beside.toml"]);
    refused("sign_ins_per_minute = 0", &["sign_ins_per_minute"]);
    refused("tls = \"files\"", &["tls_certificate"]);
    refused("public_url = \"support.example.com\"", &["public_url"]);
    refused("public_url = \"https://a.kr/path\"", &["public_url"]);
}

/// plain HTTP is for loopback and for a configured reverse proxy.
#[test]
fn plain_http_is_refused_beyond_loopback() {
    refused("tls = \"off\"\nlisten = \"0.0.0.0:80\"", &["loopback"]);
    load("tls = \"off\"\nlisten = \"127.0.0.1:80\"", json!({})).unwrap();
    load("tls = \"off\"\nlisten = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\"]", json!({})).unwrap();
}

/// ACME certifies names; what it cannot do is said with the setting's name and what to do instead.
#[test]
fn acme_says_what_it_needs() {
    let acme = |rest: &str| format!("tls = \"acme\"\n{rest}");
    refused(&acme(""), &["public_url", "name"]);
    for host in ["192.0.2.1", "[2001:db8::1]:8443", "localhost:8443", "support.localhost"] {
        refused(&acme(&format!("public_url = \"https://{host}\"")), &["public_url", "tls = \"own\""]);
    }
    refused(&acme("public_url = \"http://support.example\""), &["public_url", "https"]);
    let named = |rest: &str| acme(&format!("public_url = \"https://Support.Example\"\n{rest}"));
    for directory in ["acme.example", "http://acme.example/dir", "https://", ""] {
        refused(&named(&format!("acme_directory = \"{directory}\"")), &["acme_directory", "https"]);
    }
    for contact in
        ["", "admin", "@a.example", "a@", "a@b@c.example", "a b@c.example", "a@c.example,b@c.example"]
    {
        refused(&named(&format!("acme_contact = \"{contact}\"")), &["acme_contact", "e-mail"]);
    }
    let configuration = load(&named("acme_contact = \"it+acme@support.example\""), json!({})).unwrap();
    assert_eq!(configuration.acme_directory, "https://acme-v02.api.letsencrypt.org/directory");
    assert_eq!(certifiable_name(&configuration.origin()).as_deref(), Some("support.example"));
    load("acme_contact = \"unused\"", json!({})).unwrap();
}

#[test]
fn the_data_folder_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration { data: folder.path().join("a/b"), ..Configuration::default() };
    configuration.make_data_folder().unwrap();
    configuration.make_data_folder().unwrap();
    assert_eq!(std::fs::metadata(&configuration.data).unwrap().permissions().mode() & 0o777, 0o700);
}
