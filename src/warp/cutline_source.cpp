// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/cutline_source.hpp"

#include "kernels/tile_pack.hpp"
#include "src/io/fill_pixel.hpp"
#include "src/warp/for_strips.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cogmill::warp {
namespace {

using kernels::Plane;
using partition::Window;

constexpr std::int64_t kRowsPerTask = 64;

struct CutWindow final : io::Fetched {
  std::int64_t bytes_read() const override { return read ? read->bytes_read() : 0; }
  Window window;
  std::vector<int> bands;
  std::unique_ptr<io::Fetched> read;  ///< nothing: the window lies outside
};

/// Sets the pixels outside to one value.
void fill_outside(const Plane& plane, kernels::ConstPlane inside, const io::PixelBytes& value) {
  const auto bytes = static_cast<std::size_t>(kernels::size_bytes(plane.type));
  for (std::int64_t row = 0; row < plane.height; ++row) {
    const auto* in = inside.as<std::uint8_t>().row(row);
    std::byte* out = plane.row(row);
    for (std::int64_t col = 0; col < plane.width; ++col, out += bytes)
      if (in[col] == 0) std::memcpy(out, value.data(), bytes);
  }
}

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

  io::DecodeReport decode(const io::Fetched& fetched, std::span<const Plane> planes) override {
    const auto& window = dynamic_cast<const CutWindow&>(fetched);
    io::DecodeReport report;
    if (window.read) report = source_->decode(*window.read, planes);
    auto scratch = scratch_.borrow();
    const kernels::DataType byte = kernels::DataType::kUInt8;
    scratch->reset(window.window, {&byte, 1});
    const Plane inside = scratch->plane(0);
    for_strips(inside.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
      Window strip = window.window;
      strip.row += first;
      strip.height = rows;
      setup_.cutline->burn(strip, rows_of(inside, first, rows));
      for (std::size_t i = 0; i < planes.size(); ++i)
        fill_outside(rows_of(planes[i], first, rows), rows_of(inside, first, rows),
                     outside(window.bands[i], planes[i].type));
    });
    scratch_.give_back(std::move(scratch));
    return report;
  }

  WarpReport report() const override {
    const auto* warped = dynamic_cast<const WarpedSource*>(source_.get());
    return warped == nullptr ? WarpReport{} : warped->report();
  }

 private:
  io::PixelBytes outside(int band, kernels::DataType type) const {
    if (band <= 0 || band == setup_.alpha_band ||
        static_cast<std::size_t>(band) > setup_.dst_nodata.size())
      return {};
    return io::fill_pixel(type, setup_.dst_nodata[static_cast<std::size_t>(band) - 1],
                          io::Hole::kSparse);
  }

  std::shared_ptr<io::Source> source_;
  CutlineSetup setup_;
  ReusePool<io::PixelBlock> scratch_;
};

}  // namespace

std::unique_ptr<WarpedSource> make_cutline_source(std::shared_ptr<io::Source> source,
                                                  CutlineSetup setup) {
  return std::make_unique<Cut>(std::move(source), std::move(setup));
}

}  // namespace cogmill::warp
