//! What the app may do and who may call it (protocol 7.2).

use crate::read;
use crate::xml::{Tag, tags};

const NAME: &str = "android:name";

fn manifest() -> String {
    read("app/src/main/AndroidManifest.xml")
}

fn application(manifest: &str) -> Tag<'_> {
    tags(manifest).into_iter().find(|tag| tag.name == "application").expect("an application")
}

#[test]
fn the_app_asks_for_these_permissions_and_no_others() {
    let manifest = manifest();
    let asked = |name: &str| tags(&manifest).iter().filter(|tag| tag.name == name).count();
    let permissions = tags(&manifest).into_iter().filter(|tag| tag.name == "uses-permission");
    let mut permissions: Vec<_> = permissions.filter_map(|tag| tag.get(NAME)).collect();
    permissions.sort_unstable();
    let wanted = ["CAMERA", "INTERNET", "POST_NOTIFICATIONS", "USE_BIOMETRIC", "VIBRATE"];
    assert_eq!(permissions, wanted.map(|name| format!("android.permission.{name}")));
    assert_eq!(asked("uses-permission-sdk-23") + asked("permission"), 0);
}

#[test]
fn no_adapter_has_a_manifest_that_asks_for_more() {
    for module in ["platform", "ui"] {
        let path = format!("{}/../android/{module}/src/main/AndroidManifest.xml", env!("CARGO_MANIFEST_DIR"));
        assert!(!std::path::Path::new(&path).exists(), "{module}");
    }
}

#[test]
fn other_apps_reach_the_window_and_the_push_receiver_and_nothing_else() {
    let manifest = manifest();
    let application = application(&manifest);
    let mut exported = Vec::new();
    for kind in ["activity", "activity-alias", "service", "receiver", "provider"] {
        for component in application.all(kind) {
            let name = component.get(NAME).expect("a name");
            match (component.get("tools:node"), component.get("android:exported")) {
                (Some("remove"), None) | (None, Some("false")) => {}
                (None, Some("true")) => exported.push(name),
                other => panic!("{name} does not say whether others reach it: {other:?}"),
            }
        }
    }
    assert_eq!(exported, [".MainActivity", "eu.countersign.platform.push.PushReceiver"]);
}

#[test]
fn components_of_libraries_stay_out() {
    let manifest = manifest();
    let removed = |tag: &Tag<'_>| tag.get("tools:node") == Some("remove");
    let names: Vec<_> =
        tags(&manifest).iter().filter(|tag| removed(tag)).filter_map(|tag| tag.get(NAME)).collect();
    let wanted =
        ["androidx.startup.InitializationProvider", "androidx.profileinstaller.ProfileInstallReceiver"];
    assert_eq!(names, wanted);
}

#[test]
fn nothing_is_backed_up_and_nothing_goes_out_in_clear() {
    let manifest = manifest();
    let application = application(&manifest);
    for (attribute, value) in [
        ("android:allowBackup", "false"),
        ("android:fullBackupContent", "false"),
        ("android:hasFragileUserData", "false"),
        ("android:usesCleartextTraffic", "false"),
        ("android:dataExtractionRules", "@xml/data_extraction_rules"),
        ("android:networkSecurityConfig", "@xml/network_security_config"),
    ] {
        assert_eq!(application.get(attribute), Some(value), "{attribute}");
    }
    assert_eq!(application.get("android:debuggable"), None);
}

#[test]
fn links_are_verified_ones_over_https() {
    let manifest = manifest();
    let activity = application(&manifest).all("activity").remove(0);
    for filter in activity.all("intent-filter") {
        for data in filter.all("data") {
            assert_eq!(filter.get("android:autoVerify"), Some("true"));
            assert_eq!(data.get("android:scheme"), Some("https"));
            assert_eq!(data.get("android:pathPrefix"), Some("/a/"));
        }
    }
    assert_eq!((activity.get("android:taskAffinity"), activity.all("data").len()), (Some(""), 1));
}

#[test]
fn the_receiver_hears_what_unifiedpush_says() {
    let manifest = manifest();
    let receiver = application(&manifest).all("receiver").remove(0);
    let mut said: Vec<_> = receiver.all("action").iter().filter_map(|action| action.get(NAME)).collect();
    said.sort_unstable();
    let source = read("platform/src/main/kotlin/eu/countersign/platform/push/PushReceiver.kt");
    let prefix = "org.unifiedpush.android.connector.";
    let mut heard: Vec<_> = source.split('"').filter(|text| text.starts_with(prefix)).collect();
    heard.sort_unstable();
    assert_eq!(said, heard);
    assert_eq!(said.len(), 4);
}
