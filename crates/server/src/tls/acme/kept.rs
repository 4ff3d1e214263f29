//! What is kept of an authority in `DATA/acme`, for the server's own account alone: the account, and each name's certificate
//! with its key. A restart asks for nothing.

use crate::{
    configuration::make_private_folder,
    tls::{TlsError, write_private},
};
use rustls::{
    client::verify_server_name,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject as _},
    server::ParsedCertificate,
    sign::CertifiedKey,
};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The folder of one authority: another one has accounts and certificates of its own.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
}

/// An account as it is kept.
#[derive(Deserialize, Serialize)]
pub(super) struct KeptAccount {
    /// What the authority was told to write to, `mailto:…`.
    pub(super) contact: Option<String>,
    /// Its key, and its address at the authority.
    pub(super) credentials: instant_acme::AccountCredentials,
}

impl Kept {
    /// `directory`: the authority's.
    pub(super) fn new(data: &Path, directory: &str) -> Self {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
        let name = directory.trim_start_matches("https://").replace(|letter| !plain(letter), "_");
        Self { folder: data.join("acme").join(name) }
    }

    /// The account, if there is one that can be read; another one costs nothing.
    pub(super) fn account(&self) -> Result<Option<KeptAccount>, TlsError> {
        let path = self.account_file();
        let failed = |source| TlsError::File { path: path.clone(), source };
        match fs::read(&path) {
            Ok(json) => Ok(serde_json::from_slice(&json)
                .inspect_err(|error| tracing::warn!(path = %path.display(), %error, "ACME account not read"))
                .ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    /// Makes the folder: before an account is asked for, so that none is lost for want of a place.
    pub(super) fn make_folder(&self) -> Result<(), TlsError> {
        make_private_folder(&self.folder)
            .map_err(|source| TlsError::File { path: self.folder.clone(), source })
    }

    pub(super) fn keep_account(&self, account: &KeptAccount) -> Result<(), TlsError> {
        let path = self.account_file();
        let json = serde_json::to_vec_pretty(account).map_err(io::Error::other);
        let json = json.map_err(|source| TlsError::File { path: path.clone(), source })?;
        write_private(&path, &json)
    }

    /// The authority does not know the account any more.
    pub(super) fn forget_account(&self) -> Result<(), TlsError> {
        let path = self.account_file();
        fs::remove_file(&path).map_err(|source| TlsError::File { path, source })
    }

    /// The certificate for `name` with its key; `None`: there is none.
    pub(super) fn certificate(&self, name: &str) -> Result<Option<CertifiedKey>, TlsError> {
        let path = self.certificate_file(name);
        match fs::read(&path) {
            Ok(pem) => self.read_certificate(name, &pem).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(TlsError::File { path, source }),
        }
    }

    /// Key and chain as they are kept, PEM. Errors: they do not belong together or are not for this name.
    pub(super) fn read_certificate(&self, name: &str, pem: &[u8]) -> Result<CertifiedKey, TlsError> {
        let empty = |what| TlsError::Empty { path: self.certificate_file(name), what };
        let key = PrivateKeyDer::from_pem_slice(pem).map_err(|_| empty("key"))?;
        let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok).collect();
        let leaf = chain.first().ok_or(empty("certificate"))?;
        let not_for_name = |_| rustls::CertificateError::NotValidForName;
        let server = ServerName::try_from(name).map_err(not_for_name).map_err(rustls::Error::from)?;
        verify_server_name(&ParsedCertificate::try_from(leaf)?, &server)?;
        Ok(CertifiedKey::from_der(chain, key, &ring::default_provider())?)
    }

    pub(super) fn keep_certificate(&self, name: &str, pem: &[u8]) -> Result<(), TlsError> {
        write_private(&self.certificate_file(name), pem)
    }

    fn account_file(&self) -> PathBuf {
        self.folder.join("account.json")
    }

    /// A DNS name is a file name: letters, digits, hyphens, dots between them.
    fn certificate_file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.pem"))
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    /// Key and certificate, PEM, for one name.
    fn pair(name: &str) -> (String, String) {
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        (made.signing_key.serialize_pem(), made.cert.pem())
    }

    /// what lies there is taken only if it is whole and for this name; the server then asks for another one.
    #[test]
    fn a_kept_certificate_is_whole_and_for_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::new(folder.path(), "https://ca.example:9000/acme/acme/directory");
        kept.make_folder().unwrap();
        assert!(folder.path().join("acme/ca.example_9000_acme_acme_directory").is_dir());
        assert!(kept.certificate("a.example").unwrap().is_none());
        let ((key, certificate), (other_key, other)) = (pair("a.example"), pair("b.example"));
        let check = |text: String, expected: &str| {
            kept.keep_certificate("a.example", text.as_bytes()).unwrap();
            let said =
                kept.certificate("a.example").map_or_else(|error| error.to_string(), |_| String::new());
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{said}");
        };
        check(format!("{key}{certificate}"), "");
        check(key.clone(), "a.example.pem holds no certificate in PEM");
        check(certificate.clone(), "a.example.pem holds no key in PEM");
        check(format!("{other_key}{certificate}"), "keys may not be consistent");
        check(format!("{other_key}{other}"), "certificate not valid for name");
        check("\u{0}".to_owned(), "holds no key");
    }
}
