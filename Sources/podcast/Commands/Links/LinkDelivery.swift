import ArgumentParser
import Foundation
import Production
import Publish
import ShowModel

/// How a new link reaches who it is for.
struct LinkDeliveryOptions: ParsableArguments {
  enum Language: String, CaseIterable, ExpressibleByArgument { case fr, en }

  @Option(help: ArgumentHelp("Write the message for a mail program to open.", valueName: "file")) var eml: String?
  @Option(help: ArgumentHelp("Write the address as a QR code.", valueName: "file")) var svg: String?
  @Option(help: "Of the message. (default: that of the show)") var language: Language?
}

/// The one time that a link's secret is shown: on standard output, and in the files that were asked for.
struct LinkDelivery {
  private let draft: LinkDraft
  private let show: Show
  private let message: LinkMessage
  private var files: [OutputFile] = []

  /// Writes the files, which have no names yet: where one can't be, nothing is granted.
  init(_ draft: LinkDraft, of show: Show, _ options: LinkDeliveryOptions) throws {
    (self.draft, self.show) = (draft, show)
    message = LinkMessage(
      draft.link, draft.token, of: show, episode: draft.title,
      language: options.language?.rawValue ?? show.language, zone: .current)
    if let eml = options.eml {
      files.append(
        try Self.file(eml, "--eml", MailMessage.bytes(message, from: show, at: draft.link.granted)))
    }
    if let svg = options.svg, let code = QRCode(LinkAddresses(show).page(draft.token)) {
      files.append(try Self.file(svg, "--svg", Array(code.svg().utf8)))
    }
  }

  /// Once it is granted.
  func deliver(_ sentence: String) throws {
    Terminal.print(bytes: Array(text.utf8), "Nobody has its address then: revoke link \(draft.link.id).")
    for file in files { try file.publish() }
    Terminal.message(sentence)
    if Gate.isTrial(show) {
      Terminal.message("They are addresses of this computer, for trying out: nobody else can open them.")
    }
    Terminal.message("Its addresses are shown this once, and kept nowhere: send them now.")
  }

  private var text: String {
    let addresses = LinkAddresses(show)
    let feed = addresses.feed(draft.token)
    let rows = [["Link", draft.link.id], ["Page", addresses.page(draft.token)], ["Feed", feed]]
    let apps = AppLink.all(feed: feed).map { [$0.name, $0.address] }
    let code =
      Terminal.outputIsTerminal ? QRCode(addresses.page(draft.token)).map { "\n\(TerminalCode.text($0))" } : nil
    return "\(Terminal.table(rows + apps))\(code ?? "")\n\(message.subject)\n\n\(message.text)"
  }

  /// For its owner alone: who can read it has the link.
  private static func file(_ path: String, _ option: String, _ bytes: [UInt8]) throws -> OutputFile {
    do {
      let file = try OutputFile(path: path, replacing: false, inputs: [])
      guard fchmod(file.descriptor, 0o600) == 0, Terminal.write(bytes, to: file.descriptor) else {
        throw ProductionError(
          .cannotCreate, at: Place(file: path),
          problem: "this file can't be written: \(String(cString: strerror(errno)))",
          remedy: "", exit: .inputOutput)
      }
      try file.flush()
      return file
    } catch let error as ProductionError {
      throw ProductionError(
        error.code, at: error.place, problem: error.problem,
        remedy: "Give \(option) the name of a new file, in a folder of yours with room. No link was granted.",
        exit: error.exit)
    }
  }
}
