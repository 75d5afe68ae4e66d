// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/name_beside.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace cogmill::report {
namespace {

namespace fs = std::filesystem;

/// FNV-1a, as 16 digits.
std::string digest(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
  return digits.data();
}

/// The first `bytes` of UTF-8, without a part of a character at the end.
std::string cut_text(const std::string& text, std::size_t bytes) {
  const auto continues = [&](std::size_t i) {
    return (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80;
  };
  while (bytes > 0 && bytes < text.size() && continues(bytes)) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::size_t longest_name(const std::string& path) {
  constexpr std::size_t kUsual = 255;
  const fs::path folder = fs::path(path).parent_path();
  const long most = ::pathconf(folder.empty() ? "." : folder.c_str(), _PC_NAME_MAX);
  return most > 0 ? static_cast<std::size_t>(most) : kUsual;
}

std::string name_beside(const std::string& path, const std::string& suffix) {
  const std::string name = fs::path(path).filename().string();
  const std::size_t most = longest_name(path);
  if (name.size() + suffix.size() <= most) return path + suffix;
  const std::string number = "~" + digest(name);
  const std::size_t taken = std::min(most, number.size() + suffix.size());
  return (fs::path(path).parent_path() / (cut_text(name, most - taken) + number + suffix)).string();
}

}  // namespace cogmill::report
