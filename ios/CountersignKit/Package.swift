// swift-tools-version: 6.0
import PackageDescription

// `Generated` is filled by `cargo xtask swift` (Linux) or `cargo xtask ios` (a Mac) and never committed.

#if os(Linux)
    /// The library as cargo built it for this machine.
    let library = Target.systemLibrary(name: "CountersignABI", path: "Generated/CountersignABI")
    let built = (Context.environment["COUNTERSIGN_TARGET"] ?? "\(Context.packageDirectory)/../../target") + "/debug"
    let linking: [LinkerSetting] = [
        .linkedLibrary("countersign_ffi"),
        // `@Observable` refers to a function that Debian's runtime does not export.
        .unsafeFlags(["-L\(built)", "-Xlinker", "-rpath=\(built)", "-Xlinker", "--allow-shlib-undefined"]),
    ]
    /// Keys without a Secure Enclave, and the tests that stand on them.
    let tested: [Target] = [
        .systemLibrary(name: "CLibCrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CountersignSoftware", dependencies: ["CountersignFFI", "CLibCrypto"]),
        .testTarget(
            name: "CountersignKitTests",
            dependencies: ["CountersignKit", "CountersignSoftware", "CountersignKeyStoreCases"]
        ),
    ]
#else
    /// The library for devices and simulators.
    let library = Target.binaryTarget(name: "CountersignABI", path: "Generated/CountersignABI.xcframework")
    let linking: [LinkerSetting] = []
    let tested: [Target] = []
#endif

let package = Package(
    name: "CountersignKit",
    platforms: [.iOS(.v17)],
    products: [
        .library(name: "CountersignKit", targets: ["CountersignKit", "CountersignFFI", "CountersignWords"]),
        .library(name: "CountersignKeyStoreCases", targets: ["CountersignKeyStoreCases"]),
    ],
    targets: [
        library,
        // Generated for Swift 5: in a target of its own, so that everything else is held to Swift 6.
        .target(
            name: "CountersignFFI",
            dependencies: ["CountersignABI"],
            path: "Generated/CountersignFFI",
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: linking
        ),
        .target(name: "CountersignWords", path: "Generated/CountersignWords"),
        .target(name: "CountersignKit", dependencies: ["CountersignFFI", "CountersignWords"]),
        // What the core expects of every key store, for the tests here and for those on a device.
        .target(name: "CountersignKeyStoreCases", dependencies: ["CountersignFFI"]),
    ] + tested,
    swiftLanguageModes: [.v6]
)
