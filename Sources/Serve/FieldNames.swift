import HTTPTypes
import Publish

extension HTTPField.Name {
  static let referrerPolicy = known("Referrer-Policy")
  static let robotsTag = known("X-Robots-Tag")
  static let realIP = known("X-Real-IP")
  static let accelRedirect = known("X-Accel-Redirect")
  static let askedAddress = known(Accelerator.askedField)
  static let askedMethod = known(Accelerator.methodField)

  private static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("not the name of a field: \(name)") }
    return name
  }
}
