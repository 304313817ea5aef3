//! What a phone refuses to open or to show, and what it does not believe: sections 4.3 to 4.6.

use crate::lab::{Fault, Lab, answers, key};
use crate::phone::{ANNA, ISS, PIN, Phone, number, pin};
use countersign_engine::account::AccountState;
use countersign_engine::port::Reply;
use countersign_engine::problem::{MessageDefect, NoticeView};
use countersign_engine::{AccountId, Entry, Problem};
use countersign_protocol::id::{Aid, Thumbprint};
use countersign_protocol::keyset::MessageFault;
use countersign_protocol::message::notice::{Notice, NoticeState, NoticeWhy};
use countersign_protocol::message::request::Request;
use countersign_protocol::message::{Confirmation, Flow};
use countersign_protocol::problem::Code;

/// What becomes of a listed request after `edit`.
fn refusal(edit: impl FnOnce(&mut Request)) -> Problem {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| server.start_push(ANNA, edit));
    let mut inbox = phone.auth.requests().unwrap();
    assert!(inbox.requests.is_empty(), "shown");
    inbox.silent.remove(0).problem
}

fn malformed() -> Problem {
    MessageDefect::Jose(MessageFault::Malformed).into()
}

#[test]
fn n71_requests_that_break_a_rule_are_refused_whole_with_a_code_for_support() {
    let other = refusal(|request| request.aud = Aid::from_bytes([9; 16]));
    assert_eq!(other, MessageDefect::OtherPhone.into());
    assert_eq!(refusal(|request| request.exp = request.iat.plus(601)), malformed());
    assert_eq!(refusal(|request| request.exp = request.iat), malformed());
    assert_eq!(refusal(|request| request.client.name = "Grants\u{202e}Portal".to_owned()), malformed());
    assert_eq!(refusal(|request| request.txt[0].t = "EUR\u{200b}120".to_owned()), malformed());
    assert_eq!(refusal(|request| request.client.name = "x".repeat(41)), malformed());
    let early = refusal(|request| request.iat = request.iat.minus(2000));
    assert!(matches!(early, Problem::MessageRefused { .. }));
    assert_eq!(refusal(|request| request.flow = Flow::Scan), MessageDefect::OtherFlow.into());
    assert_eq!(refusal(|request| request.head.v = 2), malformed());
}

#[test]
fn n71_a_request_under_an_unknown_key_is_refused_after_one_look_for_newer_keys() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    lab.at(ISS, |server| {
        server.keys.sign_kid = "s9".to_owned();
        server.start_push(ANNA, |_| ())
    });
    let inbox = phone.auth.requests().unwrap();
    assert!(inbox.requests.is_empty());
    assert_eq!(inbox.silent[0].problem, MessageDefect::Jose(MessageFault::UnknownKey).into());
    let fetches = lab.paths().iter().filter(|path| path.contains("map-keyset")).count();
    assert_eq!(fetches, 1);
}

#[test]
fn a_list_of_more_than_three_is_refused_whole_and_one_of_three_causes_one_look_for_newer_keys() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let text = lab.at(ISS, |server| {
        server.keys.sign_kid = "s9".to_owned();
        let tid = server.start_push(ANNA, |_| ());
        server.sign_ins[&tid].request.as_ref().unwrap().1.clone()
    });
    for (count, fault, fetches) in
        [(3, MessageFault::UnknownKey, 1), (4, MessageFault::Malformed, 0), (100, MessageFault::Malformed, 0)]
    {
        let list = answers::signed_json(&serde_json::json!({"requests": vec![&text; count]}));
        lab.next([Fault::Instead(Reply { date: Some(lab.now()), ..list })]);
        let silent = phone.auth.requests().unwrap().silent;
        assert!(silent.iter().all(|silent| silent.problem == MessageDefect::Jose(fault).into()), "{count}");
        assert_eq!(silent.len(), if count > 3 { 1 } else { count });
        let seen = lab.paths().iter().filter(|path| path.contains("map-keyset")).count();
        assert_eq!(seen, fetches, "{count}");
    }
}

