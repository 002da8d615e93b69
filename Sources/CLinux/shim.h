#include <sys/types.h>
/* copy_file_range(2), renameat2(2): glibc declares them under _GNU_SOURCE alone, which Swift's Glibc module does not set. */
extern ssize_t copy_file_range(int in, __off64_t *in_offset, int out, __off64_t *out_offset, size_t length,
                               unsigned int flags);
extern int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#endif
