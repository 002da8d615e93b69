import ShowModel

/// The rules of directories over any feed's bytes, whatever program wrote them.
package enum FeedCheck {
  /// - Parameters:
  ///   - bytes: untrusted.
  ///   - audience: a private feed has other rules than a public one.
  ///   - name: of the feed, for messages.
  ///   - isTrial: lets http and addresses of this computer through.
  /// - Returns: all faults that were found; where a feed is no XML, or its prefixes stand for something else,
  ///   that alone. A show without an episode is none:
  ///   there is one before the first is published, and after the last is withdrawn.
  package static func faults(
    in bytes: [UInt8], for audience: Audience, name: String = "feed.xml", isTrial: Bool = false
  ) -> [GateFault] {
    do {
      let (root, wrongPrefixes) = try FeedReader.read(bytes)
      let prefixFaults = prefixFaults(wrongPrefixes, at: Place(file: name, line: root.line))
      // Every other fault would follow from that.
      guard prefixFaults.isEmpty else { return prefixFaults }
      var rules = FeedRules(root, audience: audience, isTrial: isTrial) { Place(file: name, line: $0.line) }
      rules.check()
      return rules.faults
    } catch {
      return [error.rule.fault(at: Place(file: name, line: error.line))]
    }
  }

  private static func prefixFaults(_ prefixes: Set<String>, at place: Place) -> [GateFault] {
    let rules: [(String, GateRule)] = [("itunes", .appleNamespace), ("podcast", .podcastNamespace)]
    return rules.filter { prefixes.contains($0.0) }.map { $0.1.fault(at: place) }
  }
}
