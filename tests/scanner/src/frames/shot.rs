//! One picture: what is on the page, how it is seen, and what becomes of it.

use super::cover::Spot;
use super::draw::Draw;
use super::effect::{Effect, Print};
use super::frame::Frame;
use super::page::Page;
use super::pose::Pose;
use super::sensor::noise;
use qrcode::types::QrError;

/// Grain of a good sensor in good light, in levels.
const GRAIN: f32 = 0.45;

/// A picture in words.
pub struct Shot {
    /// Characters of its text.
    pub length: usize,
    /// Quality of its JPEG file; a PNG file otherwise.
    pub quality: Option<u8>,
    print: Vec<Print>,
    pose: Pose,
    effects: Vec<Effect>,
    grain: f32,
}

impl Shot {
    /// A clean page from the front: characters of its text, and pixels of a module.
    pub const fn of(length: usize, scale: f32) -> Self {
        let pose = Pose::of(scale);
        Self { length, quality: None, print: Vec::new(), pose, effects: Vec::new(), grain: GRAIN }
    }

    /// With the phone turned by so many degrees.
    pub const fn turned(mut self, degrees: f32) -> Self {
        self.pose.turn = degrees;
        self
    }

    /// From the side and from below, by degrees, and from so many sides of the page away.
    pub const fn tilted(mut self, tilt: (f32, f32), distance: f32) -> Self {
        (self.pose.tilt, self.pose.distance) = (tilt, distance);
        self
    }

    /// Rolled around a bottle, by the degrees between middle and edge.
    pub const fn bent(mut self, degrees: f32) -> Self {
        self.pose.bend = degrees;
        self
    }

    /// On a screen of so many pixels for each module.
    pub const fn on_screen(mut self, pixels: f32) -> Self {
        self.pose.screen = Some(pixels);
        self
    }

    /// Printed that way.
    pub fn printed(mut self, print: Print) -> Self {
        self.print.push(print);
        self
    }

    /// With this on the page.
    pub fn under(self, spot: Spot) -> Self {
        self.printed(Print::Under(spot))
    }

    /// With this on the way to the sensor, after what was said before.
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// In so little light that the sensor adds grain of so many levels.
    pub const fn grainy(mut self, levels: f32) -> Self {
        self.grain = levels;
        self
    }

    /// Stored as a JPEG file of that quality.
    pub const fn stored(mut self, quality: u8) -> Self {
        self.quality = Some(quality);
        self
    }

    /// The picture of this text, before it is stored.
    pub fn take(&self, text: &str, draw: &mut Draw) -> Result<Frame, QrError> {
        let page = self.print.iter().fold(Page::of(text, draw)?, |page, print| print.on(&page));
        let seen = self.pose.picture(&page);
        let lit = self.effects.iter().fold(seen, |frame, effect| effect.on(&frame));
        Ok(noise(&lit, self.grain, draw))
    }
}
