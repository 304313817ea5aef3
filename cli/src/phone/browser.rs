//! `--cookies`: the browser on the same phone, as far as the way back needs one (S4, P2). It holds the cookies that the
//! one which started was given, in the file that `curl --cookie-jar` writes, and opens the return address with them.
//!
//! It runs no script, follows no redirect and keeps nothing that it is sent.

use super::open::transport_options;
use crate::failure::Failure;
use crate::sink::Sink;
use countersign_engine::Problem;
use countersign_engine::adapter::transport::HttpTransport;
use countersign_engine::port::TOTAL_TIMEOUT;
use reqwest::Url;
use reqwest::blocking::Client;
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What curl writes before the host of a cookie that scripts may not read.
const HTTP_ONLY: &str = "#HttpOnly_";

/// A browser with the cookies of a file.
pub(super) struct Browser {
    client: Client,
    cookies: Vec<Cookie>,
}

struct Cookie {
    host: String,
    below: bool,
    path: String,
    secure: bool,
    pair: String,
}

impl Browser {
    /// Reads the cookies; `ca` as for the phone itself.
    pub(super) fn open(jar: &Path, ca: Option<&Path>) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(jar)
            .map_err(|error| Failure::file(&jar.display().to_string(), &error))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
        let cookies = text.lines().filter_map(|line| cookie(line, now)).collect();
        let tls = HttpTransport::new(transport_options(ca)?).web_tls().map_err(Problem::from)?;
        Ok(Self { client: client(tls)?, cookies })
    }

    /// Opens an address and says what came: status, title, where it leads.
    fn visit(&self, address: &str) -> Result<Value, Failure> {
        let url = Url::parse(address).map_err(|_| Problem::Internal)?;
        let sent = self.client.get(url.clone()).header("Cookie", header(&self.cookies, &url)).send();
        let page = sent.map_err(|_| Problem::Unreachable { sent: false })?;
        let leads = page.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
        let status = page.status().as_u16();
        let html = page.text().map_err(|_| Problem::Unreachable { sent: true })?;
        Ok(json!({"status": status, "title": title(&html), "location": leads}))
    }
}

fn client(tls: rustls::ClientConfig) -> Result<Client, Failure> {
    let builder = Client::builder().tls_backend_preconfigured(tls).redirect(Policy::none()).no_proxy();
    Ok(builder.timeout(TOTAL_TIMEOUT).build().map_err(|_| Problem::Internal)?)
}

/// One line of a cookie jar: host, whether hosts below it count, path, secure, end, name, value.
fn cookie(line: &str, now: u64) -> Option<Cookie> {
    let line = line.strip_prefix(HTTP_ONLY).or_else(|| (!line.starts_with('#')).then_some(line))?;
    let [host, below, path, secure, end, name, value] =
        line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let end: u64 = end.parse().ok()?;
    let lives = end == 0 || end > now;
    lives.then(|| Cookie {
        host: host.trim_start_matches('.').to_ascii_lowercase(),
        below: below == "TRUE",
        path: path.to_owned(),
        secure: secure == "TRUE",
        pair: format!("{name}={value}"),
    })
}

fn header(cookies: &[Cookie], url: &Url) -> String {
    let fitting = cookies.iter().filter(|cookie| cookie.fits(url)).map(|cookie| cookie.pair.as_str());
    fitting.collect::<Vec<_>>().join("; ")
}

impl Cookie {
    fn fits(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let same = host == self.host
            || self.below && host.strip_suffix(&self.host).is_some_and(|rest| rest.ends_with('.'));
        let inside = url
            .path()
            .strip_prefix(&self.path)
            .is_some_and(|rest| rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/'));
        // Browsers take loopback for secure as well.
        same && inside
            && (!self.secure || url.scheme() == "https" || matches!(host, "127.0.0.1" | "localhost"))
    }
}

fn title(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<title>")?;
    rest.split_once("</title>").map(|(title, _)| title.trim().to_owned())
}

/// Passes everything on, and goes back to the browser as soon as there is an address to go back to.
pub(super) struct Returning<'a> {
    /// Where results go.
    pub(super) sink: &'a mut dyn Sink,
    /// The browser that started.
    pub(super) browser: Browser,
}

impl Sink for Returning<'_> {
    fn result(&mut self, text: &str, value: &Value) -> Result<(), Failure> {
        self.sink.result(text, value)?;
        let Some(address) = value["return_to"].as_str() else { return Ok(()) };
        let page = self.browser.visit(address)?;
        let title = page["title"].as_str().unwrap_or("no title");
        self.sink.result(&format!("The browser got {} ({title}).", page["status"]), &json!({"browser": page}))
    }

    fn remark(&mut self, text: &str) {
        self.sink.remark(text);
    }

    fn is_interactive(&self) -> bool {
        self.sink.is_interactive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JAR: &str = "# Netscape HTTP Cookie File\n\
        #HttpOnly_127.0.0.1\tFALSE\t/\tTRUE\t0\tsession\ts1\n\
        .example.eu\tTRUE\t/back\tFALSE\t2000\twide\tw1\n\
        example.eu\tFALSE\t/\tTRUE\t2000\tnarrow\tn1\n\
        example.eu\tFALSE\t/\tFALSE\t999\told\to1\n\
        not a cookie\n";

    fn sent_to(address: &str) -> String {
        let cookies: Vec<_> = JAR.lines().filter_map(|line| cookie(line, 1000)).collect();
        header(&cookies, &Url::parse(address).unwrap())
    }

    #[test]
    fn cookies_go_where_a_browser_would_send_them() {
        assert_eq!(sent_to("http://127.0.0.1:8080/x"), "session=s1");
        assert_eq!(sent_to("https://example.eu/back?rc=1"), "wide=w1; narrow=n1");
        assert_eq!(sent_to("http://example.eu/back/in"), "wide=w1");
        assert_eq!(sent_to("https://example.eu/backwards"), "narrow=n1");
        assert_eq!(sent_to("https://a.example.eu/back"), "wide=w1");
        assert_eq!(sent_to("https://badexample.eu/back"), "");
    }
}
