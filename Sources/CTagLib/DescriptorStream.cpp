#include "DescriptorStream.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

DescriptorStream::DescriptorStream(int descriptor, int64_t size, ctaglib_limits limits)
    : descriptor_(descriptor), size_(size), left_(limits) {}

TagLib::ByteVector DescriptorStream::readBlock(unsigned long length) {
  const auto there = static_cast<unsigned long>(std::max<int64_t>(0, size_ - position_));
  const auto wanted = static_cast<int64_t>(std::min(length, there));
  left_.most_reads -= 1;
  left_.most_bytes -= wanted;
  if (left_.most_reads < 0 || left_.most_bytes < 0 || wanted > left_.most_bytes_at_once) throw LimitReached();
  TagLib::ByteVector block(static_cast<unsigned int>(wanted), 0);
  int64_t done = 0;
  while (done < wanted) {
    const auto got = pread(descriptor_, block.data() + done, static_cast<size_t>(wanted - done), position_ + done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += got;
  }
  block.resize(static_cast<unsigned int>(done));
  position_ += done;
  return block;
}

void DescriptorStream::seek(long offset, Position from) {
  int64_t base = 0;
  if (from == Current) base = position_;
  if (from == End) base = size_;
  int64_t target = 0;
  if (__builtin_add_overflow(base, static_cast<int64_t>(offset), &target)) target = size_;
  position_ = std::clamp<int64_t>(target, 0, size_);
}
