//! What a sign-in costs, measured from outside: `countersign-bench BINARY` prints one line a figure.
//!
//! Figures belong to the machine that they were measured on; the ratio to bare P-256 verifications, measured in the
//! same run, carries over to others.

mod device;
mod growth;
mod hour;
mod http;
mod pages;
mod phone;
mod report;
mod server;

use http::Connection;
use phone::{Outcome, Phone};
use report::{count, count_u64, line, median, ms};
use server::Server;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const ENROLMENTS: usize = 200;
const SEQUENTIAL: usize = 500;
const CLIENTS: usize = 8;
const PER_CLIENT: usize = 500;

fn main() -> ExitCode {
    let Some(binary) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: countersign-bench BINARY [growth | device | pages | hour]");
        return ExitCode::from(2);
    };
    let part = std::env::args().nth(2);
    match part.as_deref().map_or_else(|| measure(&binary), |part| only(part, &binary)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("bench: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn only(part: &str, binary: &std::path::Path) -> Outcome<()> {
    match part {
        "growth" => growth::measure(binary),
        "hour" => hour::measure(binary),
        "device" => device::measure(binary),
        "pages" => pages::measure(binary),
        _ => Err("there is no such part".into()),
    }
}

fn measure(binary: &std::path::Path) -> Outcome<()> {
    let starts = (0..5).map(|_| start_once(binary)).collect::<Outcome<Vec<_>>>()?;
    let data = tempfile::tempdir()?;
    let server = Server::start(binary, data.path())?;
    line("start to ready, existing keys excluded (median of 5)", ms(median(starts)), "ms", Some(100.0));
    std::thread::sleep(Duration::from_millis(300));
    line("resident memory at rest", server.memory()?, "MiB", Some(30.0));
    let phones = enrol(&server)?;
    sequential(&server, &phones)?;
    parallel(&server, &phones)?;
    drop(server);
    growth::measure(binary)?;
    device::measure(binary)?;
    pages::measure(binary)?;
    hour::measure(binary)
}

fn start_once(binary: &std::path::Path) -> Outcome<Duration> {
    let data = tempfile::tempdir()?;
    Ok(Server::start(binary, data.path())?.start)
}

fn enrol(server: &Server) -> Outcome<Vec<Phone>> {
    let mut net = Connection::open(&server.base)?;
    let before = server.cpu()?;
    let phones: Outcome<Vec<Phone>> =
        (0..ENROLMENTS).map(|n| Phone::pair(&mut net, &server.secret, n)).collect();
    let cpu = server.cpu()? - before;
    line(
        "server CPU per enrolment (account, start, offer, enrol, confirm)",
        ms(cpu) / count(ENROLMENTS),
        "ms",
        Some(2.0),
    );
    phones
}

fn sequential(server: &Server, phones: &[Phone]) -> Outcome<()> {
    let mut net = Connection::open(&server.base)?;
    phones[0].sign_in(&mut net)?;
    let (bytes, commits) = (net.bytes, server.commits()?);
    for phone in phones.iter().cycle().take(10) {
        phone.sign_in(&mut net)?;
    }
    line("bytes on the wire per sign-in", count_u64(net.bytes - bytes) / 10.0, "bytes", None);
    line(
        "commits per sign-in, one client",
        count_u64(server.commits()?.saturating_sub(commits)) / 10.0,
        "",
        None,
    );
    let (before, begin) = (server.cpu()?, Instant::now());
    for phone in phones.iter().cycle().take(SEQUENTIAL) {
        phone.sign_in(&mut net)?;
    }
    let (cpu, wall) = (server.cpu()? - before, begin.elapsed());
    line("server CPU per push sign-in", ms(cpu) / count(SEQUENTIAL), "ms", Some(1.0));
    line("  the same in P-256 verifications", ms(cpu) / count(SEQUENTIAL) / verification(), "", None);
    line("time per push sign-in, one client", ms(wall) / count(SEQUENTIAL), "ms", None);
    Ok(())
}

fn parallel(server: &Server, phones: &[Phone]) -> Outcome<()> {
    let share = phones.len() / CLIENTS;
    let (before, begin) = (server.cpu()?, Instant::now());
    let memory = std::thread::scope(|scope| -> Outcome<f64> {
        let clients: Vec<_> =
            phones.chunks(share).take(CLIENTS).map(|own| scope.spawn(move || drive(server, own))).collect();
        let mut highest = 0.0_f64;
        while clients.iter().any(|client| !client.is_finished()) {
            highest = highest.max(server.memory()?);
            std::thread::sleep(Duration::from_millis(20));
        }
        for client in clients {
            client.join().map_err(|_| "a client panicked")??;
        }
        Ok(highest)
    })?;
    let (cpu, wall) = (server.cpu()? - before, begin.elapsed());
    let done = count(CLIENTS * PER_CLIENT);
    line("sign-ins per second, 8 clients on the same machine", done / wall.as_secs_f64(), "/s", Some(1000.0));
    line("server CPU per push sign-in under that load", ms(cpu) / done, "ms", None);
    line("resident memory under that load", memory, "MiB", Some(80.0));
    Ok(())
}

fn drive(server: &Server, phones: &[Phone]) -> Outcome<()> {
    let mut net = Connection::open(&server.base)?;
    phones.iter().cycle().take(PER_CLIENT).try_for_each(|phone| phone.sign_in(&mut net))
}

/// Milliseconds of one P-256 verification here and now: the unit that carries over to other machines.
fn verification() -> f64 {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    let random = ring::rand::SystemRandom::new();
    let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).ok().and_then(|der| {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.as_ref(), &random).ok()
    });
    let Some((pair, signature)) = pair.and_then(|pair| pair.sign(&random, b"m").ok().map(|s| (pair, s)))
    else {
        return f64::NAN;
    };
    let key = ring::signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref());
    let begin = Instant::now();
    let good = (0..2000).filter(|_| key.verify(b"m", signature.as_ref()).is_ok()).count();
    ms(begin.elapsed()) / count(good)
}
