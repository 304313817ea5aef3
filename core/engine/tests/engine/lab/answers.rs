//! Answers of a scripted server.

use countersign_engine::port::Reply;
use countersign_protocol::problem::{Code, Members, Problem};
use serde_json::Value;

pub fn signed_json(value: &Value) -> Reply {
    Reply {
        status: 200,
        content_type: Some("application/json".to_owned()),
        body: value.to_string().into_bytes(),
        ..Reply::default()
    }
}

pub fn problem(code: Code) -> Reply {
    problem_with(code, |_| ())
}

pub fn problem_with(code: Code, fill: impl FnOnce(&mut Members)) -> Reply {
    let body = Problem::with(code, fill).to_body();
    let content_type = Some("application/problem+json".to_owned());
    Reply { status: code.status(), content_type, body, ..Reply::default() }
}
