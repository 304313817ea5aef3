//! As much of XML as manifests and resources use: opening tags with their attributes.

/// An opening tag.
pub struct Tag<'a> {
    pub name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    /// From behind the tag to its closing one; nothing if it closes itself.
    pub body: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }

    /// The tags of this name within.
    pub fn all(&self, name: &str) -> Vec<Tag<'a>> {
        tags(self.body).into_iter().filter(|tag| tag.name == name).collect()
    }
}

/// All opening tags, in order. A tag within another of its own name would end it too early: none of our files has one.
pub fn tags(xml: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->").expect("a comment ends")..];
        } else if !rest.starts_with(['/', '?', '!']) {
            let end = rest.find('>').expect("a tag ends");
            tags.push(tag(&rest[..end], &rest[end + 1..]));
        }
    }
    tags
}

fn tag<'a>(inside: &'a str, behind: &'a str) -> Tag<'a> {
    let (inside, closes_itself) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let body = if closes_itself { "" } else { behind.split(&format!("</{name}>")).next().unwrap_or("") };
    Tag { name, attributes: pairs(attributes), body }
}

fn pairs(mut text: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    while let Some((name, rest)) = text.split_once("=\"") {
        let (value, behind) = rest.split_once('"').expect("a value ends");
        pairs.push((name.trim(), value));
        text = behind;
    }
    pairs
}

#[test]
fn tags_are_read_with_their_attributes_and_comments_are_not() {
    let xml = "<?xml?><!-- <a x=\"no\"/> --><a x=\"1\"\n  y=\"a b\"><b z=\"2\" /></a>";
    let found = tags(xml);
    assert_eq!(found.iter().map(|tag| tag.name).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!((found[0].get("x"), found[0].get("y"), found[0].get("z")), (Some("1"), Some("a b"), None));
    assert_eq!(found[0].all("b")[0].get("z"), Some("2"));
    assert_eq!(found[1].body, "");
}
