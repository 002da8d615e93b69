#include <taglib/attachedpictureframe.h>
#include <taglib/chapterframe.h>
#include <taglib/commentsframe.h>
#include <taglib/id3v2tag.h>
#include <taglib/tableofcontentsframe.h>
#include <taglib/textidentificationframe.h>
#include <taglib/urllinkframe.h>

#include <cstdint>
#include <memory>
#include <string>

#include "CTagLib.h"

using namespace TagLib;

struct ctaglib_id3v2 {
  ID3v2::Tag tag;
  ByteVectorList chapters;
  ByteVector bytes;
};

namespace {

String utf8(const char *text) { return String(text, String::UTF8); }

ID3v2::Frame *textFrame(const char *name, const char *text) {
  auto frame = std::make_unique<ID3v2::TextIdentificationFrame>(name, String::UTF16);
  frame->setText(utf8(text));
  return frame.release();
}

/* TagLib leaves a kilobyte behind the frames for changes to come: nobody changes a tag in an episode. */
ByteVector withoutPadding(const ByteVector &rendered) {
  const unsigned int header = ID3v2::Header::size();
  unsigned int end = header;
  while (end + header <= rendered.size() && rendered[end] != 0) end += header + rendered.toUInt(end + 4, true);
  ByteVector bytes = rendered.mid(0, end);
  // Four times seven bits (ID3v2.3, 3.1).
  for (unsigned int index = 0; index < 4; ++index) {
    bytes[static_cast<int>(6 + index)] = static_cast<char>((end - header) >> (21 - 7 * index) & 0x7f);
  }
  return bytes;
}

template <typename Body> enum ctaglib_status guarded(Body body) {
  try {
    body();
    return CTAGLIB_OK;
  } catch (...) {
    return CTAGLIB_FAILED;
  }
}

}  // namespace

ctaglib_id3v2 *ctaglib_id3v2_new(void) {
  try {
    return new ctaglib_id3v2;
  } catch (...) {
    return nullptr;
  }
}

void ctaglib_id3v2_free(ctaglib_id3v2 *tag) { delete tag; }

enum ctaglib_status ctaglib_id3v2_add_text(ctaglib_id3v2 *tag, const char *name, const char *text) {
  return guarded([&] { tag->tag.addFrame(textFrame(name, text)); });
}

enum ctaglib_status ctaglib_id3v2_add_comment(ctaglib_id3v2 *tag, const char *text) {
  return guarded([&] {
    auto frame = std::make_unique<ID3v2::CommentsFrame>(String::UTF16);
    frame->setLanguage("XXX");
    frame->setText(utf8(text));
    tag->tag.addFrame(frame.release());
  });
}

enum ctaglib_status ctaglib_id3v2_add_cover(ctaglib_id3v2 *tag, const char *type, const uint8_t *bytes, size_t length) {
  return guarded([&] {
    auto frame = std::make_unique<ID3v2::AttachedPictureFrame>();
    frame->setType(ID3v2::AttachedPictureFrame::FrontCover);
    frame->setMimeType(type);
    frame->setPicture(ByteVector(reinterpret_cast<const char *>(bytes), static_cast<unsigned int>(length)));
    tag->tag.addFrame(frame.release());
  });
}

enum ctaglib_status ctaglib_id3v2_add_chapter(ctaglib_id3v2 *tag, uint32_t start, uint32_t end, const char *title,
                                              const char *url) {
  return guarded([&] {
    const auto number = std::to_string(tag->tag.frameList("CHAP").size());
    const ByteVector name(("chapter" + number).c_str());
    auto frame = std::make_unique<ID3v2::ChapterFrame>(name, start, end, UINT32_MAX, UINT32_MAX);
    frame->addEmbeddedFrame(textFrame("TIT2", title));
    if (url) {
      auto link = std::make_unique<ID3v2::UserUrlLinkFrame>(String::Latin1);
      link->setUrl(url);
      frame->addEmbeddedFrame(link.release());
    }
    tag->tag.addFrame(frame.release());
    tag->chapters.append(name);
  });
}

enum ctaglib_status ctaglib_id3v2_render(ctaglib_id3v2 *tag, ctaglib_bytes *bytes) {
  return guarded([&] {
    if (!tag->chapters.isEmpty()) {
      auto contents = std::make_unique<ID3v2::TableOfContentsFrame>(ByteVector("toc"), tag->chapters);
      contents->setIsTopLevel(true);
      contents->setIsOrdered(true);
      tag->tag.addFrame(contents.release());
      tag->chapters.clear();
    }
    tag->bytes = withoutPadding(tag->tag.render(ID3v2::v3));
    *bytes = {reinterpret_cast<const uint8_t *>(tag->bytes.data()), tag->bytes.size()};
  });
}
