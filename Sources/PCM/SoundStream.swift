/// Sound that is read once, from its start to its end. A stage that changes sound is a source around a source.
package protocol SoundSource: AnyObject {
  var format: SoundFormat { get }
  /// Frames in all, where that is known before the end.
  var length: FrameCount? { get }
  /// Replaces what is in `block` by the next frames, as many as there are up to its capacity; none at the end, and
  /// only there.
  func read(into block: inout SampleBlock) throws
  /// Gives back files and C handles. Needed on every way out; reading afterwards is a programming error.
  func close()
}

/// Where sound goes.
package protocol SoundSink: AnyObject {
  /// Takes the frames of `block`, which has this sink's number of channels.
  func write(_ block: borrowing SampleBlock) throws
  /// Writes what is still held back and makes the header right. The sound is whole only once this has returned.
  func finish() throws
  /// Gives back C handles without finishing: what was written is worthless.
  func abandon()
}
