import Foundation
import Production
import TestSupport
import Testing

@Suite struct OutputFileTests {
  @Test("an output has no name until it is whole, and then all of it is there")
  func appearsWhole() throws {
    let folder = try Folder()
    let output = try OutputFile(path: folder.file("a.mp3"), replacing: false, inputs: [])
    #expect(append("whole", to: output.descriptor) == 5)
    #expect(folder.names == [])
    try output.publish()
    #expect(folder.names == ["a.mp3"])
    #expect(folder.text("a.mp3") == "whole")
  }

  @Test("an output that is given up leaves nothing")
  func discarded() throws {
    let folder = try Folder()
    let output = try OutputFile(path: folder.file("a.mp3"), replacing: false, inputs: [])
    output.discard()
    do { _ = try OutputFile(path: folder.file("b.mp3"), replacing: true, inputs: []) }
    #expect(folder.names == [])
  }

  @Test("a file that is there stays as it is, unless replacing was asked for")
  func existing() throws {
    let folder = try Folder()
    let path = try folder.write("old", "a.mp3")
    let error = #expect(throws: ProductionError.self) { try OutputFile(path: path, replacing: false, inputs: []) }
    #expect(error?.code == .outputExists)
    let output = try OutputFile(path: path, replacing: true, inputs: [])
    #expect(append("new", to: output.descriptor) == 3)
    #expect(folder.text("a.mp3") == "old")
    try output.publish()
    #expect(folder.text("a.mp3") == "new")
    #expect(folder.names == ["a.mp3"])
  }

  @Test("a file that appeared meanwhile is not overwritten")
  func appearedMeanwhile() throws {
    let folder = try Folder()
    let output = try OutputFile(path: folder.file("a.mp3"), replacing: false, inputs: [])
    try folder.write("another program's", "a.mp3")
    #expect(#expect(throws: ProductionError.self) { try output.publish() }?.code == .outputExists)
    #expect(folder.text("a.mp3") == "another program's")
    #expect(folder.names == ["a.mp3"])
  }

  @Test("an output that is withdrawn is gone, but what it replaced or what came after it is not taken away")
  func withdrawn() throws {
    let folder = try Folder()
    for (old, later) in [(nil, nil), ("old", nil), (nil, "another program's")] as [(String?, String?)] {
      if let old { try folder.write(old, "a.mp3") }
      let output = try OutputFile(path: folder.file("a.mp3"), replacing: true, inputs: [])
      #expect(append("new", to: output.descriptor) == 3)
      output.withdraw()
      #expect(folder.text("a.mp3") == old)
      try output.publish()
      if let later {
        unlink(folder.file("a.mp3"))
        try folder.write(later, "a.mp3")
      }
      output.withdraw()
      #expect(folder.text("a.mp3") == later ?? (old == nil ? nil : "new"))
      unlink(folder.file("a.mp3"))
      #expect(folder.names == [])
    }
  }

  @Test("the input is never replaced: not by its name, a symlink or a hard link, not even when forced")
  func inputStays() throws {
    let folder = try Folder()
    let input = try folder.write("sound", "episode.wav")
    try FileManager.default.createSymbolicLink(atPath: folder.file("soft.wav"), withDestinationPath: "episode.wav")
    try FileManager.default.linkItem(atPath: input, toPath: folder.file("hard.wav"))
    let identity = try #require(FileIdentity(path: input))
    for name in ["episode.wav", "soft.wav", "hard.wav", "./episode.wav"] {
      for replacing in [true, false] {
        let error = #expect(throws: ProductionError.self) {
          try OutputFile(path: folder.file(name), replacing: replacing, inputs: [identity])
        }
        #expect(error?.code == .outputIsInput)
      }
    }
    #expect(folder.text("episode.wav") == "sound")
  }

  @Test("a folder that is missing or is a file is an error with its remedy")
  func missingFolder() throws {
    let folder = try Folder()
    try folder.write("", "file")
    for name in ["missing/a.mp3", "file/a.mp3", "", "file/"] {
      let error = #expect(throws: ProductionError.self) {
        try OutputFile(path: name.isEmpty ? folder.path + "/" : folder.file(name), replacing: true, inputs: [])
      }
      #expect(error?.code == .cannotCreate)
      #expect(error?.remedy.isEmpty == false)
    }
    #expect(folder.names == ["file"])
  }

  @Test("a name of one character is a name; standard output is none")
  func shortNames() throws {
    let folders = [
      "a": ".", "/": "/", "/a": "/", "a/b": "a", "a//b/": "a", "./a": ".", "/a/b": "/a", "é": ".", "": ".",
    ]
    for (path, folder) in folders { #expect(path.parentFolder == folder, "\(path)") }
    let output = try OutputFile(path: "q", replacing: true, inputs: [])
    output.discard()
    let error = #expect(throws: ProductionError.self) { try OutputFile(path: "-", replacing: true, inputs: []) }
    #expect(error?.code == .noStandardOutput)
  }

  @Test("a digest is the one sha256sum prints")
  func digest() throws {
    let folder = try Folder()
    let path = try folder.write("abc", "abc")
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(try FileDigest.sha256(ofDescriptor: descriptor, path: path) == known)
    #expect(FileDigest.sha256("abc") == known)
  }

  /// - Returns: the bytes written.
  private func append(_ text: String, to descriptor: Int32) -> Int { write(descriptor, text, text.utf8.count) }
}
