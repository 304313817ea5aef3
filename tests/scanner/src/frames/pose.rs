//! How the camera sees the page: from where, how large, bent or flat, on paper or on a screen.

use super::angle::{arc_of_sine, cosine_and_sine};
use super::frame::{Frame, real, whole};
use super::page::Page;

/// Points in each direction whose mean is a pixel.
const SAMPLES: usize = 4;
/// Pixels between the page's outline and the edge of the picture.
const ROOM: f32 = 5.0;

/// Where camera and page are.
#[derive(Clone)]
pub struct Pose {
    /// Pixels of a module in the middle of the page.
    pub scale: f32,
    /// Degrees by which the phone is turned.
    pub turn: f32,
    /// Degrees by which the page is turned away, about its upright and about its level axis.
    pub tilt: (f32, f32),
    /// How far away the camera is, in sides of the page: the nearer, the more the far edge shrinks.
    pub distance: f32,
    /// Degrees between the page's middle and its edge where it is rolled around a bottle; 0 is flat.
    pub bend: f32,
    /// Pixels of the screen for each module, where the code is on a screen.
    pub screen: Option<f32>,
}

impl Pose {
    /// Straight from the front.
    pub const fn of(scale: f32) -> Self {
        Self { scale, turn: 0.0, tilt: (0.0, 0.0), distance: 3.0, bend: 0.0, screen: None }
    }

    /// What the camera sees.
    pub fn picture(&self, page: &Page) -> Frame {
        let camera = Camera::of(self, page.side);
        let ((left, top), (width, height)) = camera.window();
        let corner = |x: usize, y: usize| camera.cast(left + real(x), top + real(y));
        let corners: Vec<(f32, f32)> =
            (0..=height).flat_map(|y| (0..=width).map(move |x| corner(x, y))).collect();
        Frame::of((width, height), |x, y| {
            let row = |y: usize| [corners[y * (width + 1) + x], corners[y * (width + 1) + x + 1]];
            self.pixel(page, [row(y), row(y + 1)])
        })
    }

    /// The mean over a pixel, whose corners see these points of the page.
    fn pixel(&self, page: &Page, [upper, lower]: [[(f32, f32); 2]; 2]) -> f32 {
        let mut sum = 0.0;
        for step in 0..SAMPLES * SAMPLES {
            let (across, down) = (self.within(step % SAMPLES), self.within(step / SAMPLES));
            let (above, below) = (between(upper[0], upper[1], across), between(lower[0], lower[1], across));
            let (x, y) = between(above, below, down);
            sum += page.at(x, y) * if page.holds(x, y) { self.lit(x, y) } else { 1.0 };
        }
        sum / real(SAMPLES * SAMPLES)
    }

    /// Where in a pixel a sample lies. Before a screen the sensor's cells are as small as they are, which lets moiré
    /// through; elsewhere they fill the pixel, so that nothing aliases.
    fn within(&self, sample: usize) -> f32 {
        let part = (real(sample) + 0.5) / real(SAMPLES);
        if self.screen.is_some() { 0.25 + part / 2.0 } else { part }
    }

    /// How much of its light a screen gives there: its pixels have dark gaps between them.
    fn lit(&self, x: f32, y: f32) -> f32 {
        let Some(pixels) = self.screen else { return 1.0 };
        let gap = |at: f32| if (at * pixels - (at * pixels).floor()) < 0.3 { 0.6 } else { 1.1 };
        gap(x) * gap(y)
    }
}

fn between(from: (f32, f32), to: (f32, f32), part: f32) -> (f32, f32) {
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
}

/// A pinhole; lengths are in modules.
struct Camera {
    /// Rows of the rotation from the page to the camera.
    rotation: [[f32; 3]; 3],
    distance: f32,
    focal: f32,
    half: f32,
    /// Of the bottle, if the page is rolled around one.
    radius: Option<f32>,
}

