//! The operations of 3.7: their names, arguments and forms. What a form allows may still be refused for its content.

use super::is_read;
use crate::id::{Eid, Fid, Jti, PhoneRef, Tid};
use crate::json::{self, BadJson};
use crate::key::Jwk;
use crate::message::Level;
use crate::message::enrol::{Attestation, PinFactor, Push};
use crate::secret::{ConfirmCode, Ticket};
use crate::text::{SHORT, is_clean};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What is asked for, with its arguments.
pub enum Operation {
    /// State of this phone, and its binding.
    SelfState,
    /// Pending push requests.
    List,
    /// State of one sign-in.
    Get(Tid),
    /// Closes an operation of unknown outcome, named by its `jti`.
    Settle(Jti),
    /// Binds a scanned sign-in to this phone.
    Claim(Ticket),
    /// "It wasn't me", whatever the state of the sign-in.
    Report(Tid),
    /// Ends the session of a sign-in that this phone approved.
    EndSession(Tid),
    /// Another name for this phone.
    Rename(String),
    /// Another push address, or none.
    SetPush(Option<Push>),
    /// A newer key set was stored.
    AckKeyset(u64),
    /// The phones of this account.
    ListDevices,
    /// Unregisters this phone.
    RevokeSelf,
    /// Biometrics off.
    RemoveFactor(Fid),
    /// Biometrics on, or with another key.
    AddFactor(AddFactor),
    /// Another PIN, other derivation parameters or another device key.
    Rekey(Box<Rekey>),
    /// Unregisters another phone of this account.
    RevokeDevice(PhoneRef),
    /// Pairing data for another phone.
    NewEnrolment(EnrolmentKind),
    /// Confirms the pairing of the phone that shows this code.
    ConfirmEnrolment {
        /// The enrolment.
        eid: Eid,
        /// What the new phone shows.
        code: ConfirmCode,
    },
}

/// Arguments of `add_factor`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddFactor {
    /// Random id of the new factor.
    pub fid: Fid,
    /// Its public key.
    pub jwk: Jwk,
    /// Its attestation.
    #[serde(deserialize_with = "json::object")]
    pub att: Attestation,
}

/// Arguments of `rekey`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rekey {
    /// The new PIN factor.
    pub pin: PinFactor,
    /// The new device key; null when it stays.
    #[serde(deserialize_with = "json::nullable")]
    pub new_dev: Option<NewDevice>,
}

/// A device key that takes the place of the registered one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// The key.
    pub jwk: Jwk,
    /// Its protection, as the phone says.
    pub level: Level,
    /// Its attestation.
    #[serde(deserialize_with = "json::object")]
    pub att: Attestation,
}

/// What a new enrolment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentKind {
    /// The new phone takes the place of this one (3.7.3).
    Migrate,
    /// One more phone.
    Add,
}

impl Operation {
    /// The name in `op`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SelfState => "self",
            Self::List => "list",
            Self::Get(_) => "get",
            Self::Settle(_) => "settle",
            Self::Claim(_) => "claim",
            Self::Report(_) => "report",
            Self::EndSession(_) => "end_session",
            Self::Rename(_) => "rename",
            Self::SetPush(_) => "set_push",
            Self::AckKeyset(_) => "ack_keyset",
            Self::ListDevices => "list_devices",
            Self::RevokeSelf => "revoke_self",
            Self::RemoveFactor(_) => "remove_factor",
            Self::AddFactor(_) => "add_factor",
            Self::Rekey(_) => "rekey",
            Self::RevokeDevice(_) => "revoke_device",
            Self::NewEnrolment(_) => "new_enrolment",
            Self::ConfirmEnrolment { .. } => "confirm_enrolment",
        }
    }

    /// Whether it changes nothing and keeps no row (3.0.6).
    pub const fn is_read(&self) -> bool {
        is_read(self.name())
    }

    /// Whether the PIN signs it (3.0.3).
    pub const fn needs_pin(&self) -> bool {
        matches!(
            self,
            Self::AddFactor(_)
                | Self::Rekey(_)
                | Self::RevokeDevice(_)
                | Self::NewEnrolment(_)
                | Self::ConfirmEnrolment { .. }
        )
    }

    pub(super) fn args(&self) -> Result<Value, BadJson> {
        Ok(match self {
            Self::SelfState | Self::List | Self::ListDevices | Self::RevokeSelf => json!({}),
            Self::Get(tid) | Self::Report(tid) | Self::EndSession(tid) => json!({"tid": tid}),
            Self::Settle(jti) => json!({"ref": jti}),
            Self::Claim(ticket) => json!({"ticket": ticket}),
            Self::Rename(name) => json!({"name": name}),
            Self::SetPush(push) => json!({"url": push.as_ref().map(|push| &push.url)}),
            Self::AckKeyset(ver) => json!({"ver": ver}),
            Self::RemoveFactor(fid) => json!({"fid": fid}),
            Self::AddFactor(add) => serde_json::to_value(add).map_err(|_| BadJson)?,
            Self::Rekey(rekey) => serde_json::to_value(rekey).map_err(|_| BadJson)?,
            Self::RevokeDevice(phone) => json!({"ref": phone}),
            Self::NewEnrolment(kind) => json!({"kind": kind}),
            Self::ConfirmEnrolment { eid, code } => json!({"eid": eid, "code": code}),
        })
    }

    pub(super) fn from_wire(name: &str, args: Map<String, Value>) -> Result<Self, BadJson> {
        let mut args = Args(args);
        let operation = match name {
            "self" => Self::SelfState,
            "list" => Self::List,
            "get" => Self::Get(args.take("tid")?),
            "settle" => Self::Settle(args.take("ref")?),
            "claim" => Self::Claim(args.take("ticket")?),
            "report" => Self::Report(args.take("tid")?),
            "end_session" => Self::EndSession(args.take("tid")?),
            "rename" => Self::Rename(args.name()?),
            "set_push" => Self::SetPush(args.push()?),
            "ack_keyset" => Self::AckKeyset(args.take("ver")?),
            "list_devices" => Self::ListDevices,
            "revoke_self" => Self::RevokeSelf,
            "remove_factor" => Self::RemoveFactor(args.take("fid")?),
            "add_factor" => Self::AddFactor(args.all()?),
            "rekey" => Self::Rekey(Box::new(args.all()?)),
            "revoke_device" => Self::RevokeDevice(args.take("ref")?),
            "new_enrolment" => Self::NewEnrolment(args.take("kind")?),
            "confirm_enrolment" => {
                Self::ConfirmEnrolment { eid: args.take("eid")?, code: args.take("code")? }
            }
            _ => return Err(BadJson),
        };
        args.end()?;
        Ok(operation)
    }
}

