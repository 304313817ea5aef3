//! The files behind `/assets/`: embedded at compile time, each with its type and version.
//!
//! Pages name them with `?v=<version>`, so the router may answer with a year of `Cache-Control: immutable`
//! and must ignore the query when it looks one up.

/// One embedded file.
pub struct Asset {
    /// Name below `/assets/`.
    pub name: &'static str,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The content.
    pub bytes: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// One style sheet, so that a page asks for one; written in parts, so that each can be found.
const STYLE: &str = concat!(
    include_str!("../../../assets/css/base.css"),
    include_str!("../../../assets/css/parts.css"),
    include_str!("../../../assets/css/sign_in.css"),
    include_str!("../../../assets/css/me.css"),
    include_str!("../../../assets/css/operator.css"),
    include_str!("../../../assets/css/print.css"),
);

/// Every asset of the pages.
pub const ASSETS: &[Asset] = &[
    asset("tokens.css", CSS, include_bytes!("../../../assets/tokens.css")),
    asset("app.css", CSS, STYLE.as_bytes()),
    asset("count.js", SCRIPT, include_bytes!("../../../assets/count.js")),
    asset("wait.js", SCRIPT, include_bytes!("../../../assets/wait.js")),
    asset("qr.js", SCRIPT, include_bytes!("../../../assets/qr.js")),
    asset("when.js", SCRIPT, include_bytes!("../../../assets/when.js")),
    asset("copy.js", SCRIPT, include_bytes!("../../../assets/copy.js")),
    asset("print.js", SCRIPT, include_bytes!("../../../assets/print.js")),
    asset("show.js", SCRIPT, include_bytes!("../../../assets/show.js")),
    asset("mark.svg", "image/svg+xml", include_bytes!("../../../assets/mark.svg")),
];

const fn asset(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Asset {
    Asset { name, content_type, bytes }
}

impl Asset {
    /// Sixteen hexadecimal digits that change with the content. They tell versions apart, nothing more.
    pub fn version(&self) -> String {
        format!("{:016x}", fnv1a(self.bytes))
    }

    /// Value of `ETag`, in its quotation marks.
    pub fn etag(&self) -> String {
        format!("\"{}\"", self.version())
    }
}

/// The asset `name` below `/assets/`, without query.
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// `/assets/<name>?v=<version>`.
pub fn address(name: &str) -> String {
    let version = find(name).map(Asset::version).unwrap_or_default();
    format!("/assets/{name}?v={version}")
}

/// FNV-1a with 64 bits: short, and no secret depends on it.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
