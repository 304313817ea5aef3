//! A camera's frames, one after the other.

use crate::bounds::Bounds;
use crate::found::{Found, MAX_TEXT, Text};
use crate::plane::Plane;
use crate::read::{base_scale, look_once};
use crate::stage::{Buffers, LOOKS};
use std::collections::VecDeque;

/// Most pixels of the longer side of a frame that is searched.
const SEARCHED_SIDE: usize = 1280;
/// Lattices that may be fitted to one frame.
const FITS: usize = 3;
/// Texts that are remembered as said.
const REMEMBERED: usize = 64;
/// Which look a frame gets, by its number. The ones that read most come first and come again: the next frame may be
/// sharper.
const TURNS: [usize; 12] = [0, 1, 2, 0, 3, 1, 0, 4, 2, 0, 5, 6];

/// Reads the frames of one camera, each in a bounded time, and tries another look with each of them. Keeps its buffers
/// from frame to frame.
#[derive(Default)]
pub struct LiveScanner {
    buffers: Buffers,
    turn: usize,
    said: VecDeque<Text>,
}

impl LiveScanner {
    /// One that has said nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The codes of this frame that it has not said yet.
    pub fn scan(&mut self, frame: &Plane<'_>) -> Vec<Found> {
        let look = &LOOKS[TURNS[self.turn]];
        self.turn = (self.turn + 1) % TURNS.len();
        let mut bounds = Bounds::of_picture(FITS, MAX_TEXT);
        let base = base_scale(frame, SEARCHED_SIDE);
        let looked = look_once(frame, look, base, (&mut self.buffers, &mut bounds));
        looked.found.into_iter().filter(|code| self.is_news(&code.text)).collect()
    }

    /// Forgets what it said, so that the same code is said again, and begins with the first look.
    pub fn start_over(&mut self) {
        self.said.clear();
        self.turn = 0;
    }

    fn is_news(&mut self, text: &Text) -> bool {
        if self.said.contains(text) {
            return false;
        }
        if self.said.len() == REMEMBERED {
            self.said.pop_front();
        }
        self.said.push_back(text.clone());
        true
    }
}
