//! The program under test: the same entry as `countersign`, built with these tests so that they can start it. `routes`
//! prints every address of the pages as JSON, for suites that are not Rust.

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("routes") {
        let table = countersign_server::pages::table();
        println!("{}", serde_json::json!(table.rows()));
        return ExitCode::SUCCESS;
    }
    countersign::run()
}
