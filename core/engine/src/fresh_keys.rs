//! Keys that were just made and that no row names yet.

use crate::shared::Shared;

/// Deletes its keys when it goes, unless they are kept: whatever fails on the way to a row leaves no key behind.
pub(crate) struct FreshKeys<'a> {
    shared: &'a Shared,
    aliases: Vec<String>,
}

impl<'a> FreshKeys<'a> {
    /// Without keys so far.
    pub(crate) const fn none(shared: &'a Shared) -> Self {
        Self { shared, aliases: Vec::new() }
    }

    /// Holds a key. Before it is made: one whose making took too long may be there a moment later.
    pub(crate) fn hold(&mut self, alias: &str) {
        self.aliases.push(alias.to_owned());
    }

    /// A row names them, or somebody else holds them now.
    pub(crate) fn keep(mut self) {
        self.aliases.clear();
    }
}

impl Drop for FreshKeys<'_> {
    fn drop(&mut self) {
        self.shared.delete_keys(std::mem::take(&mut self.aliases));
    }
}
