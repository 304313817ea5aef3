//! Steps 7 and 8 of 3.0.7 for an answer: everything that is decided before a PIN try is counted.

use super::authenticate::Spoken;
use super::factor::{self, Used};
use super::notice;
use super::verdict::Finding;
use crate::app::{App, Shared};
use crate::reply::Refusal;
use crate::requests;
use crate::seal::Purpose;
use crate::store::phone::PhoneState;
use crate::store::request::{self, StoredRequest};
use crate::store::sign_in::{self, SignIn};
use crate::store::{StoreFault, Tx};
use countersign_protocol::answer::SignInState;
use countersign_protocol::code::transfer_hash;
use countersign_protocol::id::Tid;
use countersign_protocol::key::PublicKey;
use countersign_protocol::message::request::request_hash;
use countersign_protocol::message::response::{Decision, Response};
use countersign_protocol::message::{Factor, Flow};
use countersign_protocol::problem::{Code, Problem};
use subtle::ConstantTimeEq;

/// An answer that may be judged by its factor.
pub struct Case {
    /// The answer.
    pub response: Response,
    /// The sign-in.
    pub sign_in: SignIn,
    /// The request that this phone was shown.
    pub request: StoredRequest,
    /// What its first signature claims to be.
    pub used: Used,
}

/// A sign-in and its request for one phone.
pub type Found = Option<(SignIn, StoredRequest)>;

/// What the path names, if it is this phone's.
pub fn look(app: &Shared, spoken: &Spoken, path_tid: &str) -> Result<Found, Refusal> {
    let Ok(tid) = Tid::parse(path_tid) else { return Ok(None) };
    let (now, policy) = (app.now(), app.policy());
    let found = app.store.read(|tx| -> Result<_, StoreFault> {
        let sign_in = sign_in::by_tid(tx, &tid, now, &policy.lifetimes)?;
        Ok(sign_in.zip(request::find(tx, &tid, &spoken.phone.aid)?))
    });
    Ok(found?)
}

/// Steps 7 to 8h.
pub fn judge(app: &Shared, spoken: &Spoken, path_tid: &str, found: Found) -> Result<Case, Refusal> {
    let denies = spoken.message.dec.as_deref() == Some("deny");
    check_state(app, spoken, denies)?;
    let response = Response::parse(spoken.envelope.payload()).map_err(|_| Code::Malformed)?;
    if Tid::parse(path_tid) != Ok(response.tid) {
        return Err(Code::Malformed.into());
    }
    let (sign_in, request) = found.ok_or(Code::TransactionUnknown)?;
    check_open(sign_in.state)?;
    if response.nonce != request.nonce || response.req != request_hash(&request.jws) {
        return Err(Code::RequestMismatch.into());
    }
    if response.flow != flow_of(&sign_in) {
        return Err(Code::EntryNotAllowed.into());
    }
    let used = check_factors(app, spoken, &request, denies)?;
    Ok(Case { response, sign_in, request, used })
}

/// Step 7. A locked phone may still refuse.
fn check_state(app: &App, spoken: &Spoken, denies: bool) -> Result<(), Refusal> {
    match spoken.phone.state {
        PhoneState::Active => Ok(()),
        PhoneState::Locked if denies => Ok(()),
        PhoneState::Enrolling => Err(Code::EnrolmentPending.into()),
        PhoneState::Locked | PhoneState::Revoked => Err(notice::problem(app, &spoken.phone)?.into()),
    }
}

/// Steps 8d and 8e: what the state of a sign-in answers (table of 3.13.1).
pub fn check_open(state: SignInState) -> Result<(), Problem> {
    match state {
        SignInState::Pending | SignInState::Claimed => Ok(()),
        SignInState::Created => Err(Code::TransactionUnknown.into()),
        SignInState::Failed => Err(Code::TransactionFailed.into()),
        SignInState::Cancelled => Err(Code::TransactionCancelled.into()),
        SignInState::Expired => Err(Code::TransactionExpired.into()),
        decided => {
            Err(Problem::with(Code::TransactionDecided, |m| m.state = Some(decided.as_str().to_owned())))
        }
    }
}

/// How the request of a sign-in reaches the phone.
pub fn flow_of(sign_in: &SignIn) -> Flow {
    match sign_in.method.as_str() {
        "push" => Flow::Push,
        "link" => Flow::Link,
        _ => Flow::Scan,
    }
}

