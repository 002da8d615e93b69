#ifndef DESCRIPTOR_STREAM_H
#define DESCRIPTOR_STREAM_H

#include <taglib/tbytevector.h>
#include <taglib/tiostream.h>

#include "CTagLib.h"

/* Thrown through TagLib's loops, which would go on for ever in some broken files; caught before Swift sees it. */
struct LimitReached {};

/* An open file for TagLib to read and not to write. */
class DescriptorStream final : public TagLib::IOStream {
public:
  DescriptorStream(int descriptor, int64_t size, ctaglib_limits limits);

  /* No name: TagLib then goes by what is in the file. */
  TagLib::FileName name() const override { return ""; }
  TagLib::ByteVector readBlock(unsigned long length) override;
  void seek(long offset, Position from) override;
  long tell() const override { return static_cast<long>(position_); }
  long length() override { return static_cast<long>(size_); }
  bool readOnly() const override { return true; }
  bool isOpen() const override { return true; }

  void writeBlock(const TagLib::ByteVector &) override {}
  void insert(const TagLib::ByteVector &, unsigned long, unsigned long) override {}
  void removeBlock(unsigned long, unsigned long) override {}
  void truncate(long) override {}

private:
  int descriptor_;
  int64_t size_;
  int64_t position_ = 0;
  ctaglib_limits left_;
};

#endif
