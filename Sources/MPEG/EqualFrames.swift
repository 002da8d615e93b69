/// Finds MP3 frames in a row that hold the same, wherever their main data travels: a steady tone, or silence. Once a
/// decoder has overlapped and filtered a few of them, each sounds like the one before.
package struct EqualFrames: Sendable {
  /// Padding and bit rate say how long a slot is, not how it sounds; nor does whether there is a checksum.
  private static let sounding: UInt32 = ~0x1_F200

  private let lengths: FrameLengths
  private let extent: MainDataExtent
  private let sideLength: Int

  /// - Parameter header: of any MP3 frame of the stream.
  package init(like header: FrameHeader) {
    (lengths, extent) = (FrameLengths(like: header), MainDataExtent(like: header))
    sideLength = header.sideInfoLength
  }

  private struct Place {
    let word: UInt32
    /// Of the side information, in all bytes.
    let side: Int
    /// In the stream of main data.
    let data: Range<Int>
    /// Whether all of it is there by the end of this MP3 frame, as a decoder needs it.
    let isWhole: Bool
  }

  /// - Parameter bytes: whole MP3 frames in a row; what is behind the last of them is left alone.
  /// - Returns: those that hold the same as the one before, sorted and apart, by their number.
  package func runs(in bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var places: [Place] = [], data: [UInt8] = []
    _ = lengths.walk(bytes, end: Int64(bytes.count)) { position, word in
      let side = position + FrameHeader.byteCount + (word >> 16 & 1 == 0 ? 2 : 0)
      let (slot, end) = (side + sideLength, position + lengths.length(word))
      guard slot <= end else { return false }
      let (begin, bits) = extent.read(UnsafeRawBufferPointer(rebasing: bytes[side...]))
      let main = (data.count - begin)..<(data.count - begin + (bits + 7) / 8)
      data.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[slot..<end]))
      let isWhole = main.lowerBound >= 0 && main.upperBound <= data.count
      places.append(Place(word: word, side: side, data: main, isWhole: isWhole))
      return true
    }
    return data.withUnsafeBytes { data in
      var runs: [Range<Int>] = []
      for number in places.indices.dropFirst() where isSame(places[number - 1], places[number], bytes, data) {
        if let last = runs.last, last.upperBound == number {
          runs[runs.count - 1] = last.lowerBound..<(number + 1)
        } else {
          runs.append(number..<(number + 1))
        }
      }
      return runs
    }
  }

  private func isSame(
    _ one: Place, _ other: Place, _ bytes: UnsafeRawBufferPointer, _ data: UnsafeRawBufferPointer
  ) -> Bool {
    // No decoder goes back behind main data that it has used up.
    guard one.isWhole, other.isWhole, one.data.upperBound <= other.data.lowerBound,
      (one.word ^ other.word) & Self.sounding == 0, one.data.count == other.data.count,
      extent.isSameBehindBegin(side(one, bytes), side(other, bytes))
    else { return false }
    return data[one.data].elementsEqual(data[other.data])
  }

  private func side(_ place: Place, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[place.side..<(place.side + sideLength)])
  }
}
