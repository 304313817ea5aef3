//! Approve or deny (3.4.5).

use super::{Flow, VERSION};
use crate::id::{Aid, Jti, Nonce, RequestHash, Tid, TransferHash};
use crate::issuer::Issuer;
use crate::json::{self, BadJson};
use crate::secret::Number;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// `dec`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionWord {
    /// Yes.
    Approve,
    /// No.
    Deny,
}

/// Why a person refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DenyWhy {
    /// Changed their mind.
    Cancel,
    /// "It wasn't me".
    NotMe,
}

/// What the person decided, with what was carried over from the browser.
pub enum Decision {
    /// Approved, after typing the number that the browser shows.
    ApproveNumber(Number),
    /// Approved, after scanning the browser's code or following its link.
    ApproveTransfer(TransferHash),
    /// Refused.
    Deny(DenyWhy),
}

/// An answer to a request.
pub struct Response {
    /// The phone.
    pub iss: Aid,
    /// The server.
    pub aud: Issuer,
    /// The sign-in.
    pub tid: Tid,
    /// Nonce of the request.
    pub nonce: Nonce,
    /// Hash of the request.
    pub req: RequestHash,
    /// The decision.
    pub decision: Decision,
    /// `flow` of the request.
    pub flow: Flow,
    /// Id of this message.
    pub jti: Jti,
    /// The phone's clock.
    pub iat: Time,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    v: u64,
    iss: Aid,
    aud: Issuer,
    tid: Tid,
    nonce: Nonce,
    req: RequestHash,
    dec: DecisionWord,
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    why: Option<DenyWhy>,
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    num: Option<Number>,
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    xh: Option<TransferHash>,
    flow: Flow,
    jti: Jti,
    iat: Time,
}

impl Response {
    /// Step 8a: members and forms. `num` goes with `push`, `xh` with `scan` and `link`, `why` with `deny`.
    pub fn parse(payload: &[u8]) -> Result<Self, BadJson> {
        let wire: Wire = json::parse(payload)?;
        if wire.v != VERSION {
            return Err(BadJson);
        }
        let decision = match (wire.dec, wire.flow, wire.num, wire.xh, wire.why) {
            (DecisionWord::Approve, Flow::Push, Some(number), None, None) => Decision::ApproveNumber(number),
            (DecisionWord::Approve, Flow::Scan | Flow::Link, None, Some(xh), None) => {
                Decision::ApproveTransfer(xh)
            }
            (DecisionWord::Deny, _, None, None, Some(why)) => Decision::Deny(why),
            _ => return Err(BadJson),
        };
        let Wire { iss, aud, tid, nonce, req, flow, jti, iat, .. } = wire;
        Ok(Self { iss, aud, tid, nonce, req, decision, flow, jti, iat })
    }

    /// The payload to sign.
    pub fn to_payload(&self) -> Result<Vec<u8>, BadJson> {
        let (dec, why, num, xh) = match &self.decision {
            Decision::ApproveNumber(number) => (DecisionWord::Approve, None, Some(number.clone()), None),
            Decision::ApproveTransfer(xh) => (DecisionWord::Approve, None, None, Some(*xh)),
            Decision::Deny(why) => (DecisionWord::Deny, Some(*why), None, None),
        };
        json::to_vec(&Wire {
            v: VERSION,
            iss: self.iss,
            aud: self.aud.clone(),
            tid: self.tid,
            nonce: self.nonce,
            req: self.req,
            dec,
            why,
            num,
            xh,
            flow: self.flow,
            jti: self.jti,
            iat: self.iat,
        })
    }
}
