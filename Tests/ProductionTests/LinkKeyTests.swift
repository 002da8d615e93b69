import Foundation
import Production
import Publish
import ShowFolder
import TestSupport
import Testing

@Suite struct LinkKeyTests {
  private let folder: Folder
  private let show: ShowFolder

  init() throws {
    folder = try Folder()
    try folder.write("", "show.yaml")
    show = try ShowFolder(folder.path)
  }

  @Test("the key is made once, for its owner alone, and is the same ever after")
  func once() throws {
    let key = try LinkKey.read(in: show)
    #expect(try LinkKey.read(in: show).bytes == key.bytes)
    #expect(try folder.read(".podcast/keys/links") == key.bytes)
    let file = try FileManager.default.attributesOfItem(atPath: folder.file(".podcast/keys/links"))
    let place = try FileManager.default.attributesOfItem(atPath: folder.file(".podcast/keys"))
    #expect(file[.posixPermissions] as? Int == 0o600 && place[.posixPermissions] as? Int == 0o700)
  }

  @Test("several that need it first, at once, have the same one, and leave nothing else")
  func together() async throws {
    let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<16 { group.addTask { [show] in try LinkKey.read(in: show).bytes } }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(keys.count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file(".podcast/keys")) == ["links"])
  }

  @Test("what is no key is said, and left as it is", arguments: [0, 31, 33, 4_000])
  func damaged(count: Int) throws {
    try folder.write([UInt8](repeating: 7, count: count), ".podcast/keys/links")
    let error = #expect(throws: ProductionError.self) { try LinkKey.read(in: show) }
    #expect(error?.code == .badKey)
    #expect(try folder.read(".podcast/keys/links").count == count)
  }
}
