//! TLS 1.3 only, by rustls with ring; the pin of the leaf key goes into the key set (3.0.8, 3.2).

use super::config::{StartFault, TlsFiles};
use axum_server::tls_rustls::RustlsConfig;
use countersign_protocol::label::sha256;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use std::sync::Arc;

/// A ready TLS configuration.
pub struct Tls {
    /// For the listener.
    pub config: RustlsConfig,
    /// SHA-256 of the leaf's SubjectPublicKeyInfo.
    pub pin: [u8; 32],
}

impl Tls {
    /// Reads certificate chain and key.
    pub fn read(files: &TlsFiles) -> Result<Self, StartFault> {
        let fault = |what: &str, source: &dyn std::fmt::Display| StartFault::Tls(format!("{what}: {source}"));
        let chain = CertificateDer::pem_file_iter(&files.cert)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|source| fault("certificate", &source))?;
        let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|source| fault("key", &source))?;
        let leaf = chain.first().ok_or_else(|| StartFault::Tls("no certificate in the file".to_owned()))?;
        let parsed = webpki::EndEntityCert::try_from(leaf).map_err(|source| fault("certificate", &source))?;
        let pin = sha256(parsed.subject_public_key_info().as_ref());
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_protocol_versions(&[&TLS13])
            .map_err(|source| fault("version", &source))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|source| fault("certificate and key", &source))?;
        Ok(Self { config: RustlsConfig::from_config(Arc::new(config)), pin })
    }
}
