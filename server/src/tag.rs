//! Tags that a changed column cannot forge (3.0.7): of a phone's row and of an approval.

use crate::store::phone::{self, Phone};
use crate::store::{StoreFault, Tx};
use countersign_protocol::id::{Aid, RequestHash, Thumbprint, Tid};
use countersign_protocol::label::{labelled_hmac, sha256};
use countersign_protocol::time::Time;
use subtle::ConstantTimeEq;

/// Bit of the level byte for an attested key.
const ATTESTED: u8 = 128;

/// The row tag of a phone.
pub fn of_phone(key: &[u8; 32], phone: &Phone) -> [u8; 32] {
    let level = phone.level | if phone.attested { ATTESTED } else { 0 };
    labelled_hmac(
        key,
        "MAP1 phone",
        &[
            phone.aid.as_bytes(),
            phone.jkt.as_bytes(),
            phone.fid.as_bytes(),
            &phone.bio.map_or([0; 16], |bio| *bio.fid.as_bytes()),
            &phone.bio.map_or([0; 32], |bio| *bio.key.thumbprint().as_bytes()),
            &[level],
            &sha256(phone.account.as_bytes()),
        ],
    )
}

/// Whether a phone's row is as it was written.
pub fn phone_is_genuine(key: &[u8; 32], row: &Phone) -> bool {
    of_phone(key, row).ct_eq(&row.row_tag[..]).into()
}

/// Refuses a row that is not as it was written, with an alarm.
pub fn check_phone(key: &[u8; 32], row: &Phone) -> Result<(), StoreFault> {
    if phone_is_genuine(key, row) {
        return Ok(());
    }
    tracing::error!(aid = %row.aid, alarm = true, "the row of a phone does not fit its tag");
    Err(StoreFault::Damaged("phone"))
}

/// A phone's row as it is in this transaction. It was genuine when its message was authenticated, and may have been
/// changed since: who tags it anew, or signs what it says, vouches for every column.
pub fn genuine_phone(tx: &Tx<'_>, key: &[u8; 32], aid: &Aid) -> Result<Phone, StoreFault> {
    let row = phone::by_aid(tx, aid)?.ok_or(StoreFault::Damaged("phone"))?;
    check_phone(key, &row)?;
    Ok(row)
}

/// What an approval tag covers.
pub struct Approval<'a> {
    /// The sign-in.
    pub tid: &'a Tid,
    /// The phone.
    pub aid: &'a Aid,
    /// Its device key.
    pub jkt: &'a Thumbprint,
    /// Hash of the request, or of the offline QR's JWS.
    pub req: &'a RequestHash,
    /// SHA-256 of the payload as sent; zero for an offline code.
    pub pay: [u8; 32],
    /// When.
    pub at: Time,
    /// The service.
    pub service: &'a str,
    /// The account.
    pub account: &'a str,
}

/// The approval tag (`ev`).
pub fn approval(key: &[u8; 32], a: &Approval<'_>) -> [u8; 32] {
    labelled_hmac(
        key,
        "MAP1 approved",
        &[
            a.tid.as_bytes(),
            a.aid.as_bytes(),
            a.jkt.as_bytes(),
            a.req.as_bytes(),
            &a.pay,
            &a.at.secs().to_be_bytes(),
            &sha256(a.service.as_bytes()),
            &sha256(a.account.as_bytes()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_protocol::encoding::{b64u, hex};

    const K_EVID: [u8; 32] = [0x1a; 32];

    fn jkt() -> Thumbprint {
        Thumbprint::parse("gWjt7nmB1udyFpLYVp0SxJnI8lJEvl7q8AFYZRqnGV8").unwrap()
    }

    #[test]
    fn vector_row_tag() {
        let (aid, fid, account) = ([6; 16], [3; 16], sha256(b"u-1001"));
        let thumbprint = jkt();
        let parts: [&[u8]; 7] = [&aid, thumbprint.as_bytes(), &fid, &[0; 16], &[0; 32], &[0], &account];
        let tag = labelled_hmac(&K_EVID, "MAP1 phone", &parts);
        assert_eq!(hex(&tag), "dad701aaa3633f4e690556ad1b65a7ee24d5ad48a09dd4b1c3336e120847ad9d");
    }

    fn tag_of(req: RequestHash, pay: [u8; 32]) -> String {
        let approval = Approval {
            tid: &Tid::from_bytes([0x13; 16]),
            aid: &Aid::from_bytes([6; 16]),
            jkt: &jkt(),
            req: &req,
            pay,
            at: Time::from_secs(1_790_000_000),
            service: "grants",
            account: "u-1001",
        };
        hex(&super::approval(&K_EVID, &approval))
    }

    #[test]
    fn vector_approval_tag_of_an_approval() {
        let payload = r#"{"v":1,"iss":"BgYGBgYGBgYGBgYGBgYGBg","aud":"https://id.example.eu","tid":"ExMTExMTExMTExMTExMTEw","nonce":"FRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRU","req":"hu6mdRPiPGavZejFGYK_NEu-jG_wqT_0PGs9N2L2BU8","dec":"approve","num":"483920","flow":"push","jti":"FxcXFxcXFxcXFxcXFxcXFw","iat":1790000030}"#;
        let req = RequestHash::parse("hu6mdRPiPGavZejFGYK_NEu-jG_wqT_0PGs9N2L2BU8").unwrap();
        let tag = tag_of(req, sha256(b64u(payload.as_bytes()).as_bytes()));
        assert_eq!(tag, "7c86ee97357d4203831199bd50fbdc41d12c239c45e9d29e98078d116b90d20e");
    }

    #[test]
    fn vector_approval_tag_of_an_offline_code() {
        let req = hex_to_hash("0ea5805aec134c3bd4399a7cf0cb67937c0718f2d88745b892dc9303e6fea326");
        assert_eq!(tag_of(req, [0; 32]), "95fad710d9b5cb2b309bdd2f5d43bcbde35d9a4a2f8cb09c818865d98f67c21a");
    }

    fn hex_to_hash(text: &str) -> RequestHash {
        let bytes: Vec<u8> =
            (0..64).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
        RequestHash::from_slice(&bytes).unwrap()
    }
}
