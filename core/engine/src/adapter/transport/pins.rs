//! Certificates: the web's rules AND, once a key set is known, one of its pins (protocol 3.8, 6.1). Never instead.
//!
//! A pin counts only for a certificate of the verified path: what a server merely sends along proves nothing.

use crate::port::{Pins, TransportFault};
use countersign_protocol::encoding::b64u;
use ring::digest;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, KeyProvider, ring as ring_provider};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::SigningKey;
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::Arc;
use webpki::{EndEntityCert, KeyUsage};

/// The error of a path without a pinned key.
pub(super) const UNTRUSTED: rustls::Error =
    rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);

/// A verifier with the pins of one key set, or none.
#[derive(Debug)]
pub(super) struct PinnedVerifier {
    web: Arc<WebPkiServerVerifier>,
    roots: Arc<RootCertStore>,
    provider: Arc<CryptoProvider>,
    pins: Option<Vec<String>>,
}

impl PinnedVerifier {
    /// The web's roots, `extra` ones, and `pins`.
    pub(super) fn new(extra: &[CertificateDer<'static>], pins: Pins<'_>) -> Result<Self, TransportFault> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for root in extra {
            roots.add(root.clone()).map_err(|_| TransportFault::Untrusted)?;
        }
        let (roots, provider) = (Arc::new(roots), Arc::new(provider()));
        let web = WebPkiServerVerifier::builder_with_provider(roots.clone(), provider.clone())
            .build()
            .map_err(|_| TransportFault::Untrusted)?;
        let pins = match pins {
            Pins::WebOnly => None,
            Pins::Only(pins) => Some(pins.to_vec()),
        };
        Ok(Self { web, roots, provider, pins })
    }

    /// The cryptography behind it (ring).
    pub(super) fn provider(&self) -> Arc<CryptoProvider> {
        self.provider.clone()
    }

    fn is_pinned(
        &self,
        leaf: &CertificateDer<'_>,
        sent: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<bool, rustls::Error> {
        let Some(pins) = &self.pins else { return Ok(true) };
        let fits = |spki: &[u8]| {
            let hash = b64u(digest::digest(&digest::SHA256, spki).as_ref());
            pins.contains(&hash)
        };
        let leaf = EndEntityCert::try_from(leaf).map_err(|_| UNTRUSTED)?;
        if fits(&leaf.subject_public_key_info()) {
            return Ok(true);
        }
        let algorithms = self.provider.signature_verification_algorithms.all;
        let path = leaf
            .verify_for_usage(algorithms, &self.roots.roots, sent, now, KeyUsage::server_auth(), None, None)
            .map_err(|_| UNTRUSTED)?;
        Ok(path.intermediate_certificates().any(|cert| {
            EndEntityCert::try_from(&cert.der()).is_ok_and(|cert| fits(&cert.subject_public_key_info()))
        }))
    }
}

/// A phone shows no certificate of its own, so nothing that signs with one is linked.
fn provider() -> CryptoProvider {
    CryptoProvider { key_provider: &NoKeys, ..ring_provider::default_provider() }
}

#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("no certificates of clients".to_owned()))
    }
}

impl ServerCertVerifier for PinnedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verified =
            self.web.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)?;
        if self.is_pinned(end_entity, intermediates, now)? { Ok(verified) } else { Err(UNTRUSTED) }
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        // TLS 1.3 only.
        Err(UNTRUSTED)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.web.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.web.supported_verify_schemes()
    }
}
