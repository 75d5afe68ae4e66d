// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/placed_source.hpp"

#include "kernels/evaluate.hpp"
#include "kernels/tile_pack.hpp"
#include "src/io/validity.hpp"
#include "src/warp/for_strips.hpp"
#include "src/warp/opacity.hpp"
#include "src/warp/warped_source.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cogmill::warp {
namespace {

using kernels::ConstPlane;
using kernels::Plane;
using partition::Window;

constexpr std::int64_t kRowsPerTask = 64;

struct PlacedWindow final : io::Fetched {
  std::int64_t bytes_read() const override { return read ? read->bytes_read() : 0; }
  Window window;  ///< of the output
  std::vector<int> bands;
  SourceReading reading;
  Window source;  ///< empty: the source does not reach the window
  std::unique_ptr<io::Fetched> read;
};

ConstPlane rows_of_const(const ConstPlane& plane, std::int64_t first, std::int64_t rows) {
  return plane.crop(0, first, plane.width, rows);
}

void copy(const ConstPlane& from, const Plane& to) {
  for_strips(to.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
    const ConstPlane in = rows_of_const(from, first, rows);
    const Plane out = rows_of(to, first, rows);
    if (in.type != out.type) {
      kernels::convert_plane(in, out);
      return;
    }
    const auto bytes = static_cast<std::size_t>(out.width * kernels::size_bytes(out.type));
    for (std::int64_t row = 0; row < rows; ++row) std::memcpy(out.row(row), in.row(row), bytes);
  });
}

class Placed final : public io::Source {
 public:
  Placed(const Placement& placement, const io::OpenOptions& options,
         std::shared_ptr<ScratchPool> scratch)
      : placement_(placement),
        source_(io::open_source(placement.scene, options)),
        scratch_(std::move(scratch)) {}

  std::unique_ptr<io::Fetched> fetch(const Window& window, std::span<const int> bands) override;
  io::DecodeReport decode(const io::Fetched& fetched, std::span<const Plane> planes) override;

 private:
  std::size_t place_of(const SourceReading& reading, int band) const;
  void give(const SourceBlock& block, const PlacedWindow& window, int band, const Plane& out) const;

  Placement placement_;
  std::unique_ptr<io::Source> source_;
  std::shared_ptr<ScratchPool> scratch_;
};

std::unique_ptr<io::Fetched> Placed::fetch(const Window& window, std::span<const int> bands) {
  auto result = std::make_unique<PlacedWindow>();
  result->window = window;
  result->bands.assign(bands.begin(), bands.end());
  std::vector<int> image;
  for (const int band : bands)
    if (band > 0 && band != placement_.scene.alpha_band) image.push_back(band);
  result->reading = plan_reading(placement_.scene, std::move(image));
  result->source =
      partition::intersect(partition::relative_to(window, placement_.col, placement_.row),
                           {0, 0, placement_.scene.width, placement_.scene.height});
  if (!result->source.empty()) result->read = source_->fetch(result->source, result->reading.bands);
  return result;
}

std::size_t Placed::place_of(const SourceReading& reading, int band) const {
  const auto place = std::ranges::find(reading.image, band);
  return static_cast<std::size_t>(place - reading.image.begin());
}

/// Fills the part of one plane that the source covers.
void Placed::give(const SourceBlock& block, const PlacedWindow& window, int band,
                  const Plane& out) const {
  if (band == placement_.scene.alpha_band) {
    const auto density = block.density();
    const ConstPlane weights{reinterpret_cast<const std::byte*>(density.data),
                             kernels::DataType::kFloat32, density.width, density.height,
                             density.stride};
    to_alpha(weights, out);
  } else if (band > 0) {
    copy(block.pixels(place_of(window.reading, band)), out);
  } else if (const ConstPlane valid = block.valid(place_of(window.reading, band_of_validity(band)));
             valid.data != nullptr) {
    copy(valid, out);
  } else {
    kernels::fill(out, &io::kValid);
  }
}

io::DecodeReport Placed::decode(const io::Fetched& fetched, std::span<const Plane> planes) {
  const auto& window = dynamic_cast<const PlacedWindow&>(fetched);
  const bool inside =
      window.source.width == window.window.width && window.source.height == window.window.height;
  if (!inside)
    for (std::size_t i = 0; i < planes.size(); ++i)
      if (window.bands[i] < 0) kernels::fill(planes[i], &io::kInvalid);
  if (window.source.empty()) return {};
  auto scratch = scratch_->borrow();
  const UnrolledPart part{window.source, window.source};
  const auto report =
      scratch->block.decode(*source_, window.reading, window.source, {&part, 1}, {&window.read, 1});
  scratch->block.find_valid(window.reading, placement_.src_nodata, placement_.all_bands_invalid);
  const Window at = partition::relative_to(window.source, window.window.col - placement_.col,
                                           window.window.row - placement_.row);
  for (std::size_t i = 0; i < planes.size(); ++i)
    give(scratch->block, window, window.bands[i],
         planes[i].crop(at.col, at.row, at.width, at.height));
  scratch_->give_back(std::move(scratch));
  return report;
}

}  // namespace

std::unique_ptr<io::Source> make_placed_source(const Placement& placement,
                                               const io::OpenOptions& options,
                                               std::shared_ptr<ScratchPool> scratch) {
  return std::make_unique<Placed>(placement, options, std::move(scratch));
}

}  // namespace cogmill::warp
