//! Pages of "my account" (W6).

mod add_phone;
mod close;
mod details;
mod get_app;
mod options;
mod overview;
mod phones;
mod place;
mod returned;
mod sign_ins;

pub use add_phone::{AddPhonePage, CodeError, ConfirmPhonePage, TypeCodePage};
pub use close::ClosePage;
pub use details::{Details, DetailsPage, Said, WrongDetail};
pub use get_app::GetAppPage;
pub use options::OptionsPage;
pub use overview::{Keys, OverviewPage};
pub use phones::{Left, PhoneLine, PhonesPage, Protection, RemovePage, RenamePage};
pub use place::Place;
pub use returned::ReturnedPage;
pub use sign_ins::{CameTo, PastPage, SignInLine, SignInsPage, UsedKey};
