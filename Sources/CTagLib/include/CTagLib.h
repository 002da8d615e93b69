/* What TagLib (1.13) reads of a file's tags and pictures, for Swift. No C++ exception leaves these functions. */
#ifndef CTAGLIB_H
#define CTAGLIB_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctaglib_tags ctaglib_tags;

enum ctaglib_status { CTAGLIB_OK = 0, CTAGLIB_UNKNOWN_FORMAT = 1, CTAGLIB_LIMIT = 2, CTAGLIB_FAILED = 3 };

/* TagLib trusts the sizes that a file gives. Past one of these it is stopped. */
typedef struct {
  /* Read in one go. */
  int64_t most_bytes_at_once;
  /* Read in all. */
  int64_t most_bytes;
  int64_t most_reads;
} ctaglib_limits;

/* Key and value are UTF-8. The key is one of TagLib's property names (TITLE, ARTIST, ...), a name of the format's own,
   CHAPTER, or BINARY for a private object, whose value is the object's bytes. */
typedef struct {
  const char *key;
  const uint8_t *value;
  size_t length;
} ctaglib_text;

typedef struct {
  const uint8_t *bytes;
  size_t length;
} ctaglib_picture;

/* Reads the first `size` bytes of an open file, with pread(2). Nothing is ever written.
   On CTAGLIB_OK `*tags` is set, and the caller frees it. */
enum ctaglib_status ctaglib_read(int descriptor, int64_t size, ctaglib_limits limits, ctaglib_tags **tags);
void ctaglib_free(ctaglib_tags *tags);

/* What these give is valid until `ctaglib_free`; an index must be below the count. */
size_t ctaglib_text_count(const ctaglib_tags *tags);
ctaglib_text ctaglib_text_at(const ctaglib_tags *tags, size_t index);
size_t ctaglib_picture_count(const ctaglib_tags *tags);
ctaglib_picture ctaglib_picture_at(const ctaglib_tags *tags, size_t index);

#ifdef __cplusplus
}
#endif

#endif
