// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <source_location>
#include <span>
#include <string>

struct iovec;

namespace cogmill::io {

/// @throws report::RuntimeError "cannot ACTION PATH: why; what to try" from errno if `result` is
/// negative
void posix_check(std::int64_t result, const std::string& action, const std::string& path);

/// An open local file. Move-only; closed at the end of its scope.
class PosixFile {
 public:
  enum class Mode { kRead, kCreate /*must not exist; read and write*/, kWrite /*must exist*/ };
  PosixFile(std::string path, Mode mode);
  PosixFile(PosixFile&& other) noexcept;
  PosixFile& operator=(PosixFile&& other) noexcept;
  ~PosixFile();

  const std::string& path() const { return path_; }
  std::uint64_t size() const;
  /// Makes the file exactly `bytes` long and reserves the room, so that a full disk is known before
  /// anything is written (where the file system can say so).
  void reserve(std::uint64_t bytes);
  /// Read or write everything or throw. Thread-safe.
  void read_at(std::uint64_t offset, std::span<std::byte> out) const;
  void write_at(std::uint64_t offset, std::span<const std::byte> data);
  /// Writes the parts one behind another from `offset` on. @pre at most 1024 parts. Changes
  /// `parts`.
  void write_parts_at(std::uint64_t offset, std::span<iovec> parts);
  /// Asks the system to begin bringing these bytes to the disk, so that sync() finds less to do.
  void start_writeback(std::uint64_t offset, std::uint64_t bytes);
  void sync();

 private:
  std::string path_;
  int fd_ = -1;
};

/// Renames over an existing file and makes the new name durable.
void rename_durably(const std::string& from, const std::string& to);

}  // namespace cogmill::io
