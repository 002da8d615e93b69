#include "CTagLib.h"

#include <taglib/fileref.h>
#include <taglib/tdebuglistener.h>

#include <memory>

#include "Collector.h"
#include "DescriptorStream.h"

namespace {

/* TagLib writes what it does not like to standard error, with what a file holds. */
class Quiet final : public TagLib::DebugListener {
  void printMessage(const TagLib::String &) override {}
};

}  // namespace

enum ctaglib_status ctaglib_read(int descriptor, int64_t size, ctaglib_limits limits, ctaglib_tags **tags) {
  try {
    static Quiet quiet;
    TagLib::setDebugListener(&quiet);
    DescriptorStream stream(descriptor, size, limits);
    TagLib::FileRef reference(&stream, false);
    if (reference.isNull() || !reference.file() || !reference.file()->isValid()) return CTAGLIB_UNKNOWN_FORMAT;
    auto found = std::make_unique<ctaglib_tags>();
    collect(*reference.file(), *found);
    *tags = found.release();
    return CTAGLIB_OK;
  } catch (const LimitReached &) {
    return CTAGLIB_LIMIT;
  } catch (...) {
    return CTAGLIB_FAILED;
  }
}

void ctaglib_free(ctaglib_tags *tags) { delete tags; }

size_t ctaglib_text_count(const ctaglib_tags *tags) { return tags->texts.size(); }

ctaglib_text ctaglib_text_at(const ctaglib_tags *tags, size_t index) {
  const auto &one = tags->texts[index];
  return {one.first.c_str(), reinterpret_cast<const uint8_t *>(one.second.data()), one.second.size()};
}

size_t ctaglib_picture_count(const ctaglib_tags *tags) { return tags->pictures.size(); }

ctaglib_bytes ctaglib_picture_at(const ctaglib_tags *tags, size_t index) {
  const auto &one = tags->pictures[index];
  return {reinterpret_cast<const uint8_t *>(one.data()), one.size()};
}

size_t ctaglib_chapter_count(const ctaglib_tags *tags) { return tags->chapters.size(); }

ctaglib_chapter ctaglib_chapter_at(const ctaglib_tags *tags, size_t index) {
  const auto &one = tags->chapters[index];
  return {one.start, one.end, one.title.c_str(), one.url.c_str()};
}
