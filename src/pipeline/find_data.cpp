// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/find_data.hpp"

#include "kernels/evaluate.hpp"
#include "kernels/masks.hpp"
#include "kernels/statistics.hpp"
#include "kernels/tile_pack.hpp"
#include "kernels/warp/warp.hpp"
#include "src/io/pixel_block.hpp"
#include "src/io/validity.hpp"
#include "src/pipeline/byte_plane.hpp"
#include "src/pipeline/stored_level_source.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <vector>

namespace cogmill::pipeline {
namespace {

bool is_hidden_by_plane(const plan::OutputImage& image) { return image.mask || image.alpha; }

bool has_nodata(const plan::OutputImage& image) {
  return std::ranges::any_of(image.nodata, [](const auto& n) { return n.has_value(); });
}

/// True where pixels without a source are 0 and nothing tells them from data.
bool zero_is_no_source(const plan::Plan& plan) {
  return plan.grid && !plan.image.computed && !is_hidden_by_plane(plan.image) &&
         !has_nodata(plan.image);
}

/// True if the kind of the output tells already that there is data.
bool all_is_data(const plan::Plan& plan) {
  const plan::OutputImage& image = plan.image;
  if (image.bands == 1 && image.alpha) return true;
  if (is_hidden_by_plane(image)) return false;
  if (has_nodata(image)) return false;
  return !kernels::is_floating(image.type) && !zero_is_no_source(plan);
}

/// True if a tile was left out of a sparse file because it is 0, and 0 is data. *Collective.*
bool zeros_left_out(const plan::Plan& plan, const io::TileStore& own,
                    exchange::Communicator& comm) {
  if (!plan.sparse_ok || is_hidden_by_plane(plan.image) || has_nodata(plan.image) ||
      zero_is_no_source(plan))
    return false;
  const auto kept =
      std::ranges::count_if(own.tiles(), [](const io::KeptTile& t) { return t.id.level == 0; });
  std::array<std::uint32_t, 1> all{static_cast<std::uint32_t>(kept)};
  comm.all_reduce_sum(all);
  const partition::TileGrid grid{plan.levels.front(), plan.tile};
  return all.front() < grid.count() * (plan.separate_planes ? plan.image.bands : 1);
}

/// Numbers of the places in the full resolution of which this rank has made a tile, that with the
/// largest tile first.
std::vector<std::int64_t> list_places(const partition::TileGrid& grid, const io::TileStore& own) {
  std::map<std::int64_t, std::uint32_t> largest;
  for (const io::KeptTile& tile : own.tiles()) {
    if (tile.id.level != 0) continue;
    std::uint32_t& bytes = largest[tile.id.index % grid.count()];
    bytes = std::max(bytes, tile.bytes);
  }
  std::vector<std::int64_t> places;
  for (const auto& [place, bytes] : largest) places.push_back(place);
  std::ranges::stable_sort(
      places, [&](std::int64_t a, std::int64_t b) { return largest.at(a) > largest.at(b); });
  return places;
}

/// Looks for valid pixels in tiles of the full resolution. Thread-safe.
class Search {
 public:
  Search(const plan::Plan& plan, const io::TileStore& own)
      : plan_(plan),
        grid_{plan.levels.front(), plan.tile},
        nothing_({}, 0, ""),
        source_(make_stored_level_source(plan, 0, own, nothing_)) {
    if (zero_is_no_source(plan)) zero_.emplace(0.0);
  }

  bool finds(std::int64_t place) const;

 private:
  /// @param bands numbers from 1 of all that are read together
  bool finds_in(const partition::Window& pixels, std::vector<int> bands) const;
  bool is_alpha(int band) const { return plan_.image.alpha == band - 1; }
  bool has_valid(const kernels::ConstPlane& plane, int band,
                 const kernels::ConstPlane& validity) const;

