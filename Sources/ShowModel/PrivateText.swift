/// Text that may name a person: a label, a note. It never describes itself, so that no log or error can leak it.
package struct PrivateText: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
  /// The text itself, for the one screen or file that a person asked for.
  package let revealed: String

  package init(_ text: String) { revealed = text }

  package var description: String { "(private)" }
  package var debugDescription: String { "(private)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
