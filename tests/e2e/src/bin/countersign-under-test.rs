//! The program under test: the same entry as `countersign`, built with these tests so that they can start it.

fn main() -> std::process::ExitCode {
    countersign::run()
}
