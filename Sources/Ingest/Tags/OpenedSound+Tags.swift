import Glibc
import PCM
import ShowModel

extension OpenedSound {
  /// What this file says besides its sound: tags of every kind that TagLib knows, the chunks of the WAVE family, AIFF
  /// and CAF, and what ffprobe finds in containers that only ffmpeg reads.
  ///
  /// What is too long or too broken to be read is left out, and ``FoundTags/isComplete`` is false then.
  ///
  /// - Complexity: reads tags and headers; of MP3 files each frame's header.
  package func readTags() -> FoundTags {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return FoundTags(isComplete: false) }
    return Self.tags(FileBytes(descriptor: descriptor, size: Int64(status.st_size)))
  }

  private static func tags(_ bytes: FileBytes) -> FoundTags {
    let container = Container(bytes)
    var found = FoundTags()
    let status = TagLibTags.read(descriptor: bytes.descriptor, size: bytes.size, into: &found)
    var isRead = status == .read
    if let chunks = ChunkTags(bytes, container) {
      found.texts += chunks.texts()
      isRead = status != .failed
    }
    if container.isForeign, let texts = ProbedTags.read(bytes.descriptor) {
      found.texts += texts
      isRead = status != .failed
    }
    found.surroundings = Surroundings(bytes, container).read()
    let isBare = container.carriesNoTags || found.surroundings.allSatisfy { $0 == 0 }
    found.isComplete = isRead || (status == .unknown && isBare)
    return found
  }
}

extension Container {
  /// Old formats with a fixed header, and nothing that a tag could stand in.
  fileprivate var carriesNoTags: Bool {
    switch self {
    case .au, .simple: true
    default: false
    }
  }
}
