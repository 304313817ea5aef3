//! `phone code`: eight digits for a sign-in without network (S5).

use super::{Session, shown};
use crate::failure::Failure;
use countersign_engine::offline::{OfflineFlow, OfflineState};
use countersign_engine::{Entry, Problem, Scanned};
use serde_json::json;

impl Session<'_> {
    /// Shows the code for an offline QR.
    pub fn offline_code(&mut self, text: &str) -> Result<(), Failure> {
        match self.auth.open_code(text.as_bytes(), Entry::Scanner)? {
            Scanned::Offline(mut flow) => self.show_code(&mut flow),
            _ => Err(Failure::of("not_offline")),
        }
    }

    pub(super) fn show_code(&mut self, flow: &mut OfflineFlow) -> Result<(), Failure> {
        let request = flow.request();
        let place = request.geo.as_deref().unwrap_or("Unknown place");
        let shown = format!(
            "Sign in to {}?\n  Place    {place} (approximate)\n  User     {}\n  Account  {}",
            request.rp,
            request.usr,
            shown::name(&flow.account())
        );
        self.sink.remark(&shown);
        if flow.clock_differs() {
            self.sink.remark("The clock of this phone and the time in the code differ.");
        }
        let connected = match flow.probe()? {
            OfflineState::Ready => false,
            OfflineState::Connected => {
                self.go_on_connected()?;
                true
            }
            OfflineState::Over { state } => {
                let state = state.map_or("over", |state| state.as_str());
                let failure = Failure::of("transaction_decided").with("state", state.to_owned());
                return Err(failure.member("state", state));
            }
        };
        let pin = self.person.pin("PIN:")?.ok_or(Problem::PinIncomplete)?;
        let mut code = flow.code(pin)?;
        let left = code.left().as_secs();
        let digits = code.digits().unwrap_or_default();
        let text = format!("Type {} on the web page within {left} seconds.", shown::grouped(digits));
        self.sink.result(&text, &json!({"code": digits, "left": left, "connected": connected}))
    }

    /// A page that takes this phone for one without network may be somebody else's page.
    fn go_on_connected(&mut self) -> Result<(), Failure> {
        self.sink.remark("The page thinks that this phone has no network. It has one.");
        if self.person.agrees("Did you choose \"My phone has no network\" yourself?")? {
            Ok(())
        } else {
            Err(Failure::of("not_confirmed"))
        }
    }
}
