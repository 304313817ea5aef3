//! Where a case plays: a server, a service of it, a new account, and a phone when it is asked for.

use crate::backend::{Backend, start_body};
use crate::http::Http;
use crate::key::random;
use crate::phone::Phone;
use crate::phone::answer::Request;
use crate::phone::keys::Keys;
use crate::phone::pairing::{Invitation, pair};
use crate::phone::scan::Scan;
use crate::script::Script;
use crate::sign_in::SignIn;
use countersign_protocol::encoding::hex;
use serde_json::{Value, json};

/// The server under attack and the service that it is attacked with.
#[derive(Clone)]
pub struct Target {
    http: Http,
    service: Backend,
}

impl Target {
    /// A server by its address, a service by its id and secret. It needs all three scopes.
    pub fn new(server: &str, service: &str, secret: &str) -> Self {
        let http = Http::patient(server);
        Self { service: Backend::new(http.clone(), service.to_owned(), secret), http }
    }
}

/// A new account at the server.
pub struct Scene {
    /// The service.
    pub service: Backend,
    /// The account.
    pub account: String,
    http: Http,
}

impl Scene {
    /// Makes the account.
    #[track_caller]
    pub fn set(target: &Target) -> Self {
        let (http, service) = (target.http.clone(), target.service.clone());
        let account = new_account(&service);
        Self { service, account, http }
    }

    /// How the server is reached.
    pub const fn http(&self) -> &Http {
        &self.http
    }

    /// A paired phone of the account.
    #[track_caller]
    pub fn phone(&self) -> Phone {
        pair(&self.http, &self.service, &self.account, |_| ())
    }

    /// A completed sign-in by which the account's own phone proves `act` (3.11).
    #[track_caller]
    pub fn proof(&self, phone: &Phone, act: &Value) -> String {
        let mut body = start_body("push", Some(&self.account));
        (body["kind"], body["act"]) = (json!("sign"), act.clone());
        let sign_in = self.service.start(&body);
        let request = phone.request(&sign_in.tid);
        phone.approve(&request, sign_in.number()).ok();
        self.service.complete(&sign_in.tid).ok();
        sign_in.tid
    }

    /// One more phone of the account, which `first` vouches for.
    #[track_caller]
    pub fn further_phone(&self, first: &Phone) -> Phone {
        let proof = self.proof(first, &json!({"do": "enrol"}));
        let body = json!({"account": self.account, "same_device": false, "typed": false, "proof": proof});
        let made = self.service.post("/enrolments", &body).is(201);
        let (eid, link) = (made["eid"].as_str().expect("eid"), made["link"].as_str().expect("link"));
        let (phone, claim) = Invitation::read(link).claim(&self.http, &Keys::new(), |_| ());
        self.service.confirm(eid, &claim.cc).ok();
        phone.settle_in();
        phone
    }

    /// A paired phone of somebody else.
    #[track_caller]
    pub fn stranger(&self) -> Phone {
        pair(&self.http, &self.service, &new_account(&self.service), |_| ())
    }

    /// An open pairing of somebody else.
    #[track_caller]
    pub fn invited(&self) -> (String, Invitation) {
        let (eid, link) = self.service.enrolment(&new_account(&self.service));
        (eid, Invitation::read(&link))
    }

    /// Starts a push sign-in of the account.
    #[track_caller]
    pub fn push(&self) -> SignIn {
        self.service.start(&start_body("push", Some(&self.account)))
    }

    /// Starts one and gives the request that the phone sees.
    #[track_caller]
    pub fn ask(&self, phone: &Phone) -> (SignIn, Request) {
        let sign_in = self.push();
        let request = phone.request(&sign_in.tid);
        (sign_in, request)
    }

    /// Starts an offline sign-in of the account.
    #[track_caller]
    pub fn offline(&self) -> SignIn {
        self.service.start(&start_body("offline", Some(&self.account)))
    }

    /// Starts a QR sign-in and scans its present frame.
    #[track_caller]
    pub fn scan(&self, account: Option<&str>) -> (SignIn, Scan) {
        let sign_in = self.service.start(&start_body("qr", account));
        let scan = Scan::of(&self.service.frame(&sign_in.tid));
        (sign_in, scan)
    }

    /// One right message for each endpoint that takes signed messages.
    #[track_caller]
    pub fn table(&self) -> Table {
        let phone = self.phone();
        let (sign_in, request) = self.ask(&phone);
        let (eid, invitation) = self.invited();
        let newcomer = Keys::new();
        Table {
            service: self.service.clone(),
            http: self.http.clone(),
            phone,
            sign_in,
            request,
            eid,
            invitation,
            newcomer,
        }
    }
}

/// A pending request and an open pairing: what an approval, an operation and a pairing message need to be right.
pub struct Table {
    /// The phone.
    pub phone: Phone,
    service: Backend,
    http: Http,
    sign_in: SignIn,
    request: Request,
    eid: String,
    invitation: Invitation,
    newcomer: Keys,
}

impl Table {
    /// A right approval.
    pub fn approval(&self) -> Script {
        self.phone.answer_script(&self.phone.approval(&self.request, self.sign_in.number()))
    }

    /// A right operation that changes nothing.
    #[track_caller]
    pub fn op(&self) -> Script {
        self.phone.op("self", &json!({})).ok();
        self.phone.op_script("self", &json!({}))
    }

    /// A right pairing message.
    #[track_caller]
    pub fn enrolment(&self) -> Script {
        self.invitation.ready_script(&self.http, &self.newcomer)
    }

    /// All three.
    #[track_caller]
    pub fn all(&self) -> [Script; 3] {
        [self.approval(), self.op(), self.enrolment()]
    }

    /// What a registered device key signs.
    #[track_caller]
    pub fn registered(&self) -> [Script; 2] {
        [self.approval(), self.op()]
    }

    /// What has a factor signature.
    #[track_caller]
    pub fn with_factor(&self) -> [Script; 2] {
        [self.approval(), self.enrolment()]
    }

    /// Posts a body made of each; each is refused, and sign-in and pairing stay as they were.
    #[track_caller]
    pub fn refused(&self, scripts: &[Script], refusal: (u16, &str), make: impl Fn(&Script) -> Vec<u8>) {
        for script in scripts {
            script.post(&self.http, make(script)).refused(refusal.0, refusal.1);
        }
        assert_eq!(self.states(), (json!("pending"), json!("open")), "a refused message had an effect");
    }

    /// What was refused is taken in its right form: the refusals had the one reason.
    #[track_caller]
    pub fn all_right(&self) {
        for script in self.all() {
            script.send(&self.http).ok();
        }
        assert_eq!(self.states(), (json!("approved"), json!("claimed")));
    }

    fn states(&self) -> (Value, Value) {
        let sign_in = self.service.state(&self.sign_in.tid)["state"].clone();
        (sign_in, self.service.enrolment_state(&self.eid)["state"].clone())
    }
}

fn new_account(service: &Backend) -> String {
    service.add_account(&format!("conformance-{}@example.eu", hex(&random::<8>())))
}
