//! The server under measurement, as a process: its start, its CPU time, its memory and its commits.

use crate::http::Connection;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server; it ends with the value.
pub struct Server {
    child: Child,
    data: PathBuf,
    /// Base address.
    pub base: String,
    /// Time from start to ready.
    pub start: Duration,
    /// Secret of the measuring service.
    pub secret: String,
    lab: String,
}

impl Server {
    /// Starts `binary` with a fresh database in `data`. A lab, because there the limits per minute are off.
    pub fn start(binary: &Path, data: &Path) -> io::Result<Self> {
        let begin = Instant::now();
        let mut child = Command::new(binary)
            .args(["serve", "--lab", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let start = begin.elapsed();
        let ready: serde_json::Value = serde_json::from_str(&line)?;
        let base = ready["ready"].as_str().unwrap_or_default().to_owned();
        let secret = add_service(binary, data)?;
        let lab = ready["lab_secret"].as_str().unwrap_or_default().to_owned();
        Ok(Self { child, data: data.to_owned(), base, start, secret, lab })
    }

    /// Adds an account, as an operator does.
    pub fn add_account(&self, binary: &Path, email: &str) -> io::Result<()> {
        let output = Command::new(binary)
            .args(["account", "add", email, "--json", "--data"])
            .arg(&self.data)
            .output()?;
        if output.status.success() { Ok(()) } else { Err(io::ErrorKind::Other.into()) }
    }

    /// Moves the server's clock.
    pub fn advance(&self, net: &mut Connection, seconds: u64) -> io::Result<()> {
        let headers = format!("Authorization: Bearer {}\r\nContent-Type: application/json\r\n", self.lab);
        let body = serde_json::json!({"advance": seconds}).to_string();
        let answer = net.send("POST", "/lab/clock", &headers, body.as_bytes())?;
        if answer.status == 200 { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
    }

    /// Size of the database file, in MiB.
    pub fn disk(&self) -> io::Result<f64> {
        let kib = std::fs::metadata(self.data.join("countersign.db"))?.len() / 1024;
        Ok(f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0)
    }

    /// CPU time of the process so far.
    pub fn cpu(&self) -> io::Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in parentheses may hold spaces; utime and stime are fields 14 and 15, in ticks of 10 ms.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
        Ok(Duration::from_millis((ticks(11) + ticks(12)) * 10))
    }

    /// Resident memory in MiB.
    pub fn memory(&self) -> io::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        let kib: f64 = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(0.0);
        Ok(kib / 1024.0)
    }

    /// Physical commits in the write-ahead log since its last reset: frames that close a transaction.
    pub fn commits(&self) -> io::Result<u64> {
        let wal = std::fs::read(self.data.join("countersign.db-wal"))?;
        let word =
            |at: usize| wal.get(at..at + 4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
        let (page, salt) = (word(8) as usize, wal.get(16..24));
        let frames = wal.get(32..).unwrap_or_default().chunks_exact(24 + page);
        let closes = |frame: &&[u8]| frame.get(8..16) == salt && frame[4..8] != [0; 4];
        Ok(frames.filter(closes).count() as u64)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn add_service(binary: &Path, data: &Path) -> io::Result<String> {
    let output = Command::new(binary)
        .args(["service", "add", "Bench", "--origin", "https://bench.example", "--json"])
        .args(["--scope", "accounts,enrol,sign-in", "--data"])
        .arg(data)
        .output()?;
    let made: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(made["secret"].as_str().unwrap_or_default().to_owned())
}
