//! Reads `design/tokens.json`: its shape, and that every value is what its place asks for.

use super::name;
use serde_json::{Map, Value};

/// Everything that is not an icon.
pub struct Tokens {
    /// The roles of colours.
    pub colours: Vec<Colour>,
    /// What lies over the page under a sheet: its colour, and how much it covers, in percent.
    pub scrim: (u32, u64),
    /// Steps of space, with their numbers.
    pub space: Vec<(String, u64)>,
    /// Radii of corners.
    pub radius: Vec<(String, u64)>,
    /// Sizes of parts.
    pub size: Vec<(String, u64)>,
    /// Times, in milliseconds.
    pub motion: Vec<(String, u64)>,
    /// Styles of type.
    pub type_styles: Vec<TypeStyle>,
    /// Icons that turn round where one reads from right to left.
    pub mirrored: Vec<String>,
}

/// A role, as 0xRRGGBB in both themes.
pub struct Colour {
    /// As the look names it.
    pub role: String,
    /// By day.
    pub light: u32,
    /// By night.
    pub dark: u32,
}

/// Size, line and weight.
pub struct TypeStyle {
    /// As the look names it.
    pub name: String,
    /// In sp.
    pub size: u64,
    /// In sp.
    pub line: u64,
    /// From 100 to 900.
    pub weight: u64,
    /// Whether a phone never shows it.
    pub only_web: bool,
}

/// Reads all of it, or says which value cannot be.
pub fn tokens(json: &str) -> Result<Tokens, String> {
    let all: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let scrim = group(&all, "scrim")?;
    let covers = number(scrim, "scrim", "percent")?;
    if covers > 100 {
        return Err("scrim.percent: is more than all".to_owned());
    }
    Ok(Tokens {
        colours: colours(group(&all, "colour")?)?,
        scrim: (colour(scrim, "scrim", "colour")?, covers),
        space: numbers(&all, "space")?,
        radius: numbers(&all, "radius")?,
        size: numbers(&all, "size")?,
        motion: numbers(&all, "motion")?,
        type_styles: type_styles(group(&all, "type")?)?,
        mirrored: mirrored(&all)?,
    })
}

fn colours(roles: &Map<String, Value>) -> Result<Vec<Colour>, String> {
    let read = |(role, value): (&String, &Value)| {
        let place = named("colour", role)?;
        let themes = value.as_object().ok_or_else(|| format!("{place}: is no object"))?;
        let (light, dark) = (colour(themes, &place, "light")?, colour(themes, &place, "dark")?);
        Ok(Colour { role: role.clone(), light, dark })
    };
    roles.iter().map(read).collect()
}

fn colour(members: &Map<String, Value>, place: &str, key: &str) -> Result<u32, String> {
    let text = members.get(key).and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
    let digits =
        text.filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    value.ok_or_else(|| format!("{place}.{key}: is no colour like #0B5560"))
}

fn type_styles(styles: &Map<String, Value>) -> Result<Vec<TypeStyle>, String> {
    let read = |(style, value): (&String, &Value)| {
        let place = named("type", style)?;
        let members = value.as_object().ok_or_else(|| format!("{place}: is no object"))?;
        let only_web = match members.get("only").map(Value::as_str) {
            None => false,
            Some(Some("web")) => true,
            Some(_) => return Err(format!("{place}.only: is not \"web\"")),
        };
        Ok(TypeStyle {
            name: style.clone(),
            size: number(members, &place, "size")?,
            line: number(members, &place, "line")?,
            weight: number(members, &place, "weight")?,
            only_web,
        })
    };
    styles.iter().map(read).collect()
}

fn numbers(all: &Value, name: &str) -> Result<Vec<(String, u64)>, String> {
    let members = group(all, name)?;
    let read = |key: &String| {
        // A step of space is named by a number.
        if name != "space" {
            named(name, key)?;
        }
        number(members, name, key).map(|value| (key.clone(), value))
    };
    members.keys().map(read).collect()
}

fn number(members: &Map<String, Value>, place: &str, key: &str) -> Result<u64, String> {
    let value = members.get(key).and_then(Value::as_u64).filter(|value| (1..10_000).contains(value));
    value.ok_or_else(|| format!("{place}.{key}: is no whole number from 1 to 9999"))
}

fn mirrored(all: &Value) -> Result<Vec<String>, String> {
    let names = all.get("mirrored").and_then(Value::as_array).ok_or("mirrored: is no list")?;
    let read =
        |name: &Value| name.as_str().map(str::to_owned).ok_or("mirrored: holds something else than names");
    names.iter().map(read).collect::<Result<_, _>>().map_err(str::to_owned)
}

fn group<'a>(all: &'a Value, name: &str) -> Result<&'a Map<String, Value>, String> {
    all.get(name).and_then(Value::as_object).ok_or_else(|| format!("{name}: is no object"))
}

/// The place of a member whose name a language can take.
fn named(group: &str, key: &str) -> Result<String, String> {
    if name::is_plain(key) {
        Ok(format!("{group}.{key}"))
    } else {
        Err(format!("{group}.{key}: is no name of small letters, digits and hyphens"))
    }
}
