//! What every answer of the pages carries: nothing from elsewhere, nothing framed, nothing kept, no address passed on.

use super::setting::Setting;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Features of a browser that no page of ours uses, and that nothing smuggled into one may use either.
const UNUSED: &str = "accelerometer=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), \
     encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), \
     local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
     screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()";

/// Middleware: makes the setting of the pages, and what the browser must hold itself to.
pub async fn page_headers(mut request: Request, next: Next) -> Response {
    let setting = Setting::of(request.uri(), request.headers());
    request.extensions_mut().insert(setting.clone());
    let mut response = next.run(request).await;
    let leaves_to = response.extensions().get::<LeavesTo>().map(|to| to.0.clone());
    add_with(&setting, leaves_to.as_deref(), response.headers_mut());
    response
}

/// Where the answer to a form of this page may lead to in the end, besides our own pages: the origin of a service that
/// somebody came from. Some browsers hold redirects to `form-action` as well.
#[derive(Clone)]
pub struct LeavesTo(pub String);

/// The same for a page that no route of the pages gives: an unknown address.
pub fn add(setting: &Setting, headers: &mut HeaderMap) {
    add_with(setting, None, headers);
}

fn add_with(setting: &Setting, leaves_to: Option<&str>, headers: &mut HeaderMap) {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), UNUSED),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&content_security_policy(setting.nonce(), leaves_to)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

/// Scripts and style sheets only by the nonce of this very answer: not even another file of ours can be slipped in.
pub fn content_security_policy(nonce: &str, leaves_to: Option<&str>) -> String {
    let forms = leaves_to.map_or_else(|| "'self'".to_owned(), |to| format!("'self' {to}"));
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; \
         form-action {forms}; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}
