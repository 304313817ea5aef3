//! `countersign demo`: the whole product on real parts. A server on loopback with a real database, QR images that are
//! drawn and read, a phone with a real vault. Each step says what both sides see and whether it did what it should.

mod hands;
mod house;
mod site;
mod stage;
mod steps;

use crate::failure::Failure;
use clap::Args;
use house::House;
use stage::Stage;
use std::path::PathBuf;
use tokio::signal::ctrl_c;

/// Arguments of `demo`.
#[derive(Args)]
pub struct Arguments {
    /// End after the steps.
    #[arg(long)]
    once: bool,
    /// Port of the server; 0 picks one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Keep the data here instead of in a folder that goes with the demo.
    #[arg(long)]
    data: Option<PathBuf>,
}

/// Runs the demo.
pub fn run(arguments: &Arguments, json: bool) -> Result<(), Failure> {
    let mut stage = Stage::new(json);
    let house = House::open(arguments.data.as_deref(), arguments.port)?;
    stage.say(&format!(
        "Server ready at {} after {} ms, data in {}",
        house.base,
        house.started_ms,
        house.data.display()
    ));
    stage.say("Key levels are the phones' own word until attestation is enforced.");
    let played = steps::play(&house, &mut stage);
    stage.summary();
    if let Err(failure) = &played {
        stage.say(&format!("The demo stopped: {failure}"));
    }
    if !arguments.once {
        stay(&house, &mut stage)?;
    }
    house.close();
    played?;
    if stage.failed() == 0 { Ok(()) } else { Err(Failure::of("demo_failed")) }
}

/// Says what to try by hand, and waits for Ctrl-C.
fn stay(house: &House, stage: &mut Stage) -> Result<(), Failure> {
    let link = house.setup_link("you@example.eu")?;
    let phone = house.data.join("your-phone");
    stage.say("");
    stage.say("The server stays up. To try it by hand:");
    stage.say(&format!("  1. Open {link}"));
    stage.say("     and press the button: the page shows a QR and, below it, a link.");
    stage.say(&format!("  2. countersign phone --state {} pair 'THE LINK'", phone.display()));
    stage.say("     and type the six digits on the page.");
    stage.say(&format!("  3. Open {}/ and sign in with a QR code: save the picture, then", house.base));
    stage.say(&format!("     countersign phone --state {} scan PICTURE.png", phone.display()));
    stage.say("(`countersign` is target/release/countersign.) Ctrl-C ends the server.");
    house.block_on(async {
        let _ = ctrl_c().await;
    });
    stage.say("Stopped.");
    Ok(())
}
