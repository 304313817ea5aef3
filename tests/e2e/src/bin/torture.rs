//! Random kills of server and phones in random deeds, each survived: `cargo xtask torture` builds and runs it.
//!
//! What a seed decides is who does what and who is killed when; the machine decides how far they had come. A finding is
//! printed with all that is needed to look for its place with `cargo xtask kills`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what panics here is a finding")]

use countersign_e2e::mortal::{Deed, Doom, Person, Stage};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Stages at a time: most of a deed is waiting for a disk.
const STAGES: u64 = 4;
/// Deeds of one server; then a fresh one.
const DEEDS_OF_SERVER: u32 = 60;
/// Deeds of one person: more wrong PINs in 30 days come near the lock.
const DEEDS_OF_PERSON: u32 = 8;

/// What all stages together came to.
#[derive(Default)]
struct Tally {
    of_server: AtomicU64,
    of_phone: AtomicU64,
    deeds: AtomicU64,
    findings: AtomicU64,
}

impl Tally {
    fn kills(&self) -> u64 {
        self.of_server.load(Ordering::SeqCst) + self.of_phone.load(Ordering::SeqCst)
    }
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().expect("a number"));
    let (wanted, seed) = (arguments.next().expect("kills"), arguments.next().expect("seed"));
    let binary = std::env::current_exe().expect("own path").with_file_name("countersign-under-test");
    let binary = binary.to_str().expect("a path");
    println!("seed {seed}, until {wanted} kills");
    let (tally, begin) = (Tally::default(), Instant::now());
    std::thread::scope(|scope| {
        for stage in 0..STAGES {
            let (tally, dice) = (&tally, Dice(seed.wrapping_mul(STAGES).wrapping_add(stage)));
            scope.spawn(move || torment(binary, dice, wanted, tally));
        }
    });
    let count = |number: &AtomicU64| number.load(Ordering::SeqCst);
    let (server, phone) = (count(&tally.of_server), count(&tally.of_phone));
    let (deeds, findings) = (count(&tally.deeds), count(&tally.findings));
    println!(
        "seed {seed}: {} kills ({server} of servers, {phone} of phones) in {deeds} deeds, {:.0} s, {findings} findings",
        tally.kills(),
        begin.elapsed().as_secs_f64()
    );
    println!("verdict: {}", if findings == 0 { "everything survived" } else { "NOT everything survived" });
    if findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn torment(binary: &str, mut dice: Dice, wanted: u64, tally: &Tally) {
    while tally.kills() < wanted {
        let mut stage = Stage::start(binary);
        let mut person = stage.newcomer();
        for round in 1..=DEEDS_OF_SERVER {
            let deed = dice.deed();
            let doom = dice.doom(deed);
            if tally.kills() >= wanted || !survives((&mut stage, &mut person), deed, &doom, tally) {
                break;
            }
            if round % DEEDS_OF_PERSON == 0 {
                person = stage.newcomer();
            }
        }
    }
}

/// Performs one deed; `false` after a finding, which leaves a stage that is not worth going on with.
fn survives((stage, person): (&mut Stage, &mut Person), deed: Deed, doom: &Doom, tally: &Tally) -> bool {
    tally.deeds.fetch_add(1, Ordering::SeqCst);
    let doomed = doom.clone();
    match catch_unwind(AssertUnwindSafe(|| stage.perform(deed, person, Some(doomed)))) {
        Ok(died) => {
            let of_server = matches!(doom, Doom::ServerAfter(_));
            let kills = if of_server { &tally.of_server } else { &tally.of_phone };
            let before = kills.fetch_add(u64::from(died), Ordering::SeqCst);
            if died && (before + 1) % 50 == 0 {
                println!("{} kills", tally.kills());
            }
            true
        }
        Err(_) => {
            tally.findings.fetch_add(1, Ordering::SeqCst);
            eprintln!("log of the server:\n{}", stage.server.log());
            println!("FINDING: {deed:?} under {doom:?}; what failed stands above");
            false
        }
    }
}

/// Splitmix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn deed(&mut self) -> Deed {
        Deed::ALL[usize::try_from(self.below(7)).expect("one of seven")]
    }

    /// Somebody, at some moment of the deed.
    fn doom(&mut self, deed: Deed) -> Doom {
        let who = self.below(if deed == Deed::Move { 3 } else { 2 });
        let longest = match (deed, who) {
            (Deed::Move | Deed::Pair, _) => 800_000,
            (_, 0) => 300_000,
            _ => 150_000,
        };
        let delay = Duration::from_micros(self.below(longest));
        match who {
            0 => Doom::ServerAfter(delay),
            1 => Doom::PhoneAfter(delay),
            _ => Doom::NewPhoneAfter(delay),
        }
    }
}
