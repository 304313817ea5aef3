//! Small parts that several pages share: where a form goes, what is counted down, what is waited for.

use countersign_protocol::time::Time;

/// Where a form posts to. Every form carries the token in a hidden field `csrf`.
#[derive(Clone)]
pub struct Post {
    /// Same-origin path, for instance `/sign-in/cancel`.
    pub action: String,
    /// The CSRF token of this browser's session.
    pub csrf: String,
}

impl Post {
    /// A form to `action` with the token `csrf`.
    pub fn new(action: impl Into<String>, csrf: impl Into<String>) -> Post {
        Post { action: action.into(), csrf: csrf.into() }
    }
}

/// The service a person wants to reach: the card "You want to access".
#[derive(Clone)]
pub struct Target {
    /// Name from the server's registry.
    pub service: String,
    /// Host as people read it, for instance `grants.example.eu`.
    pub website: String,
    /// What it asks for.
    pub level: TargetLevel,
    /// Whether it is told the names.
    pub names: bool,
    /// Whether it is told the e-mail address.
    pub email: bool,
    /// Where it takes somebody who goes back without signing in.
    pub back: String,
}

/// The level that a service asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TargetLevel {
    /// One factor is enough.
    Basic,
    /// Two factors.
    Strong,
    /// Two factors, and no code that could be passed on.
    Approved,
}

impl TargetLevel {
    pub(super) fn words(self) -> &'static str {
        match self {
            TargetLevel::Basic => "target.basic",
            TargetLevel::Strong => "target.strong",
            TargetLevel::Approved => "target.approved",
        }
    }
}

impl Target {
    pub(super) fn level_text(&self) -> &'static str {
        self.level.words()
    }

    pub(super) fn told_text(&self) -> &'static str {
        match (self.names, self.email) {
            (true, true) => "target.names_email",
            (true, false) => "target.names",
            (false, true) => "target.email",
            (false, false) => "target.nothing",
        }
    }
}

/// Time that runs out while the page is open, in seconds.
#[derive(Clone, Copy)]
pub struct Countdown {
    /// What is left when the page is drawn.
    pub left_s: u32,
    /// The whole life of what runs out; the ring is full at this value.
    pub total_s: u32,
}

impl Countdown {
    /// "2:41".
    pub(super) fn clock(&self) -> String {
        format!("{}:{:02}", self.left_s / 60, self.left_s % 60)
    }

    /// How much of the ring is drawn, 0 to 100.
    pub(super) fn share(&self) -> u32 {
        let left = u64::from(self.left_s.min(self.total_s)) * 100;
        left.checked_div(u64::from(self.total_s)).and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
    }
}

/// What `wait.js` asks for, and where a browser without scripts looks.
#[derive(Clone)]
pub struct Wait {
    /// Same-origin path that answers `{"state":"…","next":"/…"?}`, as late as it likes (long poll).
    pub poll: String,
    /// Same-origin path of a stream of the same as events, where there is one.
    pub events: Option<String>,
    /// The state drawn here; the page is left as soon as `poll` names another one.
    pub state: String,
    /// The page's own path for GET: "Check now", and where the script goes when the state has changed.
    pub check: String,
}

/// A field with text, as it is drawn.
pub(super) struct TextField<'a> {
    /// Its id and its name in the form.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// A sentence below its name.
    pub hint: Option<&'static str>,
    /// Value of `autocomplete`.
    pub complete: &'static str,
    /// Value of `inputmode`.
    pub mode: &'static str,
    /// Most characters.
    pub most: u16,
    /// What stands in it.
    pub value: &'a str,
    /// What is wrong with it.
    pub error: Option<&'static str>,
}

/// A point in time for `<time>`; [`super::Page`] puts it into words.
#[derive(Clone, Copy)]
pub struct Moment {
    /// The point.
    pub at: Time,
    /// When the page is drawn.
    pub now: Time,
}

/// Where a button of a next step leads.
#[derive(Clone)]
pub enum Go {
    /// A form: whatever changes something.
    Post(Post),
    /// A link: whatever only shows something, or leaves for the service (a form could not: `form-action`).
    Link(String),
}

/// A next step: every end has at least one (look.md §1 rule 6).
#[derive(Clone)]
pub struct Next {
    /// What the button says.
    pub step: Step,
    /// Where it leads.
    pub go: Go,
}

impl Next {
    /// A button that posts.
    pub fn post(step: Step, post: Post) -> Next {
        Next { step, go: Go::Post(post) }
    }

    /// A button that is a link.
    pub fn link(step: Step, path: impl Into<String>) -> Next {
        Next { step, go: Go::Link(path.into()) }
    }
}

/// The words of a next step.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// "Continue" to the service.
    Continue,
    /// "Cancel" what is still waiting.
    Cancel,
    /// "Start again" from the identifier.
    StartAgain,
    /// "Send a new request" by the same way.
    NewRequest,
    /// "Show a new code": a new QR code, for a sign-in or a pairing.
    NewCode,
    /// "Use another key": back to the choice.
    OtherKey,
    /// "Back to {service}"; needs the page's target, else it names the server.
    BackToService,
    /// "Add a phone".
    AddPhone,
    /// "My account" (the done page).
    Account,
    /// "Go to sign in".
    SignIn,
    /// "Sign in once more" to go on.
    SignInAgain,
    /// "Try again" the same address.
    Retry,
    /// "Get help".
    GetHelp,
}

impl Step {
    /// Key of the words and name of the icon.
    pub(super) fn face(self) -> (&'static str, &'static str) {
        match self {
            Step::Continue => ("step.continue", "forward"),
            Step::Cancel => ("way.cancel", "close"),
            Step::StartAgain => ("step.start_again", "again"),
            Step::NewRequest => ("step.new_request", "again"),
            Step::NewCode => ("step.new_code", "qr"),
            Step::OtherKey => ("way.other_key", "key"),
            Step::BackToService => ("step.back", "back"),
            Step::AddPhone => ("me.add_phone", "add"),
            Step::Account => ("step.account", "forward"),
            Step::SignIn => ("step.sign_in", "forward"),
            Step::SignInAgain => ("step.sign_in_again", "forward"),
            Step::Retry => ("step.retry", "again"),
            Step::GetHelp => ("step.get_help", "question"),
        }
    }

    /// Whether it may be the filled button; ways out and ways round never are.
    pub(super) fn may_lead(self) -> bool {
        !matches!(
            self,
            Step::Cancel | Step::OtherKey | Step::BackToService | Step::StartAgain | Step::GetHelp
        )
    }
}
