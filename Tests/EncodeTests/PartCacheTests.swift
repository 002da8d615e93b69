import Encode
import Foundation
import PCM
import TestSupport
import Testing

/// What is kept from run to run makes no difference to the bytes, and nothing is kept that the last run did not use.
@Suite struct PartCacheTests {
  struct Case: CustomTestStringConvertible {
    let rate: MP3Settings.Rate
    let hertz, channels: Int
    var testDescription: String { "\(rate), \(hertz) Hz, \(channels)" }
  }

  static let cases = [
    Case(rate: .constant(64), hertz: 24_000, channels: 1), Case(rate: .variable(5), hertz: 16_000, channels: 2),
    Case(rate: .average(40), hertz: 22_050, channels: 1),
  ]
  static let size = PartSize(length: 4 * PartSize.period, leadIn: PartSize.period)

  @Test("kept or not, the same bytes, whatever moment changed", arguments: cases)
  func sameBytes(sort: Case) throws {
    let folder = try Folder()
    let cache = folder.file("kept")
    let before = try Self.voice(sort)
    try before.encode(sort.rate, size: Self.size, cache: PartCache(folder: cache), to: folder.file("a.mp3"))
    let half = before.samples.count / 2
    for range in [0..<1_000, half..<(half + 9_000), (before.samples.count - 700)..<before.samples.count] {
      let after = before.covered(range)
      try after.encode(sort.rate, size: Self.size, cache: PartCache(folder: cache), to: folder.file("b.mp3"))
      try after.encode(sort.rate, threads: 1, size: Self.size, to: folder.file("c.mp3"))
      #expect(try folder.read("b.mp3") == folder.read("c.mp3"))
    }
    // Nothing changed, and shorter or longer by a bit.
    for samples in [
      before.samples, before.samples.dropLast(2_000 * sort.channels), before.samples + before.samples,
    ] {
      let again = Recording(exactly: Array(samples), hertz: sort.hertz, channels: sort.channels)
      try again.encode(
        sort.rate, threads: 1, size: Self.size, cache: PartCache(folder: cache), to: folder.file("b.mp3"))
      try again.encode(sort.rate, size: Self.size, to: folder.file("c.mp3"))
      #expect(try folder.read("b.mp3") == folder.read("c.mp3"))
    }
  }

  @Test("whatever changes in whatever sound, cut into parts of any size, the same bytes")
  func anyChange() throws {
    for seed in 1...(SeamTests.isSoak ? 300 : 6) {
      var seeded = Seeded(UInt64(seed))
      let sort = Self.cases[seed % Self.cases.count]
      let leadIn = PartSize.period * Int.random(in: 1...2, using: &seeded)
      let size = PartSize(length: leadIn * Int.random(in: 1...3, using: &seeded), leadIn: leadIn)
      let folder = try Folder()
      var sound = try Recording.voice(
        frames: Int.random(in: 1...(500 * 576), using: &seeded), hertz: sort.hertz, channels: sort.channels,
        seed: UInt64(seed))
      for round in 0..<4 {
        try sound.encode(sort.rate, size: size, cache: PartCache(folder: folder.file("kept")), to: folder.file("a.mp3"))
        try sound.encode(sort.rate, size: size, to: folder.file("b.mp3"))
        #expect(try folder.read("a.mp3") == folder.read("b.mp3"), "seed \(seed), \(round)")
        let start = Int.random(in: 0..<sound.samples.count, using: &seeded)
        sound = sound.covered(start..<min(sound.samples.count, start + Int.random(in: 1...40_000, using: &seeded)))
      }
    }
  }

