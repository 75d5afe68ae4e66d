// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/posix_file.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace cogmill::io {
namespace {

std::string advice(int error) {
  switch (error) {
    case ENOSPC:
      return "; free some space, or choose another output folder or --scratch";
    case EDQUOT:
      return "; your quota is used up";
    case EACCES:
    case EPERM:
    case EROFS:
      return "; choose a folder you may write to";
    case EMFILE:
      return "; raise the limit of open files (ulimit -n)";
    default:
      return "";
  }
}

int open_flags(PosixFile::Mode mode) {
  switch (mode) {
    case PosixFile::Mode::kRead:
      return O_RDONLY | O_CLOEXEC;
    case PosixFile::Mode::kCreate:
      return O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
    case PosixFile::Mode::kWrite:
      return O_RDWR | O_CLOEXEC;
  }
  return O_RDONLY;
}

const char* open_action(PosixFile::Mode mode) {
  return mode == PosixFile::Mode::kCreate ? "create" : "open";
}

/// Drops `bytes` from the front of the parts. @return the parts that still hold something
std::span<iovec> drop_front(std::span<iovec> parts, std::size_t bytes) {
  while (!parts.empty() && bytes >= parts.front().iov_len) {
    bytes -= parts.front().iov_len;
    parts = parts.subspan(1);
  }
  if (!parts.empty()) {
    parts.front().iov_base = static_cast<std::byte*>(parts.front().iov_base) + bytes;
    parts.front().iov_len -= bytes;
  }
  return parts;
}

}  // namespace

void posix_check(std::int64_t result, const std::string& action, const std::string& path) {
  if (result >= 0) return;
  const int error = errno;
  throw report::RuntimeError("cannot " + action + " " + path + ": " + std::strerror(error) +
                             advice(error));
}

PosixFile::PosixFile(std::string path, Mode mode) : path_(std::move(path)) {
  fd_ = ::open(path_.c_str(), open_flags(mode), 0666);
  posix_check(fd_, open_action(mode), path_);
}

PosixFile::PosixFile(PosixFile&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

PosixFile& PosixFile::operator=(PosixFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(fd_, other.fd_);
  return *this;
}

PosixFile::~PosixFile() {
  if (fd_ >= 0) ::close(fd_);  // whoever needs the data to be safe has called sync()
}

std::uint64_t PosixFile::size() const {
  struct stat status {};
  posix_check(::fstat(fd_, &status), "examine", path_);
  return static_cast<std::uint64_t>(status.st_size);
}

void PosixFile::reserve(std::uint64_t bytes) {
  posix_check(::ftruncate(fd_, static_cast<off_t>(bytes)), "resize", path_);
  if (bytes == 0) return;
  int result = 0;
  do result = ::fallocate(fd_, 0, 0, static_cast<off_t>(bytes));
  while (result < 0 && errno == EINTR);
  if (result < 0 && errno == EOPNOTSUPP) return;  // network file systems: writing will tell
  posix_check(result, "reserve " + std::to_string(bytes) + " bytes for", path_);
}

void PosixFile::read_at(std::uint64_t offset, std::span<std::byte> out) const {
  while (!out.empty()) {
    const ssize_t n = ::pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    posix_check(n, "read", path_);
    if (n == 0) throw report::RuntimeError("cannot read " + path_ + ": it ends too early");
    offset += static_cast<std::uint64_t>(n);
    out = out.subspan(static_cast<std::size_t>(n));
  }
}

void PosixFile::write_at(std::uint64_t offset, std::span<const std::byte> data) {
  while (!data.empty()) {
    const ssize_t n = ::pwrite(fd_, data.data(), data.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    posix_check(n, "write", path_);
    offset += static_cast<std::uint64_t>(n);
    data = data.subspan(static_cast<std::size_t>(n));
  }
}

void PosixFile::write_parts_at(std::uint64_t offset, std::span<iovec> parts) {
  parts = drop_front(parts, 0);
  while (!parts.empty()) {
    const ssize_t n =
        ::pwritev(fd_, parts.data(), static_cast<int>(parts.size()), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    posix_check(n, "write", path_);
    offset += static_cast<std::uint64_t>(n);
    parts = drop_front(parts, static_cast<std::size_t>(n));
  }
}

void PosixFile::start_writeback(std::uint64_t offset, std::uint64_t bytes) {
  // A hint, which some file systems refuse; sync() reports what fails on the way to the disk.
  static_cast<void>(::sync_file_range(fd_, static_cast<off_t>(offset), static_cast<off_t>(bytes),
                                      SYNC_FILE_RANGE_WRITE));
}

void PosixFile::sync() { posix_check(::fsync(fd_), "sync", path_); }

void rename_durably(const std::string& from, const std::string& to) {
  posix_check(std::rename(from.c_str(), to.c_str()), "rename " + from + " to", to);
  const auto folder = std::filesystem::absolute(to).parent_path().string();
  PosixFile(folder, PosixFile::Mode::kRead).sync();
}

}  // namespace cogmill::io
