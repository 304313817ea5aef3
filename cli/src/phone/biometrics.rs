//! `phone biometrics`: a key beside the PIN (A2). This phone has no sensor: it signs whenever it is asked.

use super::Session;
use super::arguments::Switch;
use crate::failure::{Failure, of_wait, of_wrong_pin};
use countersign_engine::Problem;
use countersign_engine::biometrics::{BiometricsState, SignatureRequest};
use serde_json::json;

impl Session<'_> {
    /// Turns biometrics on or off.
    pub(super) fn biometrics(&mut self, to: Switch, wanted: Option<&str>) -> Result<(), Failure> {
        let account = self.meant(wanted)?;
        if to == Switch::Off {
            self.auth.turn_off_biometrics(account)?;
            return self.sink.result("Biometrics are off.", &json!({"biometrics": false}));
        }
        let mut flow = self.auth.turn_on_biometrics(account)?;
        let pin = self.person.pin("PIN to turn on biometrics:")?.ok_or(Problem::PinIncomplete)?;
        let mut state = flow.submit(pin)?;
        if let BiometricsState::NeedsSignature(asked) = &state {
            let signature = self.signed(asked)?;
            state = flow.submit_signature(&signature)?;
        }
        match state {
            BiometricsState::On => self.sink.result("Biometrics are on.", &json!({"biometrics": true})),
            BiometricsState::WrongPin { left, .. } => Err(of_wrong_pin(left)),
            BiometricsState::Wait { retry_in } => Err(of_wait(retry_in)),
            _ => Err(Failure::of("biometrics_not_on")),
        }
    }

    /// What finger or face would give on a phone.
    pub(super) fn signed(&self, asked: &SignatureRequest) -> Result<Vec<u8>, Failure> {
        Ok(self.keys.sign(&asked.key, &asked.payload).map_err(Problem::from)?)
    }
}