/// Step 8h: an approval has exactly one factor, of a kind that the request allows; a refusal has none.
fn check_factors(
    app: &Shared,
    spoken: &Spoken,
    request: &StoredRequest,
    denies: bool,
) -> Result<Used, Refusal> {
    let factors = requests::factors_of(app, request, &spoken.phone)?;
    let used = factor::of(app, spoken)?;
    let kind_fits = match used {
        Used::Pin => factors.contains(&Factor::Pin),
        Used::Bio => factors.contains(&Factor::Bio),
        Used::FormerBio => false,
    };
    let count = spoken.envelope.factors().len();
    if if denies { count == 0 } else { count == 1 && kind_fits } {
        return Ok(used);
    }
    let names =
        factors.iter().filter_map(|factor| serde_json::to_value(factor).ok()?.as_str().map(str::to_owned));
    Err(Problem::with(Code::FactorNotAllowed, |m| m.factors = Some(names.collect())).into())
}

impl Case {
    /// Whether a factor decides.
    pub fn is_approval(&self) -> bool {
        !matches!(self.response.decision, Decision::Deny(_))
    }

    /// The sign-in.
    pub fn tid(&self) -> Tid {
        self.sign_in.tid
    }

    /// Whether the PIN decides: only its tries are counted before they are looked at (3.9.1).
    pub fn is_pin_try(&self) -> bool {
        self.is_approval() && self.used == Used::Pin
    }

    /// B of 3.9.1: the factor, outside any lock; the number only after a good factor (3.4.6).
    pub fn verify(&self, app: &App, spoken: &Spoken) -> Result<Finding, Refusal> {
        match self.used {
            Used::Pin => self.verify_pin(app, spoken),
            Used::Bio | Used::FormerBio => Ok(self.verify_bio(spoken)),
        }
    }

    fn verify_bio(&self, spoken: &Spoken) -> Finding {
        let right = spoken.phone.bio.zip(spoken.envelope.factors().first()).is_some_and(|(bio, factor)| {
            factor.fid() == Some(bio.fid) && spoken.envelope.factor_verifies(factor, &bio.key)
        });
        if right { self.compare() } else { Finding::WrongBio }
    }

    fn verify_pin(&self, app: &App, spoken: &Spoken) -> Result<Finding, Refusal> {
        let keys = PinKeys::open(app, spoken)?;
        let Some(factor) = spoken.envelope.factors().first() else {
            return Err(Code::FactorNotAllowed.into());
        };
        let own = factor.fid() == Some(spoken.phone.fid);
        // Both are evaluated, so that an unknown fid takes as long as a wrong PIN.
        let verifies = spoken.envelope.factor_verifies(factor, &keys.sig);
        if !(own && verifies) {
            return Ok(Finding::WrongPin);
        }
        Ok(self.compare())
    }

    /// What the person typed or scanned, once the factor is good.
    fn compare(&self) -> Finding {
        match &self.response.decision {
            Decision::ApproveNumber(number) => match &self.sign_in.num {
                Some(expected) if expected.matches(number) => Finding::Right,
                _ => Finding::WrongNumber,
            },
            Decision::ApproveTransfer(xh) => {
                let expected =
                    self.sign_in.handle.as_ref().map(|handle| transfer_hash(handle, &self.sign_in.tid));
                let equal = expected.is_some_and(|expected| expected.as_bytes().ct_eq(xh.as_bytes()).into());
                if equal { Finding::Right } else { Finding::WrongTransfer }
            }
            Decision::Deny(_) => Finding::Denied,
        }
    }
}

/// The PIN public keys of a phone, unsealed after the reservation and never before (3.0.7).
pub struct PinKeys {
    /// Signature key.
    pub sig: PublicKey,
    /// Key agreement key, SEC 1.
    pub ka: PublicKey,
}

impl PinKeys {
    /// Unseals.
    pub fn open(app: &App, spoken: &Spoken) -> Result<Self, Refusal> {
        Self::of(app, &spoken.phone)
    }

    /// Unseals the keys of a phone.
    pub fn of(app: &App, phone: &crate::store::phone::Phone) -> Result<Self, Refusal> {
        let plain = app.keys().kek.open(&Purpose::pin(&phone.aid, &phone.fid), &phone.pin_keys)?;
        let damaged = || StoreFault::Damaged("phone.pin_keys");
        let (sig, ka) = plain.split_at_checked(65).ok_or_else(damaged)?;
        let key = |bytes| PublicKey::from_sec1(bytes).map_err(|_| damaged());
        Ok(Self { sig: key(sig)?, ka: key(ka)? })
    }
}

/// Reads a sign-in again inside a transaction.
pub fn reread(tx: &Tx<'_>, app: &App, tid: &Tid) -> Result<Option<SignIn>, StoreFault> {
    sign_in::by_tid(tx, tid, app.now(), &app.policy().lifetimes)
}
