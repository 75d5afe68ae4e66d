// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/output_target.hpp"
#include "src/io/posix_file.hpp"

#include <optional>
#include <string>

namespace cogmill::io {

/// An output on a file system that all ranks see.
class LocalTarget final : public OutputTarget {
 public:
  /// Names the files; touches nothing.
  /// @param growing where the file grows, on the same file system   @param path its final name
  LocalTarget(std::string growing, std::string path)
      : growing_(std::move(growing)), path_(std::move(path)) {}

  const std::string& name() const override { return path_; }
  std::vector<std::string> in_its_place() const override;
  /// Reserves the room, so that a full disk is known before anything is written (where the file
  /// system can say so).
  void create(std::uint64_t bytes) override;
  void open() override;
  using OutputTarget::write_at;
  void write_at(std::uint64_t offset, std::span<iovec> parts) override;
  void sync() override;
  void keep_beside(const std::string& aux_xml) override;
  /// No side-car of an older file stays. The file comes last: who sees it sees all of it.
  void publish() override;
  void abandon() noexcept override;
  bool remove_published() noexcept override;

 private:
  void publish_aux() const;

  std::string growing_, path_;
  std::optional<PosixFile> file_;
};

}  // namespace cogmill::io