struct Args(Map<String, Value>);

impl Args {
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, BadJson> {
        let value = self.0.remove(name).ok_or(BadJson)?;
        json::from_value(value)
    }

    /// All members at once, for arguments with a type of their own.
    fn all<T: DeserializeOwned>(&mut self) -> Result<T, BadJson> {
        json::from_value(Value::Object(std::mem::take(&mut self.0)))
    }

    fn name(&mut self) -> Result<String, BadJson> {
        let name: String = self.take("name")?;
        if is_clean(&name, SHORT) { Ok(name) } else { Err(BadJson) }
    }

    fn push(&mut self) -> Result<Option<Push>, BadJson> {
        let url: Option<String> = self.take("url")?;
        let push = url.map(|url| Push { url });
        if push.as_ref().is_none_or(|push| push.origin().is_some()) { Ok(push) } else { Err(BadJson) }
    }

    fn end(self) -> Result<(), BadJson> {
        if self.0.is_empty() { Ok(()) } else { Err(BadJson) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, args: Value) -> Result<Operation, BadJson> {
        let Value::Object(args) = args else { return Err(BadJson) };
        Operation::from_wire(name, args)
    }

    #[test]
    fn each_operation_reads_what_it_writes_and_nothing_more() {
        let (tid, fid) = (Tid::from_bytes([1; 16]), Fid::from_bytes([2; 16]));
        let code = ConfirmCode::from_value(42);
        let all = [
            Operation::Settle(Jti::from_bytes([3; 16])),
            Operation::EndSession(tid),
            Operation::Rename("Pixel 9".to_owned()),
            Operation::SetPush(Some(Push { url: "https://push.example/a".to_owned() })),
            Operation::SetPush(None),
            Operation::ListDevices,
            Operation::RevokeSelf,
            Operation::RemoveFactor(fid),
            Operation::RevokeDevice(PhoneRef::from_bytes([4; 8])),
            Operation::NewEnrolment(EnrolmentKind::Migrate),
            Operation::NewEnrolment(EnrolmentKind::Add),
            Operation::ConfirmEnrolment { eid: Eid::from_bytes([5; 16]), code },
        ];
        for operation in all {
            let args = operation.args().unwrap();
            let again = read(operation.name(), args.clone()).unwrap();
            assert_eq!(again.args().unwrap(), args, "{}", operation.name());
            let mut more = args;
            more["more"] = json!(1);
            assert!(read(operation.name(), more).is_err(), "{}", operation.name());
        }
    }

    #[test]
    fn n150_names_follow_the_rules_of_texts() {
        assert!(read("rename", json!({"name": "x".repeat(40)})).is_ok());
        for bad in ["", "a\u{200b}", "a\u{202e}b", "e\u{301}"] {
            assert!(read("rename", json!({"name": bad})).is_err(), "{bad:?}");
        }
        assert!(read("rename", json!({"name": "x".repeat(41)})).is_err());
    }

    #[test]
    fn an_argument_that_must_be_present_may_be_null_only_where_the_table_says() {
        assert!(read("set_push", json!({"url": null})).is_ok());
        assert!(read("set_push", json!({})).is_err());
        assert!(read("remove_factor", json!({"fid": null})).is_err());
        let pin = json!({"fid": Fid::from_bytes([1; 16]), "sig": {}, "ka": {}});
        assert!(read("rekey", json!({"pin": pin, "new_dev": null})).is_ok());
        assert!(read("rekey", json!({"pin": pin})).is_err());
    }
}
