/// What tells how to read the main data of an MP3 frame: ISO/IEC 11172-3, 2.4.1.7, and 13818-3, 2.4.1.7 for the lower
/// rates. Every bit is kept, so that it is written as it was read.
package struct SideInfo: Hashable, Sendable {
  /// Of one granule and channel.
  package struct Granule: Hashable, Sendable {
    /// Of scale factors and Huffman codes, in bits: 0...4095.
    package var mainDataBits: Int
    package var bigValues: Int
    package var globalGain: Int
    package var scaleFactorCompress: Int
    /// `window_switching_flag` and the 22 bits behind it, which differ with it.
    package var windowing: UInt32
    /// MPEG-1 alone.
    package var preflag: Bool
    package var scaleFactorScale: Bool
    package var count1Table: Bool

    /// Nothing: 576 zeros.
    package static let silent = Granule(
      mainDataBits: 0, bigValues: 0, globalGain: 210, scaleFactorCompress: 0, windowing: 0, preflag: false,
      scaleFactorScale: false, count1Table: false)

    /// 0 for long blocks, 1 start, 2 short, 3 stop.
    package var blockType: Int { windowing >> 22 & 1 == 1 ? Int(windowing >> 20 & 3) : 0 }
  }

  /// How many bytes before the slot of its MP3 frame the main data begins: 0...511, or 255 with the lower rates.
  package var mainDataBegin: Int
  package var privateBits: UInt32
  /// Four bits a channel, those of the first in front; MPEG-1 alone.
  package var scaleFactorSelection: UInt32
  /// Granule by granule, in it channel by channel.
  package var granules: [Granule]

  /// - Parameter bytes: of ``FrameHeader/sideInfoLength``.
  package init(_ bytes: ArraySlice<UInt8>, header: FrameHeader) {
    var reader = BitReader(bytes)
    let layout = Layout(header)
    mainDataBegin = Int(reader.read(layout.beginWidth))
    privateBits = reader.read(layout.privateWidth)
    scaleFactorSelection = reader.read(layout.selectionWidth)
    granules = (0..<(header.granules * header.channels)).map { _ in
      Granule(
        mainDataBits: Int(reader.read(12)), bigValues: Int(reader.read(9)), globalGain: Int(reader.read(8)),
        scaleFactorCompress: Int(reader.read(layout.compressWidth)), windowing: reader.read(23),
        preflag: layout.hasPreflag && reader.read(1) == 1, scaleFactorScale: reader.read(1) == 1,
        count1Table: reader.read(1) == 1)
    }
  }

  /// Of an MP3 frame of silence, which has no main data.
  package init(silenceFor header: FrameHeader) {
    mainDataBegin = 0
    privateBits = 0
    scaleFactorSelection = 0
    granules = [Granule](repeating: .silent, count: header.granules * header.channels)
  }

  /// - Returns: ``FrameHeader/sideInfoLength`` bytes.
  package func bytes(for header: FrameHeader) -> [UInt8] {
    var writer = BitWriter()
    write(to: &writer, for: header)
    return writer.finish()
  }

  func write(to writer: inout BitWriter, for header: FrameHeader) {
    let layout = Layout(header)
    writer.write(UInt32(mainDataBegin), layout.beginWidth)
    writer.write(privateBits, layout.privateWidth)
    writer.write(scaleFactorSelection, layout.selectionWidth)
    for granule in granules {
      writer.write(UInt32(granule.mainDataBits), 12)
      writer.write(UInt32(granule.bigValues), 9)
      writer.write(UInt32(granule.globalGain), 8)
      writer.write(UInt32(granule.scaleFactorCompress), layout.compressWidth)
      writer.write(granule.windowing, 23)
      if layout.hasPreflag { writer.write(granule.preflag ? 1 : 0, 1) }
      writer.write(granule.scaleFactorScale ? 1 : 0, 1)
      writer.write(granule.count1Table ? 1 : 0, 1)
    }
  }

  /// Bytes of main data of all granules together; what is behind them up to the next MP3 frame's is ancillary.
  package var mainDataLength: Int { (granules.reduce(0) { $0 + $1.mainDataBits } + 7) / 8 }

  /// Widths of the fields that differ, and of all that is said of one granule and channel.
  struct Layout {
    let beginWidth, privateWidth, selectionWidth, compressWidth, granuleWidth: Int
    let hasPreflag: Bool

    init(_ header: FrameHeader) {
      hasPreflag = header.version == .one
      beginWidth = hasPreflag ? 9 : 8
      privateWidth = hasPreflag ? (header.isMono ? 5 : 3) : (header.isMono ? 1 : 2)
      selectionWidth = hasPreflag ? 4 * header.channels : 0
      compressWidth = hasPreflag ? 4 : 9
      granuleWidth = hasPreflag ? 59 : 63
    }
  }
}
