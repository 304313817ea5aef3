//! The list of pending requests over all accounts (op `list`), and what the phone does when it is there anyway:
//! keep key sets current and find out what became of answers whose outcome is unknown.

use super::flow::{Arrival, SignInFlow};
use super::request;
use crate::account::{Account, AccountId};
use crate::call::parsed;
use crate::countdown::Countdown;
use crate::history;
use crate::problem::{MessageDefect, Problem};
use crate::shared::Shared;
use crate::trust::{Look, date};
use crate::vault::{Binding, BindingState, LoadedBinding};
use countersign_protocol::answer::ListAnswer;
use countersign_protocol::keyset::MessageFault;
use countersign_protocol::message::Flow;
use countersign_protocol::message::op::Operation;
use countersign_protocol::time::Time;
use std::sync::Arc;

/// Most requests in a list (3.1).
const MOST: usize = 3;

/// What the servers had.
pub struct Inbox {
    /// Requests that may be shown, newest first for each account.
    pub requests: Vec<SignInFlow>,
    /// Accounts whose server gave no list, and requests that were refused.
    pub silent: Vec<Silent>,
}

/// An account without a (whole) list.
pub struct Silent {
    /// The account.
    pub account: Account,
    /// Why.
    pub problem: Problem,
}

impl Inbox {
    /// Asks each server in turn; one that does not answer does not stand in another's way.
    pub(crate) fn fetch(shared: &Arc<Shared>) -> Result<Self, Problem> {
        let mut inbox = Self { requests: Vec::new(), silent: Vec::new() };
        for loaded in shared.vault.bindings()? {
            if let LoadedBinding::Intact(binding) = loaded
                && binding.state == BindingState::Active
            {
                inbox.ask(shared, *binding);
            }
        }
        Ok(inbox)
    }

    /// As it is now: the servers before it may have taken their time.
    fn ask(&mut self, shared: &Arc<Shared>, before: Binding) {
        let mut binding = shared.vault.binding(before.id).unwrap_or(before);
        if let Err(problem) = self.add(shared, &mut binding) {
            self.silence(&binding, problem);
        }
    }

    /// The request of this sign-in, or the newest one.
    pub fn take(self, tid: Option<&countersign_protocol::id::Tid>) -> Option<SignInFlow> {
        self.requests.into_iter().find(|flow| tid.is_none_or(|tid| flow.request().tid == *tid))
    }

    /// Accounts that were asked and did not answer.
    pub fn is_silent(&self, account: AccountId) -> bool {
        self.silent.iter().any(|silent| silent.account.id == account)
    }

    fn add(&mut self, shared: &Arc<Shared>, binding: &mut Binding) -> Result<(), Problem> {
        shared.settle_first(binding)?;
        let (heard, _) = shared.op(binding, || Operation::List)?;
        let reply = shared.reply(binding, heard)?;
        let answer: ListAnswer = parsed(&reply)?;
        match answer.requests.as_slice() {
            few if few.len() <= MOST => self.read(shared, binding, few, date(&reply)?),
            _ => self.silence(binding, MessageDefect::Jose(MessageFault::Malformed).into()),
        }
        if let Err(problem) = history::resolve(shared, binding) {
            self.silence(binding, problem);
        }
        shared.keep_current(binding)
    }

    fn read(&mut self, shared: &Arc<Shared>, binding: &mut Binding, requests: &[String], now: Time) {
        let mut look = Look::new();
        for text in requests {
            match request::check(shared, binding, text, Flow::Push, &mut look) {
                Ok(checked) => {
                    let end = Countdown::until(checked.request.exp, now, &*shared.clock);
                    let flow = SignInFlow::new(shared.clone(), binding.id, checked, Arrival::Listed, end);
                    self.requests.push(flow);
                }
                Err(problem) => self.silence(binding, problem),
            }
        }
    }

    fn silence(&mut self, binding: &Binding, problem: Problem) {
        self.silent.push(Silent { account: Account::of_binding(binding), problem });
    }
}
