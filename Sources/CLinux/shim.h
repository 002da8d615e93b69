#include <sys/types.h>
#include <sys/uio.h>
#include <sys/vfs.h>
/* copy_file_range(2), renameat2(2): glibc declares them under _GNU_SOURCE alone, which Swift's Glibc module does not set. */
extern ssize_t copy_file_range(int in, __off64_t *in_offset, int out, __off64_t *out_offset, size_t length,
                               unsigned int flags);
extern int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
/* preadv2(2), likewise, and what is in its headers for C alone. */
extern ssize_t preadv2(int file, const struct iovec *pieces, int count, __off64_t offset, int flags);
#define CLINUX_RWF_NOWAIT 8
/* statfs(2), f_type */
#define CLINUX_TMPFS_MAGIC 0x01021994
/* mallopt(3), of the C library that all other memory here is from. */
extern int mallopt(int parameter, int value);
#define CLINUX_M_TRIM_THRESHOLD -1
#define CLINUX_M_MMAP_THRESHOLD -3
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#endif
