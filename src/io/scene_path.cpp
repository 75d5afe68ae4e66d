// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/scene_path.hpp"

#include "src/io/file_names.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <cpl_vsi.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace cogmill::io {
namespace {

using report::RuntimeError;

/// GDAL opens more than files: "NETCDF:a.nc:var", "GTIFF_DIR:2:a.tif", "<VRTDataset>...".
bool may_be_gdal_name(const std::string& path) {
  return path.find(':') != std::string::npos || path.starts_with("<") || path.starts_with("/vsi");
}

/// GDAL puts the file's path in front of a message, once or twice; GDAL 3.10 its name before that.
std::string without_path(std::string reason, const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  for (const std::string& prefix : {name + ":", path + ":", path + ":"}) {
    if (!reason.starts_with(prefix)) continue;
    reason.erase(0, prefix.size());
    reason.erase(0, reason.find_first_not_of(": "));
  }
  return reason;
}

}  // namespace

PathStatus look_at(const std::string& path) {
  const GdalMessages messages;
  VSIStatBufL status;
  errno = 0;
  if (VSIStatL(path.c_str(), &status) != 0)
    return {false, false, false, 0, errno != 0 ? std::strerror(errno) : "no such file"};
  return {true,
          VSI_ISDIR(status.st_mode) != 0,
          VSI_ISREG(status.st_mode) != 0,
          static_cast<std::int64_t>(status.st_size),
          {}};
}

void check_path(const std::string& path, const PathStatus& status) {
  if (path.empty()) throw RuntimeError("the name of an input file is empty");
  if (!status.exists && !may_be_gdal_name(path))
    throw RuntimeError("cannot open " + path + ": " + status.error + "; check the path");
  if (status.exists && !status.directory && !status.plain)
    throw RuntimeError("cannot open " + path + ": it is not a plain file");
  if (status.plain && status.bytes == 0)
    throw RuntimeError("cannot open " + path + ": the file is empty (0 bytes)");
}

void cannot_open(const std::string& path, const PathStatus& status, const std::string& message) {
  const std::string reason = without_path(message, path);
  if (status.directory)
    throw RuntimeError("cannot open " + path + ": it is a directory, not a file");
  const std::string advice = opening_advice(path);
  if (!status.exists && path.starts_with("/vsi"))
    throw RuntimeError("cannot open " + path + ": " + (reason.empty() ? status.error : reason) +
                       advice);
  if (!status.exists && !advice.empty())
    throw RuntimeError("cannot open " + path + ": " + status.error + advice);
  if (!advice.empty()) throw RuntimeError("cannot open " + path + ": not a raster" + advice);
  const bool unknown = message.empty() || message.find("not recognized as") != std::string::npos;
  throw RuntimeError("cannot open " + path + ": " +
                     (unknown ? "not a raster in any format that GDAL knows here (see gdalinfo "
                                "--formats), or cut off at its beginning"
                              : reason));
}

}  // namespace cogmill::io
