// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/doctor/file_system.hpp"

#include "src/doctor/run_tool.hpp"
#include "src/report/small_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sstream>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <utility>

namespace cogmill::doctor {
namespace {

namespace fs = std::filesystem;

struct Magic {
  std::uint64_t number;
  const char* name;
};
constexpr Magic kMagics[] = {
    {0xEF53, "ext4"},       {0x58465342, "xfs"},   {0x9123683E, "btrfs"},  {0x2FC12FC1, "zfs"},
    {0xF2F52010, "f2fs"},   {0x01021994, "tmpfs"}, {0x858458F6, "ramfs"},  {0x794C7630, "overlay"},
    {0x6969, "nfs"},        {0xFF534D42, "cifs"},  {0xFE534D42, "smb2"},   {0x01021997, "9p"},
    {0x5346414F, "afs"},    {0x65735546, "fuse"},  {0x0BD00BD0, "lustre"}, {0x47504653, "gpfs"},
    {0x19830326, "beegfs"}, {0x00C36400, "ceph"},  {0xAAD7AAEA, "panfs"},  {0x73717368, "squashfs"},
    {0xE0F5E1E2, "erofs"},  {0x9660, "iso9660"},   {0x4D44, "vfat"}};

/// The mount's type, which is more exact (ext3, nfs4, fuse.sshfs), else what statfs calls it.
std::string kind_of(const struct stat& file, const struct statfs& system, const fs::path& root) {
  constexpr std::size_t kMostBytes = std::size_t{4} << 20;
  const auto mounts =
      parse_mounts(report::read_small_file(root / "proc/self/mountinfo", kMostBytes));
  const auto found = std::ranges::find_if(mounts, [&](const Mount& m) {
    return m.major == major(file.st_dev) && m.minor == minor(file.st_dev);
  });
  if (found != mounts.end()) return found->type;
  return name_of_magic(static_cast<std::uint64_t>(system.f_type) & 0xFFFFFFFFU);
}

std::int64_t bytes_of(std::uint64_t blocks, long block_bytes) {
  constexpr double kMost = 9e18;
  return static_cast<std::int64_t>(
      std::min(kMost, static_cast<double>(blocks) * static_cast<double>(block_bytes)));
}

/// A file that has no name any more; -1 with errno if there can be none.
int open_nameless(const fs::path& folder) {
  std::string name = (folder / ".cogmill-doctor-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file >= 0) ::unlink(name.c_str());
  return file;
}

void try_writing(const fs::path& folder, FileSystem& found) {
  constexpr off_t kBytes = off_t{1} << 20;
  const int file = open_nameless(folder);
  found.writable = file >= 0;
  if (file < 0) {
    found.why_not = std::strerror(errno);
    return;
  }
  int result = 0;
  do result = ::fallocate(file, 0, 0, kBytes);
  while (result != 0 && errno == EINTR);
  found.fallocate = result == 0;
  ::close(file);
}

/// The number after the last colon or blank of "stripe_count:  4".
std::optional<std::int64_t> number_after(const std::string& word, std::istringstream& words) {
  std::string text = word;
  if (text.empty() && !(words >> text)) return std::nullopt;
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{}) return std::nullopt;
  return value;
}

}  // namespace

std::vector<Mount> parse_mounts(const std::string& text) {
  constexpr std::size_t kMost = 10000;
  std::vector<Mount> mounts;
  std::istringstream lines(text);
  for (std::string line; mounts.size() < kMost && std::getline(lines, line);) {
    // "36 35 98:0 /of /point rw,noatime master:1 - ext3 /dev/root rw": any number of tags.
    std::istringstream words(line);
    std::string id, parent;
    Mount mount;
    char colon = 0;
    if (!(words >> id >> parent >> mount.major >> colon >> mount.minor) || colon != ':') continue;
    std::string word;
    while (words >> word && word != "-") {
    }
    if (word == "-" && words >> mount.type) mounts.push_back(mount);
  }
  return mounts;
}

std::string name_of_magic(std::uint64_t magic) {
  for (const auto& [number, name] : kMagics)
    if (number == magic) return name;
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "unknown (0x%llx)",
                static_cast<unsigned long long>(magic));
  return text.data();
}

std::optional<Stripes> parse_stripes(const std::string& text) {
  std::optional<Stripes> widest;
  std::istringstream words(text);
  Stripes now;
  for (std::string word; words >> word;) {
    const bool count = word.starts_with("stripe_count:") || word.starts_with("lmm_stripe_count:");
    const bool size = word.starts_with("stripe_size:") || word.starts_with("lmm_stripe_size:");
    if (!count && !size) continue;
    const auto value = number_after(word.substr(word.find(':') + 1), words);
    if (!value || *value < -1 || (count && *value > 1 << 20)) continue;
    if (size) now.bytes = std::max<std::int64_t>(*value, 0);
    if (count) now.count = static_cast<int>(*value);
    const auto width = [](const Stripes& s) { return s.count < 0 ? 1 << 21 : s.count; };
    if (!widest || width(now) >= width(*widest)) widest = now;
  }
  return widest;
}

FileSystem look_at_file_system(const fs::path& path, const fs::path& root) {
  constexpr std::chrono::seconds kPatience{5};
  struct stat file {};
  struct statfs system {};
  if (::stat(path.c_str(), &file) != 0 || ::statfs(path.c_str(), &system) != 0)
    throw std::runtime_error(std::strerror(errno));
  const fs::path whole = fs::absolute(path);
  const fs::path folder = S_ISDIR(file.st_mode) ? whole : whole.parent_path();
  FileSystem found;
  found.kind = kind_of(file, system, root);
  found.free_bytes = bytes_of(system.f_bavail, system.f_frsize);
  found.total_bytes = bytes_of(system.f_blocks, system.f_frsize);
  try_writing(folder, found);
  if (found.kind == "lustre")
    if (const auto text = run_tool({"lfs", "getstripe", "-d", folder.string()}, kPatience))
      found.stripes = parse_stripes(*text);
  return found;
}

}  // namespace cogmill::doctor
