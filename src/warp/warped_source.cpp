// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/warped_source.hpp"

#include "kernels/warp/warp.hpp"
#include "src/crs/control_grid.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/warp/for_strips.hpp"
#include "src/warp/piece_target.hpp"
#include "src/warp/source_block.hpp"
#include "src/warp/warp_pieces.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

namespace cogmill::warp {
namespace {

using kernels::CoordinateMap;
using partition::Window;

/// Decoded source pixels of one piece: what stays in a core's cache is best, but neighbouring
/// pieces read their margins twice.
constexpr std::int64_t kPieceBytes = std::int64_t{32} << 20;
/// Compressed source that fetch reads ahead of decode, as decoded bytes.
constexpr std::int64_t kReadAheadBytes = 2 * kPieceBytes;
constexpr std::int64_t kRowsPerTask = 16;

/// A window of the output: where its pixels lie, and the source of the first pieces.
class WarpedWindow final : public io::Fetched {
 public:
  std::int64_t bytes_read() const override {
    std::int64_t bytes = 0;
    for (const auto& piece : read)
      for (const auto& part : piece) bytes += part->bytes_read();
    return bytes;
  }
  Window window;
  std::vector<int> bands;
  SourceReading reading;
  CoordinateMap map;
  std::vector<Piece> pieces;
  std::vector<std::vector<UnrolledPart>> parts;                 ///< by piece
  std::vector<std::vector<std::unique_ptr<io::Fetched>>> read;  ///< of the first pieces
};

/// Bytes that one source pixel takes while a piece is resampled.
std::int64_t source_pixel_bytes(const SourceReading& reading) {
  std::int64_t bytes = reading.alpha > 0 ? 4 : 0;
  for (const kernels::DataType type : reading.types) bytes += kernels::size_bytes(type);
  return bytes + static_cast<std::int64_t>(reading.image.size());  // validity
}

class Warped final : public PiecewiseSource {
 public:
  Warped(const WarpSetup& setup, const io::OpenOptions& options,
         std::shared_ptr<ScratchPool> scratch)
      : setup_(setup),
        source_(io::open_source(setup.scene, options)),
        transformer_(setup.transformer
                         ? setup.transformer
                         : crs::make_pixel_transformer(setup.source, setup.scene.width,
                                                       setup.scene.height, setup.grid)),
        scratch_(scratch ? std::move(scratch) : std::make_shared<ScratchPool>()),
        image_{setup.scene.width, setup.scene.height, transformer_->period() > 0} {}

  std::unique_ptr<io::Fetched> fetch(const Window& window, std::span<const int> bands) override;
  io::DecodeReport decode(const io::Fetched& fetched,
                          std::span<const kernels::Plane> planes) override;
  io::DecodeReport decode_pieces(const io::Fetched& fetched, PieceTaker& taker) override;
  WarpReport report() const override;
  const WarpSetup& setup() const override { return setup_; }

 private:
  SourceReading reading_for(std::span<const int> bands) const;
  io::DecodeReport decode_into(const io::Fetched& fetched, SourceBlock& block, PieceTaker& taker);

  WarpSetup setup_;
  std::unique_ptr<io::Source> source_;
  std::shared_ptr<const crs::PixelTransformer> transformer_;
  std::shared_ptr<ScratchPool> scratch_;
  SourceImage image_;
  mutable std::mutex mutex_;
  WarpReport report_;
};

SourceReading Warped::reading_for(std::span<const int> bands) const {
  std::vector<int> image;
  for (const int band : bands)
    if (band > 0 && band != setup_.scene.alpha_band) image.push_back(band);
  if (image.empty()) image.push_back(setup_.scene.alpha_band == 1 ? 2 : 1);  // where is any pixel?
  return plan_reading(setup_.scene, std::move(image));
}

std::unique_ptr<io::Fetched> Warped::fetch(const Window& window, std::span<const int> bands) {
  auto result = std::make_unique<WarpedWindow>();
  result->window = window;
  result->bands.assign(bands.begin(), bands.end());
  result->reading = reading_for(bands);
  const auto anchor = kernels::takes_boxes(setup_.kernel.resampling)
                          ? CoordinateMap::Anchor::kCorners
                          : CoordinateMap::Anchor::kCentres;
  crs::ControlGridReport grid;
  result->map =
      crs::build_control_grid(*transformer_, window, anchor, setup_.error_threshold, grid);
  const std::int64_t pixel = source_pixel_bytes(result->reading);
  result->pieces = cut_into_pieces(result->map, image_, kernels::margin_of(setup_.kernel), window,
                                   kPieceBytes / pixel);
  std::int64_t ahead = 0;
  for (const Piece& piece : result->pieces) {
    result->parts.push_back(unroll(piece.source, image_));
    ahead += piece.source.pixels() * pixel;
    if (ahead > kReadAheadBytes) continue;
    auto& read = result->read.emplace_back();
    for (const UnrolledPart& part : result->parts.back())
      read.push_back(source_->fetch(part.source, result->reading.bands));
  }
  const std::scoped_lock lock(mutex_);
  report_.add({grid.transformed, grid.largest_error, 0});
  return result;
}

/// Resamples into planes in host memory.
class PlaneTaker final : public PieceTaker {
 public:
  PlaneTaker(std::span<const kernels::Plane> planes, PieceTarget& target)
      : planes_(planes), target_(target) {}

