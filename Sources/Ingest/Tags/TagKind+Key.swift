import ShowModel

extension TagKind {
  /// - Parameter key: a property's name in TagLib, a field's name in APE, MP4, Windows Media, RIFF INFO or ffprobe.
  init(key: String) {
    let key = key.uppercased()
    // TagLib has "COMMENT:what it is about".
    let name = key.split(separator: ":", maxSplits: 1).first.map(String.init) ?? key
    let start = Self.byStart.first { $0.starts.contains { key.hasPrefix($0) } }
    self = start?.kind ?? Self.byKey[key] ?? Self.byKey[name] ?? .other
  }

  private static let byStart: [(kind: TagKind, starts: [String])] = [
    (
      .measure,
      [
        "REPLAYGAIN", "R128_", "RVA2", "RVAD", "RGAD", "MP3GAIN", "ITUNNORM", "COMMENT:ITUNNORM",
        "----:COM.APPLE.ITUNES:ITUNNORM",
      ]
    ),
    (.software, ["ENCODER", "ENCODING", "ISFT", "TSSE", "WM/ENCODINGSETTINGS", "©TOO"]),
    (
      .technical,
      [
        "TLEN", "LENGTH", "DURATION", "BPM", "ITUN", "COMMENT:ITUN", "MAJOR_BRAND", "MINOR_VERSION",
        "COMPATIBLE_BRANDS", "HANDLER_NAME", "VENDOR_ID", "CREATION_TIME", "WMFSD", "ISVBR",
        "DEVICECONFORMANCETEMPLATE", "LANGUAGE", "----:COM.APPLE.ITUNES:ITUN",
      ]
    ),
  ]

  private static let byKey: [String: TagKind] = {
    let keys: [(TagKind, [String])] = [
      (.title, ["TITLE", "SUBTITLE", "INAM", "NAME", "TITLESORT", "WORK", "CONTENTGROUP", "TIT1", "MOVEMENTNAME"]),
      (.artist, ["ARTIST", "IART", "AUTH", "AUTHOR", "ARTISTSORT", "ARTISTS", "ORIGINALARTIST"]),
      (.album, ["ALBUM", "IPRD", "ALBUMSORT", "ORIGINALALBUM", "PODCAST"]),
      (.albumArtist, ["ALBUMARTIST", "ALBUM_ARTIST", "ALBUM ARTIST", "ALBUMARTISTSORT"]),
      (.comment, ["COMMENT", "COMMENTS", "ICMT", "ANNO"]),
      (.date, ["DATE", "YEAR", "ICRD", "ORIGINALDATE", "RELEASEDATE", "RECORDINGDATE", "TIME"]),
      (.genre, ["GENRE", "IGNR", "MOOD", "GROUPING"]), (.composer, ["COMPOSER", "LYRICIST", "IMUS", "IWRI"]),
      (.performer, ["PERFORMER", "CONDUCTOR", "REMIXER", "ISTR", "ARRANGER", "ENGINEER", "IENG", "PRODUCER", "IPRO"]),
      (.publisher, ["LABEL", "PUBLISHER", "ORGANIZATION"]), (.copyright, ["COPYRIGHT", "ICOP", "(C) ", "LICENSE"]),
      (.lyrics, ["LYRICS", "UNSYNCEDLYRICS"]), (.encodedBy, ["ENCODEDBY", "ENCODED_BY", "ITCH", "ENCODED BY"]),
      (.description, ["DESCRIPTION", "SYNOPSIS", "ISBJ", "IKEY", "KEYWORDS", "PODCASTDESC", "PODCASTKEYWORDS"]),
      (.chapter, ["CHAPTER"]), (.pictureName, ["PICTURE NAME"]), (.privateObject, ["BINARY", "OBJECT NAME"]),
      (.technical, ["TRACKNUMBER", "DISCNUMBER", "TRACKTOTAL", "DISCTOTAL", "COMPILATION", "MEDIA", "ITRK", "TRACK"]),
      (.link, ["URL", "WEBSITE", "PODCASTURL", "CONTACT", "IURL"]),
    ]
    return Dictionary(keys.flatMap { kind, names in names.map { ($0, kind) } }) { first, _ in first }
  }()
}
