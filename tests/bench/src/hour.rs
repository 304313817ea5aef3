//! An hour of ten thousand phones, each signing in once, pressed into the time that the work itself takes: the server's
//! clock is moved between the batches, so everything that ends within an hour does end and is swept.

use crate::http::Connection;
use crate::phone::{Outcome, Phone};
use crate::report::line;
use crate::server::Server;
use std::path::Path;

const PHONES: usize = 10_000;
const BATCH: usize = 100;
/// Seconds between two batches: a hundred of them are an hour.
const STEP: u64 = 36;

/// Prints memory early and late in the hour, and what is left on the disk.
pub fn measure(binary: &Path) -> Outcome<()> {
    let data = tempfile::tempdir()?;
    let server = Server::start(binary, data.path())?;
    let mut net = Connection::open(&server.base)?;
    let phones =
        (0..PHONES).map(|n| Phone::pair(&mut net, &server.secret, n)).collect::<Outcome<Vec<_>>>()?;
    let (mut early, mut late) = (0.0_f64, 0.0_f64);
    for (index, batch) in phones.chunks(BATCH).enumerate() {
        for phone in batch {
            phone.sign_in(&mut net)?;
        }
        server.advance(&mut net, STEP)?;
        // A nonce of the batch before may be too old by now; the next answer brings a fresh one.
        net.nonce.clear();
        let memory = server.memory()?;
        if index < PHONES / BATCH / 4 { early = early.max(memory) } else { late = late.max(memory) }
    }
    line("an hour of 10,000 phones: highest memory in its first quarter", early, "MiB", None);
    line("  highest memory after that", late, "MiB", Some(80.0));
    line("  late to early", late / early, "", Some(1.2));
    line("  database at the end", server.disk()?, "MiB", None);
    Ok(())
}