  std::int64_t take(const DecodedPiece& piece) override {
    target_.begin(piece.bands, piece.reading.image, piece.setup.scene.alpha_band, planes_,
                  partition::relative_to(piece.output, piece.window.col, piece.window.row));
    if (piece.source != nullptr) {
      piece.source->find_valid(piece.reading, piece.setup.src_nodata,
                               piece.setup.all_bands_invalid);
      resample(piece);
    }
    return target_.finish(piece.setup.dst_nodata);
  }

 private:
  /// Takes the piece's pixels from its source block to the target, in strips.
  void resample(const DecodedPiece& piece) const {
    const SourceBlock& block = *piece.source;
    for_strips(piece.output.height, kRowsPerTask, [&](std::int64_t first, std::int64_t rows) {
      std::vector<kernels::WarpBand> bands(piece.reading.image.size());
      for (std::size_t i = 0; i < bands.size(); ++i) {
        bands[i].source = block.pixels(i);
        bands[i].source_valid = block.valid(i);
        bands[i].source_density = block.density();
        target_.fill_in(i, first, rows, bands[i]);
      }
      kernels::warp_block(piece.setup.kernel, geometry_of(piece), piece.map, piece.output.col,
                          piece.output.row + first, bands);
    });
  }

  std::span<const kernels::Plane> planes_;
  PieceTarget& target_;
};

io::DecodeReport Warped::decode(const io::Fetched& fetched,
                                std::span<const kernels::Plane> planes) {
  auto scratch = scratch_->borrow();
  PlaneTaker taker(planes, scratch->target);
  const io::DecodeReport report = decode_into(fetched, scratch->block, taker);
  scratch_->give_back(std::move(scratch));
  return report;
}

io::DecodeReport Warped::decode_pieces(const io::Fetched& fetched, PieceTaker& taker) {
  auto scratch = scratch_->borrow();
  const io::DecodeReport report = decode_into(fetched, scratch->block, taker);
  scratch_->give_back(std::move(scratch));
  return report;
}

io::DecodeReport Warped::decode_into(const io::Fetched& fetched, SourceBlock& block,
                                     PieceTaker& taker) {
  const auto& window = dynamic_cast<const WarpedWindow&>(fetched);
  io::DecodeReport total;
  std::int64_t moved = 0;
  for (std::size_t i = 0; i < window.pieces.size(); ++i) {
    const Piece& piece = window.pieces[i];
    DecodedPiece decoded{setup_,       window.reading, image_,       window.map,
                         window.bands, window.window,  piece.output, nullptr};
    if (!piece.source.empty()) {
      const auto read = i < window.read.size()
                            ? std::span<const std::unique_ptr<io::Fetched>>(window.read[i])
                            : std::span<const std::unique_ptr<io::Fetched>>();
      total.add(block.decode(*source_, window.reading, piece.source, window.parts[i], read));
      decoded.source = &block;
    }
    moved += taker.take(decoded);
  }
  const std::scoped_lock lock(mutex_);
  report_.moved_pixels += moved;
  return total;
}

WarpReport Warped::report() const {
  const std::scoped_lock lock(mutex_);
  return report_;
}

}  // namespace

kernels::WarpSourceGeometry geometry_of(const DecodedPiece& piece) {
  return {piece.image.width, piece.image.height, piece.source->window().col,
          piece.source->window().row, piece.image.periodic};
}

void WarpReport::add(const WarpReport& other) {
  transformed += other.transformed;
  largest_error = std::max(largest_error, other.largest_error);
  moved_pixels += other.moved_pixels;
}

std::unique_ptr<PiecewiseSource> make_warped_source(const WarpSetup& setup,
                                                    const io::OpenOptions& options,
                                                    std::shared_ptr<ScratchPool> scratch) {
  return std::make_unique<Warped>(setup, options, std::move(scratch));
}

std::int64_t warp_working_bytes(const WarpSetup& setup, std::int64_t window_pixels) {
  // Exact positions are kept for the whole window, beside those in work; patches are nothing.
  constexpr std::int64_t kInWork = std::int64_t{20} << 20;
  const std::int64_t positions =
      setup.error_threshold > 0 ? 0 : window_pixels * 20 + std::min(window_pixels * 20, kInWork);
  const auto validity = window_pixels * static_cast<std::int64_t>(setup.scene.bands.size() + 4);
  return kPieceBytes + kReadAheadBytes + positions + validity;
}

}  // namespace cogmill::warp
