// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/quiet_hdf5.hpp"

#include <cstdint>
#include <dlfcn.h>
#include <link.h>
#include <string>
#include <string_view>
#include <vector>

namespace cogmill::io {
namespace {

/// H5Eset_auto2(stack, function, client data); since HDF5 1.10 an identifier has 64 bits.
using SetAuto = int (*)(std::int64_t, void*, void*);

int add_if_hdf5(dl_phdr_info* info, std::size_t /*size*/, void* data) {
  const std::string_view path = info->dlpi_name == nullptr ? "" : info->dlpi_name;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.starts_with("libhdf5")) static_cast<std::vector<std::string>*>(data)->emplace_back(path);
  return 0;
}

/// Of each HDF5 library in the process: there may be a serial and a parallel one.
std::vector<SetAuto> find_functions() {
  std::vector<std::string> paths;
  dl_iterate_phdr(add_if_hdf5, &paths);
  std::vector<SetAuto> functions;
  for (const std::string& path : paths) {
    void* library = dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
    if (library == nullptr) continue;
    if (void* found = dlsym(library, "H5Eset_auto2"))
      functions.push_back(reinterpret_cast<SetAuto>(found));
    dlclose(library);  // GDAL keeps it
  }
  return functions;
}

}  // namespace

void quiet_hdf5() {
  static const std::vector<SetAuto> functions = find_functions();
  constexpr std::int64_t kDefaultStack = 0;
  for (const SetAuto set_auto : functions) set_auto(kDefaultStack, nullptr, nullptr);
}

}  // namespace cogmill::io
