// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/report/error.hpp"

#include <cpl_error.h>

#include <functional>
#include <source_location>
#include <string>

namespace cogmill::io {

/// Takes one line of advice or warning. May be called from any thread.
using Warn = std::function<void(const std::string&)>;

/// Registers GDAL's drivers, once per process. Thread-safe.
void register_gdal();

/// @return GDAL's last error message on this thread as one line, or "no reason given"
std::string last_gdal_error();

/// Throws where a GDAL call failed.
/// @param what what was tried, of which file: "cannot read dem.tif"
/// @throws report::RuntimeError with `what`, GDAL's message and the place of the call
void gdal_check(CPLErr status, const std::string& what,
                std::source_location where = std::source_location::current());

/// Throws as gdal_check of a status does if a call that returns a handle gave none.
/// @return the handle, not null
template <class T>
T* gdal_check(T* handle, const std::string& what,
              std::source_location where = std::source_location::current()) {
  if (handle == nullptr) gdal_check(CE_Failure, what, where);
  return handle;
}

/// While it lives, GDAL's messages of this thread go to a callback instead of stderr: warnings to
/// `warn`, errors are kept (and reported by whoever checks the call that failed).
class GdalMessages {
 public:
  explicit GdalMessages(Warn warn = {});
  ~GdalMessages();
  GdalMessages(const GdalMessages&) = delete;
  GdalMessages& operator=(const GdalMessages&) = delete;

  /// The first error since construction or clear() as one line; empty if there was none.
  const std::string& first_error() const { return first_error_; }
  void clear() { first_error_.clear(); }

 private:
  static void CPL_STDCALL handle(CPLErr level, CPLErrorNum number, const char* text);
  void take(CPLErr level, const char* text);

  Warn warn_;
  std::string first_error_;
};

}  // namespace cogmill::io
