//! Vectors of MAP/1 in the manner of Wycheproof, the checks that run them, and the bodies of the fuzz targets.
//!
//! [`make`] writes every case with a JOSE writer of its own; [`check`] runs a case through the public API of
//! protocol and vault alone, so a case says the same to any other implementation. Nothing here is part of the product.

#![allow(clippy::unwrap_used, reason = "it makes and runs tests: a step that fails shows its place")]

pub mod case;
pub mod check;
mod forge;
pub mod make;
mod published;
pub mod target;
