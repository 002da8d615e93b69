import Foundation
import TestSupport
import Testing

@Suite struct NewShowTests {
  @Test("a name that is empty, as of a variable that is not set, is refused", arguments: [" ", ""])
  func unnamed(name: String) throws {
    let command = try Command()
    let ended = try command.run("new", name)
    #expect(ended.status == 64 && ended.errorText.contains("The name of the folder is empty."))
    #expect(command.folder.names == ["in.wav", "r.csv"])
  }

  @Test("where other files are, no show is started")
  func full() throws {
    let command = try Command()
    let ended = try command.run("new", ".")
    #expect(ended.status == 73 && ended.errorText.contains("Name a folder that is new or empty."))
    #expect(command.folder.names == ["in.wav", "r.csv"])
  }
}
