import Foundation
import Publish
import ShowModel

/// A feed of 5,000 episodes, beside python's feedgen with the same texts: each program's writing alone, and from the texts
/// of the episodes on.
enum FeedBenchmark {
  private static let count = 5_000
  private static let notes = String(repeating: "Ce qui se passe sur le réseau & ailleurs. ", count: 20)
  private static let digest = String(repeating: "2c", count: 32)

  static func run() throws -> [[String]] {
    let made = feed
    let writing = median { made.xml().count }
    let whole = median { feed.xml().count }
    let gate = Measure.seconds { _ = Gate(made, artwork: picture).faults() }
    let size = String(format: "%.1f", Double(made.xml().count) / 1e6)
    let rows = [
      ["5,000 episodes", "ms", "MB", "theirs / ours", "goal"],
      ["podcast, writing", milliseconds(writing), size, "", "under 100 ms"],
      ["podcast, whole", milliseconds(whole), size, "", ""],
      ["podcast, the gate", milliseconds(gate), "", "", ""],
    ]
    guard let theirs = feedgen() else {
      return rows + [["python feedgen", "not installed: pip install feedgen", "", "", ""]]
    }
    return rows + [
      row("python feedgen, writing", theirs.writing, writing),
      row("python feedgen, whole", theirs.whole, whole),
    ]
  }

  private static func median(_ body: () -> Int) -> Double {
    let times = (0..<9).map { _ in Measure.seconds { _ = body() } }.sorted()
    return times[times.count / 2]
  }

  private static func row(_ name: String, _ theirs: Double, _ ours: Double) -> [String] {
    [name, milliseconds(theirs), "", Figure.ratio(theirs / ours), "at least 20"]
  }

  private static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1_000) }

  private static var picture: ArtworkFacts {
    ArtworkFacts(
      kind: .jpeg, width: 1_400, height: 1_400, isRGB: true, byteCount: 200_000, place: Place(file: "artwork.jpg"))
  }

  private static var feed: Feed {
    let address = "https://podcast.example.org"
    let show = Show(
      title: "Réseau ouvert", description: notes, language: "fr", author: "Section syndicale",
      categories: [Show.Category(name: "Business", subcategory: "Careers")], address: address, artwork: "artwork.jpg")
    return Feed(
      show: show, items: (1...count).map { item($0, address) }, address: "\(address)/feed.xml",
      artwork: "\(address)/artwork.jpg", audience: .everybody, updated: Date(timeIntervalSince1970: 1_795_507_200))
  }

  private static func item(_ number: Int, _ address: String) -> FeedItem {
    FeedItem(
      episode: Episode(
        slug: "e\(number)", title: "Épisode \(number) : « questions » & réponses", description: notes, number: number,
        sound: "e.wav", ranges: [], place: Place(file: "episodes/e\(number)/episode.yaml")),
      guid: "guid-\(number)", published: Date(timeIntervalSince1970: Double(number) * 86_400),
      enclosure: FeedItem.Enclosure(
        address: "\(address)/e\(number).mp3", byteCount: 43_200_896, digest: digest),
      milliseconds: 3_600_040, page: "\(address)/e\(number)/")
  }

  /// - Returns: in seconds; nil where there is no python with feedgen.
  private static func feedgen() -> (writing: Double, whole: Double)? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, String(count), notes]
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let numbers = text.split { $0.isWhitespace }.compactMap { Double($0) }
    return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
  }

  private static let script = """
    import sys, time
    from datetime import datetime, timezone
    from feedgen.feed import FeedGenerator
    count, notes = int(sys.argv[1]), sys.argv[2]
    start = time.perf_counter()
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title("Réseau ouvert"); feed.description(notes); feed.language("fr")
    feed.link(href="https://podcast.example.org/feed.xml", rel="self")
    feed.podcast.itunes_category("Business", "Careers"); feed.podcast.itunes_explicit("no")
    for number in range(1, count + 1):
        entry = feed.add_entry(order="append")
        entry.title(f"Épisode {number} : « questions » & réponses"); entry.description(notes)
        entry.guid(f"guid-{number}", permalink=False)
        entry.pubDate(datetime.fromtimestamp(number * 86400, timezone.utc))
        entry.link(href=f"https://podcast.example.org/e{number}/")
        entry.enclosure(f"https://podcast.example.org/e{number}.mp3", 43200896, "audio/mpeg")
        entry.podcast.itunes_duration(3600); entry.podcast.itunes_explicit("no")
    given = time.perf_counter()
    feed.rss_str(pretty=True)
    end = time.perf_counter()
    print(end - given, end - start)
    """
}
