//! The memory of another process, as a core dump would hold it (Linux).

use std::fs::{File, read_to_string};
use std::os::unix::fs::FileExt;

/// Largest mapping that is read; a phone has none like it.
const MOST: u64 = 1 << 30;

/// Everything that a process may write to: heap, stacks, data.
pub fn of_process(pid: u32) -> Vec<Vec<u8>> {
    let maps = read_to_string(format!("/proc/{pid}/maps")).expect("maps of a child");
    let memory = File::open(format!("/proc/{pid}/mem")).expect("memory of a child");
    let writable =
        maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|mode| mode.starts_with("rw")));
    writable.filter_map(|line| read(&memory, line.split(' ').next()?)).collect()
}

fn read(memory: &File, range: &str) -> Option<Vec<u8>> {
    let (start, end) = range.split_once('-')?;
    let (start, end) = (u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?);
    let size = usize::try_from((end - start).min(MOST)).ok()?;
    let mut bytes = vec![0; size];
    memory.read_exact_at(&mut bytes, start).ok()?;
    Some(bytes)
}

/// Whether any part holds these bytes.
pub fn holds(parts: &[Vec<u8>], needle: &[u8]) -> bool {
    let finder = memchr::memmem::Finder::new(needle);
    parts.iter().any(|part| finder.find(part).is_some())
}
