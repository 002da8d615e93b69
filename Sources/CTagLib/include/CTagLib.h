/* What TagLib (1.13) reads of a file's tags and pictures, and writes as a tag, for Swift. No C++ exception leaves these functions. */
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
} ctaglib_bytes;

/* Of an ID3v2 tag. Times are in milliseconds; title and url are UTF-8, empty where there is none. */
typedef struct {
  uint32_t start;
  uint32_t end;
  const char *title;
  const char *url;
} ctaglib_chapter;

/* Reads the first `size` bytes of an open file, with pread(2). Nothing is ever written.
   On CTAGLIB_OK `*tags` is set, and the caller frees it. */
enum ctaglib_status ctaglib_read(int descriptor, int64_t size, ctaglib_limits limits, ctaglib_tags **tags);
void ctaglib_free(ctaglib_tags *tags);

/* What these give is valid until `ctaglib_free`; an index must be below the count. */
size_t ctaglib_text_count(const ctaglib_tags *tags);
ctaglib_text ctaglib_text_at(const ctaglib_tags *tags, size_t index);
size_t ctaglib_picture_count(const ctaglib_tags *tags);
ctaglib_bytes ctaglib_picture_at(const ctaglib_tags *tags, size_t index);
size_t ctaglib_chapter_count(const ctaglib_tags *tags);
ctaglib_chapter ctaglib_chapter_at(const ctaglib_tags *tags, size_t index);

/* An ID3v2.3 tag in memory, with what is added to it and nothing else. Texts are UTF-8 here and UTF-16 in the tag. */
typedef struct ctaglib_id3v2 ctaglib_id3v2;

/* NULL where there is no memory. The caller frees it. */
ctaglib_id3v2 *ctaglib_id3v2_new(void);
void ctaglib_id3v2_free(ctaglib_id3v2 *tag);
/* `name` as ID3v2.4 has it; TDRC becomes TYER and TDAT. */
enum ctaglib_status ctaglib_id3v2_add_text(ctaglib_id3v2 *tag, const char *name, const char *text);
enum ctaglib_status ctaglib_id3v2_add_comment(ctaglib_id3v2 *tag, const char *text);
/* `type` is a media type, such as image/png. */
enum ctaglib_status ctaglib_id3v2_add_cover(ctaglib_id3v2 *tag, const char *type, const uint8_t *bytes, size_t length);
/* Times in milliseconds; `url` in ASCII, or NULL. At most 255 (ID3v2 Chapter Frame Addendum, 3.2). */
enum ctaglib_status ctaglib_id3v2_add_chapter(ctaglib_id3v2 *tag, uint32_t start, uint32_t end, const char *title,
                                              const char *url);
/* On CTAGLIB_OK `*bytes` is the tag without padding, valid until the next call with `tag`. */
enum ctaglib_status ctaglib_id3v2_render(ctaglib_id3v2 *tag, ctaglib_bytes *bytes);

#ifdef __cplusplus
}
#endif

#endif
