//! Every page in every state, with values as they really occur, or with hostile ones.

use crate::pages::view as v;
use v::{Countdown, Go, Moment, Next, Outcome, Page, Post, Problem, Step, Target, Wait};

/// The strings that come from outside.
pub struct Words {
    pub server: &'static str,
    pub service: &'static str,
    pub account: &'static str,
    pub phone: &'static str,
}

pub const PLAIN: Words = Words {
    server: "Example ID",
    service: "Grants Portal",
    account: "anna.keller@example.eu",
    phone: "Pixel 9, Android 17",
};

/// What an attacker would like to see drawn as markup, or as a placeholder of the catalogue.
pub const HOSTILE: Words = Words {
    server: r#"<script>a()</script>"#,
    service: r#"{server}"><img src=x onerror="a()">"#,
    account: r#"'" autofocus onfocus='a()'@example.eu"#,
    phone: r#"</bdi><style>*{color:red}</style>"#,
};

/// Pages by the name of their file.
pub type Drawn = Vec<(String, String)>;

/// Draws all pages.
pub fn draw(w: &Words) -> Drawn {
    let mut all = Vec::new();
    starts(w, &mut all);
    waits(w, &mut all);
    pairing(w, &mut all);
    ends(w, &mut all);
    outcomes(w, &mut all);
    problems(w, &mut all);
    all
}

fn post(action: &str) -> Post {
    Post::new(action, "t0ken-of-this-browser")
}

fn target(w: &Words) -> Option<Target> {
    Some(Target { service: w.service.into(), website: "grants.example.eu".into() })
}

fn wait(state: &str) -> Wait {
    Wait { poll: "/wait/poll".into(), state: state.into(), check: "/sign-in/wait".into() }
}

fn moment() -> Moment {
    Moment { machine: "2026-11-22T14:21:00Z".into(), shown: "Today at 14:21".into() }
}

fn add(all: &mut Drawn, name: &str, html: Result<String, askama::Error>) {
    all.push((name.to_owned(), html.expect("templates render")));
}

fn starts(w: &Words, all: &mut Drawn) {
    let mut sign_in = v::SignInPage {
        page: Page::new(w.server),
        target: target(w),
        submit: post("/sign-in"),
        qr: Some(post("/sign-in/qr")),
        identifier: String::new(),
        remember: false,
        error: None,
    };
    add(all, "sign-in", sign_in.render());
    sign_in.error = Some(v::IdentifierError::Missing);
    sign_in.target = None;
    sign_in.qr = None;
    add(all, "sign-in-missing", sign_in.render());
    sign_in.error = Some(v::IdentifierError::NotAnAddress);
    sign_in.identifier = w.account.into();
    sign_in.remember = true;
    add(all, "sign-in-not-address", sign_in.render());

    let way = |kind, last_used| v::Way { kind, post: post("/sign-in/way"), last_used };
    let mut keys = v::KeysPage {
        page: Page::new(w.server),
        target: target(w),
        identifier: w.account.into(),
        not_you: post("/sign-in/forget"),
        ways: vec![
            way(v::WayKind::Number, true),
            way(v::WayKind::Qr, false),
            way(v::WayKind::Here, false),
            way(v::WayKind::Offline, false),
        ],
    };
    add(all, "keys", keys.render());
    keys.ways.clear();
    add(all, "keys-none", keys.render());
}

fn waits(w: &Words, all: &mut Drawn) {
    let number = v::NumberPage {
        page: Page::new(w.server),
        target: target(w),
        number: "483920".into(),
        countdown: Countdown { left_s: 161, total_s: 180 },
        wait: wait("pending"),
        cancel: post("/sign-in/cancel"),
        other_key: post("/sign-in/keys"),
        offline: Some(post("/sign-in/offline")),
    };
    add(all, "number", number.render());
    let qr = v::QrPage {
        page: Page::new(w.server),
        target: target(w),
        image: "/qr.svg".into(),
        frames: "/wait/frame".into(),
        next_in_ms: 3000,
        countdown: Countdown { left_s: 61, total_s: 180 },
        wait: wait("created"),
        cancel: post("/sign-in/cancel"),
        number: Some(post("/sign-in/number")),
        offline: Some(post("/sign-in/offline")),
        here: post("/sign-in/here"),
        other_key: post("/sign-in/keys"),
    };
    add(all, "qr", qr.render());
    here(w, all);
    offline(w, all);
}

