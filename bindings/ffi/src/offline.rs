//! A sign-in without network (S5).

use crate::account::Account;
use crate::pin::PinEntry;
use crate::problem::Problem;
use crate::turn::Turn;
use countersign_engine::offline as inner;
use countersign_protocol::answer::SignInState as ServerState;
use std::sync::Arc;
use std::time::Duration;

/// One offline sign-in.
#[derive(uniffi::Object)]
pub struct OfflineFlow(Turn<inner::OfflineFlow>);

/// A code that is being shown.
#[derive(uniffi::Object)]
pub struct ShownCode(Turn<inner::ShownCode>);

/// What is shown before the PIN.
#[derive(uniffi::Record)]
pub struct OfflineRequest {
    /// Names the sign-in.
    pub tid: String,
    /// The account that it is for.
    pub account: Account,
    /// Name of the service.
    pub client: String,
    /// Place of the browser, if it is known.
    pub place: Option<String>,
    /// The user as the page names them, masked.
    pub user: String,
    /// Whether this phone's clock says that the code is over or not yet made: warn, no more.
    pub clock_differs: bool,
}

/// Whether the phone is offline, as the page says.
#[derive(uniffi::Enum)]
pub enum OfflineState {
    /// No network, as the page says: ask for the PIN.
    Ready,
    /// There is a network: "This page thinks your phone is offline. It is not." Offer `report` before the PIN.
    Connected,
    /// There is a network, and the sign-in is not waiting: no code.
    Over { state: Option<ServerState> },
}

#[uniffi::export]
impl OfflineFlow {
    /// What is shown.
    pub fn request(&self) -> Result<OfflineRequest, Problem> {
        self.0.with(|flow| Ok::<_, Problem>(shown(flow)))
    }

    /// Tries to reach the server and asks for the sign-in's state.
    pub fn probe(&self) -> Result<OfflineState, Problem> {
        self.0.with(|flow| flow.probe().map(Into::into))
    }

    /// "It wasn't me": only with a network.
    pub fn report(&self) -> Result<(), Problem> {
        self.0.with(inner::OfflineFlow::report)
    }

    /// Computes the code. The entry is wiped. A wrong PIN gives a wrong code; nobody can tell here.
    pub fn code(&self, pin: Arc<PinEntry>) -> Result<ShownCode, Problem> {
        let pin = pin.take();
        self.0.with(|flow| flow.code(pin)).map(|code| ShownCode(Turn::new(code)))
    }
}

#[uniffi::export]
impl ShownCode {
    /// The eight digits, as long as they may be shown.
    pub fn digits(&self) -> Result<Option<String>, Problem> {
        self.0.with(|code| Ok::<_, Problem>(code.digits().map(str::to_owned)))
    }

    /// Time left.
    pub fn left(&self) -> Result<Duration, Problem> {
        self.0.with(|code| Ok::<_, Problem>(code.left()))
    }

    /// Wipes the digits at once.
    pub fn hide(&self) -> Result<(), Problem> {
        self.0.with(|code| {
            code.hide();
            Ok::<_, Problem>(())
        })
    }
}

impl OfflineFlow {
    pub(crate) const fn new(flow: inner::OfflineFlow) -> Self {
        Self(Turn::new(flow))
    }
}

fn shown(flow: &inner::OfflineFlow) -> OfflineRequest {
    let request = flow.request();
    OfflineRequest {
        tid: request.tid.to_string(),
        account: flow.account().into(),
        client: request.rp.clone(),
        place: request.geo.clone(),
        user: request.usr.clone(),
        clock_differs: flow.clock_differs(),
    }
}

impl From<inner::OfflineState> for OfflineState {
    fn from(state: inner::OfflineState) -> Self {
        match state {
            inner::OfflineState::Ready => Self::Ready,
            inner::OfflineState::Connected => Self::Connected,
            inner::OfflineState::Over { state } => Self::Over { state },
        }
    }
}
