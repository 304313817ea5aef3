//! The conformance kit against this server, and against one that lies.

use crate::common::world;
use countersign_conformance::cases;
use countersign_conformance::run::{Verdict, run};
use countersign_conformance::scene::Target;
use countersign_e2e::parallel;
use countersign_e2e::world::World;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

fn target(world: &World, at: &str) -> Target {
    let secret = world.service.authorization().strip_prefix("Bearer ").unwrap();
    Target::new(at, world.service.id(), secret)
}

#[test]
fn this_server_passes_every_case_that_a_stranger_can_try() {
    let world = world();
    let target = target(&world, world.server.base());
    let all: Vec<_> = cases::all().collect();
    let share = all.len().div_ceil(4);
    let outcomes = parallel::all(4, |part| {
        all.iter().skip(part * share).take(share).map(|case| run(&target, case)).collect::<Vec<_>>()
    });
    let outcomes: Vec<_> = outcomes.into_iter().flatten().collect();
    let failed: Vec<_> =
        outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Fail(_))).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let passed = outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Pass).count();
    assert!(passed >= 80, "{passed} cases were tried");
}

/// A proxy that turns every refusal of the server into a success.
fn yes_man(upstream: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, upstream) =
        (listener.local_addr().unwrap(), upstream.strip_prefix("http://").unwrap().to_owned());
    std::thread::spawn(move || {
        for phone in listener.incoming().flatten() {
            let upstream = upstream.clone();
            std::thread::spawn(move || pass_on(phone, &upstream));
        }
    });
    format!("http://{address}")
}

fn pass_on(mut phone: TcpStream, upstream: &str) -> Option<()> {
    let mut server = TcpStream::connect(upstream).ok()?;
    let (mut up, mut from) = (server.try_clone().ok()?, phone.try_clone().ok()?);
    std::thread::spawn(move || std::io::copy(&mut from, &mut up));
    let mut answer = vec![0; 65_536];
    loop {
        let length = server.read(&mut answer).ok().filter(|length| *length > 0)?;
        let text = String::from_utf8_lossy(&answer[..length]).into_owned();
        let lie = ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "409 Conflict"]
            .iter()
            .fold(text, |text, refusal| text.replacen(refusal, "200 OK", 1));
        phone.write_all(lie.as_bytes()).ok()?;
    }
}

#[test]
fn a_server_that_refuses_nothing_fails() {
    let world = world();
    let target = target(&world, &yes_man(world.server.base()));
    for id in ["N03", "N08", "N16", "N31", "N50", "N60", "N63", "N100", "N147", "N159"] {
        let case = cases::all().find(|case| case.id == id).unwrap();
        assert!(matches!(run(&target, case).verdict, Verdict::Fail(_)), "{id} passed");
    }
}

#[test]
fn the_command_says_a_verdict_for_each_case_and_ends_by_them() {
    let world = world();
    let secret = world.service.authorization().strip_prefix("Bearer ").unwrap();
    let attack = |cases: &[&str], at: &str| {
        let mut command = Command::new(crate::common::BINARY);
        command
            .args(["--json", "phone", "attack", "--server", at, "--service", world.service.id()])
            .args(cases);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // One that ended for its arguments reads nothing.
        let _ = writeln!(child.stdin.take().unwrap(), "{secret}");
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, said) = attack(&["N50", "n57", "N142"], world.server.base());
    let verdicts: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let words: Vec<_> = verdicts.iter().map(|one| (one["case"].clone(), one["verdict"].clone())).collect();
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(format!("{words:?}").matches("pass").count(), 2, "{said}");
    assert_eq!(verdicts[2]["verdict"], "n/a");
    let (status, said) = attack(&["N50"], &yes_man(world.server.base()));
    assert_eq!(status, Some(1), "{said}");
    assert_eq!(attack(&["N999"], world.server.base()).0, Some(2));
}
