//! Cosine, sine and the arc of a sine by series: those of the system may differ in the last bit between systems.

use std::f32::consts::PI;

/// Cosine and sine of an angle in degrees.
pub fn cosine_and_sine(degrees: f32) -> (f32, f32) {
    // An eighth of the angle lies below one, where few terms are enough; doubled three times it is whole again.
    let small = (degrees % 360.0) / 180.0 * PI / 8.0;
    let square = small * small;
    let sine = small * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    (0..3).fold((cosine, sine), |(cosine, sine), _| (cosine * cosine - sine * sine, 2.0 * cosine * sine))
}

/// The angle of a sine between -1 and 1, in the unit whose half circle is pi.
pub fn arc_of_sine(sine: f32) -> f32 {
    let tangent_of = |opposite: f32, square: f32| opposite / (1.0 + square.max(0.0).sqrt());
    let half = tangent_of(sine, 1.0 - sine * sine);
    let quarter = tangent_of(half, 1.0 + half * half);
    let eighth = tangent_of(quarter, 1.0 + quarter * quarter);
    let square = eighth * eighth;
    8.0 * eighth * (1.0 - square * (1.0 / 3.0 - square * (1.0 / 5.0 - square * (1.0 / 7.0 - square / 9.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agree_with_the_functions_of_the_system() {
        for degrees in (-720..=720_i16).step_by(7).map(f32::from) {
            let (sine, cosine) = degrees.to_radians().sin_cos();
            let (our_cosine, our_sine) = cosine_and_sine(degrees);
            assert!((our_cosine - cosine).abs() < 1e-5 && (our_sine - sine).abs() < 1e-5, "{degrees}");
        }
        for sine in (-100..=100_i8).map(|hundredths| f32::from(hundredths) / 100.0) {
            assert!((arc_of_sine(sine) - sine.asin()).abs() < 1e-5, "{sine}");
        }
    }
}
