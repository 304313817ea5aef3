//! The account's own proof (protocol 3.11): a sign-in of kind `sign` for one act, approved by a phone of the account.

use crate::backend::{Backend, start_body};
use crate::phone::Phone;
use crate::world::World;
use serde_json::{Value, json};

/// The body that starts one.
pub fn act_body(account: &str, act: &Value) -> Value {
    let mut body = start_body("push", Some(account));
    body["kind"] = json!("sign");
    body["act"] = act.clone();
    body
}

impl World {
    /// A completed sign-in that proves `act`, approved by `phone`: its `tid`.
    #[track_caller]
    pub fn proof(&self, phone: &Phone, act: &Value) -> String {
        self.proof_for(&self.service, &self.account, (phone, act))
    }

    /// The same of another service or account.
    #[track_caller]
    pub fn proof_for(&self, service: &Backend, account: &str, (phone, act): (&Phone, &Value)) -> String {
        let sign_in = service.start(&act_body(account, act));
        let request = phone.request(&sign_in.tid);
        phone.approve(&request, sign_in.number()).ok();
        service.complete(&sign_in.tid).ok();
        sign_in.tid
    }

    /// `ref` of the account's phones, oldest first.
    #[track_caller]
    pub fn refs(&self) -> Vec<String> {
        let phones = self.service.get(&format!("/accounts/{}/phones", self.account)).ok();
        let name = |phone: &Value| phone["ref"].as_str().expect("ref").to_owned();
        phones.as_array().expect("phones").iter().map(name).collect()
    }
}