#[test]
fn n71_a_request_outside_the_life_of_its_key_is_refused() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    phone.pass(31_536_000);
    lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let inbox = phone.auth.requests().unwrap();
    assert!(inbox.requests.is_empty());
    assert!(matches!(inbox.silent[0].problem, Problem::MessageRefused { .. }));
}

#[test]
fn n91_return_addresses_of_wrong_form_or_origin_are_refused() {
    for bad in ["http://grants.example.eu/back", "https://grants.example.eu/back?x=1", "https://a.eu/#f"] {
        let problem = refusal(|request| {
            request.flow = Flow::Link;
            request.ret = Some(bad.to_owned());
        });
        assert_eq!(problem, malformed(), "{bad}");
    }
    for elsewhere in ["https://evil.example/back", "http://127.0.0.1:8080/back"] {
        let problem = refusal(|request| {
            request.flow = Flow::Link;
            request.ret = Some(elsewhere.to_owned());
        });
        assert!(matches!(problem, Problem::MessageRefused { .. }), "{elsewhere}");
    }
    let unasked = refusal(|request| request.ret = Some("https://grants.example.eu/back".to_owned()));
    assert_eq!(unasked, malformed(), "a return address belongs to a link");
}

#[test]
fn n84_n85_links_do_not_do_a_scans_work_nor_scans_a_links() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, frame) = lab.at(ISS, |server| server.start_qr(None));
    let link = lab.at(ISS, |server| {
        let handle = countersign_protocol::secret::Handle::from_bytes([5; 16]);
        countersign_protocol::qr::link_text(&server.iss, &handle)
    });
    let pairing = lab.at(ISS, |server| server.start_pairing(ANNA));
    let open = |text: &str, entry| phone.auth.open_code(text.as_bytes(), entry).err();
    assert_eq!(open(&frame, Entry::System), Some(Problem::ScanRequired));
    assert_eq!(open(&pairing, Entry::System), Some(Problem::ScanRequired));
    assert_eq!(open(&frame, Entry::Pasted), Some(Problem::EntryNotAllowed));
    assert_eq!(open(&link, Entry::Scanner), Some(Problem::EntryNotAllowed));
    assert_eq!(open(&link, Entry::Pasted), Some(Problem::EntryNotAllowed));
    let same_device = format!("{}B", &pairing[..pairing.len() - 1]);
    assert_eq!(open(&same_device, Entry::Pasted), Some(Problem::EntryNotAllowed));
    assert_eq!(open(&same_device, Entry::Scanner), Some(Problem::EntryNotAllowed));
    assert!(lab.seen().is_empty());
}

#[test]
fn n86_other_authorities_cause_no_traffic() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, frame) = lab.at(ISS, |server| server.start_qr(None));
    let data = frame.strip_prefix(ISS).unwrap();
    for (iss, problem) in [
        ("https://id.example.com", Problem::UnknownService),
        ("https://xn--d-example-q1a.eu", Problem::UnknownService),
        ("https://id.example.eu:8443", Problem::UnknownService),
        ("https://anna@id.example.eu", Problem::BadQr),
        ("HTTPS://id.example.eu", Problem::BadQr),
        ("http://id.example.eu", Problem::BadQr),
        ("https://id.example.eu:443", Problem::BadQr),
    ] {
        let refused = phone.auth.open_code(format!("{iss}{data}").as_bytes(), Entry::Scanner).err();
        assert_eq!(refused, Some(problem), "{iss}");
    }
    assert!(lab.seen().is_empty());
}

#[test]
fn n87_what_is_no_code_is_refused_without_traffic() {
    let lab = Lab::with_server(ISS);
    let (phone, _) = Phone::paired(&lab);
    let (_, frame) = lab.at(ISS, |server| server.start_qr(None));
    let cut = &frame[..frame.len() - 1];
    let longer = format!("{frame}AA");
    let letter = frame.replace("/a/s#", "/a/e#");
    let version = frame.replace("/a/s#Ag", "/a/s#BA");
    let huge = format!("{ISS}/a/o#{}", "A".repeat(3000));
    for bad in [cut, &longer, &letter, &version, &huge, "hello", ""] {
        assert_eq!(phone.auth.open_code(bad.as_bytes(), Entry::Scanner).err(), Some(Problem::BadQr), "{bad}");
    }
    assert_eq!(phone.auth.open_code(&[0xff, 0, 0x80], Entry::Scanner).err(), Some(Problem::BadQr));
    assert!(lab.seen().is_empty());
}

