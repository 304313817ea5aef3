//! Pictures for the scanner: folders of them with the texts that they hold, and what was read beside what should be.
//!
//! The layout is that of ZXing's black box tests: beside `name.png` lies `name.txt` or `name.bin` with the content of
//! its code. Public sets are fetched by hand and never committed; what lies in `corpus` is our own make ([`frames`]).

mod folder;
pub mod frames;
mod list;
mod luma;
mod reading;
mod rival;
mod table;

pub use folder::{Expected, Picture, pictures};
pub use list::{List, read_list, write_list};
pub use luma::Luma;
pub use reading::{Misread, Reading};
pub use rival::Rival;
pub use table::{Outcome, Row, report};
