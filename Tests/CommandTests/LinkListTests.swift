import Foundation
import TestSupport
import Testing

/// Links for a list of people.
@Suite struct LinkListTests {
  private let show: SampleShow

  init() throws { show = try SampleShow.withBothPublished() }

  private func grant(_ bytes: [UInt8], _ words: String...) throws -> Ended {
    try show.command.folder.write(bytes, "people.csv")
    return try show.run(["link", "grant", "--feed", "--csv", "people.csv"] + words)
  }

  @Test("a list of a French Excel gives a list of the same kind, with a link a name")
  func excel() throws {
    let text = "Nom;Motif;Expiration\r\nAmélie;\"en voiture; souvent\";2w\r\n\r\n\"Jo \"\"le grand\"\"\";;\r\n"
    let bytes = try #require(text.data(using: .windowsCP1252))
    let ended = try grant([UInt8](bytes), "--expires", "30d")
    #expect(ended.status == 0 && ended.errorText.contains("Granted 2 links"))
    let lines = ended.outputText.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "id;name;page;feed")
    #expect(lines[1].contains(";Amélie;https://podcast.example.org/p/") && lines[1].hasSuffix("/feed.xml"))
    #expect(lines[2].contains(";\"Jo \"\"le grand\"\"\";"))
    let links = try show.catalogue().links()
    let reasons = Set(links.map { $0.reason?.revealed })
    #expect(reasons == ["en voiture; souvent", nil])
    #expect(
      links.compactMap { $0.expires.map { Int(($0.timeIntervalSinceNow / 86_400).rounded()) } }.sorted() == [14, 30])
    for token in show.tokens(ended) { #expect(!show.holds(token)) }
  }

  @Test("a list without a header, with a byte order mark, by way of standard input")
  func plain() throws {
    let input = [0xef, 0xbb, 0xbf] + Array("un\ndeux,parce que\n".utf8)
    let words = ["link", "grant", "001-un", "--csv", "-", "--show", "show"]
    let ended = try show.command.start(words, input: input).wait()
    #expect(ended.status == 0 && show.tokens(ended).count == 2)
    #expect(ended.outputText.contains(",deux,https://"))
  }

  @Test(
    "with one bad line nothing is granted, and the error does not say what stands there",
    arguments: [
      ("Delphine\n\n,Marchetti\n", 3), ("Delphine,,2020-01-01\n", 1), ("Delphine,,bald\n", 1),
      ("Delphine,a,30d,Marchetti\n", 1), ("\"Delphine\nMarchetti\"\n", 1), ("\"Delphine\"x\n", 1),
      ("name,name\nDelphine\n", 1), ("name,Marchetti\nDelphine\n", 1),
      ("Delphine\n\(String(repeating: "x", count: 201))\n", 2), ("", 0), ("name,reason\n", 0),
      ("Delphine\u{2028}b\n", 1), ("Prénom;Motif\nDelphine;x\n", 1), ("id,qui\n7,Delphine\n", 1),
      ("reason,expires\nDelphine,30d\n", 1), ("Marchetti,pourquoi\nDelphine,x\n", 1),
      ("sep=;\n\n;x\n", 3), ("sep=x\nDelphine\n", 1), ("sep=\nDelphine\n", 1), ("Marchetti;échéance\n", 1),
      ("E-MAIL\nDelphine\n", 1), ("un\nDelphine\ndeux\nDelphine\n", 4),
    ])
  func bad(text: String, line: Int) throws {
    let ended = try grant(Array(text.utf8))
    #expect(ended.status == 65 && ended.output.isEmpty && !Command.holdsSecret(ended.errors))
    #expect(ended.errorText.hasPrefix(line > 0 ? "podcast: people.csv:\(line): " : "podcast: people.csv: "))
    #expect(try show.catalogue().links().isEmpty)
  }

  @Test("a name that is there twice is told with both of its lines; a wrong column with those that there may be")
  func explained() throws {
    #expect(
      try grant(Array("un\n\ndeux\nun\n".utf8)).errorText.contains(
        "people.csv:4: the name of this line is that of line 1"))
    #expect(
      try grant(Array("Prénom;Motif\nun;x\n".utf8)).errorText.contains("name, reason, expires, or nom, motif, expire"))
    #expect(try grant(Array("NOM;Fin\nun;2w\n".utf8)).status == 0)
  }

  @Test(
    "an end in the place of the reason is refused: the link would never end",
    arguments: ["un\ndeux,30d\n", "un;\ndeux;2J;\n", "un\ndeux,2020-12-31,30d\n", "name,reason\nun,2099-12-31\n"])
  func endAsReason(text: String) throws {
    let ended = try grant(Array(text.utf8))
    #expect(ended.status == 65 && ended.output.isEmpty)
    #expect(ended.errorText.contains("people.csv:2: the reason of this line is a time"))
    #expect(ended.errorText.contains("name,,30d"))
    #expect(try show.catalogue().links().isEmpty)
    #expect(try grant(Array("name,expires\nun,30d\n".utf8)).status == 0)
  }

  @Test(
    "columns are known in the words of people, and the line that says what separates them is nobody",
    arguments: [
      "pseudo,pourquoi,date\nun,x,30d\n", "Pseudo;Why;Jusqu’à\nun;x;30d\n", "nom,jusqu'a,raison\nun,30d,x\n",
      "NAME\tEXPIRY\tREASON\nun\t30d\tx\n", "Nom;Échéance;Motif\nun;30d;x\n", "sep=;\r\nun;x;30d\r\n",
      "SEP=;\nexpires;name;reason\n30d;un;x\n", "sep=\t\nun\tx\t30d\n", "\u{feff}sep=,\nun,x,30d\n",
    ])
  func words(text: String) throws {
    let ended = try grant(Array(text.utf8))
    #expect(ended.status == 0, "\(ended.errorText)")
    let links = try show.catalogue().links()
    #expect(links.map(\.name.revealed) == ["un"] && links.first?.reason?.revealed == "x")
    #expect(links.allSatisfy { $0.expires != nil })
    let separator = ["\t", ";"].first(where: text.contains) ?? ","
    #expect(ended.outputText.hasPrefix(["id", "name", "page", "feed"].joined(separator: separator)))
  }

  @Test("a sheet that is no CSV is said to be none")
  func sheet() throws {
    let ended = try grant([0x50, 0x4b, 3, 4, 0, 0, 1, 2])
    #expect(ended.status == 65 && ended.errorText.contains("Save the sheet as CSV"))
    #expect(try show.run("link", "grant", "--feed", "--csv", "missing.csv").status == 66)
  }
}