impl Camera {
    fn of(pose: &Pose, side: usize) -> Self {
        let half = real(side) / 2.0;
        let distance = pose.distance * real(side);
        let (cos, sin) = cosine_and_sine(pose.tilt.0);
        let about_upright = [[cos, 0.0, sin], [0.0, 1.0, 0.0], [-sin, 0.0, cos]];
        let (cos, sin) = cosine_and_sine(pose.tilt.1);
        let about_level = [[1.0, 0.0, 0.0], [0.0, cos, -sin], [0.0, sin, cos]];
        let (cos, sin) = cosine_and_sine(pose.turn);
        let turn = [[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]];
        let radius = (pose.bend > 0.0).then(|| half / pose.bend.to_radians());
        let rotation = product(&turn, &product(&about_level, &about_upright));
        Self { rotation, distance, focal: pose.scale * distance, half, radius }
    }

    /// The rectangle of the camera's pixels that holds the page: its upper left corner, and its size.
    fn window(&self) -> ((f32, f32), (usize, usize)) {
        let steps = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| part * self.half);
        let edges = steps
            .iter()
            .flat_map(|at| [(*at, -self.half), (*at, self.half), (-self.half, *at), (self.half, *at)]);
        let seen: Vec<(f32, f32)> = edges.map(|(across, down)| self.project(across, down)).collect();
        let least = |of: fn(&(f32, f32)) -> f32| seen.iter().map(of).fold(f32::MAX, f32::min) - ROOM;
        let most = |of: fn(&(f32, f32)) -> f32| seen.iter().map(of).fold(f32::MIN, f32::max) + ROOM;
        let (left, top) = (least(|at| at.0), least(|at| at.1));
        ((left, top), (whole(most(|at| at.0) - left), whole(most(|at| at.1) - top)))
    }

    /// Where the camera sees a point of the page.
    fn project(&self, across: f32, down: f32) -> (f32, f32) {
        let place = match self.radius {
            None => [across, down, 0.0],
            Some(radius) => {
                let (cos, sin) = cosine_and_sine((across / radius).to_degrees());
                [radius * sin, down, radius * (1.0 - cos)]
            }
        };
        let [x, y, depth] = self.rotation.map(|row| dot(row, place));
        let depth = depth + self.distance;
        (self.focal * x / depth, self.focal * y / depth)
    }

    /// The point of the page that the camera sees there; far off the page if it looks past the bottle.
    fn cast(&self, x: f32, y: f32) -> (f32, f32) {
        let ray = self.to_page([x / self.focal, y / self.focal, 1.0]);
        let from = self.to_page([0.0, 0.0, -self.distance]);
        let Some(radius) = self.radius else {
            let far = -from[2] / ray[2];
            return (from[0] + far * ray[0], from[1] + far * ray[1]);
        };
        // The bottle's axis is upright and lies behind the page's middle.
        let depth = from[2] - radius;
        let (a, b) = (ray[0] * ray[0] + ray[2] * ray[2], from[0] * ray[0] + depth * ray[2]);
        let square = b * b - a * (from[0] * from[0] + depth * depth - radius * radius);
        let far = (-b - square.max(0.0).sqrt()) / a;
        let past = if square < 0.0 { 2.0 * self.half } else { 0.0 };
        let sine = ((from[0] + far * ray[0]) / radius).clamp(-1.0, 1.0);
        (radius * arc_of_sine(sine) + past, from[1] + far * ray[1])
    }

    /// The rotation backwards.
    fn to_page(&self, place: [f32; 3]) -> [f32; 3] {
        let column = |i: usize| dot(self.rotation.map(|row| row[i]), place);
        [column(0), column(1), column(2)]
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn product(a: &[[f32; 3]; 3], b: &[[f32; 3]; 3]) -> [[f32; 3]; 3] {
    let column = |i: usize| b.map(|row| row[i]);
    a.map(|row| [dot(row, column(0)), dot(row, column(1)), dot(row, column(2))])
}
