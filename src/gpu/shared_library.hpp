// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace cogmill::gpu {

/// A library that is looked for at run time: the program starts without it. Move-only owner.
class SharedLibrary {
 public:
  /// Opens the first of the names that the loader finds.
  static std::optional<SharedLibrary> open(const std::vector<std::string>& names);
  SharedLibrary(SharedLibrary&& other) noexcept;
  SharedLibrary& operator=(SharedLibrary&&) = delete;
  ~SharedLibrary();

  /// The function of that name, or nullptr.
  template <class Function>
  Function* find(const char* name) const {
    return reinterpret_cast<Function*>(symbol(name));
  }
  std::string path() const;  ///< where the loader found it; empty if it does not say

 private:
  explicit SharedLibrary(void* handle) : handle_(handle) {}
  void* symbol(const char* name) const;
  void* handle_;
};

/// A library that cogmill can do without.
struct FoundLibrary {
  std::string path;
  std::string version;  ///< "2.28.3"; empty if it does not say
};

/// NCCL and nvCOMP as the loader finds them; neither starts a GPU.
std::optional<FoundLibrary> find_nccl(const std::vector<std::string>& names = {"libnccl.so.2",
                                                                               "libnccl.so"});
std::optional<FoundLibrary> find_nvcomp(const std::vector<std::string>& names = {
                                            "libnvcomp.so.5", "libnvcomp.so.4", "libnvcomp.so.3",
                                            "libnvcomp.so"});

}  // namespace cogmill::gpu
