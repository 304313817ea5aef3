//! What protocol.md section 2.9 publishes is in the vectors, byte for byte.

#![allow(clippy::unwrap_used, reason = "a step that fails is a test that fails, with its place")]

use countersign_protocol::encoding::hex;
use countersign_protocol::label::sha256;
use serde_json::Value;

fn file(name: &str) -> (String, Value) {
    let path = format!("{}/../vectors/map1/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}

#[test]
fn the_messages_have_the_published_bytes() {
    let of = |name: &str, group: usize, member: &str| {
        let (_, file) = file(name);
        let test = &file["testGroups"][group]["tests"][0];
        hex(&sha256(test[member].as_str().unwrap().as_bytes()))
    };
    assert_eq!(of("approve", 0, "body"), "73c71f9bf4481e218d8e45fc5bcb1f031f735d4ab5a7bee126e19faa5788b6c9");
    assert_eq!(of("deny", 0, "body"), "f89b7f6463448e4f8899ee8fcd261d8dcbbcb31cfeb8f7925f573bec33b37fe8");
    assert_eq!(of("enrol", 0, "body"), "b86fa1c79b6152448ad05cb6327b7eb4042e01beb5006612ff14c78cf85523f6");
    assert_eq!(of("op", 0, "body"), "705633750b2eccf29a1502fffa109bf565a6bf98e4fb340b208ab96f4c82b931");
    assert_eq!(of("op", 3, "body"), "6ca177479305182357e77da68343aea2850575dae245334a85a65cf400dcd0cc");
    assert_eq!(
        of("offline_request", 0, "jws"),
        "0ea5805aec134c3bd4399a7cf0cb67937c0718f2d88745b892dc9303e6fea326"
    );
}

#[test]
fn the_derivations_have_the_published_values() {
    let published = [
        ("pin_keys", "80d420fe1cebd71d6e76e0ed544da3f6badbf02b3c41b96da05f339418550a94"),
        ("pin_keys", "9f04ccb5f3dae150df731478edd02b34e136637a726835df983e38f67cf77b86"),
        ("pin_keys", "88e755fec3ad18af00754c36f84bd3b5c9ec3d50a9cfa892ccd532cc9c972926"),
        ("pin_keys", "a3565c620bd1fa97c14ad37be87a19a5162ee03c94df61f0411704e1e95653c7"),
        ("pin_keys", "0361ade02e05b5c4fbe0afaca53cfc852bcbc2e6db2482fa957338e889968069"),
        ("pin_keys", "7a1ddfcf5cab60766de2c8b2c192aa2a5fc54f0b5fef1c1730a449c7961a7119"),
        ("pin_keys", "4701f9c1b5d7dae6dd6c2819ec1d31e588da63f359d673285ff90239283993a8"),
        ("pin_keys", "33b3758bae5848f730e08f677e9e45e0236b7ac87dd9fde4ed96c6c6428c3fcd"),
        ("pin_keys", "ae3b992ddd4e96adc22a95f0b6e1866761b54b8ce485b5cec914f9e1a7af6b71"),
        ("pin_keys", "ed1d1c4e4cf293e18df598f61d24ae357db041ec7bb5ecb593dc9db7b2dedd2d"),
        ("pin_keys", "ad696fd75eff807f3263d57af848e420afaa9202c5840a596bc16de4c412deb1"),
        ("pin_keys", "306af44fbda96b71776ad80c6cb431e31f523abfb798ae8bc182d24e4bef450c"),
        ("pin_keys", "69cf63ed70c35b857a3d2720b6288ccc7674175345df33ec025da5ff181b3e48"),
        ("pin_keys", "b370280d9ebbf6aded506f37d5e9eb568fb36816501ac173e90b6a3e71f0e0c5"),
        ("prf", "b370280d9ebbf6aded506f37d5e9eb568fb36816501ac173e90b6a3e71f0e0c5"),
        ("prf", "60881723c3be6924"),
        ("offline", "7fc23f2f9de8e9a49c5a297baf5608be8d1389aa1b2018cdc435e2b1012a5336"),
        ("offline", "89850940"),
        ("offline", "85900250"),
        ("approve", "d31gm4M3L34PtcR1RlpBTKcvCs12S346ZhQWL8Ahh6A"),
        ("request", "hu6mdRPiPGavZejFGYK_NEu-jG_wqT_0PGs9N2L2BU8"),
        ("codes", "lbiaHAwYQQJJMjn99V4gU6giP1-K7uNi2OShyxvz6oQ"),
        ("codes", "mnbKhLih0eE9ezrC51JLVSTh4M5wwfrujjt03iK3z7k"),
        ("codes", "GMG-AWNHojqbENQhjboRyNivoFT9TPkbVwGBe-4p1PI"),
        ("codes", "\"E8AP-QNR1\""),
        ("codes", "\"3446\""),
        ("typed", "RmMAcOHl2iFY1PmzdUPMYA"),
        ("jwk", "gWjt7nmB1udyFpLYVp0SxJnI8lJEvl7q8AFYZRqnGV8"),
        ("qr", "https://id.example.eu/a/s#AhQUFBQUFBQUFBQUFBQUFBQAAAAHfGoplfapsPY"),
        ("qr", "https://id.example.eu/a/l#AxQUFBQUFBQUFBQUFBQUFBQ"),
        (
            "qr",
            "https://id.example.eu/a/e#ARERERERERERERERERERERESEhISEhISEhISEhISEhISwn8-axFKnOFEnnaYJBgkGYUyDjm328I-jp-j7aegW-kA",
        ),
    ];
    for name in ["pin_keys", "prf", "offline", "approve", "request", "codes", "typed", "jwk", "qr"] {
        let (text, _) = file(name);
        for (_, value) in published.iter().filter(|(of, _)| *of == name) {
            assert!(text.contains(value), "{name}: {value}");
        }
    }
}
