//! libFuzzer over `app_attest`; its body is `countersign_proof::target`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| countersign_proof::target::run("app_attest", data));
