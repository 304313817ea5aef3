//! Flows and their states, as the bindings export them (bindings/surface.txt).

/// A flow that a person walks through.
pub struct Flow {
    /// The enum of its states.
    pub states: &'static str,
    /// The folder of its screen in the Swift app, and of its model in the Swift package.
    pub folder: &'static str,
}

/// All of them, in the order of the page.
pub const FLOWS: [Flow; 9] = [
    Flow { states: "PairingState", folder: "Pairing" },
    Flow { states: "ClaimState", folder: "Claim" },
    Flow { states: "SignInState", folder: "Request" },
    Flow { states: "OfflineState", folder: "Offline" },
    Flow { states: "BiometricsState", folder: "Biometrics" },
    Flow { states: "PinChangeState", folder: "PinChange" },
    Flow { states: "MoveState", folder: "Move" },
    Flow { states: "AccountState", folder: "Account" },
    Flow { states: "Problem", folder: "Problem" },
];

/// The variants of an enum or error of the surface, in its order.
pub fn variants<'a>(surface: &'a str, name: &str) -> Vec<&'a str> {
    let mut lines = surface.lines().skip_while(|line| {
        let mut words = line.split(' ');
        !(matches!(words.next(), Some("enum" | "error")) && words.next() == Some(name))
    });
    lines.next();
    lines.map_while(|line| line.strip_prefix("  ")).filter_map(|line| line.split(' ').next()).collect()
}

/// As Swift spells a variant of an enum: with a small first letter.
pub fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variants_of_one_enum_are_read_and_no_others() {
        let surface = "enum A\n  One { x: U }\n  Two\n\nenum AB\n  Three\n\nerror C\n  Four\n";
        assert_eq!(variants(surface, "A"), ["One", "Two"]);
        assert_eq!(variants(surface, "C"), ["Four"]);
        assert!(variants(surface, "D").is_empty());
    }
}
