// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/codec_versions.hpp"

#include "kernels/isal_deflate.hpp"

#include <libdeflate.h>
#include <zstd.h>

namespace cogmill::kernels {

std::vector<std::pair<std::string, std::string>> codec_versions() {
  return {{"isa-l", has_isal() ? isal_version() : "none"},
          {"libdeflate", LIBDEFLATE_VERSION_STRING},
          {"zstd", ZSTD_versionString()}};
}

}  // namespace cogmill::kernels
