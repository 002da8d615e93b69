// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny"), .treatAllWarnings(as: .error)]

let package = Package(
  name: "podcast",
  targets: [
    .target(name: "PCM", swiftSettings: strict),
    .testTarget(name: "PCMTests", dependencies: ["PCM"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
