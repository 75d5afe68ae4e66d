// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_check.hpp"

#include <gdal.h>

#include <algorithm>
#include <string_view>

namespace cogmill::io {
namespace {

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.pop_back();
  return text;
}

std::string place(const std::source_location& where) {
  std::string_view file = where.file_name();
  file.remove_prefix(file.find_last_of('/') + 1);  // npos + 1 is 0
  return std::string(file) + ":" + std::to_string(where.line());
}

}  // namespace

void register_gdal() {
  static const bool registered = [] {
    GDALAllRegister();
    return true;
  }();
  static_cast<void>(registered);
}

std::string last_gdal_error() {
  const std::string text = one_line(CPLGetLastErrorMsg());
  return text.empty() ? "no reason given" : text;
}

void gdal_check(CPLErr status, const std::string& what, std::source_location where) {
  if (status == CE_None || status == CE_Debug || status == CE_Warning) return;
  throw report::RuntimeError(what + ": " + last_gdal_error() + " (" + place(where) + ")");
}

GdalMessages::GdalMessages(Warn warn) : warn_(std::move(warn)) {
  CPLErrorReset();
  CPLPushErrorHandlerEx(&GdalMessages::handle, this);
}

GdalMessages::~GdalMessages() { CPLPopErrorHandler(); }

void CPL_STDCALL GdalMessages::handle(CPLErr level, CPLErrorNum number, const char* text) {
  auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
  if (level == CE_Debug || self == nullptr) {
    CPLDefaultErrorHandler(level, number, text);
    return;
  }
  try {
    self->take(level, text);
  } catch (...) {  // nothing may escape into GDAL; the failed call itself is checked anyway
  }
}

void GdalMessages::take(CPLErr level, const char* text) {
  if (level == CE_Warning) {
    if (warn_) warn_(one_line(text));
  } else if (first_error_.empty()) {
    first_error_ = one_line(text);
  }
}

}  // namespace cogmill::io
