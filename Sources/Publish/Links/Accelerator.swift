/// What a web server that sends private sound in the server's place is told.
package enum Accelerator {
  /// What addresses of the folder with all builds begin with, in `X-Accel-Redirect`. Nobody can ask for them.
  package static let folder = "/.builds/"
}
