// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/nodata_rules.hpp"

#include "src/report/error.hpp"

#include <limits>
#include <string>
#include <type_traits>

namespace cogmill::plan {

using kernels::DataType;
using kernels::Nodata;

std::optional<Nodata> convert_nodata(const std::optional<Nodata>& nodata, DataType type) {
  if (!nodata || kernels::is_complex(type)) return nodata;
  return kernels::visit_real_type(type, [&]<class T>(T) -> std::optional<Nodata> {
    if (std::is_floating_point_v<T> || nodata->as<T>()) return nodata;
    const double value = nodata->as_double();
    if (value != value) return std::nullopt;
    using Limits = std::numeric_limits<T>;
    return Nodata(static_cast<double>(value < 0 ? Limits::lowest() : Limits::max()));
  });
}

void check_dst_nodata(const job::Job& job, DataType type) {
  if (!job.dst_nodata || kernels::is_complex(type)) return;
  const bool fits = kernels::visit_real_type(
      type, [&]<class T>(T) { return job.dst_nodata->as<T>().has_value(); });
  if (!fits)
    throw report::UsageError("--dst-nodata " + job.dst_nodata->to_string() + " is no " +
                             std::string(kernels::name_of(type)) +
                             " value; choose another, or another --output-data-type");
}

}  // namespace cogmill::plan
