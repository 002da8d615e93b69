/// XML 1.0 in UTF-8, written byte by byte. Whatever text it is given, what comes out is well-formed.
struct XMLBytes {
  /// What is written, and a little room behind it: an array that grows with each word takes twice as long.
  private var room: [UInt8] = []
  private var count = 0
  /// So much room is made at a time.
  private static let step = 16_384
  private var depth: Int

  typealias Attribute = (name: StaticString, value: String)

  /// - Parameter depth: of the elements that this will be in.
  init(reserving count: Int, depth: Int = 0) {
    room.reserveCapacity(count + Self.step)
    self.depth = depth
  }

  consuming func bytes() -> [UInt8] {
    trim()
    return room
  }

  mutating func declare() {
    let declaration: StaticString = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    write(atMost: declaration.utf8CodeUnitCount) { $0.put(declaration) }
  }

  /// What was written elsewhere.
  mutating func append(_ elements: [UInt8]) {
    trim()
    room += elements
    count = room.count
  }

  private mutating func trim() { room.removeLast(room.count - count) }

  /// An element with elements in it.
  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], content: (inout XMLBytes) -> Void) {
    write(atMost: most(name, attributes)) { [depth] pen in
      pen.start(name, attributes, depth)
      pen.endLine()
    }
    depth += 1
    content(&self)
    depth -= 1
    write(atMost: most(name, [])) { [depth] pen in
      pen.indent(depth)
      pen.end(name)
    }
  }

  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String) {
    write(atMost: most(name, attributes) + XMLPen.most(for: text)) { [depth] pen in
      pen.start(name, attributes, depth)
      pen.put(UInt8(ascii: ">"))
      pen.put(text, isAttribute: false)
      pen.end(name)
    }
  }

  mutating func empty(_ name: StaticString, _ attributes: [Attribute] = []) {
    write(atMost: most(name, attributes)) { [depth] pen in
      pen.start(name, attributes, depth)
      pen.put(UInt8(ascii: "/"))
      pen.endLine()
    }
  }

  /// For both tags of an element, or the only one.
  private func most(_ name: StaticString, _ attributes: [Attribute]) -> Int {
    attributes.reduce(2 * depth + 2 * name.utf8CodeUnitCount + 6) { most, attribute in
      most + attribute.name.utf8CodeUnitCount + 4 + XMLPen.most(for: attribute.value)
    }
  }

  private mutating func write(atMost most: Int, _ body: (inout XMLPen) -> Void) {
    if room.count - count < most { room += [UInt8](repeating: 0, count: max(Self.step, most)) }
    count += room.withUnsafeMutableBufferPointer { [count] room in
      guard let start = room.baseAddress else { return 0 }
      var pen = XMLPen(at: start + count)
      body(&pen)
      precondition(pen.place - (start + count) <= most)
      return pen.place - (start + count)
    }
  }
}
