import ShowModel

/// Which kinds of what the original said besides its sound came over; never what it said.
package struct TagReport: Hashable, Sendable {
  /// Each once, in the order of ``TagKind``.
  package let cameOver: [TagKind]
  /// Whether all that the two files say could be read. What could not may have come over.
  package let isComplete: Bool

  package var isClean: Bool { cameOver.isEmpty && isComplete }

  package init(cameOver: some Sequence<TagKind>, isComplete: Bool) {
    let kinds = Set(cameOver)
    self.cameOver = TagKind.allCases.filter(kinds.contains)
    self.isComplete = isComplete
  }
}
