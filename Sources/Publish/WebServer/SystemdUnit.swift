/// A unit for systemd that keeps `podcast serve` running, with no more rights than it needs.
package struct SystemdUnit: Sendable {
  private let title, program, folder, user: String
  private let place: ServerPlace
  private let isAccelerated: Bool

  /// - Parameters:
  ///   - program: the absolute path of this program.
  ///   - folder: of the show, an absolute path.
  ///   - user: who owns that.
  package init(
    title: String, program: String, folder: String, user: String, place: ServerPlace, isAccelerated: Bool
  ) {
    (self.title, self.program, self.folder, self.user) = (title, program, folder, user)
    (self.place, self.isAccelerated) = (place, isAccelerated)
  }

  package func text() -> String {
    """
    # /etc/systemd/system/podcast.service; then: systemctl enable --now podcast
    [Unit]
    Description=\(Self.plain(title))
    After=network.target

    [Service]
    ExecStart=\(Self.word(program)) serve --show \(Self.word(folder)) \(place.options)\(isAccelerated ? " --accel" : "")
    User=\(Self.plain(user))
    Restart=on-failure
    TimeoutStopSec=15
    LimitNOFILE=16384
    NoNewPrivileges=yes
    ProtectSystem=strict
    ProtectHome=read-only
    ReadWritePaths=\(Self.word(folder + "/.podcast"))
    PrivateTmp=yes
    PrivateDevices=yes
    ProtectKernelTunables=yes
    ProtectKernelModules=yes
    ProtectControlGroups=yes
    RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
    RestrictNamespaces=yes
    LockPersonality=yes
    CapabilityBoundingSet=
    SystemCallArchitectures=native
    UMask=0077\(runtimeFolder)

    [Install]
    WantedBy=multi-user.target

    """
  }

  /// A socket's folder below `/run` is made anew with each start.
  private var runtimeFolder: String {
    guard case .socket(let path) = place, path.hasPrefix("/run/") else { return "" }
    let folder = path.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
    return folder.isEmpty ? "" : "\nRuntimeDirectory=\(folder)"
  }

  /// In double quotes, with what systemd would take for its own escaped (systemd.service(5), Command lines).
  private static func word(_ text: String) -> String {
    let escaped = text.replacing("%", with: "%%").replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped.replacing("$", with: "$$"))\""
  }

  /// On one line.
  private static func plain(_ text: String) -> String {
    String(text.replacing("%", with: "%%").map { $0.isNewline ? " " : $0 })
  }
}
