// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/placed_source.hpp"

#include "kernels/opacity_pixel.hpp"
#include "src/io/validity.hpp"
#include "src/warp/source_block.hpp"

#include <algorithm>
#include <utility>

namespace cogmill::warp {
namespace {

using kernels::ConstPlane;
using kernels::Plane;
using partition::Window;

struct PlacedWindow final : io::Fetched {
  std::int64_t bytes_read() const override { return read ? read->bytes_read() : 0; }
  Window window;  ///< of the output
  std::vector<int> bands;
  SourceReading reading;
  Window source;  ///< empty: the source does not reach the window
  std::unique_ptr<io::Fetched> read;
};

std::size_t place_of(const SourceReading& reading, int band) {
  const auto place = std::ranges::find(reading.image, band);
  return static_cast<std::size_t>(place - reading.image.begin());
}

class Placed final : public WarpedSource {
 public:
  Placed(const Placement& placement, const io::OpenOptions& options)
      : placement_(placement), source_(io::open_source(placement.scene, options)) {}

  std::unique_ptr<io::Fetched> fetch(const Window& window, std::span<const int> bands) override;
  io::DecodeReport decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                             std::span<const Plane> planes) override;
  bool suits(const io::Fetched& /*fetched*/, const CanWarp& /*can*/) const override { return true; }

 private:
  void give(PlaneEngine& engine, const SourceBlock& block, const SourceReading& reading, int band,
            const Plane& out) const;

  Placement placement_;
  std::unique_ptr<io::Source> source_;
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

/// Fills the part of one plane that the source covers.
void Placed::give(PlaneEngine& engine, const SourceBlock& block, const SourceReading& reading,
                  int band, const Plane& out) const {
  if (band == placement_.scene.alpha_band)
    return engine.convert_alpha(block.alpha(), out,
                                kernels::alpha_factor(block.alpha().type, out.type));
  if (band > 0) return engine.convert(block.pixels(place_of(reading, band)), out);
  const ConstPlane valid = block.valid(place_of(reading, band_of_validity(band)));
  if (valid.data != nullptr)
    engine.convert(valid, out);
  else
    engine.fill(out, &io::kValid);
}

io::DecodeReport Placed::decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                                   std::span<const Plane> planes) {
  const auto& window = dynamic_cast<const PlacedWindow&>(fetched);
  const bool inside =
      window.source.width == window.window.width && window.source.height == window.window.height;
  if (!inside)
    for (std::size_t i = 0; i < planes.size(); ++i)
      if (window.bands[i] < 0) engine.fill(planes[i], &io::kInvalid);
  if (window.source.empty()) return {};
  SourceBlock block(engine);
  const UnrolledPart part{window.source, window.source};
  const auto report =
      block.decode(*source_, window.reading, window.source, {&part, 1}, {&window.read, 1});
  block.find_valid(window.reading, placement_.src_nodata, placement_.all_bands_invalid);
  const Window at = partition::relative_to(window.source, window.window.col - placement_.col,
                                           window.window.row - placement_.row);
  for (std::size_t i = 0; i < planes.size(); ++i)
    give(engine, block, window.reading, window.bands[i],
         planes[i].crop(at.col, at.row, at.width, at.height));
  return report;
}

}  // namespace

std::unique_ptr<WarpedSource> make_placed_source(const Placement& placement,
                                                 const io::OpenOptions& options) {
  return std::make_unique<Placed>(placement, options);
}

}  // namespace cogmill::warp