  @Test("one more range changes one part, and what its encoder makes of the next, but not the part before")
  func oneMore() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let sound = try Self.voice(sort)
    var kept: [Set<String>] = []
    // In the third part, behind what the encoder of the second needs of it, and before the fourth's lead-in.
    let place = (2 * 4 + 2) * PartSize.period * 576
    for sound in [sound, sound.covered(place..<(place + 400))] {
      let cache = PartCache(folder: folder.file("kept"))
      try sound.encode(sort.rate, size: Self.size, cache: cache, to: folder.file("a.mp3"))
      cache.removeUnused()
      kept.append(Set(try FileManager.default.contentsOfDirectory(atPath: cache.folder)))
    }
    #expect(kept[1].subtracting(kept[0]).count == 2, "the part, and what its encoder makes of the next")
    #expect(kept[0].subtracting(kept[1]).count == 2)
  }

  @Test("sounds of every length near a part's, from a single frame on, are the same bytes when recalled")
  func lengths() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let voice = try Self.voice(sort)
    for frames in [1, 100, 576, 1_152, 48 * 576, 49 * 576 - 1, 196 * 576 - 800, 196 * 576, 196 * 576 + 1, 197 * 576] {
      let sound = Recording(exactly: Array(voice.samples.prefix(frames)), hertz: sort.hertz, channels: 1)
      for name in ["a.mp3", "b.mp3"] {
        try sound.encode(
          sort.rate, size: Self.size, cache: PartCache(folder: folder.file("\(frames)")), to: folder.file(name))
      }
      try sound.encode(sort.rate, size: Self.size, to: folder.file("c.mp3"))
      #expect(try folder.read("a.mp3") == folder.read("c.mp3"), "\(frames)")
      #expect(try folder.read("b.mp3") == folder.read("c.mp3"), "\(frames)")
    }
  }

  @Test("whatever is broken, cut, empty, swapped, a link or a pipe is encoded again")
  func hostile() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let sound = try Self.voice(sort)
    let cache = folder.file("kept")
    try sound.encode(sort.rate, size: Self.size, to: folder.file("a.mp3"))
    let files = FileManager.default
    var seeded = Seeded(5)
    for round in 0..<4 {
      let kept = PartCache(folder: cache)
      try sound.encode(sort.rate, size: Self.size, cache: kept, to: folder.file("b.mp3"))
      kept.removeUnused()
      #expect(try folder.read("a.mp3") == folder.read("b.mp3"), "\(round)")
      let names = try files.contentsOfDirectory(atPath: cache).sorted().filter { $0 != "digests.key" }
      try #require(names.count >= 6)
      for (index, name) in names.enumerated() {
        let path = "\(cache)/\(name)"
        var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        switch index % 6 {
        case 0 where !bytes.isEmpty: bytes[Int.random(in: 0..<bytes.count, using: &seeded)] ^= 1
        case 1: bytes.removeLast(min(bytes.count, Int.random(in: 1...40, using: &seeded)))
        case 2: bytes = []
        case 3: bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(cache)/\(names[0])")))
        default: break
        }
        try files.removeItem(atPath: path)
        if index % 6 == 4 {
          try files.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
        } else if index % 6 == 5 {
          try #require(mkfifo(path, 0o600) == 0)
        } else {
          try Data(bytes).write(to: URL(fileURLWithPath: path))
        }
      }
    }
  }

  @Test("where the key of the digests is broken, gone, a link or a pipe, another is made, and all is encoded again")
  func otherKey() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let sound = try Self.voice(sort)
    let cache = folder.file("kept")
    let key = "\(cache)/digests.key"
    try sound.encode(sort.rate, size: Self.size, to: folder.file("a.mp3"))
    let files = FileManager.default
    var before: Set<String> = []
    for round in 0..<6 {
      let kept = PartCache(folder: cache)
      try sound.encode(sort.rate, size: Self.size, cache: kept, to: folder.file("b.mp3"))
      kept.removeUnused()
      #expect(try folder.read("a.mp3") == folder.read("b.mp3"), "\(round)")
      let after = Set(try files.contentsOfDirectory(atPath: cache))
      #expect(after.intersection(before).subtracting(["digests.key"]).isEmpty, "\(round)")
      let attributes = try files.attributesOfItem(atPath: key)
      #expect(attributes[.size] as? Int == 32 && attributes[.posixPermissions] as? Int == 0o600)
      before = after
      try files.removeItem(atPath: key)
      switch round {
      case 0: try folder.write([], "kept/digests.key")
      case 1: try folder.write([UInt8](repeating: 7, count: 33), "kept/digests.key")
      case 2: try files.createSymbolicLink(atPath: key, withDestinationPath: "/dev/zero")
      case 3: try #require(mkfifo(key, 0o600) == 0)
      default: break
      }
    }
  }

  @Test("sound that repeats itself over many parts and then changes is the same bytes, with other settings beside it")
  func repeating() throws {
    let folder = try Folder()
    let voice = try Self.voice(Self.cases[0]).samples
    let tone = (0..<(1_200 * 576)).map { 0.25 * Float($0 / 12 % 2 == 0 ? 0.9 : -0.9) }
    for start in [[Float](repeating: 0, count: tone.count), tone] {
      for end in [0, 98 * 576 + 300, 150 * 576] {
        let sound = Recording(exactly: start + voice.prefix(end), hertz: 24_000, channels: 1)
        for rate in [MP3Settings.Rate.constant(64), .variable(4)] {
          for threads in [1, 2] {
            let kept = PartCache(folder: folder.file("kept"))
            try sound.encode(rate, threads: threads, size: Self.size, cache: kept, to: folder.file("a.mp3"))
          }
          try sound.encode(rate, size: Self.size, to: folder.file("b.mp3"))
          #expect(try folder.read("a.mp3") == folder.read("b.mp3"), "\(rate), \(end)")
        }
      }
    }
  }

  @Test("after a run only what it used is there, nobody else may read it, and other files are left alone")
  func unused() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let cache = folder.file("kept")
    let sound = try Self.voice(sort)
    let first = PartCache(folder: cache)
    try sound.encode(sort.rate, size: Self.size, cache: first, to: folder.file("a.mp3"))
    first.removeUnused()
    let files = FileManager.default
    let before = Set(try files.contentsOfDirectory(atPath: cache))
    #expect(!before.isEmpty)
    #expect(try files.attributesOfItem(atPath: cache)[.posixPermissions] as? Int == 0o700)
    for name in before {
      #expect(try files.attributesOfItem(atPath: "\(cache)/\(name)")[.posixPermissions] as? Int == 0o600)
    }
    try folder.write([1], "kept/letter.txt")
    try folder.write([1], "kept/\(String(repeating: "a", count: 64)).part.12-34")
    let second = PartCache(folder: cache)
    try sound.covered(0..<sound.samples.count / 2)
      .encode(sort.rate, size: Self.size, cache: second, to: folder.file("b.mp3"))
    second.removeUnused()
    let after = Set(try files.contentsOfDirectory(atPath: cache))
    #expect(after.contains("letter.txt"))
    #expect(!after.contains { $0.hasSuffix("12-34") })
    #expect(before.intersection(after).count > 1 && !before.subtracting(after).isEmpty)
  }

  @Test("what is given up halfway waits for nothing that never began")
  func givenUp() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let sound = try Self.voice(sort)
    let format = try #require(SampleRate(hertz: sort.hertz).flatMap { SoundFormat(rate: $0, channels: 1) })
    try folder.write([], "a.mp3")
    for round in 0..<8 {
      let descriptor = open(folder.file("a.mp3"), O_RDWR)
      defer { close(descriptor) }
      let sink = try MP3Sink(
        MP3Settings(rate: sort.rate), format: format, tags: Tags(), threads: 1 + round % 2, size: Self.size,
        cache: PartCache(folder: folder.file("kept\(round)")), descriptor: descriptor)
      var block = SampleBlock(channels: 1)
      let most = (4 + round) * 49 * 576
      for start in stride(from: 0, to: most, by: block.room.count) {
        let piece = sound.samples[start..<min(most, start + block.room.count)]
        _ = block.room.update(fromContentsOf: piece)
        block.setFrameCount(piece.count)
        try sink.write(block)
      }
      sink.abandon()
    }
  }

  @Test("a folder that can't be made or written keeps nothing, and hinders nothing")
  func noFolder() throws {
    let folder = try Folder()
    let sort = Self.cases[0]
    let sound = try Self.voice(sort)
    try folder.write([], "file")
    try sound.encode(sort.rate, size: Self.size, to: folder.file("a.mp3"))
    let cache = PartCache(folder: folder.file("file/kept"))
    try sound.encode(sort.rate, size: Self.size, cache: cache, to: folder.file("b.mp3"))
    cache.removeUnused()
    #expect(try folder.read("a.mp3") == folder.read("b.mp3"))
  }

  private static func voice(_ sort: Case) throws -> Recording {
    try .voice(frames: 900 * 576 + 77, hertz: sort.hertz, channels: sort.channels)
  }
}

extension Recording {
  fileprivate init(exactly samples: [Float], hertz: Int, channels: Int) {
    (self.samples, self.hertz, self.channels) = (samples, hertz, channels)
  }

  fileprivate func covered(_ range: Range<Int>) -> Recording {
    var samples = samples
    for index in range { samples[index] = index / 24 % 2 == 0 ? 0.1 : -0.1 }
    return Recording(exactly: samples, hertz: hertz, channels: channels)
  }
}