/// The phone's answer to a refusal that carries `notice`.
fn told(code: Code, make: impl FnOnce(&mut Notice)) -> (Problem, bool) {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let text = lab.at(ISS, |server| {
        let known = server.phones[0].clone();
        let mut notice = Notice {
            head: server.head(),
            iat: server.now,
            aud: known.aid,
            cnf: Confirmation { jkt: known.device.thumbprint() },
            state: if code == Code::AuthenticatorLocked { NoticeState::Locked } else { NoticeState::Revoked },
            why: NoticeWhy::Web,
            at: server.now,
        };
        make(&mut notice);
        server.jws("map-notice+jws", &notice)
    });
    let reply = answers::problem_with(code, |members| members.notice = Some(text));
    outcome(&lab, &phone, account, reply)
}

/// The problem that a list meets, and whether the account may then be deleted.
fn outcome(lab: &Lab, phone: &Phone, account: AccountId, reply: Reply) -> (Problem, bool) {
    lab.next([Fault::Instead(reply)]);
    let problem = phone.auth.requests().unwrap().silent.remove(0).problem;
    let removed = matches!(phone.auth.accounts().unwrap()[0].state, AccountState::Removed { .. });
    assert_eq!(phone.auth.forget(account).is_ok(), removed);
    (problem, removed)
}

#[test]
fn n76_a_removal_without_a_notice_is_shown_and_deletes_nothing() {
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let reply = answers::problem(Code::AuthenticatorRevoked);
    assert_eq!(outcome(&lab, &phone, account, reply), (Problem::Revoked { notice: None }, false));
    let tid = lab.at(ISS, |server| server.start_push(ANNA, |_| ()));
    let mut flow = phone.auth.requests().unwrap().take(Some(&tid)).unwrap();
    assert!(flow.approve(Some(&number()), pin(PIN)).is_ok(), "the account still works");
}

#[test]
fn a_valid_notice_of_a_removal_lets_the_account_be_deleted() {
    let (problem, deletable) = told(Code::AuthenticatorRevoked, |_| ());
    let Problem::Revoked { notice: Some(NoticeView { state, why, .. }) } = problem else { panic!() };
    assert_eq!((state, why, deletable), (NoticeState::Revoked, NoticeWhy::Web, true));
}

#[test]
fn n128_notices_for_others_and_forged_ones_are_ignored() {
    let refused = (Problem::Revoked { notice: None }, false);
    assert_eq!(told(Code::AuthenticatorRevoked, |notice| notice.aud = Aid::from_bytes([9; 16])), refused);
    let former = Confirmation { jkt: Thumbprint::from_bytes([9; 32]) };
    assert_eq!(told(Code::AuthenticatorRevoked, |notice| notice.cnf = former), refused);
    let lab = Lab::with_server(ISS);
    let (phone, account) = Phone::paired(&lab);
    let text = lab.at(ISS, |server| {
        server.keys.sign = key(0x77);
        server.jws("map-notice+jws", &serde_json::json!({"v": 1}))
    });
    let reply = answers::problem_with(Code::AuthenticatorRevoked, |members| members.notice = Some(text));
    assert_eq!(outcome(&lab, &phone, account, reply), refused);
}

#[test]
fn n151_a_notice_of_a_lock_offers_no_deletion() {
    let (problem, deletable) = told(Code::AuthenticatorLocked, |_| ());
    let Problem::Locked { notice: Some(NoticeView { state, .. }) } = problem else { panic!() };
    assert_eq!((state, deletable), (NoticeState::Locked, false));
    let (problem, deletable) = told(Code::AuthenticatorRevoked, |notice| notice.state = NoticeState::Locked);
    assert_eq!((problem, deletable), (Problem::Revoked { notice: None }, false));
}
