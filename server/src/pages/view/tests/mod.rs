//! Tests of the view layer: every page in every state is drawn once ([`samples`]) and then looked at as markup,
//! as words and as files. One of them writes the pages to `target/pages/`, for a person to look at.

mod catalogue;
mod gallery;
mod markup;
mod samples;
mod tokens;
