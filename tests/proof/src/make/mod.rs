//! All files, from the published inputs; each run gives the same bytes.

mod answers;
mod derivations;
mod forms;
mod keysets;
mod ops;
mod phone;
mod qr;
mod server;
mod texts;
mod twins;
mod typed;

use crate::case::Vectors;

/// The published key set, signed by its root.
pub fn published_key_set() -> String {
    keysets::set_jws()
}

/// Every file, in the order of their names within each kind.
pub fn all() -> Vec<Vectors> {
    let mut files = server::files();
    files.extend(answers::files());
    files.extend([ops::file(), keysets::file(), qr::file(), texts::file()]);
    files.extend(derivations::files());
    files.push(typed::file());
    files.extend(forms::files());
    files
}
