import Encode
import Foundation
import Ingest
import PCM
import Redact
import ShowFolder
import ShowModel

/// All that decides what an episode's MP3 is, as it lies in the folder now, with digests of it.
struct EpisodeRecipe {
  /// Changes whenever the same files are made into another MP3.
  private static let form = "podcast build 1"

  let episode: Episode
  /// Paths on disk.
  let sound: String
  let ranges: [RedactionRange]
  private let lists: [String]
  private let settings: CoverSettings
  private let mp3: MP3Settings
  private let tags: Tags
  /// SHA-256 in hexadecimal: of the recording, of what is marked in it, of everything else.
  let soundDigest, rangesDigest, settingsDigest: String

  /// - Complexity: reads the whole recording.
  init(_ episode: Episode, of show: Show, in folder: ShowFolder) throws {
    let place = folder.folder(of: episode.slug)
    self.episode = episode
    sound = "\(place)/\(episode.sound)"
    lists = episode.ranges.map { "\(place)/\($0)" }
    ranges = try lists.flatMap { try RangeFile.read(path: $0, options: RangeFileOptions()).ranges }
    settings = try CoverSettings(show.sound, at: show.place)
    mp3 = MP3Settings(rate: .constant(show.sound.bitrate), isMono: show.sound.isMono)
    tags = try Self.tags(episode, show, folder)
    soundDigest = try FileDigest.sha256(ofFile: sound)
    rangesDigest = FileDigest.sha256(Receipt.canonicalRanges(ranges))
    settingsDigest = FileDigest.sha256(Self.canonical(settings, mp3, tags))
  }

  func isWhat(_ build: Build) -> Bool {
    build.isMade(ofSound: soundDigest, ranges: rangesDigest, settings: settingsDigest)
  }

  /// - Parameter cache: a folder for encoded parts, of this episode alone.
  func request(to output: String, cache: String) -> RedactionRequest {
    var request = RedactionRequest(input: sound, ranges: ranges, outputs: [output])
    request.settings = settings
    request.mp3 = mp3
    request.tags = tags
    request.cache = cache
    request.replacesOutputs = true
    request.mayCoverNothing = episode.ranges.isEmpty
    request.protected = lists.compactMap { FileIdentity(path: $0) }
    return request
  }

  private static func tags(_ episode: Episode, _ show: Show, _ folder: ShowFolder) throws -> Tags {
    let place = folder.folder(of: episode.slug)
    let picture = episode.artwork.map { "\(place)/\($0)" } ?? "\(folder.path)/\(show.artwork)"
    var tags = Tags(title: episode.title, artist: show.author, album: show.title, artwork: try Artwork(path: picture))
    tags.date = episode.date.map { $0.formatted(.iso8601.year().month().day()) }
    tags.chapters = try episode.chapters.map { try ChapterFile.read(path: "\(place)/\($0)") } ?? []
    return tags
  }

  private static func canonical(_ settings: CoverSettings, _ mp3: MP3Settings, _ tags: Tags) -> String {
    let chapters = tags.chapters.map { [$0.start.decimalSeconds, $0.end?.decimalSeconds, $0.title, $0.url] }
    let artwork = tags.artwork.map { FileDigest.sha256(bytes: $0.bytes) }
    let texts = [tags.title, tags.artist, tags.album, tags.date, artwork]
    return "\(form)\n\(settings)\n\(mp3)\n\(texts)\n\(chapters)\n"
  }
}

extension CoverSettings {
  fileprivate init(_ sound: Show.SoundSettings, at place: Place) throws {
    self.init(fill: sound.fill)
    pad = try Self.time(sound.pad, place) ?? pad
    shortest = try Self.time(sound.shortest, place) ?? shortest
    join = try Self.time(sound.join, place) ?? join
  }

  private static func time(_ text: String?, _ place: Place) throws -> MediaTime? {
    guard let text else { return nil }
    guard let seconds = Double(text), let time = MediaTime(seconds: seconds) else {
      throw ProductionError(
        .badSetting, at: place, problem: "“\(text)” is not a time in seconds", remedy: "Write seconds, such as 0.1.",
        exit: .badData)
    }
    return time
  }
}

extension ProductionError.Code {
  package static let badSetting = Self(rawValue: "bad-setting")
}
