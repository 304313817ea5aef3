//! Starting and stopping the server: database, keys, key set, listener, sweeps.

mod about;
mod config;
mod tls;

pub use about::{could_enforce, last_address, last_name};
pub use config::{Config, StartFault, TlsFiles};

use crate::app::{App, Parts, Shared};
use crate::housekeeping;
use crate::keys::Keys;
use crate::mail::{Post, send_forever};
use crate::policy::Policy;
use crate::policy::chosen::Chosen;
use crate::published::{Publisher, published_root};
use crate::reply;
use crate::store::service::{self, OPERATOR, PORTAL, Service};
use crate::store::{Store, StoreFault, Tx, account, enrolment};
use crate::trusted::Trusted;
use crate::{backend, device, pages, persist, random};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use axum_server::Handle;
use countersign_protocol::encoding::b64u;
use countersign_protocol::issuer::Issuer;
use countersign_protocol::label::sha256;
use countersign_protocol::message::offer::AttestPolicy;
use countersign_protocol::problem::Code;
use serde_json::json;
use std::fs::DirBuilder;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;

/// Between two sweeps.
const SWEEP: Duration = Duration::from_secs(30);
/// Between two looks at whether an operator changed keys or policy.
const LOOK: Duration = Duration::from_secs(1);
/// What open requests get to finish in when the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// How long a client may take over the head of a request: whoever sends a byte a minute would hold a connection for ever.
const HEADER_PATIENCE: Duration = Duration::from_secs(30);

/// What a server that listens says of itself.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Its name on the wire, which is its base address.
    pub iss: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// The lab's secret, in a lab.
    pub lab_secret: Option<String>,
}

/// A server that is ready to run.
pub struct Server {
    app: Shared,
    listener: TcpListener,
    tls: Option<tls::Tls>,
    /// Takes letters away, if anybody does.
    post: Option<Post>,
    /// Let go when the server ends.
    _held: std::fs::File,
    /// What it says of itself.
    pub ready: Ready,
}

/// Stops a running server, letting open requests finish.
#[derive(Clone)]
pub struct Stop(Handle<SocketAddr>);

impl Stop {
    /// A handle for a server that is not running yet.
    pub fn new() -> Self {
        Self(Handle::new())
    }

    /// Stops it.
    pub fn now(&self) {
        self.0.graceful_shutdown(Some(GRACE));
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}

impl Server {
    /// Opens everything and binds the address; nothing is answered before [`Server::run`].
    pub async fn open(config: &Config) -> Result<Self, StartFault> {
        config.check()?;
        make_folder(&config.data)?;
        let held = hold(&config.data).map_err(|_| StartFault::Busy)?;
        let listener = TcpListener::bind(config.listen).map_err(StartFault::Listen)?;
        listener.set_nonblocking(true).map_err(StartFault::Listen)?;
        let address = listener.local_addr().map_err(StartFault::Listen)?;
        let iss = config.issuer(address)?;
        let post = Post::open(&config.mail, &iss, &config.name)?;
        let tls = config.tls.as_ref().map(tls::Tls::read).transpose()?;
        let lab_secret = config.lab.then(|| b64u(&random::bytes::<32>()));
        let app = open_app(config, iss, tls.as_ref().map(|tls| tls.pin), lab_secret.as_deref()).await?;
        app.letters.get_or_init(|| post.as_ref().map_or("kept", Post::name));
        about::write(config, &app.iss).map_err(StartFault::Folder)?;
        if config.lab {
            app.clock.advance(config.lab_ahead);
        }
        let ready = Ready { iss: app.iss.as_str().to_owned(), address, lab_secret };
        Ok(Self { app, listener, tls, post, ready, _held: held })
    }

    /// Whether a new key's level is more than the phone's word.
    pub fn proves_levels(&self) -> bool {
        self.app.policy().attest == AttestPolicy::Enforce
    }

