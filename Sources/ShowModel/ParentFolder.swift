extension String {
  /// The folder that holds what this path names: `.` where the path names none. Foundation's
  /// `deletingLastPathComponent` traps on a path of one character.
  package var parentFolder: String {
    var path = self[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    path = path[..<slash]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return path.isEmpty ? "/" : String(path)
  }
}
