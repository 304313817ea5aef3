//! Pages of "my account" (W6).

mod add_phone;
mod get_app;
mod overview;
mod place;
mod returned;

pub use add_phone::{AddPhonePage, CodeError, ConfirmPhonePage};
pub use get_app::GetAppPage;
pub use overview::{Keys, OverviewPage};
pub use place::Place;
pub use returned::ReturnedPage;
