// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::doctor {

/// One mounted file system of /proc/self/mountinfo.
struct Mount {
  unsigned int major = 0, minor = 0;  ///< of its device
  std::string type;                   ///< "ext4", "nfs4", "fuse.sshfs"
};

/// Reads mountinfo's text. Lines that are none are skipped; at most 10000 are read.
std::vector<Mount> parse_mounts(const std::string& text);

/// "xfs" of the number that statfs gives; "unknown (0x1234)" for others.
std::string name_of_magic(std::uint64_t magic);

/// How Lustre spreads the files of a folder.
struct Stripes {
  int count = 0;  ///< servers; -1: all
  std::int64_t bytes = 0;
};

/// Reads what `lfs getstripe -d` prints; of a layout of several parts the widest.
std::optional<Stripes> parse_stripes(const std::string& text);

/// Where a file or folder lies.
struct FileSystem {
  std::string kind;  ///< "lustre"
  std::int64_t free_bytes = 0, total_bytes = 0;
  bool writable = false;             ///< a file can be made in the folder
  std::string why_not;               ///< if not: "Permission denied"
  bool fallocate = false;            ///< room can be taken beforehand
  std::optional<Stripes> stripes{};  ///< of Lustre, if `lfs` is installed
};

/// Looks at the folder of `path`, or at `path` if it is one. May take as long as the file system's
/// server. Makes a file there and removes it at once.
/// @throws std::runtime_error with the system's reason if there is no such path
FileSystem look_at_file_system(const std::filesystem::path& path,
                               const std::filesystem::path& root = "/");

}  // namespace cogmill::doctor