  const plan::Plan& plan_;
  partition::TileGrid grid_;
  io::TileStore nothing_;
  std::unique_ptr<io::Source> source_;
  std::optional<kernels::Nodata> zero_;
};

/// A complex pixel is what its real part is, but 0 has no imaginary part either.
/// @param nodata or nothing, where NaN is none   @param zero whether 0 is no data
bool has_valid_complex(const kernels::ConstPlane& plane,
                       const std::optional<kernels::Nodata>& nodata, bool zero,
                       const kernels::ConstPlane& validity) {
  constexpr std::byte kZero[16] = {};
  const kernels::Nodata kNan(std::numeric_limits<double>::quiet_NaN());
  const kernels::DataType byte = kernels::DataType::kUInt8;
  if (zero && kernels::is_constant(plane, kZero)) return false;
  io::PixelBlock room;
  room.reset({0, 0, plane.width, plane.height}, std::span(&byte, 1));
  const kernels::Plane& valid = room.plane(0);
  if (validity.data == nullptr)
    kernels::fill(valid, &io::kValid);
  else
    kernels::convert_plane(validity, valid);
  kernels::invalidate_nodata(plane, nodata.value_or(kNan), valid);
  return !kernels::is_constant(valid, &io::kInvalid);
}

bool Search::has_valid(const kernels::ConstPlane& plane, int band,
                       const kernels::ConstPlane& validity) const {
  const auto& nodata = plan_.image.nodata[static_cast<std::size_t>(band) - 1];
  if (kernels::is_complex(plane.type))
    return has_valid_complex(plane, nodata, zero_.has_value(), validity);
  return kernels::compute_statistics(plane, nodata ? nodata : zero_, validity).count > 0;
}

bool Search::finds_in(const partition::Window& pixels, std::vector<int> bands) const {
  std::vector<kernels::DataType> types(bands.size(), plan_.image.type);
  if (plan_.image.mask) {
    bands.push_back(io::kMaskBand);
    types.push_back(kernels::DataType::kUInt8);
  }
  io::PixelBlock block, room;
  block.reset(pixels, types);
  source_->decode(*source_->fetch(pixels, bands), block.all());
  kernels::ConstPlane validity;
  for (std::size_t i = 0; i < bands.size(); ++i)
    if (bands[i] == io::kMaskBand || (is_alpha(bands[i]) && !kernels::is_complex(types[i])))
      validity = as_byte(block.plane(i), pixels, room, kernels::find_visible);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (bands[i] == io::kMaskBand || is_alpha(bands[i])) continue;
    if (has_valid(block.plane(i), bands[i], validity)) return true;
  }
  return false;
}

bool Search::finds(std::int64_t place) const {
  const partition::Window pixels =
      grid_.tile_window(place % grid_.across(), place / grid_.across());
  std::vector<int> bands(static_cast<std::size_t>(plan_.image.bands));
  std::iota(bands.begin(), bands.end(), 1);
  if (!plan_.separate_planes) return finds_in(pixels, bands);
  return std::ranges::any_of(bands, [&](int band) {
    if (is_alpha(band)) return false;
    return finds_in(
        pixels, plan_.image.alpha ? std::vector{band, *plan_.image.alpha + 1} : std::vector{band});
  });
}

/// Whether any rank says so. *Collective.*
bool any_rank(exchange::Communicator& comm, bool mine) {
  std::array<std::uint32_t, 1> ranks{mine ? 1U : 0U};
  comm.all_reduce_sum(ranks);
  return ranks.front() > 0;
}

}  // namespace

bool has_data(const plan::Plan& plan, const io::TileStore& own, exchange::Communicator& comm) {
  if (all_is_data(plan) || zeros_left_out(plan, own, comm)) return true;
  const Search search(plan, own);
  const auto places = list_places({plan.levels.front(), plan.tile}, own);
  std::atomic<bool> found = false;
  exchange::agree_on(comm, [&] { found = !places.empty() && search.finds(places.front()); });
  if (any_rank(comm, found)) return true;
  exchange::agree_on(comm, [&] {
    tbb::parallel_for(std::size_t{0}, places.size(), [&](std::size_t i) {
      report::throw_if_interrupted();
      if (!found && search.finds(places[i])) found = true;
    });
  });
  return any_rank(comm, found);
}

std::string describe_no_data(const plan::Plan& plan, const std::string& output) {
  const char* none = kernels::is_floating(plan.image.type) ? "0 or NaN" : "0";
  const std::string what = zero_is_no_source(plan) ? "every pixel of " + output + " is " + none +
                                                         ", as where there is no source"
                                                   : "not one pixel of " + output + " is valid";
  if (plan.operation.program)
    return what + "; check the expression, and the nodata values and masks of the inputs";
  if (plan.grid)
    return what +
           "; check whether the input reaches the output (--bbox, --dst-crs, --like), and "
           "its nodata value and mask";
  return what + "; check the nodata value and the mask of the input";
}

}  // namespace cogmill::pipeline
