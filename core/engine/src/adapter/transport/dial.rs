//! Connections below the HTTP client: TCP, and rustls with our own verifier on it.
//!
//! `ureq` has TLS of its own, but no way to hand it a verifier. What it calls "unversioned" is the seam for this; it may
//! change with any version, so the version is exact.

use super::pins::UNTRUSTED;
use crate::port::TransportFault;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use std::error::Error;
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;
use ureq::unversioned::transport::time::{Duration, Instant};
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, TcpConnector, Transport,
    TransportAdapter,
};
use zeroize::Zeroize;

/// Opens connections; what goes wrong here happened before anything was sent, and is told as a [`TransportFault`].
#[derive(Debug)]
pub(super) struct Dial {
    tcp: TcpConnector,
    tls: Arc<ClientConfig>,
}

impl Dial {
    /// With the verifier and the versions of `tls`.
    pub(super) fn new(tls: ClientConfig) -> Self {
        Self { tcp: TcpConnector::default(), tls: Arc::new(tls) }
    }

    fn open(&self, details: &ConnectionDetails<'_>) -> Result<Box<dyn Transport>, ureq::Error> {
        let tcp = self.tcp.connect(details, None::<()>)?.ok_or(ureq::Error::ConnectionFailed)?;
        if !details.needs_tls() {
            return Ok(Box::new(Forgetful(tcp)));
        }
        let session =
            ClientConnection::new(self.tls.clone(), server_name(details)?).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(
            session,
            TransportAdapter::new(Box::new(tcp) as _, details.current_time.clone()),
        );
        stream.sock.set_timeout(left(details));
        stream.conn.complete_io(&mut stream.sock)?;
        let buffers =
            LazyBuffers::new(details.config.input_buffer_size(), details.config.output_buffer_size());
        Ok(Box::new(Forgetful(Tls { buffers, stream })))
    }
}

impl Connector for Dial {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        self.open(details).map(Some).map_err(|error| ureq::Error::Other(Box::new(fault(&error))))
    }
}

/// What is left of the time to connect once there is a connection to speak TLS on.
fn left(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut timeout = details.timeout;
    let (began, now) = (details.now, (details.current_time)());
    if let (Duration::Exact(all), Instant::Exact(began), Instant::Exact(now)) = (timeout.after, began, now) {
        timeout.after = Duration::Exact(all.saturating_sub(now.duration_since(began)));
    }
    timeout
}

fn server_name(details: &ConnectionDetails<'_>) -> Result<ServerName<'static>, ureq::Error> {
    let host = details.uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    ServerName::try_from(host.to_owned()).map_err(|_| ureq::Error::Tls("no name to verify"))
}

fn fault(error: &ureq::Error) -> TransportFault {
    match error {
        ureq::Error::Io(error) if is_untrusted(error) => TransportFault::Untrusted,
        _ => TransportFault::NotConnected,
    }
}

/// Whether it was a certificate that was refused.
fn is_untrusted(error: &io::Error) -> bool {
    let cause = error.get_ref().and_then(|cause| (cause as &(dyn Error + 'static)).downcast_ref());
    cause.is_some_and(|error| matches!(error, rustls::Error::InvalidCertificate(_)) || *error == UNTRUSTED)
}

/// A connection that is kept for the next request and must not keep the last one: a PIN may have signed it (2.7).
#[derive(Debug)]
struct Forgetful<T>(T);

impl<T: Transport> Transport for Forgetful<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let sent = self.0.transmit_output(amount, timeout);
        self.0.buffers().output()[..amount].zeroize();
        sent
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.0.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// TLS on an open connection.
struct Tls {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

impl Transport for Tls {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        Ok(self.stream.write_all(&self.buffers.output()[..amount])?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}
