//! zxing-cpp by its Python binding, where that is installed: the same pixels, the same table.

use crate::luma::Luma;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Answers each picture with a line of JSON: the texts as hexadecimal bytes and the seconds of processor time.
const SCRIPT: &str = r"
import json, struct, sys, time
import numpy, zxingcpp
for header in iter(lambda: sys.stdin.buffer.read(8), b''):
    width, height = struct.unpack('<II', header)
    pixels = numpy.frombuffer(sys.stdin.buffer.read(width * height), numpy.uint8).reshape(height, width)
    start = time.thread_time()
    codes = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)
    seconds = time.thread_time() - start
    texts = [form.hex() for code in codes if code.valid for form in (bytes(code.bytes), code.text.encode())]
    print(json.dumps([seconds, texts]), flush=True)
";

/// A process that reads pictures.
pub struct Rival {
    child: Child,
    pictures: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Rival {
    /// `None` if Python or the binding is not there.
    pub fn start() -> Option<Self> {
        let is_there = Command::new("python3")
            .args(["-c", "import numpy, zxingcpp"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !is_there {
            return None;
        }
        let mut child = Command::new("python3")
            .args(["-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (pictures, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { child, pictures, answers })
    }

    /// Its texts, each as bytes and as text, and the processor time that it took.
    pub fn read(&mut self, luma: &Luma) -> io::Result<(Vec<Vec<u8>>, Duration)> {
        for side in [luma.width, luma.height] {
            self.pictures.write_all(&u32::try_from(side).map_err(io::Error::other)?.to_le_bytes())?;
        }
        self.pictures.write_all(&luma.pixels)?;
        self.pictures.flush()?;
        let mut line = String::new();
        self.answers.by_ref().take(1 << 20).read_line(&mut line)?;
        let (seconds, texts): (f64, Vec<String>) = serde_json::from_str(&line)?;
        let texts = texts.iter().map(|text| bytes(text)).collect();
        Ok((texts, Duration::from_secs_f64(seconds)))
    }
}

impl Drop for Rival {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digit = |at: usize| hex.get(at..at + 2).and_then(|byte| u8::from_str_radix(byte, 16).ok());
    (0..hex.len()).step_by(2).filter_map(digit).collect()
}