fn here(w: &Words, all: &mut Drawn) {
    for (name, purpose) in [("here-sign-in", v::HerePurpose::SignIn), ("here-pair", v::HerePurpose::Pair)] {
        let here = v::HerePage {
            page: Page::new(w.server),
            target: target(w),
            purpose,
            link: "https://id.example.eu/a/l#AxQUFBQUFBQUFBQUFBQUFBQ".into(),
            countdown: Countdown { left_s: 120, total_s: 180 },
            wait: wait("created"),
            cancel: post("/sign-in/cancel"),
        };
        add(all, name, here.render());
    }
    let returned = v::ReturnedPage {
        page: Page::new(w.server),
        phone: w.phone.into(),
        confirm: post("/me/phones/returned"),
        not_mine: post("/me/phones/cancel"),
    };
    add(all, "returned", returned.render());
    for (name, sent) in [("report", false), ("report-sent", true)] {
        let report = v::ReportPage { page: Page::new(w.server), submit: post("/report"), sent };
        add(all, name, report.render());
    }
    let mail = v::ReportMailPage {
        page: Page::new(w.server),
        service: w.service.into(),
        code: "E8AP-QNR1".into(),
        submit: post("/report/link"),
    };
    add(all, "report-mail", mail.render());
    let undo = v::UndoPage { page: Page::new(w.server), phone: w.phone.into(), submit: post("/undo/link") };
    add(all, "undo", undo.render());
}

fn offline(w: &Words, all: &mut Drawn) {
    let mut offline = v::OfflinePage {
        page: Page::new(w.server),
        target: target(w),
        image: "/qr-offline.svg".into(),
        submit: post("/sign-in/code"),
        tries_left: 3,
        error: None,
        countdown: Countdown { left_s: 260, total_s: 300 },
        wait: wait("pending"),
        number: Some(post("/sign-in/number")),
        other_key: post("/sign-in/keys"),
        cancel: post("/sign-in/cancel"),
    };
    add(all, "offline", offline.render());
    offline.tries_left = 1;
    offline.error = Some(v::OfflineError::Wrong);
    add(all, "offline-wrong", offline.render());
    offline.error = Some(v::OfflineError::Incomplete);
    add(all, "offline-incomplete", offline.render());
    offline.error = Some(v::OfflineError::WaitUntil("14:32".into()));
    add(all, "offline-wait", offline.render());
}

fn pairing(w: &Words, all: &mut Drawn) {
    let page = Page::new(w.server).signed_in(w.account, post("/sign-out"));
    let scan = v::AddPhonePage {
        page: page.clone(),
        image: "/qr.svg".into(),
        link: format!("https://id.example.eu/a/e#{}", "AQID".repeat(22)),
        here: Some(post("/me/phones/here")),
        countdown: Countdown { left_s: 276, total_s: 300 },
        wait: wait("open"),
        cancel: post("/me/phones/cancel"),
    };
    add(all, "add-phone", scan.render());
    let mut code = v::ConfirmPhonePage {
        page,
        phone: w.phone.into(),
        submit: post("/me/phones/confirm"),
        not_mine: post("/me/phones/cancel"),
        tries_left: 3,
        error: None,
        contested: false,
        countdown: Countdown { left_s: 238, total_s: 300 },
        wait: wait("claimed"),
    };
    add(all, "confirm-phone", code.render());
    code.contested = true;
    code.tries_left = 2;
    code.error = Some(v::CodeError::Wrong);
    add(all, "confirm-phone-wrong", code.render());
    code.error = Some(v::CodeError::Incomplete);
    add(all, "confirm-phone-incomplete", code.render());
}

