// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/byte_reader.hpp"

#include "src/io/file_names.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <cpl_vsi.h>
#include <cpl_vsi_error.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cogmill::io {
namespace {

using report::RuntimeError;

std::string reason() { return std::strerror(errno); }

class FileDescriptor {
 public:
  explicit FileDescriptor(int value) : value_(value) {}
  FileDescriptor(FileDescriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (value_ >= 0) ::close(value_);  // read only: nothing to lose
  }
  int get() const { return value_; }

 private:
  int value_;
};

class LocalReader final : public ByteReader {
 public:
  LocalReader(std::string path, FileDescriptor file, std::int64_t size)
      : ByteReader(std::move(path), size), file_(std::move(file)) {}

  static std::shared_ptr<ByteReader> open(const std::string& path) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) throw RuntimeError("cannot open " + path + ": " + reason());
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
      throw RuntimeError("cannot open " + path + ": " + reason());
    if (!S_ISREG(status.st_mode)) throw RuntimeError("cannot open " + path + ": not a plain file");
    return std::make_shared<LocalReader>(path, std::move(file), status.st_size);
  }

 private:
  void read_inside(std::int64_t offset, std::span<std::byte> out) override {
    while (!out.empty()) {
      const ssize_t got = ::pread(file_.get(), out.data(), out.size(), offset);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0)
        throw RuntimeError("cannot read " + path() + " at byte " + std::to_string(offset) + ": " +
                           reason());
      if (got == 0)
        throw RuntimeError(path() + " was cut off at byte " + std::to_string(offset) +
                           " while it was read");
      out = out.subspan(static_cast<std::size_t>(got));
      offset += got;
    }
  }

  FileDescriptor file_;
};

struct CloseVsi {
  void operator()(VSILFILE* file) const { static_cast<void>(VSIFCloseL(file)); }
};
using VsiHandle = std::unique_ptr<VSILFILE, CloseVsi>;

/// A VSI handle has one position and belongs to one thread: threads borrow handles from a pool.
class VsiReader final : public ByteReader {
 public:
  VsiReader(std::string path, VsiHandle first, std::int64_t size)
      : ByteReader(std::move(path), size) {
    idle_.push_back(std::move(first));
  }

  static std::shared_ptr<ByteReader> open(const std::string& path) {
    const GdalMessages messages;
    VsiHandle file = open_handle(path);
    if (VSIFSeekL(file.get(), 0, SEEK_END) != 0)
      throw RuntimeError("cannot open " + path + ": it cannot be read at random positions");
    const auto size = static_cast<std::int64_t>(VSIFTellL(file.get()));
    if (size < 0) throw RuntimeError("cannot open " + path + ": absurd size");
    return std::make_shared<VsiReader>(path, std::move(file), size);
  }

 private:
  static VsiHandle open_handle(const std::string& path) {
    VsiHandle file(VSIFOpenExL(path.c_str(), "rb", TRUE));
    if (file) return file;
    const char* why = VSIGetLastErrorMsg();
    throw RuntimeError("cannot open " + path + ": " + (*why != '\0' ? why : "no such file"));
  }

  VsiHandle borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        VsiHandle file = std::move(idle_.back());
        idle_.pop_back();
        return file;
      }
    }
    return open_handle(path());
  }

  void read_inside(std::int64_t offset, std::span<std::byte> out) override {
    const GdalMessages messages;
    VsiHandle file = borrow();
    const bool ok = VSIFSeekL(file.get(), static_cast<vsi_l_offset>(offset), SEEK_SET) == 0 &&
                    VSIFReadL(out.data(), 1, out.size(), file.get()) == out.size();
    if (!ok)
      throw RuntimeError("cannot read " + std::to_string(out.size()) + " bytes of " + path() +
                         " at byte " + std::to_string(offset) + ": " + last_gdal_error() +
                         (path().starts_with("/vsistdin") ? opening_advice(path()) : ""));
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(file));
  }

  std::mutex mutex_;
  std::vector<VsiHandle> idle_;
};

}  // namespace

std::shared_ptr<ByteReader> ByteReader::open(const std::string& path) {
  return path.starts_with("/vsi") ? VsiReader::open(path) : LocalReader::open(path);
}

void ByteReader::read_at(std::int64_t offset, std::span<std::byte> out) {
  const auto bytes = static_cast<std::int64_t>(out.size());
  if (offset < 0 || bytes > size_ || offset > size_ - bytes)
    throw RuntimeError("bytes " + std::to_string(offset) + " + " + std::to_string(bytes) +
                       " lie outside " + path_ + " (" + std::to_string(size_) + " bytes)");
  if (!out.empty()) read_inside(offset, out);
}

std::vector<MergedRead> merge_ranges(std::span<const ByteRange> ranges, std::int64_t gap,
                                     std::int64_t limit) {
  std::vector<MergedRead> reads;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const ByteRange& range = ranges[i];
    if (!reads.empty()) {
      MergedRead& last = reads.back();
      const std::int64_t end = std::max(last.range.end(), range.end());
      const std::int64_t size = end - last.range.offset;
      if (range.offset <= last.range.end() + gap && (size <= limit || end == last.range.end())) {
        last.range.size = size;
        last.last = i + 1;
        continue;
      }
    }
    reads.push_back({range, i, i + 1});
  }
  return reads;
}

}  // namespace cogmill::io
