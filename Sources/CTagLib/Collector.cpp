#include "Collector.h"

#include <taglib/aifffile.h>
#include <taglib/apefile.h>
#include <taglib/apetag.h>
#include <taglib/asffile.h>
#include <taglib/asfpicture.h>
#include <taglib/asftag.h>
#include <taglib/attachedpictureframe.h>
#include <taglib/chapterframe.h>
#include <taglib/commentsframe.h>
#include <taglib/flacfile.h>
#include <taglib/flacpicture.h>
#include <taglib/generalencapsulatedobjectframe.h>
#include <taglib/id3v1tag.h>
#include <taglib/id3v2frame.h>
#include <taglib/id3v2tag.h>
#include <taglib/mp4file.h>
#include <taglib/mpcfile.h>
#include <taglib/mpegfile.h>
#include <taglib/privateframe.h>
#include <taglib/synchronizedlyricsframe.h>
#include <taglib/tableofcontentsframe.h>
#include <taglib/textidentificationframe.h>
#include <taglib/tpropertymap.h>
#include <taglib/trueaudiofile.h>
#include <taglib/unsynchronizedlyricsframe.h>
#include <taglib/urllinkframe.h>
#include <taglib/wavfile.h>
#include <taglib/wavpackfile.h>
#include <taglib/xiphcomment.h>

namespace {

using namespace TagLib;

/* Chapters may hold chapters. */
constexpr int deepest = 4;

class Collector {
public:
  explicit Collector(ctaglib_tags &tags) : tags_(tags) {}

  void text(const String &key, const String &value) {
    if (!value.isEmpty()) tags_.texts.emplace_back(key.to8Bit(true), value.to8Bit(true));
  }

  void binary(const ByteVector &bytes) {
    if (!bytes.isEmpty()) tags_.texts.emplace_back("BINARY", std::string(bytes.data(), bytes.size()));
  }

  void picture(const ByteVector &bytes) {
    if (!bytes.isEmpty()) tags_.pictures.emplace_back(bytes.data(), bytes.size());
  }

  void properties(const PropertyMap &map) {
    for (const auto &property : map) {
      for (const auto &value : property.second) text(property.first, value);
    }
  }

  void tag(const Tag *tag) {
    if (tag) properties(tag->properties());
  }

  void id3v2(const ID3v2::Tag *tag) {
    if (!tag) return;
    properties(tag->properties());
    for (const auto *frame : tag->frameList()) id3v2(*frame, 0);
  }

  void ape(const APE::Tag *tag) {
    if (!tag) return;
    for (const auto &item : tag->itemListMap()) {
      if (item.second.type() != APE::Item::Binary) {
        for (const auto &value : item.second.values()) text(item.first, value);
        continue;
      }
      // "Cover Art (…)" is a file name, a NUL, and the picture.
      const auto data = item.second.binaryData();
      const auto end = data.find(ByteVector(1, '\0'));
      if (item.first.upper().startsWith("COVER ART") && end >= 0) {
        picture(data.mid(static_cast<unsigned int>(end) + 1));
        text("PICTURE NAME", String(data.mid(0, static_cast<unsigned int>(end)), String::UTF8));
      } else {
        binary(data);
      }
    }
  }

  void xiph(Ogg::XiphComment *comment) {
    if (!comment) return;
    properties(comment->properties());
    pictures(comment->pictureList());
  }

  void pictures(const List<FLAC::Picture *> &list) {
    for (const auto *one : list) {
      picture(one->data());
      text("PICTURE NAME", one->description());
    }
  }

  void mp4(const MP4::Tag *tag) {
    if (!tag) return;
    const auto known = tag->properties();
    properties(known);
    for (const auto &item : tag->itemMap()) {
      for (const auto &cover : item.second.toCoverArtList()) picture(cover.data());
      if (!known.unsupportedData().contains(item.first)) continue;
      for (const auto &value : item.second.toStringList()) text(item.first, value);
    }
  }

