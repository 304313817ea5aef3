//! The recovery code as a text, to be kept beside other papers.

use crate::pages::view::Page;

/// What stands in the file.
pub fn text(page: &Page, site: &str, address: &str, code: &str) -> String {
    let lines = [
        page.fill("recovery.file_title", "server", &page.server),
        String::new(),
        code.to_owned(),
        String::new(),
        page.fill("recovery.file_account", "address", address),
        page.fill("recovery.file_where", "site", format!("{site}{}", page.link("/recover"))),
        page.t("recovery.keep_text").to_owned(),
    ];
    lines.join("\r\n") + "\r\n"
}
