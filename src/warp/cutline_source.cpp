// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/cutline_source.hpp"

#include "src/io/fill_pixel.hpp"

#include <utility>

namespace cogmill::warp {
namespace {

using kernels::Plane;
using partition::Window;

struct CutWindow final : io::Fetched {
  std::int64_t bytes_read() const override { return read ? read->bytes_read() : 0; }
  Window window;
  std::vector<int> bands;
  std::unique_ptr<io::Fetched> read;  ///< nothing: the window lies outside
};

class Cut final : public WarpedSource {
 public:
  Cut(std::shared_ptr<io::Source> source, CutlineSetup setup)
      : source_(std::move(source)), setup_(std::move(setup)) {}

  std::unique_ptr<io::Fetched> fetch(const Window& window, std::span<const int> bands) override {
    auto result = std::make_unique<CutWindow>();
    result->window = window;
    result->bands.assign(bands.begin(), bands.end());
    if (setup_.cutline->touches(window)) result->read = source_->fetch(window, bands);
    return result;
  }

  io::DecodeReport decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                             std::span<const Plane> planes) override {
    const auto& window = dynamic_cast<const CutWindow&>(fetched);
    io::DecodeReport report;
    if (window.read) report = warp::decode_on(engine, *source_, *window.read, planes);
    const Plane inside = engine.draw(
        Room::kInside, window.window,
        [&](const Window& strip, const Plane& rows) { setup_.cutline->burn(strip, rows); });
    for (std::size_t i = 0; i < planes.size(); ++i)
      engine.fill_invalid(planes[i], inside, outside(i, window.bands[i], planes[i].type).data());
    return report;
  }

  bool suits(const io::Fetched& fetched, const CanWarp& can) const override {
    const auto& window = dynamic_cast<const CutWindow&>(fetched);
    const auto* warped = dynamic_cast<const WarpedSource*>(source_.get());
    return warped == nullptr || !window.read || warped->suits(*window.read, can);
  }

 private:
  io::PixelBytes outside(std::size_t plane, int band, kernels::DataType type) const {
    if (band <= 0 || band == setup_.alpha_band || plane >= setup_.dst_nodata.size()) return {};
    return io::fill_pixel(type, setup_.dst_nodata[plane], io::Hole::kSparse);
  }

  std::shared_ptr<io::Source> source_;
  CutlineSetup setup_;
};

}  // namespace

std::unique_ptr<WarpedSource> make_cutline_source(std::shared_ptr<io::Source> source,
                                                  CutlineSetup setup) {
  return std::make_unique<Cut>(std::move(source), std::move(setup));
}

}  // namespace cogmill::warp
