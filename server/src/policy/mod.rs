//! Every lifetime and limit in one place (3.9, 3.10). The lab changes them member by member.

pub mod chosen;
pub mod version;

use countersign_protocol::message::{Factor, Level, offer::AttestPolicy};
use serde::{Deserialize, Serialize};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// What an operator can set; JSON names are those of protocol 3.9.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Refused scans, per minute and address; 0 is off.
    pub scan_ip_min: u32,
    /// Typed pairing codes, per minute and address.
    pub typed_ip_min: u32,
    /// Other unauthenticated calls and bad device signatures, per minute and address.
    pub anon_ip_min: u32,
    /// Messages of a phone, per minute.
    pub msg_aid_min: u32,
    /// Seconds between lists while the app is open; kept by phones.
    pub list_gap: u32,
    /// Starts with a first factor or a recognised browser, per service and account in 10 minutes.
    pub signins_account_10min: u32,
    /// Phones of an account.
    pub phones_max: u32,
    /// Reports without signing in, per hour.
    pub report_hour: u32,
    /// Failed recovery codes, per day and account.
    pub recovery_day: u32,
    /// Wrong offline codes of everybody together, per hour; one more is an alarm and refuses nobody.
    pub codes_alarm_hour: u32,
    /// Unanswered wake-ups in 10 minutes.
    pub wakes_10min: u32,
    /// Unanswered wake-ups in a day.
    pub wakes_day: u32,
    /// Least protection of a phone's keys.
    pub min_level: Level,
    /// Allows a `min_level` above software although nothing proves it.
    pub level_unproven: bool,
    /// What is done with attestations.
    pub attest: AttestPolicy,
    /// Factors that may approve.
    pub factors: Vec<Factor>,
    /// Offline sign-in.
    pub offline: bool,
    /// Origins of push gateways.
    pub push_origins: Vec<String>,
    /// Least PIN length, kept by phones.
    pub pin_min: u32,
    /// Days until the PIN is asked for again instead of biometrics.
    pub bio_days: u32,
    /// Oldest app on Android.
    pub min_app_android: String,
    /// Oldest app on iOS.
    pub min_app_ios: String,
    /// Seconds that a session on the pages may lie idle; 0 is off.
    pub session_idle: u64,
    /// Seconds that a session on the pages lasts at the most.
    pub session_life: u64,
    /// Days that a browser stays recognised.
    pub recognise_days: u32,
    /// New accounts, per hour and address.
    pub signup_ip_hour: u32,
    /// Letters that anybody can have sent, per hour and address of a person.
    pub mail_address_hour: u32,
    /// The same per day.
    pub mail_address_day: u32,
    /// Seconds before a letter can be asked for again.
    pub resend_wait: u64,
    /// Passwords, per minute and address.
    pub password_ip_min: u32,
    /// Wrong passwords of an account in a row before each further one waits.
    pub password_free: u32,
    /// Wrong passwords, per hour and account.
    pub password_account_hour: u32,
    /// Live pages of one browser.
    pub sse_session: u32,
    /// Requests of one network (IPv6: /64) that may wait on pages at a time; 0 is off.
    pub sse_ip: u32,
    /// Days that sign-ins can be looked up.
    pub history_days: u32,
    /// Days in which the closing of an account can be undone.
    pub closing_days: u32,
    /// Seconds that an operator's session may lie idle.
    pub operator_idle: u64,
    /// Seconds that an operator's session lasts at the most.
    pub operator_life: u64,
    /// Lifetimes.
    pub lifetimes: Lifetimes,
    /// Limits of 3.9.1.
    pub limits: Limits,
}

/// Lifetimes in seconds (3.10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lifetimes {
    /// Enrolment.
    pub enrolment: u64,
    /// Enrolment that a phone asks for.
    pub new_enrolment: u64,
    /// Enrolment on one device: from its start to the claim, for its return to count.
    pub enrolment_return: u64,
    /// A phone that moved: from the start of the new one to the end of the old one.
    pub moved: u64,
    /// Approved link sign-in, until its return.
    pub link_return: u64,
    /// Proof of an account's own phone, after its completion.
    pub proof: u64,
    /// Between two unlocks of a phone.
    pub unlock: u64,
    /// Push sign-in.
    pub push: u64,
    /// QR sign-in before its claim.
    pub qr: u64,
    /// QR sign-in after its claim.
    pub claim: u64,
    /// Any sign-in in all.
    pub total: u64,
    /// Offline sign-in.
    pub offline: u64,
    /// Approved, not completed.
    pub complete: u64,
    /// Repeats of `complete`.
    pub complete_repeat: u64,
    /// One frame of a rotating QR.
    pub frame: u64,
    /// Frames that count besides the present one.
    pub frame_window: u32,
    /// Ticket of a scan.
    pub ticket: u64,
    /// Server nonce.
    pub nonce: u64,
    /// Attempt row after its transaction or nonce.
    pub attempt: u64,
    /// No wake-ups after "it wasn't me".
    pub quiet: u64,
    /// Link that makes an account.
    pub signup: u64,
    /// Link to another password.
    pub reset: u64,
    /// Link that proves an address.
    pub address: u64,
    /// From a service to its ticket.
    pub arrival: u64,
    /// Ticket for a service.
    pub ticket_out: u64,
    /// How old a sign-in may be for what asks for a fresh one.
    pub fresh: u64,
}

