//! Whoever holds the phone: types PINs and numbers, agrees, chooses.

use crate::failure::Failure;
use countersign_engine::{PinEntry, Problem};
use countersign_protocol::secret::Number;
use std::io::{self, BufRead, IsTerminal, Write};
use zeroize::Zeroizing;

/// Somebody who answers. `None` is "no answer": the question is dropped.
pub trait Person {
    /// A PIN.
    fn pin(&mut self, question: &str) -> Result<Option<PinEntry>, Failure>;

    /// The number in the browser.
    fn number(&mut self) -> Result<Option<Number>, Failure>;

    /// Digits that something else shows, or nothing.
    fn digits(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let _ = question;
        Ok(None)
    }

    /// Yes or no.
    fn agrees(&mut self, question: &str) -> Result<bool, Failure>;

    /// One of several, by its place.
    fn chooses(&mut self, question: &str, choices: &[String]) -> Result<Option<usize>, Failure>;

    /// Whether a slip can be mended at once; a script has said all that it has to say.
    fn is_present(&self) -> bool {
        false
    }
}

/// The terminal of this process, or a script that drives it.
pub struct Console {
    interactive: bool,
    pin_stdin: bool,
}

impl Console {
    /// Asks on the terminal if `interactive`; PINs come from lines of stdin if `pin_stdin`.
    pub const fn new(interactive: bool, pin_stdin: bool) -> Self {
        Self { interactive, pin_stdin }
    }

    /// Questions other than for PINs need a terminal that is not already used for PINs.
    fn can_ask(&self) -> bool {
        self.interactive && !self.pin_stdin && io::stdin().is_terminal()
    }
}

impl Person for Console {
    fn pin(&mut self, question: &str) -> Result<Option<PinEntry>, Failure> {
        let typed = if self.pin_stdin {
            line()?
        } else {
            let prompt = format!("{question} ");
            let typed = rpassword::prompt_password(prompt).map_err(|_| Failure::usage("no_terminal"))?;
            Some(Zeroizing::new(typed))
        };
        match typed {
            Some(typed) if !typed.trim().is_empty() => entry(typed.trim()).map(Some),
            _ => Ok(None),
        }
    }

    fn number(&mut self) -> Result<Option<Number>, Failure> {
        if !self.can_ask() {
            return Ok(None);
        }
        let typed = asked("Number shown in your browser (6 digits):")?;
        let bare: String = typed.chars().filter(char::is_ascii_digit).collect();
        Ok(Number::parse(&bare).ok())
    }

    fn digits(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let typed = if self.pin_stdin {
            line()?.map(|line| line.to_string())
        } else if self.can_ask() {
            Some(asked(question)?)
        } else {
            None
        };
        let bare = typed.map(|typed| typed.chars().filter(char::is_ascii_digit).collect::<String>());
        Ok(bare.filter(|digits| !digits.is_empty()))
    }

    fn agrees(&mut self, question: &str) -> Result<bool, Failure> {
        if !self.interactive {
            return Ok(true);
        }
        if !self.can_ask() {
            return Err(Failure::usage("not_confirmed"));
        }
        Ok(matches!(asked(&format!("{question} [y/N]"))?.to_lowercase().as_str(), "y" | "yes"))
    }

    fn chooses(&mut self, question: &str, choices: &[String]) -> Result<Option<usize>, Failure> {
        if !self.can_ask() {
            return Ok(None);
        }
        let listed: Vec<String> =
            choices.iter().enumerate().map(|(place, choice)| format!("  {}  {choice}", place + 1)).collect();
        let typed = asked(&format!("{question}\n{}\nNumber:", listed.join("\n")))?;
        let place = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        Ok(place.filter(|place| *place < choices.len()))
    }

    fn is_present(&self) -> bool {
        self.can_ask()
    }
}

/// The digits go one by one into memory that is wiped; the line that held them is wiped too.
fn entry(digits: &str) -> Result<PinEntry, Failure> {
    let mut entry = PinEntry::new();
    for digit in digits.bytes() {
        entry.push(digit).map_err(|reason| Problem::PinRejected { reason })?;
    }
    Ok(entry)
}

fn asked(question: &str) -> Result<String, Failure> {
    let mut err = io::stderr();
    write!(err, "{question} ").and_then(|()| err.flush()).map_err(|error| Failure::file("stderr", &error))?;
    Ok(line()?.map(|line| line.trim().to_owned()).unwrap_or_default())
}

fn line() -> Result<Option<Zeroizing<String>>, Failure> {
    let mut line = Zeroizing::new(String::with_capacity(64));
    let read = io::stdin().lock().read_line(&mut line).map_err(|error| Failure::file("stdin", &error))?;
    Ok((read > 0).then_some(line))
}
