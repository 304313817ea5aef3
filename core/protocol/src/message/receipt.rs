//! Receipts: the signed outcome of an answer or an operation (3.1). Nothing in them depends on a factor signature.

use super::response::DecisionWord;
use super::{Head, ServerMessage};
use crate::id::{Aid, Jti, RequestHash, Tid};
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// `typ` of both kinds.
const TYP: &str = "map-receipt+jws";

/// Outcome of an approve or deny.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseReceipt {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// The phone.
    pub aud: Aid,
    /// When the server decided.
    pub iat: Time,
    /// `jti` of the answer.
    pub r#ref: Jti,
    /// The sign-in.
    pub tid: Tid,
    /// What was decided.
    pub dec: DecisionWord,
    /// The request that was answered.
    pub req: RequestHash,
}

/// Outcome of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpReceipt {
    /// `v`, `iss`.
    #[serde(flatten)]
    pub head: Head,
    /// The phone.
    pub aud: Aid,
    /// When it was done.
    pub iat: Time,
    /// `jti` of the operation.
    pub r#ref: Jti,
    /// Its name.
    pub op: String,
    /// Always true.
    pub ok: bool,
}

impl ServerMessage for ResponseReceipt {
    const TYP: &'static str = TYP;

    fn head(&self) -> &Head {
        &self.head
    }

    fn iat(&self) -> Time {
        self.iat
    }
}

impl ServerMessage for OpReceipt {
    const TYP: &'static str = TYP;

    fn head(&self) -> &Head {
        &self.head
    }

    fn iat(&self) -> Time {
        self.iat
    }

    fn is_well_formed(&self) -> bool {
        self.ok
    }
}
