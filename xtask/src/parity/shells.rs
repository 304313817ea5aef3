//! Where the shells name a state or a place.

use super::surface::{Flow, small};
use crate::tree::File;

/// A shell: who shows, and who shows that it does.
pub struct Shell {
    /// As the page calls it.
    pub name: &'static str,
    screens: fn(&File, &str) -> bool,
    proofs: fn(&File, &str) -> bool,
    named: fn(&Flow, &str) -> String,
}

/// Both.
pub const SHELLS: [Shell; 2] = [
    Shell {
        name: "Kotlin",
        screens: |file, _| {
            file.path.starts_with("android/ui/src/main/") || file.path.starts_with("android/shell/src/main/")
        },
        proofs: |file, _| {
            let is_test = file.path.starts_with("android/") && file.path.contains("/src/test/");
            is_test && !file.path.contains("/bench/")
        },
        named: |flow, variant| format!("{}.{variant}", flow.states),
    },
    Shell {
        name: "Swift",
        screens: |file, folder| {
            let own = format!("/{folder}/");
            (file.path.starts_with("ios/Countersign/")
                || file.path.starts_with("ios/CountersignKit/Sources/"))
                && file.path.contains(&own)
                && !file.path.ends_with("Preview.swift")
        },
        proofs: |file, folder| {
            let preview = format!("/{folder}/");
            file.path.ends_with("Preview.swift") && file.path.contains(&preview)
                || file.path.starts_with("ios/CountersignKit/Tests/")
        },
        named: |flow, variant| match flow.states {
            // The generator leaves the variants of errors as they are.
            "Problem" => format!(".{variant}"),
            _ => format!(".{}", small(variant)),
        },
    },
];

impl Shell {
    /// The file whose screen shows the state: one of the app itself before one of its models.
    pub fn screen<'a>(&self, files: &'a [File], flow: &Flow, variant: &str) -> Option<&'a str> {
        let name = (self.named)(flow, variant);
        let mut found = Vec::from_iter(
            files.iter().filter(|file| (self.screens)(file, flow.folder) && names(&file.text, &name)),
        );
        found.sort_by_key(|file| (is_model(&file.path), file.path.as_str()));
        found.first().map(|file| file.path.as_str())
    }

    /// A picture, preview or test in which the state occurs.
    pub fn proof<'a>(&self, files: &'a [File], flow: &Flow, variant: &str) -> Option<&'a str> {
        let name = (self.named)(flow, variant);
        let mut all = files.iter().filter(|file| (self.proofs)(file, flow.folder));
        all.find(|file| names(&file.text, &name)).map(|file| file.path.as_str())
    }
}

fn is_model(path: &str) -> bool {
    path.starts_with("android/shell/") || path.starts_with("ios/CountersignKit/")
}

/// Whether `text` has `name`, and not only as the beginning of a longer one.
pub fn names(text: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    text.match_indices(name).any(|(at, _)| ends(&text[at + name.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole() {
        assert!(names("is State.Wait -> 1", "State.Wait"));
        assert!(!names("is State.Waiting -> 1", "State.Wait"));
    }
}
