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

namespace {

/// 64-bit integers keep all their bits.
template <class T>
auto exact(T value) {
  if constexpr (std::is_same_v<T, std::uint64_t>)
    return value;
  else if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(value);
  else
    return static_cast<double>(value);
}

}  // namespace

std::optional<Nodata> convert_nodata(const std::optional<Nodata>& nodata, DataType type) {
  if (!nodata || kernels::is_complex(type)) return nodata;
  return kernels::visit_real_type(type, [&]<class T>(T) -> std::optional<Nodata> {
    if (std::is_floating_point_v<T> || nodata->as<T>()) return nodata;
    const double value = nodata->as_double();
    using Limits = std::numeric_limits<T>;
    if (value > static_cast<double>(Limits::max())) return Nodata(exact(Limits::max()));
    const bool between = value > static_cast<double>(Limits::lowest());
    return Nodata(between ? exact(static_cast<T>(value)) : exact(Limits::lowest()));
  });
}

std::vector<std::optional<NodataChange>> changes_by_conversion(const std::vector<DataType>& types,
                                                               const OutputImage& image) {
  std::vector<std::optional<NodataChange>> changes;
  if (kernels::is_complex(image.type)) return changes;
  for (std::size_t i = 0; i < image.nodata.size(); ++i) {
    const bool converted = image.nodata[i] && types[i] != image.type;
    changes.push_back(converted ? std::optional(NodataChange{image.nodata[i]}) : std::nullopt);
  }
  return changes;
}

std::optional<std::string> describe_replaced(const job::Job& job, const io::SceneInfo& scene,
                                             const OutputImage& image) {
  if (job.dst_nodata || image.computed) return std::nullopt;
  for (std::size_t i = 0; i < scene.bands.size() && i < image.nodata.size(); ++i) {
    const auto source = job.src_nodata ? job.src_nodata : scene.bands[i].nodata;
    if (!source || !image.nodata[i] || *source == *image.nodata[i]) continue;
    return "no " + std::string(kernels::name_of(image.type)) + " pixel can be " +
           source->to_string() + ", the nodata value of " + scene.path +
           ": pixels without data become " + image.nodata[i]->to_string() +
           ", the new nodata value; choose it with --dst-nodata VALUE";
  }
  return std::nullopt;
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
