// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/plan/nodata_rules.hpp"

#include "src/report/error.hpp"

#include <algorithm>
#include <cctype>
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

/// The least value of a real type.
Nodata lowest_of(DataType type) {
  return kernels::visit_real_type(
      type, [&]<class T>(T) { return Nodata(exact(std::numeric_limits<T>::lowest())); });
}

/// What a pixel without data is in `type` until it becomes `nodata` in `output`, another type. The
/// value beside the output's least one would saturate to it.
Nodata hole_of(DataType type, DataType output, const Nodata& nodata) {
  if (kernels::is_floating(type)) return Nodata(std::numeric_limits<double>::quiet_NaN());
  const bool least =
      !kernels::is_floating(output) && is_same_pixel(nodata, lowest_of(output), output);
  return least && kernels::traits(type).is_signed ? lowest_of(type) : nodata;
}

/// True if the text has the word by itself.
bool has_word(const std::string& text, const std::string& word) {
  const auto is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end])))
      return true;
  }
  return false;
}

/// The warning for an expression that says `nodata`, where pixels cannot.
std::optional<std::string> describe_lost_nodata(const job::Job& job, const OutputImage& image) {
  const bool told =
      std::ranges::any_of(image.nodata, [](const auto& n) { return n.has_value(); }) ||
      kernels::is_floating(image.type);
  const bool says = std::ranges::any_of(
      job.expressions, [](const std::string& text) { return has_word(text, "nodata"); });
  if (told || !says) return std::nullopt;
  return "pixels that --calc makes nodata become 0, as data: the output is " +
         std::string(kernels::name_of(image.type)) +
         " without a nodata value; choose one with --dst-nodata VALUE";
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

bool can_be_pixel(const Nodata& nodata, DataType type) {
  return kernels::visit_real_type(kernels::component_of(type),
                                  [&]<class T>(T) { return nodata.as<T>().has_value(); });
}

bool is_same_pixel(const Nodata& a, const Nodata& b, DataType type) {
  return kernels::visit_real_type(kernels::component_of(type),
                                  [&]<class T>(T) { return a.as<T>() == b.as<T>() || a == b; });
}

std::vector<std::optional<Nodata>> working_nodata(const std::vector<DataType>& types,
                                                  const OutputImage& image) {
  std::vector<std::optional<Nodata>> holes;
  for (std::size_t i = 0; i < image.nodata.size(); ++i) {
    const bool converted = image.nodata[i] && !kernels::is_complex(image.type) &&
                           i < types.size() && types[i] != image.type;
    holes.push_back(converted ? hole_of(types[i], image.type, *image.nodata[i]) : image.nodata[i]);
  }
  return holes;
}

std::vector<std::optional<NodataChange>> changes_by_conversion(const std::vector<DataType>& types,
                                                               const OutputImage& image) {
  std::vector<std::optional<NodataChange>> changes;
  if (kernels::is_complex(image.type)) return changes;
  const auto holes = working_nodata(types, image);
  for (std::size_t i = 0; i < holes.size(); ++i) {
    const bool converted = holes[i] && types[i] != image.type;
    changes.push_back(converted ? std::optional(NodataChange{holes[i]}) : std::nullopt);
  }
  return changes;
}

std::optional<std::string> describe_replaced(const std::optional<Nodata>& from,
                                             const std::optional<Nodata>& to, DataType type,
                                             const std::string& path) {
  if (!from || !to || *from == *to) return std::nullopt;
  return "no " + std::string(kernels::name_of(type)) + " pixel can be " + from->to_string() +
         ", the nodata value of " + path + ": pixels without data become " + to->to_string() +
         ", the new nodata value; choose it with --dst-nodata VALUE";
}

std::optional<std::string> describe_idle_src_nodata(const job::Job& job,
                                                    const std::vector<io::SceneInfo>& scenes) {
  if (!job.src_nodata) return std::nullopt;
  for (const io::SceneInfo& scene : scenes)
    for (const io::BandInfo& band : scene.bands)
      if (can_be_pixel(*job.src_nodata, band.type)) return std::nullopt;
  const io::SceneInfo& scene = scenes.front();
  return "--src-nodata " + job.src_nodata->to_string() + " hides nothing: no " +
         std::string(kernels::name_of(scene.bands.front().type)) + " pixel of " + scene.path +
         " can have that value";
}

std::optional<std::string> describe_replaced(const job::Job& job, const io::SceneInfo& scene,
                                             const OutputImage& image) {
  // An expression may have other inputs, of other types.
  if (job.inputs.size() == 1)
    if (auto text = describe_idle_src_nodata(job, {scene})) return text;
  if (image.computed) return describe_lost_nodata(job, image);
  if (job.dst_nodata) return std::nullopt;
  for (std::size_t i = 0; i < scene.bands.size() && i < image.nodata.size(); ++i) {
    const auto source = job.src_nodata ? job.src_nodata : scene.bands[i].nodata;
    const auto text = describe_replaced(source, image.nodata[i], image.type, scene.path);
    if (text) return text;
  }
  return std::nullopt;
}

void check_dst_nodata(const job::Job& job, DataType type) {
  if (!job.dst_nodata) return;
  if (!can_be_pixel(*job.dst_nodata, type))
    throw report::UsageError("--dst-nodata " + job.dst_nodata->to_string() + " is no " +
                             std::string(kernels::name_of(type)) +
                             " value; choose another, or another --output-data-type");
}

}  // namespace cogmill::plan