fn ends(w: &Words, all: &mut Drawn) {
    let confirm = v::ConfirmAccountPage {
        page: Page::new(w.server),
        target: target(w),
        account: "a***@example.eu".into(),
        confirm: post("/sign-in/confirm"),
        refuse: post("/sign-in/refuse"),
    };
    add(all, "confirm-account", confirm.render());
    for (name, first) in [("start", true), ("start-again", false)] {
        let (page, begin) = (Page::new(w.server), post("/start/once"));
        let start = v::StartPage { page, first, account: "a***@example.eu".into(), begin };
        add(all, name, start.render());
    }
    let mut done = v::DonePage {
        page: Page::new(w.server),
        service: w.service.into(),
        account: w.account.into(),
        at: moment(),
        code: "E8AP-QNR1".into(),
        sign_out: post("/sign-out"),
        add_phone: Some(v::AddPhoneLink::Get("/me/phones/add".into())),
    };
    add(all, "done", done.render());
    done.add_phone = Some(v::AddPhoneLink::Post(post("/me/phones/add")));
    add(all, "done-post", done.render());
    let mut help = v::HelpPage { page: Page::new(w.server), opened_code: false };
    add(all, "help", help.render());
    help.opened_code = true;
    add(all, "help-code", help.render());
}

fn outcomes(w: &Words, all: &mut Drawn) {
    let cases = [
        ("claimed", Outcome::Claimed, vec![Step::Cancel]),
        ("approved", Outcome::Approved, vec![Step::Continue]),
        ("denied", Outcome::Denied, vec![Step::StartAgain, Step::OtherKey]),
        ("reported", Outcome::Reported, vec![Step::BackToService]),
        ("numbers", Outcome::FailedNumbers, vec![Step::NewRequest, Step::OtherKey]),
        ("codes", Outcome::FailedCodes, vec![Step::NewCode, Step::OtherKey]),
        ("expired", Outcome::Expired, vec![Step::NewRequest, Step::OtherKey]),
        ("cancelled", Outcome::Cancelled, vec![Step::StartAgain, Step::BackToService]),
        ("locked", Outcome::Locked("14:32".into()), vec![Step::OtherKey]),
        ("unavailable", Outcome::Unavailable, vec![Step::OtherKey, Step::GetHelp]),
        ("connect", Outcome::ConnectFirst, vec![Step::OtherKey]),
        ("rejected", Outcome::Rejected, vec![Step::NewCode, Step::SignIn]),
        ("paired", Outcome::Paired(w.phone.into()), vec![Step::Account]),
        ("pair-expired", Outcome::PairingExpired, vec![Step::NewCode, Step::Account]),
        ("pair-stopped", Outcome::PairingStopped, vec![Step::NewCode, Step::Account]),
        ("pair-failed", Outcome::PairingFailed, vec![Step::NewCode, Step::Account]),
        ("return", Outcome::ReturnRefused, vec![Step::SignIn]),
        ("mail-report", Outcome::ReportedByMail, vec![Step::SignIn]),
        ("removed", Outcome::PhoneRemoved, vec![Step::SignIn]),
    ];
    for (name, outcome, steps) in cases {
        let waits = matches!(outcome, Outcome::Claimed);
        let state = v::StatePage {
            page: Page::new(w.server),
            target: target(w),
            countdown: waits.then_some(Countdown { left_s: 35, total_s: 120 }),
            wait: waits.then(|| wait("claimed")),
            outcome,
            next: steps.into_iter().map(|step| Next { step, go: Go::Post(post("/sign-in/next")) }).collect(),
        };
        add(all, &format!("state-{name}"), state.render());
    }
}

fn problems(w: &Words, all: &mut Drawn) {
    let cases = [
        ("not-found", Problem::NotFound, Step::SignIn),
        ("gone", Problem::Gone, Step::SignIn),
        ("form", Problem::FormTooOld, Step::Retry),
        ("malformed", Problem::Malformed, Step::SignIn),
        ("limited", Problem::TooMany(30), Step::Retry),
        ("unavailable", Problem::Unavailable, Step::Retry),
    ];
    for (name, problem, step) in cases {
        let page = v::ProblemPage {
            page: Page::new(w.server),
            problem,
            next: vec![Next::link(step, "/"), Next::link(Step::GetHelp, "/help")],
            support: Some(v::Support { number: "4F1C-22A9".into(), at: moment() }),
        };
        add(all, &format!("problem-{name}"), page.render());
    }
}
