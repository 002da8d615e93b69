#ifndef COLLECTOR_H
#define COLLECTOR_H

#include <taglib/tfile.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

struct CollectedChapter {
  uint32_t start, end;
  std::string title, url;
};

struct ctaglib_tags {
  std::vector<std::pair<std::string, std::string>> texts;
  std::vector<std::string> pictures;
  std::vector<CollectedChapter> chapters;
};

/* Takes all that `file` carries, of every tag in it, into `tags`. */
void collect(TagLib::File &file, ctaglib_tags &tags);

#endif