/// Limits of 3.9.1 and 3.5.1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Wrong PINs in a row.
    pub pin_max: u32,
    /// Wrong offline codes in a row.
    pub off_max: u32,
    /// Seconds after the third failure.
    pub wait_third: u64,
    /// Seconds after the fourth.
    pub wait_fourth: u64,
    /// Seconds of the long window.
    pub window_secs: i64,
    /// Failures in the long window.
    pub window_fails: u32,
    /// Wrong numbers in a row, per account.
    pub num_max: u32,
    /// Wrong numbers on one sign-in.
    pub num_tries: u32,
    /// Wrong biometric signatures in a row.
    pub bio_max: u32,
    /// Approvals by biometrics until the PIN is asked for again.
    pub bio_uses: u32,
    /// Wrong codes on one sign-in.
    pub code_tries: u32,
    /// Wrong confirm codes on one enrolment.
    pub confirm_tries: u32,
    /// Living tickets of one sign-in.
    pub tickets: u32,
    /// Scans that are remembered for one frame.
    pub scans: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            scan_ip_min: 120,
            typed_ip_min: 5,
            anon_ip_min: 60,
            msg_aid_min: 60,
            list_gap: 5,
            signins_account_10min: 10,
            phones_max: 5,
            report_hour: 5,
            recovery_day: 5,
            codes_alarm_hour: 100,
            wakes_10min: 3,
            wakes_day: 10,
            min_level: Level::Software,
            level_unproven: false,
            attest: AttestPolicy::Off,
            factors: vec![Factor::Pin, Factor::Bio],
            offline: true,
            push_origins: vec!["https://push.countersign.example".to_owned()],
            pin_min: 4,
            bio_days: 14,
            min_app_android: "0.1.0".to_owned(),
            min_app_ios: "0.1.0".to_owned(),
            session_idle: 3600,
            session_life: 43_200,
            recognise_days: 182,
            signup_ip_hour: 10,
            mail_address_hour: 3,
            mail_address_day: 6,
            resend_wait: 60,
            password_ip_min: 10,
            password_free: 5,
            password_account_hour: 20,
            sse_session: 4,
            sse_ip: 500,
            history_days: 182,
            closing_days: 14,
            operator_idle: 900,
            operator_life: 14_400,
            lifetimes: Lifetimes::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            enrolment: 300,
            new_enrolment: 600,
            enrolment_return: 120,
            moved: 86_400,
            link_return: 60,
            proof: 600,
            unlock: 86_400,
            push: 180,
            qr: 180,
            claim: 120,
            total: 300,
            offline: 300,
            complete: 300,
            complete_repeat: 60,
            frame: 3,
            frame_window: 3,
            ticket: 60,
            nonce: 300,
            attempt: 600,
            quiet: 3600,
            signup: 86_400,
            reset: 3600,
            address: 86_400,
            arrival: 1800,
            ticket_out: 60,
            fresh: 300,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pin_max: 5,
            off_max: 5,
            wait_third: 60,
            wait_fourth: 300,
            window_secs: 2_592_000,
            window_fails: 25,
            num_max: 10,
            num_tries: 3,
            bio_max: 5,
            bio_uses: 50,
            code_tries: 3,
            confirm_tries: 3,
            tickets: 5,
            scans: 64,
        }
    }
}

impl Policy {
    /// The defaults with the limits of 3.9.2 switched off: a lab sets those that it wants.
    pub fn for_lab() -> Self {
        Self {
            scan_ip_min: 0,
            typed_ip_min: 0,
            anon_ip_min: 0,
            msg_aid_min: 0,
            list_gap: 0,
            signins_account_10min: 0,
            phones_max: 0,
            report_hour: 0,
            recovery_day: 0,
            codes_alarm_hour: 0,
            wakes_10min: 0,
            wakes_day: 0,
            signup_ip_hour: 0,
            mail_address_hour: 0,
            mail_address_day: 0,
            resend_wait: 0,
            password_ip_min: 0,
            password_free: 0,
            password_account_hour: 0,
            sse_session: 0,
            sse_ip: 0,
            ..Self::default()
        }
    }

    /// Seconds that a browser stays recognised.
    pub fn recognised_for(&self) -> u64 {
        u64::from(self.recognise_days) * DAY
    }

    /// Seconds that sign-ins can be looked up.
    pub fn looked_up_for(&self) -> u64 {
        u64::from(self.history_days) * DAY
    }

    /// Seconds in which the closing of an account can be undone.
    pub fn closing_for(&self) -> u64 {
        u64::from(self.closing_days) * DAY
    }

    /// A least level that nothing proves would be a promise that nobody keeps (3.9.2).
    pub fn is_consistent(&self) -> bool {
        self.min_level.rank() == 0 || self.attest == AttestPolicy::Enforce || self.level_unproven
    }
}