    /// Answers until `stop`.
    pub async fn run(self, stop: Stop) -> Result<(), StartFault> {
        let service = router(&self.app).into_make_service_with_connect_info::<SocketAddr>();
        let sweeper = tokio::spawn(sweep_forever(self.app.clone()));
        let follower = tokio::spawn(follow_operator(self.app.clone()));
        let letters = self.post.map(|post| tokio::spawn(send_forever(self.app.clone(), post)));
        let served = match self.tls {
            Some(tls) => {
                let mut server =
                    axum_server::from_tcp_rustls(self.listener, tls.config).map_err(StartFault::Listen)?;
                server.http_builder().http1().header_read_timeout(HEADER_PATIENCE);
                server.handle(stop.0).serve(service).await
            }
            None => {
                let mut server = axum_server::from_tcp(self.listener).map_err(StartFault::Listen)?;
                server.http_builder().http1().header_read_timeout(HEADER_PATIENCE);
                server.handle(stop.0).serve(service).await
            }
        };
        sweeper.abort();
        follower.abort();
        if let Some(letters) = letters {
            letters.abort();
        }
        served.map_err(StartFault::Listen)
    }
}

async fn open_app(
    config: &Config,
    iss: Issuer,
    tls_pin: Option<[u8; 32]>,
    lab_secret: Option<&str>,
) -> Result<Shared, StartFault> {
    let open = if config.lab { Store::open_metered } else { Store::open_with_log };
    let store = open(&config.data.join("countersign.db"), &config.data.join("audit.log"))?;
    let keys = Keys::open(&config.data)?;
    let trusted = Trusted::open(config.attestation.clone())?;
    let policy = if config.lab { Policy::for_lab() } else { Policy::default() };
    let chosen = Chosen::read(&config.data)?;
    let enforced = chosen.over(&policy)?.attest == AttestPolicy::Enforce;
    if enforced && !config.attestation.can_enforce() {
        return Err(StartFault::Unprovable);
    }
    let now = crate::clock::Clock::default().now();
    let publisher = Publisher::new(config.data.clone(), tls_pin);
    let portal = Service {
        id: PORTAL.to_owned(),
        name: config.name.clone(),
        origin: iss.as_str().to_owned(),
        scopes: String::new(),
    };
    let operator = Service { id: OPERATOR.to_owned(), name: operators_name(&config.name), ..portal.clone() };
    // Its secret is the hash of random bytes that nobody keeps: no call can be made in its name.
    let nobody = [sha256(&random::bytes::<32>()), sha256(&random::bytes::<32>())];
    let changed = published_root(&config.data) != Some(keys.root.public().thumbprint());
    let begin = move |tx: &Tx<'_>| -> Result<(), StoreFault> {
        if changed {
            // The root was changed while no server ran, or nobody knows whether it was.
            enrolment::cancel_open(tx)?;
        }
        service::insert(tx, &portal, &nobody[0], now)?;
        service::insert(tx, &operator, &nobody[1], now)
    };
    store.write(begin).await?;
    let lab = lab_secret.map(|secret| sha256(secret.as_bytes()));
    let (name, behind_proxy) = (config.name.clone(), config.behind_proxy);
    Ok(App::open(Parts { store, keys, iss, name, publisher, lab, behind_proxy, trusted, policy, chosen })?)
}

/// What phones show when somebody signs in for the operator's pages; it keeps to their 40 characters.
fn operators_name(server: &str) -> String {
    server.chars().take(31).chain(" Operator".chars()).collect()
}

fn router(app: &Shared) -> Router {
    let router = Router::new()
        .merge(device::routes(app))
        .merge(backend::routes())
        .merge(pages::routes(app))
        .route("/health", get(health));
    #[cfg(feature = "lab")]
    let router = if app.lab.is_some() { router.merge(crate::lab::routes(app)) } else { router };
    let router = router.fallback(unknown).layer(from_fn(log)).layer(from_fn(persist::to_the_end));
    let router = if app.iss.is_loopback_http() { router } else { router.layer(from_fn(only_tls)) };
    router.with_state(app.clone())
}

/// An unknown path: a page for people, a problem for everybody else (3.0.8).
async fn unknown(State(app): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    if pages::wants_html(&headers) {
        return pages::unknown(&app, &uri, &headers);
    }
    let mut response = reply::problem(&Code::NotFound.into());
    reply::add_protocol_headers(&app, response.headers_mut());
    response
}

/// Whoever was here once comes by TLS from then on, for two years, to this name and all below it.
async fn only_tls(request: Request<axum::body::Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let always = HeaderValue::from_static("max-age=63072000; includeSubDomains");
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, always);
    response
}

/// One line a request: method, route, status, time. No body, no query, no id in a path, no header.
async fn log(request: Request<axum::body::Body>, next: Next) -> Response {
    let route = request.extensions().get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned());
    let (method, begin) = (request.method().clone(), std::time::Instant::now());
    let response = next.run(request).await;
    let (route, status) = (route.as_deref().unwrap_or("-"), response.status().as_u16());
    tracing::info!(%method, route, status, micros = begin.elapsed().as_micros(), "answered");
    response
}

async fn health(State(app): State<Shared>) -> Response {
    let database = app.store.read(|tx| account::by_id(tx, "")).is_ok();
    let status = if database { 200 } else { 503 };
    let answer = json!({"ok": database, "database": database, "lab": app.lab.is_some(), "mail": app.letters.get(), "keyset": app.published().ver});
    reply::json(status, &answer).unwrap_or_default()
}

async fn sweep_forever(app: Shared) {
    loop {
        tokio::time::sleep(SWEEP).await;
        if let Err(fault) = housekeeping::run(&app).await {
            tracing::error!(%fault, "sweep");
        }
    }
}

/// Takes what an operator changed beside the running server into use. A fault is logged once, not once a second.
async fn follow_operator(app: Shared) {
    let mut last = None;
    loop {
        tokio::time::sleep(LOOK).await;
        let reloaded = app.reload_keys().await;
        let looked = reloaded.and_then(|keys| Ok(app.reload_policy()? || keys));
        let fault = looked.as_ref().err().map(ToString::to_string);
        match looked {
            Ok(true) => tracing::info!(keyset = app.published().ver, "the operator's changes are in use"),
            Err(fault) if last != Some(fault.to_string()) => {
                tracing::error!(%fault, "the operator's changes");
            }
            _ => {}
        }
        last = fault;
    }
}

fn make_folder(data: &Path) -> Result<(), StartFault> {
    DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(StartFault::Folder)
}

/// Held by a running server for its life: what needs the data for itself alone asks for it.
pub fn hold(data: &Path) -> Result<std::fs::File, std::io::Error> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(data.join("server.lock"))?;
    file.try_lock()?;
    Ok(file)
}
