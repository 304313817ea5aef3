//! A blocking HTTP client that follows nothing, and answers that know how to be judged.
//!
//! It opens a connection for every call, so that a test never meets a connection of a server that it killed.

use reqwest::Method;
use reqwest::blocking::Client;
use reqwest::header::HeaderMap;
use serde_json::Value;
use std::net::IpAddr;
use std::sync::OnceLock;
use std::time::Duration;

/// Media type of a phone's message.
pub const JOSE: &str = "application/jose+json";
/// Media type of everything else that is posted.
pub const JSON: &str = "application/json";

/// Longest patience with the server; a held message or a long poll stays below it.
const PATIENCE: Duration = Duration::from_secs(40);

/// How often a patient client asks the same.
const MOST_TRIES: u32 = 4;

/// Where calls go.
#[derive(Clone)]
pub struct Http {
    base: String,
    client: Client,
    patient: bool,
}

/// Header names and values of a call.
pub type Headers<'a> = &'a [(&'a str, &'a str)];

impl Http {
    /// A client of the server at `base`, such as `http://127.0.0.1:4711`.
    pub fn new(base: &str) -> Self {
        static CLIENT: OnceLock<Client> = OnceLock::new();
        Self { base: base.to_owned(), client: CLIENT.get_or_init(|| client(None)).clone(), patient: false }
    }

    /// The same, which waits and asks again when the server says that it is asked too often.
    pub fn patient(base: &str) -> Self {
        Self { patient: true, ..Self::new(base) }
    }

    /// The same server, called from another loopback address.
    pub fn from_address(&self, address: IpAddr) -> Self {
        Self { client: client(Some(address)), ..self.clone() }
    }

    /// Where the server is.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Any call; `None` if the connection broke before the answer was whole.
    pub fn try_send(&self, method: Method, path: &str, headers: Headers, body: Vec<u8>) -> Option<Answer> {
        for _ in 1..MOST_TRIES {
            if !self.patient {
                break;
            }
            let answer = self.send_once(method.clone(), path, headers, body.clone())?;
            match answer.wait() {
                Some(wait) => std::thread::sleep(wait),
                None => return Some(answer),
            }
        }
        self.send_once(method, path, headers, body)
    }

    fn send_once(&self, method: Method, path: &str, headers: Headers, body: Vec<u8>) -> Option<Answer> {
        let mut request = self.client.request(method, format!("{}{path}", self.base)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().ok()?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Some(Answer { status, headers, body: response.bytes().ok()?.to_vec() })
    }

    /// A `GET`.
    #[track_caller]
    pub fn get(&self, path: &str, headers: Headers) -> Answer {
        self.try_send(Method::GET, path, headers, Vec::new()).expect("an answer")
    }

    /// A phone's message.
    #[track_caller]
    pub fn post_jose(&self, path: &str, body: Vec<u8>) -> Answer {
        self.try_post_jose(path, body).expect("an answer")
    }

    /// A phone's message to a server that may not live to answer it.
    pub fn try_post_jose(&self, path: &str, body: Vec<u8>) -> Option<Answer> {
        self.try_send(Method::POST, path, &[("content-type", JOSE)], body)
    }

    /// A `POST` of plain JSON.
    #[track_caller]
    pub fn post_json(&self, path: &str, body: &Value) -> Answer {
        let headers = &[("content-type", JSON)];
        self.try_send(Method::POST, path, headers, body.to_string().into_bytes()).expect("an answer")
    }
}

fn client(address: Option<IpAddr>) -> Client {
    // A provider that another test installed before is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().timeout(PATIENCE).pool_max_idle_per_host(0).no_proxy();
    builder.redirect(reqwest::redirect::Policy::none()).local_address(address).build().expect("HTTP client")
}

/// A whole answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text, for messages.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// How long the server wants to be left alone, if that is all it says.
    fn wait(&self) -> Option<Duration> {
        let seconds = self.header("retry-after").and_then(|text| text.parse().ok()).unwrap_or(1_u64);
        (self.code().as_deref() == Some("rate_limited")).then(|| Duration::from_secs(seconds.min(90)))
    }

    /// The JSON of an answer with this status.
    #[track_caller]
    pub fn is(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        if self.body.is_empty() { Value::Null } else { serde_json::from_slice(&self.body).expect("JSON") }
    }

    /// The JSON of a success (protocol 3.1).
    #[track_caller]
    pub fn ok(&self) -> Value {
        let value = self.is(200);
        assert_eq!(self.header("content-type"), Some(JSON));
        value
    }

    /// The code of a problem, if it is one.
    pub fn code(&self) -> Option<String> {
        let body: Value = serde_json::from_slice(&self.body).ok()?;
        body["type"].as_str()?.strip_prefix("urn:map:problem:").map(str::to_owned)
    }

    /// The body of a refusal with this status and code, in the form of 3.0.9.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!((self.status, self.code().as_deref()), (status, Some(code)), "{}", self.text());
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        let body: Value = serde_json::from_slice(&self.body).expect("JSON");
        assert_eq!(body["status"], status);
        assert!(body["title"].is_string());
        if let Some(seconds) = body.get("retry_after") {
            assert_eq!(self.header("retry-after"), Some(seconds.to_string().as_str()));
        }
        body
    }
}
