// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/atomic_file.hpp"

#include "src/report/error.hpp"
#include "src/report/name_beside.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace cogmill::report {
namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw RuntimeError("cannot write " + path + ": " + std::generic_category().message(error) +
                     "; check that the folder exists, is writable and has space");
}

/// Owns the descriptor and the name of the temporary file until the rename.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& path)
      : path_(path), temporary_(name_beside(path, ".tmp" + std::to_string(::getpid()))) {
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(path_, errno);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!renamed_) ::unlink(temporary_.c_str());
  }

  void write(std::string_view text) {
    while (!text.empty()) {
      const ::ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(path_, errno);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void publish() {
    // Some file systems (FUSE, /dev/null's) know no fsync; that is no failure of the data.
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) fail(path_, errno);
    const int descriptor = descriptor_;
    descriptor_ = -1;
    if (::close(descriptor) != 0) fail(path_, errno);
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, errno);
    renamed_ = true;
  }

 private:
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
  bool renamed_ = false;
};

}  // namespace

void write_file_atomically(const std::string& path, std::string_view text) {
  TemporaryFile file(path);
  file.write(text);
  file.publish();
}

}  // namespace cogmill::report
