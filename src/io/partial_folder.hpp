// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace cogmill::io {

/// The folder OUTPUT.partial beside an output, where it grows until it is complete. Everything that
/// is not finished lies in it, so that one removal cleans up.
class PartialFolder {
 public:
  /// Names the folder; touches nothing.
  /// @param scratch folder for spilled tiles, or empty: the partial folder
  PartialFolder(const std::string& output, const std::string& scratch);
  /// Removes the folder and this rank's spill, if they were entered: another run may be there.
  ~PartialFolder();
  PartialFolder(const PartialFolder&) = delete;
  PartialFolder& operator=(const PartialFolder&) = delete;

  /// Creates the folder; what a killed job left in it goes first. On one rank.
  /// @throws report::RuntimeError if it cannot be created, or holds files that are not cogmill's
  void create();
  /// Enters the folder; creates that for spilled tiles where --scratch names another. On every
  /// rank, after create().
  void create_scratch();
  /// Removes the folder with all it holds. On one rank, when the output has its final name.
  void remove();

  std::string output_file() const;         ///< where the output is written
  std::string piece_file(int rank) const;  ///< the same for a piece of a VRT
  std::string spill_file(int rank) const;  ///< tiles that do not fit in memory
  std::string guest_file(int rank) const;  ///< the same for tiles of other ranks

 private:
  std::string folder_;
  std::string scratch_;
  bool entered_ = false;
};

}  // namespace cogmill::io
