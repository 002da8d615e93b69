// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error)]

func room(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(
  _ name: String, _ dependencies: Target.Dependency..., exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// The program brings Swift's own libraries along: to look for them, and for what it needs of them, is half of the time
/// that it takes to start. Tests share these libraries with Swift's testing library, and do not.
/// Safe: the flags say only what is linked; SwiftPM refuses them in packages that others depend on, and nobody does on this.
let whole: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-stdlib", "-Xlinker", "--no-export-dynamic"]
      + ["Foundation", "FoundationInternationalization", "FoundationEssentials"].map { "-l\($0)" }
      + ["CoreFoundation", "_FoundationICU", "_FoundationCShims", "_FoundationCollections"].map { "-l\($0)" },
    .when(platforms: [.linux], configuration: .release))
]

let package = Package(
  name: "podcast",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CSndfile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CLame", pkgConfig: "lame", providers: [.apt(["libmp3lame-dev"])]),
    .systemLibrary(name: "CSoxr", pkgConfig: "soxr", providers: [.apt(["libsoxr-dev"])]),
    .systemLibrary(name: "CEbur128", pkgConfig: "libebur128", providers: [.apt(["libebur128-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CVector"),
    // C++ behind C functions; Debian's package is libtag1-dev.
    .target(name: "CTagLib", linkerSettings: [.linkedLibrary("tag")]),
    room("PCM", "CVector"),
    room("MPEG", "CVector"),
    room("ShowModel", "PCM"),
    room("Markup", "CExpat"),
    room("ShowFolder", "ShowModel", .product(name: "Yams", package: "Yams")),
    room(
      "Store", "ShowModel", .product(name: "GRDB", package: "GRDB.swift"),
      .product(name: "GRDBSQLite", package: "GRDB.swift")),
    room("Publish", "ShowModel", "PCM", "Markup", "CQRencode", .product(name: "Crypto", package: "swift-crypto")),
    room("Ingest", "PCM", "ShowModel", "MPEG", "Markup", "CSndfile", "CTagLib"),
    room("Redact", "PCM", "ShowModel", "CVector"),
    room("Master", "PCM", "ShowModel", "CSoxr", "CEbur128"),
    room(
      "Encode", "PCM", "ShowModel", "MPEG", "CSndfile", "CLame", "CTagLib",
      .product(name: "Crypto", package: "swift-crypto")),
    room(
      "Production", "PCM", "ShowModel", "Ingest", "Redact", "Master", "Encode", "ShowFolder", "Store", "Publish",
      "CLinux",
      .product(name: "Crypto", package: "swift-crypto")),
    room(
      "Serve", "ShowModel", "Store", "Publish", "CLinux", "CZlib", .product(name: "Crypto", package: "swift-crypto"),
      .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HummingbirdCore", package: "hummingbird"),
      .product(name: "HTTPTypes", package: "swift-http-types"),
      .product(name: "Logging", package: "swift-log"), .product(name: "NIOCore", package: "swift-nio"),
      .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")),
    .executableTarget(
      name: "podcast",
      dependencies: [
        "Production", "Publish", "Serve", "ShowFolder", "Store",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict, linkerSettings: whole),
    .executableTarget(
      name: "bench", dependencies: ["PCM", "ShowModel", "ShowFolder", "Store", "Publish", "Production", "podcast"],
      path: "Tests/Benchmarks",
      swiftSettings: strict),
    .target(name: "TestSupport", dependencies: ["PCM"], path: "Tests/Support", swiftSettings: strict),
    tests("PCMTests", "TestSupport", "PCM"),
    tests("MPEGTests", "TestSupport", "MPEG"),
    tests("MarkupTests", "Markup"),
    tests("IngestTests", "TestSupport", "Ingest", "PCM", "ShowModel", exclude: ["Goldens"]),
    tests("CoverTests", "TestSupport", "Redact", "PCM", "ShowModel"),
    tests(
      "ProductionTests", "TestSupport", "Production", "Ingest", "Encode", "MPEG", "Redact", "PCM", "ShowModel",
      "ShowFolder", "Publish", "CSndfile"),
    tests("RangeFileTests", "TestSupport", "Redact", "PCM", "ShowModel", exclude: ["Goldens"]),
    tests("EncodeTests", "TestSupport", "Encode", "MPEG", "Ingest", "PCM", "ShowModel"),
    tests("CommandTests", "TestSupport", "Publish", "Store", "ShowModel", exclude: ["Goldens"]),
    tests("InspectTests", "TestSupport", "Production", "Encode", "PCM", "ShowModel"),
    tests("CheckTests", "TestSupport", "Redact", "PCM", "ShowModel"),
    tests("StoreTests", "TestSupport", "Store", "ShowModel"),
    tests(
      "ServeTests", "TestSupport", "Serve", "Store", "Publish", "ShowModel",
      .product(name: "Crypto", package: "swift-crypto"), .product(name: "Hummingbird", package: "hummingbird"),
      .product(name: "HTTPTypes", package: "swift-http-types")),
    tests("ShowFolderTests", "TestSupport", "ShowFolder", "ShowModel", exclude: ["Goldens"]),
    tests("PublishTests", "TestSupport", "Publish", "ShowFolder", "ShowModel", exclude: ["Goldens"]),
    tests("VerifyTests", "TestSupport", "Production", "Ingest", "Master", "Encode", "Redact", "PCM", "ShowModel"),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