  void asf(ASF::Tag *tag) {
    if (!tag) return;
    properties(tag->properties());
    for (const auto &attributes : tag->attributeListMap()) {
      for (const auto &attribute : attributes.second) {
        const auto found = attribute.toPicture();
        if (attributes.first == "WM/Picture" && found.isValid()) {
          picture(found.picture());
          text("PICTURE NAME", found.description());
        } else if (attribute.type() == ASF::Attribute::UnicodeType) {
          text(attributes.first, attribute.toString());
        }
      }
    }
  }

private:
  void id3v2(const ID3v2::Frame &frame, int depth) {
    if (const auto *one = dynamic_cast<const ID3v2::AttachedPictureFrame *>(&frame)) {
      picture(one->picture());
      text("PICTURE NAME", one->description());
    } else if (const auto *one = dynamic_cast<const ID3v2::ChapterFrame *>(&frame)) {
      if (depth == 0) chapter(*one);
      embedded(one->embeddedFrameList(), depth);
    } else if (const auto *one = dynamic_cast<const ID3v2::TableOfContentsFrame *>(&frame)) {
      embedded(one->embeddedFrameList(), depth);
    } else if (const auto *one = dynamic_cast<const ID3v2::PrivateFrame *>(&frame)) {
      binary(one->data());
    } else if (const auto *one = dynamic_cast<const ID3v2::GeneralEncapsulatedObjectFrame *>(&frame)) {
      text("OBJECT NAME", one->fileName());
      text("OBJECT NAME", one->description());
      binary(one->object());
    } else if (const auto *one = dynamic_cast<const ID3v2::SynchronizedLyricsFrame *>(&frame)) {
      for (const auto &line : one->synchedText()) text("LYRICS", line.text);
    } else if (depth > 0) {
      text("CHAPTER", frame.toString());
    } else if (!isProperty(frame)) {
      text(String(frame.frameID(), String::Latin1), frame.toString());
    }
  }

  void chapter(const ID3v2::ChapterFrame &frame) {
    CollectedChapter found{frame.startTime(), frame.endTime(), {}, {}};
    for (const auto *inner : frame.embeddedFrameList()) {
      if (inner->frameID() == "TIT2") found.title = inner->toString().to8Bit(true);
      const auto *link = dynamic_cast<const ID3v2::UrlLinkFrame *>(inner);
      if (link) found.url = link->url().to8Bit(true);
    }
    tags_.chapters.push_back(std::move(found));
  }

  void embedded(const ID3v2::FrameList &frames, int depth) {
    if (depth >= deepest) return;
    for (const auto *frame : frames) id3v2(*frame, depth + 1);
  }

  /* Whether a tag's properties have it already. */
  static bool isProperty(const ID3v2::Frame &frame) {
    return dynamic_cast<const ID3v2::TextIdentificationFrame *>(&frame) ||
           dynamic_cast<const ID3v2::CommentsFrame *>(&frame) ||
           dynamic_cast<const ID3v2::UnsynchronizedLyricsFrame *>(&frame) ||
           dynamic_cast<const ID3v2::UrlLinkFrame *>(&frame);
  }

  ctaglib_tags &tags_;
};

template <typename Kind, typename Body> bool as(File &file, Body body) {
  auto *one = dynamic_cast<Kind *>(&file);
  if (one) body(*one);
  return one != nullptr;
}

/* Formats whose tags are Vorbis comments and nothing else. */
bool collectOgg(File &file, Collector &into) {
  auto *comment = dynamic_cast<Ogg::XiphComment *>(file.tag());
  if (comment) into.xiph(comment);
  return comment != nullptr;
}

}  // namespace

void collect(File &file, ctaglib_tags &tags) {
  Collector into(tags);
  // Asking for a tag with its default argument never makes one in a file.
  const bool known =
      as<MPEG::File>(file, [&](auto &one) {
        into.id3v2(one.ID3v2Tag()), into.ape(one.APETag()), into.tag(one.ID3v1Tag());
      }) ||
      as<FLAC::File>(file, [&](auto &one) {
        into.id3v2(one.ID3v2Tag()), into.xiph(one.xiphComment()), into.tag(one.ID3v1Tag());
        into.pictures(one.pictureList());
      }) ||
      as<MP4::File>(file, [&](auto &one) { into.mp4(one.tag()); }) ||
      as<ASF::File>(file, [&](auto &one) { into.asf(one.tag()); }) ||
      as<RIFF::WAV::File>(file, [&](auto &one) { into.id3v2(one.ID3v2Tag()); }) ||
      as<RIFF::AIFF::File>(file, [&](auto &one) { into.id3v2(one.tag()); }) ||
      as<APE::File>(file, [&](auto &one) { into.ape(one.APETag()), into.tag(one.ID3v1Tag()); }) ||
      as<MPC::File>(file, [&](auto &one) { into.ape(one.APETag()), into.tag(one.ID3v1Tag()); }) ||
      as<WavPack::File>(file, [&](auto &one) { into.ape(one.APETag()), into.tag(one.ID3v1Tag()); }) ||
      as<TrueAudio::File>(file, [&](auto &one) { into.id3v2(one.ID3v2Tag()), into.tag(one.ID3v1Tag()); }) ||
      collectOgg(file, into);
  if (!known) into.properties(file.properties());
}
