//! The picture that the decoder works on: it counts what the decoder does and ends it when that is too much.
//!
//! The decoder tries every pair of finder patterns with every third one and copies the picture each time, so that a
//! poster full of such patterns would keep it busy for hours. Nothing but the picture is ours in that loop.

use crate::plane::Plane;
use image::{GenericImage, GenericImageView, Luma};
use std::cell::Cell;
use std::panic::resume_unwind;
use std::rc::Rc;

/// Pixels that may be read or copied for one picture: six times what our largest code, or noise, takes on the
/// largest picture that the decoder sees.
const BUDGET: u64 = 1 << 26;

/// The budget is used up; carried by the unwinding that ends the search.
struct Exhausted;

/// Pixels with a meter, which all copies share.
pub struct Metered {
    pixels: Vec<Luma<u8>>,
    size: (u32, u32),
    left: Rc<Cell<u64>>,
}

impl Metered {
    /// The pixels of `plane`, scaled down as it says.
    pub fn of(plane: &Plane<'_>) -> Self {
        let (width, height) = plane.size();
        let row = |y| (0..width).map(move |x| Luma([plane.luma(x, y)]));
        let size = (u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
        Self { pixels: (0..height).flat_map(row).collect(), size, left: Rc::new(Cell::new(BUDGET)) }
    }

    /// Takes `pixels` from the budget. Unwinds without the panic hook, so nothing is printed: this is how a search
    /// that went on too long ends, not a bug.
    fn spend(&self, pixels: u64) {
        match self.left.get().checked_sub(pixels) {
            Some(left) => self.left.set(left),
            None => resume_unwind(Box::new(Exhausted)),
        }
    }

    fn index(&self, x: u32, y: u32) -> usize {
        // Both are below 2^11.
        usize::try_from(y * self.size.0 + x).unwrap_or(usize::MAX)
    }
}

impl Clone for Metered {
    fn clone(&self) -> Self {
        self.spend(u64::from(self.size.0) * u64::from(self.size.1));
        Self { pixels: self.pixels.clone(), size: self.size, left: Rc::clone(&self.left) }
    }
}

impl GenericImageView for Metered {
    type Pixel = Luma<u8>;

    fn dimensions(&self) -> (u32, u32) {
        self.size
    }

    fn get_pixel(&self, x: u32, y: u32) -> Luma<u8> {
        self.spend(1);
        self.pixels[self.index(x, y)]
    }
}

impl GenericImage for Metered {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Luma<u8> {
        let index = self.index(x, y);
        &mut self.pixels[index]
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        let index = self.index(x, y);
        self.pixels[index] = pixel;
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Luma<u8>) {
        self.put_pixel(x, y, pixel);
    }
}
