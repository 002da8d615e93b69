#ifndef COLLECTOR_H
#define COLLECTOR_H

#include <taglib/tfile.h>

#include <string>
#include <utility>
#include <vector>

struct ctaglib_tags {
  std::vector<std::pair<std::string, std::string>> texts;
  std::vector<std::string> pictures;
};

/* Takes all that `file` carries, of every tag in it, into `tags`. */
void collect(TagLib::File &file, ctaglib_tags &tags);

#endif
