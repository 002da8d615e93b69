import Glibc

/// A program that runs beside this one: a file on its standard input, its standard output read here, and its standard
/// error counted and thrown away, because it may hold tags.
final class ChildProcess {
  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  private var identifier: pid_t
  private var output: Int32
  private var complaints: Int32
  private(set) var ending: Ending?
  /// Bytes on standard error so far.
  private(set) var complaintBytes = 0

  /// A system call that failed, by its error number.
  struct Failure: Error {
    let number: Int32
  }

  /// - Parameters:
  ///   - executable: an absolute path.
  ///   - arguments: without the program's name.
  ///   - input: becomes standard input; stays open here.
  init(_ executable: String, _ arguments: [String], input: Int32) throws(Failure) {
    let out = try Self.pipe()
    let errors: (read: Int32, write: Int32)
    do {
      errors = try Self.pipe()
    } catch {
      [out.read, out.write].forEach { Glibc.close($0) }
      throw error
    }
    (output, complaints) = (out.read, errors.read)
    defer { [out.write, errors.write].forEach { Glibc.close($0) } }
    do {
      identifier = try Self.spawn(executable, arguments, [input, out.write, errors.write])
    } catch {
      [out.read, errors.read].forEach { Glibc.close($0) }
      throw error
    }
  }

  deinit { stop() }

  /// Reads standard output, and standard error on the way, so that neither pipe fills up.
  /// - Returns: how many bytes came, at least one; 0 at the end.
  func read(into room: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    guard output >= 0, let target = room.baseAddress, room.count > 0 else { return 0 }
    while true {
      var waiting = [
        pollfd(fd: output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: complaints, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waiting, 2, -1) >= 0 else {
        if errno == EINTR { continue }
        throw Failure(number: errno)
      }
      if waiting[1].revents != 0 { countComplaints() }
      guard waiting[0].revents != 0 else { continue }
      let got = Glibc.read(output, target, room.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw Failure(number: errno) }
      return got
    }
  }

  /// Waits for the end of the program, whose output has been read up to its end.
  func finish() -> Ending {
    while complaints >= 0 { countComplaints() }
    return wait()
  }

  /// Ends the program if it still runs, and leaves no zombie.
  func stop() {
    if ending == nil { kill(identifier, SIGKILL) }
    _ = wait()
    if complaints >= 0 { Glibc.close(complaints) }
    complaints = -1
  }

  private func wait() -> Ending {
    if let ending { return ending }
    if output >= 0 { Glibc.close(output) }
    output = -1
    var status: Int32 = 0
    var result = waitpid(identifier, &status, 0)
    while result < 0 && errno == EINTR { result = waitpid(identifier, &status, 0) }
    // Gone without a status, which a host that ignores SIGCHLD brings about: nothing is known of how it ended.
    let signal = result < 0 ? SIGKILL : status & 0x7F
    let found = signal == 0 ? Ending.exited(status >> 8 & 0xFF) : .killed(signal: signal)
    ending = found
    return found
  }

  private func countComplaints() {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let got = Glibc.read(complaints, &buffer, buffer.count)
    if got < 0 && errno == EINTR { return }
    if got > 0 {
      complaintBytes += got
      return
    }
    Glibc.close(complaints)
    complaints = -1
  }
}

extension ChildProcess {
  /// A pair of sockets stands in for a pipe: Swift's Glibc has no `pipe2`, and a pipe that is marked only after it was
  /// made could be inherited by a program that another thread starts in between, and then never end.
  private static func pipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure(number: errno) }
    return (ends[0], ends[1])
  }

  /// `posix_spawn`, with nothing inherited but `descriptors` as 0, 1, 2 and the few variables a program needs:
  /// FFREPORT, for one, would write what the file's tags say to a log.
  private static func spawn(
    _ executable: String, _ arguments: [String], _ descriptors: [Int32]
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { throw Failure(number: ENOMEM) }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { throw Failure(number: ENOMEM) }
    defer { posix_spawnattr_destroy(&attributes) }
    for (target, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let kept = ["PATH", "LD_LIBRARY_PATH", "TMPDIR"].compactMap { (name: String) in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    var identifier: pid_t = 0
    let result = withCStrings([executable] + arguments) { argv in
      withCStrings(kept + ["LC_ALL=C"]) { environment in
        posix_spawn(&identifier, executable, &actions, &attributes, argv, environment)
      }
    }
    guard result == 0 else { throw Failure(number: result) }
    return identifier
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) } + [nil]
    defer { copies.forEach { free($0) } }
    return copies.withUnsafeBufferPointer { pointers in
      guard let base = pointers.baseAddress else { preconditionFailure("an array with an element has an address") }
      return body(base)
    }
  }
}
