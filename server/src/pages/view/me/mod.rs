//! Pages of "my account" (W6).

mod add_phone;
mod overview;
mod returned;

pub use add_phone::{AddPhonePage, CodeError, ConfirmPhonePage};
pub use overview::{AddPhoneLink, DonePage};
pub use returned::ReturnedPage;
