//! A request that changes something is carried to its end, also when its caller hangs up meanwhile.
//!
//! HTTP drops the work of a connection that is gone. A phone that its system kills, or that leaves its network, would
//! then leave a PIN counted and never looked at, which 3.0.5 takes for a wrong one: a guess lost and no approval given.

use crate::pages::without_prefix;
use crate::reply;
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use countersign_failpoint as failpoint;

/// Pages that a browser is led to and that complete its sign-in, in whatever language.
const COMPLETING: [&str; 3] = ["/sign-in/wait", "/sign-in/return", "/operator/enter"];

/// Below it, whoever comes from a service may be led back with a ticket at once.
const ARRIVING: &str = "/visit/";

/// Middleware: everything but plain reads runs in a task of its own.
pub async fn to_the_end(request: Request, next: Next) -> Response {
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = without_prefix(request.uri().path());
    if read && !COMPLETING.contains(&path) && !path.starts_with(ARRIVING) {
        return next.run(request).await;
    }
    // A task that ends without an answer has panicked.
    let answer = tokio::spawn(next.run(request)).await;
    failpoint::reached("server/answer/before-send");
    answer.unwrap_or_else(|_| reply::problem(&reply::unavailable(1)))
}
