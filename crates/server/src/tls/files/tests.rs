use super::{LOOK_EVERY, Reloading};
use std::path::Path;

fn write_pair(folder: &Path, name: &str) {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new([name.to_owned()]).unwrap().self_signed(&key).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    std::fs::write(folder.join("certificate.pem"), certificate.pem()).unwrap();
}

/// certificate files are reloaded without a restart, and a broken pair leaves the last one in use.
#[test]
fn a_changed_pair_is_taken_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    write_pair(folder.path(), "one.example");
    let pair = Reloading::open(folder.path().join("certificate.pem"), folder.path().join("key.pem")).unwrap();
    let first = pair.current().cert.clone();
    std::thread::sleep(LOOK_EVERY);
    write_pair(folder.path(), "two.example");
    let second = pair.current().cert.clone();
    assert_ne!(first, second);
    std::thread::sleep(LOOK_EVERY);
    std::fs::write(folder.path().join("key.pem"), "nothing").unwrap();
    assert_eq!(pair.current().cert, second);
}
