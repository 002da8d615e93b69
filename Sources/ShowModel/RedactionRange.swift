import PCM

/// What is heard instead of covered sound.
package enum Fill: String, CaseIterable, Codable, Sendable {
  case bip, silence, noise
}

/// Why something is covered. A closed list, because a receipt shows it: free text would end up naming people.
package enum Reason: String, CaseIterable, Sendable {
  case name, voice, contact, network, customer, health, legal, secret, consent, other

  /// The French word that range files may use as well.
  package var french: String {
    switch self {
    case .name: "nom"
    case .voice: "voix"
    case .contact: "coordonnees"
    case .network: "reseau"
    case .customer: "client"
    case .health: "sante"
    case .legal: "juridique"
    case .secret: "confidentiel"
    case .consent: "consentement"
    case .other: "autre"
    }
  }
}

/// A stretch of sound that must not be heard, as a person marked it: before padding, joining and whole frames.
package struct RedactionRange: Hashable, Sendable {
  /// Never empty: a point is no range.
  package var time: Range<MediaTime>
  /// nil: the one chosen for the whole run.
  package var fill: Fill?
  package var reason: Reason?
  /// Private: names people.
  package var label: PrivateText?
  /// Private: names people.
  package var note: PrivateText?
  /// Where it was written, for error messages.
  package var place: Place?

  package init(
    time: Range<MediaTime>, fill: Fill? = nil, reason: Reason? = nil, label: PrivateText? = nil,
    note: PrivateText? = nil, place: Place? = nil
  ) {
    self.time = time
    self.fill = fill
    self.reason = reason
    self.label = label
    self.note = note
    self.place = place
  }
}
