// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct iovec;

namespace cogmill::io {

/// Where one file of the output goes. It grows where nobody looks for it, and gets its name when it
/// is complete. One rank creates, all open and write and sync, one publishes: the calls of an
/// upload in parts as well as those of a file system.
class OutputTarget {
 public:
  OutputTarget() = default;
  virtual ~OutputTarget() = default;
  OutputTarget(const OutputTarget&) = delete;
  OutputTarget& operator=(const OutputTarget&) = delete;

  /// Of the complete file, for messages.
  virtual const std::string& name() const = 0;
  /// Names of what stands where the file is to stand: itself, or what readers would take for a part
  /// of it.
  virtual std::vector<std::string> in_its_place() const = 0;
  bool exists() const { return !in_its_place().empty(); }

  /// Makes the file, exactly `bytes` long. On one rank, before the others open it.
  /// @throws report::RuntimeError, as all that follow, naming the file and what to try
  virtual void create(std::uint64_t bytes) = 0;
  /// Begins to take part in writing. On every rank that does.
  virtual void open() = 0;
  /// Writes the parts one behind another from `offset` on. Thread-safe. Changes `parts`.
  /// @pre open, at most 1024 parts that end inside the file
  virtual void write_at(std::uint64_t offset, std::span<iovec> parts) = 0;
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  /// What this rank has written is safe from here on; it writes no more. On every rank.
  virtual void sync() = 0;

  /// Keeps the text of the .aux.xml that goes with the file. On one rank, before publish().
  virtual void keep_beside(const std::string& aux_xml) = 0;
  /// Gives the complete file and what belongs to it their names, in place of what was there. On one
  /// rank, when all have synced.
  virtual void publish() = 0;
  /// Removes what grows and was not published. Never throws: what cannot be removed stays.
  virtual void abandon() noexcept = 0;
  /// Removes a published file with what belongs to it. Never throws.
  /// @return true if there was one
  virtual bool remove_published() noexcept = 0;
};

/// @param what "output", "piece": how the message names it
/// @throws report::RuntimeError if anything stands in the target's place
void require_new(const OutputTarget& target, const std::string& what);

}  // namespace cogmill::io
