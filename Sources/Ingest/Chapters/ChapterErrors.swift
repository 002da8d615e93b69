import PCM
import ShowModel

extension IngestError.Code {
  package static let badChapters = Self(rawValue: "badChapters")
}

/// Errors of one list of chapters. A title may name a person: nothing of the file is repeated but times.
struct ChapterErrors {
  private let file: String

  init(_ file: String) { self.file = file }

  func place(_ line: Int?) -> Place { Place(file: file, line: line) }

  func badTime(_ which: String, _ line: Int) -> IngestError {
    error(line, "the \(which) of this chapter is not a time", "Write it as 0:12:34.5, as 12:34.5 or in seconds.")
  }

  func noTitle(_ line: Int) -> IngestError {
    error(line, "this chapter has no title", "Give it one: players show nothing else.")
  }

  func controlCharacter(_ line: Int) -> IngestError {
    error(line, "the title of this chapter holds a control character", "Write it in one line of plain text.")
  }

  func longTitle(_ line: Int) -> IngestError {
    error(
      line, "the title of this chapter is longer than \(Limits.chapterTitleBytes) bytes", "Shorten it.")
  }

  func notAscending(_ time: MediaTime, _ line: Int) -> IngestError {
    error(
      line, "this chapter starts at \(time), not later than the one before it", "Put the chapters in their order.")
  }

  func endBeforeStart(_ line: Int) -> IngestError {
    error(line, "this chapter ends before it starts", "Correct its times, or leave out its end.")
  }

  func badAddress(_ line: Int) -> IngestError {
    error(
      line, "the address of this chapter is none that a player can open",
      "Write it as https://…, with letters beyond ASCII as %C3%A9 and the like, or leave it out.")
  }

  func tooMany(_ line: Int) -> IngestError {
    error(line, "there are more than \(Limits.chapters) chapters", "Leave some out: an MP3 takes no more.")
  }

  func pastTheEnd(_ chapter: Chapter, _ length: MediaTime) -> IngestError {
    error(
      chapter.place?.line, "this chapter starts at \(chapter.start), but the sound ends at \(length)",
      "Check that the chapters belong to this sound, and correct the time.")
  }

  func notJSON(_ line: Int) -> IngestError {
    error(line, "this is not valid JSON", "Look for a missing comma, quotation mark or bracket.")
  }

  func otherJSON(_ line: Int) -> IngestError {
    error(
      line, "this JSON is no list of chapters of version 1",
      "It reads: {\"version\": \"1.2.0\", \"chapters\": [{\"startTime\": 62.5, \"title\": \"…\"}]}")
  }

  func notXML(_ line: Int) -> IngestError {
    error(line, "this is not valid XML", "Look for a missing quotation mark or end of an element.")
  }

  func badLine(_ line: Int) -> IngestError {
    error(line, "this line is no chapter", "It reads: 00:01:02.500 and the title.")
  }

  func unknownFormat() -> IngestError {
    error(
      nil, "this is not a list of chapters that this program knows",
      "Export Podlove Simple Chapters, Podcasting 2.0 JSON chapters, or lines of 00:01:02.500 and a title.")
  }

  func none() -> IngestError {
    error(nil, "there is no chapter in this file", "Add one, or leave out --chapters.")
  }

  func tooLarge() -> IngestError {
    error(nil, "this file is too large for a list of chapters", "Check that it is the right file.")
  }

  func unreadable() -> IngestError {
    IngestError(
      .badChapters, at: place(nil), problem: "this list of chapters can't be read",
      remedy: "Check its name, and that you may open it.", exit: .noInput)
  }

  private func error(_ line: Int?, _ problem: String, _ remedy: String) -> IngestError {
    IngestError(.badChapters, at: place(line), problem: problem, remedy: remedy, exit: .badData)
  }
}
