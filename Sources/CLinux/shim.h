#include <sys/types.h>
/* copy_file_range(2): glibc declares it under _GNU_SOURCE alone, which Swift's Glibc module does not set. */
extern ssize_t copy_file_range(int in, __off64_t *in_offset, int out, __off64_t *out_offset, size_t length,
                               unsigned int flags);
