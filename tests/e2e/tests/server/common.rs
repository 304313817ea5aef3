//! Where the program under test is, and one message for each endpoint that takes signed messages.

use countersign_e2e::phone::Phone;
use countersign_e2e::phone::answer::Request;
use countersign_e2e::phone::keys::Keys;
use countersign_e2e::phone::pairing::{Invitation, claim_of};
use countersign_e2e::script::{Script, Typ};
use countersign_e2e::sign_in::SignIn;
use countersign_e2e::world::World;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The program under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_countersign-under-test");

/// The usual scene.
pub fn world() -> World {
    World::start(BINARY)
}

/// The usual scene with a phone.
pub fn world_with_phone() -> (World, Phone) {
    let world = world();
    let phone = world.phone();
    (world, phone)
}

/// A backup of a running server's database.
pub fn backup(world: &World) -> PathBuf {
    let path = world.server.data().join("../backup.db");
    let (done, _) = world.operate(&["backup", path.to_str().unwrap()]);
    assert!(done);
    path
}

/// Stops the server, restores, and starts it again.
pub fn restore(world: &mut World, from: &Path) -> Value {
    world.server.stop();
    let (done, said) = world.operate(&["restore", from.to_str().unwrap()]);
    assert!(done, "{said}");
    world.server.restart();
    said
}

/// A pending request and an open enrolment: what an approval, an operation and a pairing message need to be right.
pub struct Table {
    pub world: World,
    pub phone: Phone,
    pub sign_in: SignIn,
    pub request: Request,
    pub eid: String,
    invitation: Invitation,
    newcomer: Keys,
}

impl Table {
    pub fn set() -> Self {
        let (world, phone) = world_with_phone();
        let (sign_in, request) = world.ask(&phone);
        let other = world.service.add_account("boris@example.eu");
        let (eid, link) = world.service.enrolment(&other);
        let (invitation, newcomer) = (Invitation::read(&link), Keys::new());
        Self { world, phone, sign_in, request, eid, invitation, newcomer }
    }

    /// A right approval.
    pub fn approval(&self) -> Script {
        let payload = self.phone.approval(&self.request, self.sign_in.number());
        self.phone.answer_script(&payload)
    }

    /// A right operation that changes nothing.
    pub fn op(&self) -> Script {
        self.phone.op("self", &json!({})).ok();
        self.phone.op_script("self", &json!({}))
    }

    /// A right pairing message.
    pub fn enrolment(&self) -> Script {
        self.invitation.ready_script(&self.world.http(), &self.newcomer)
    }

    /// All three.
    pub fn all(&self) -> [Script; 3] {
        [self.approval(), self.op(), self.enrolment()]
    }

    /// Approval and operation: what a registered device key signs.
    pub fn registered(&self) -> [Script; 2] {
        [self.approval(), self.op()]
    }

    /// Approval and pairing message: what has a factor signature.
    pub fn with_factor(&self) -> [Script; 2] {
        [self.approval(), self.enrolment()]
    }

    /// Posts a body made of each script; each is refused, and nothing else happens.
    #[track_caller]
    pub fn refused(&self, scripts: &[Script], refusal: (u16, &str), make: impl Fn(&Script) -> Vec<u8>) {
        let watch = self.world.watch(&self.phone, &self.sign_in.tid);
        let before = self.world.service.enrolment_state(&self.eid);
        for script in scripts {
            script.post(&self.world.http(), make(script)).refused(refusal.0, refusal.1);
        }
        watch.unchanged();
        assert_eq!(self.world.service.enrolment_state(&self.eid), before);
    }

    /// What was refused before is accepted in its right form: the refusals had the one reason.
    #[track_caller]
    pub fn all_right(&self) {
        let http = self.world.http();
        for script in self.all() {
            let answer = script.send(&http);
            match script.typ {
                Typ::Enrol => drop(claim_of(&answer)),
                Typ::Response | Typ::Op => drop(answer.ok()),
            }
        }
        assert_eq!(self.world.service.state_name(&self.sign_in.tid), "approved");
    }
}
