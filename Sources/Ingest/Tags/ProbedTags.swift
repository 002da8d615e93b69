import ShowModel

/// What ffprobe finds in containers that TagLib does not know, or not whole: Matroska, chapters of MP4.
enum ProbedTags {
  /// - Returns: nil where ffprobe is not there, or can't read the file.
  static func read(_ descriptor: Int32) -> [FoundTags.Text]? {
    guard let tools = FFmpegTools(searchPath: nil),
      let child = try? ChildProcess(tools.ffprobe, FFmpegTools.tagArguments, input: descriptor)
    else { return nil }
    defer { child.stop() }
    var bytes = [UInt8](repeating: 0, count: Limits.probedTagBytes)
    guard let count = try? child.fill(&bytes, SoundErrors(path: "")), count < bytes.count, child.finish() == .exited(0)
    else { return nil }
    return parse(String(decoding: bytes[..<count], as: UTF8.self))
  }

  /// - Parameter text: lines of `TAG:key=value` in sections; the lines of a longer value stand below it.
  private static func parse(_ text: String) -> [FoundTags.Text] {
    var (isChapter, kind) = (false, TagKind.other)
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      if line.hasPrefix("["), line.hasSuffix("]") {
        isChapter = line == "[CHAPTER]"
        return nil
      }
      guard line.hasPrefix("TAG:") else { return FoundTags.Text(kind, String(line)) }
      let parts = line.dropFirst(4).split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      kind = isChapter ? .chapter : TagKind(key: String(parts[0]))
      return FoundTags.Text(kind, String(parts[1]))
    }
  }
}
