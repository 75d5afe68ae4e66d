// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/gpu/shared_library.hpp"

#include <array>
#include <cstdint>
#include <dlfcn.h>
#include <link.h>
#include <utility>

namespace cogmill::gpu {
namespace {

std::string version_text(int major, int minor, int patch) {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

/// 22803 is 2.28.3; up to 2.8 it was 2804 for 2.8.4.
std::string nccl_version(int version) {
  const int thousands = version < 10000 ? 1000 : 10000;
  return version_text(version / thousands, version % thousands / 100, version % 100);
}

/// 4202 is 4.2.2.
std::string nvcomp_version(std::uint32_t version) {
  const auto number = static_cast<int>(version % 1000000);
  return version_text(number / 1000, number % 1000 / 100, number % 100);
}

}  // namespace

std::optional<SharedLibrary> SharedLibrary::open(const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (void* handle = ::dlopen(name.c_str(), RTLD_LAZY | RTLD_LOCAL)) return SharedLibrary(handle);
  return std::nullopt;
}

SharedLibrary::SharedLibrary(SharedLibrary&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)) {}

SharedLibrary::~SharedLibrary() {
  if (handle_ != nullptr) ::dlclose(handle_);
}

void* SharedLibrary::symbol(const char* name) const { return ::dlsym(handle_, name); }

std::string SharedLibrary::path() const {
  const link_map* map = nullptr;
  if (::dlinfo(handle_, RTLD_DI_LINKMAP, &map) != 0 || map == nullptr) return {};
  return map->l_name == nullptr ? std::string() : std::string(map->l_name);
}

std::optional<FoundLibrary> find_nccl(const std::vector<std::string>& names) {
  const auto library = SharedLibrary::open(names);
  if (!library) return std::nullopt;
  FoundLibrary found{library->path(), ""};
  int version = 0;
  const auto get = library->find<int(int*)>("ncclGetVersion");
  if (get != nullptr && get(&version) == 0 && version > 0) found.version = nccl_version(version);
  return found;
}

std::optional<FoundLibrary> find_nvcomp(const std::vector<std::string>& names) {
  const auto library = SharedLibrary::open(names);
  if (!library) return std::nullopt;
  FoundLibrary found{library->path(), ""};
  // Its own version and that of its CUDA runtime; room for more, should a later one write it.
  std::array<std::uint32_t, 16> properties{};
  const auto get = library->find<int(void*)>("nvcompGetProperties");
  if (get != nullptr && get(properties.data()) == 0 && properties[0] > 0)
    found.version = nvcomp_version(properties[0]);
  return found;
}

}  // namespace cogmill::gpu
