/// What the web server in front and `podcast serve --accel` say to each other.
package enum Accelerator {
  /// What addresses of the folder with all builds begin with, in `X-Accel-Redirect`. Nobody can ask for them.
  package static let folder = "/.builds/"
  /// `X-Robots-Tag` of everything private.
  package static let robots = "noindex, nofollow"
  /// Where the web server asks whether a public address may be sent (`auth_request`): 204 or 403.
  package static let check = "/.allowed"
  /// The field that holds the address asked for.
  package static let askedField = "X-Original-URI"
  /// The field that holds its method: the question itself is always a GET.
  package static let methodField = "X-Original-Method"
}
