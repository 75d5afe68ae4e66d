// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/warped_source.hpp"

#include "kernels/opacity_pixel.hpp"
#include "src/crs/control_grid.hpp"
#include "src/crs/pixel_transformer.hpp"
#include "src/io/fill_pixel.hpp"
#include "src/warp/colour_bands.hpp"
#include "src/warp/piece_target.hpp"
#include "src/warp/source_block.hpp"
#include "src/warp/warp_pieces.hpp"

#include <algorithm>
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
  io::WarpReport warp;  ///< of the map
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

class Warped final : public WarpedSource {
 public:
  Warped(const WarpSetup& setup, const io::OpenOptions& options)
      : setup_(setup),
        source_(io::open_source(setup.scene, options)),
        transformer_(setup.transformer
                         ? setup.transformer
                         : crs::make_pixel_transformer(setup.source, setup.scene.width,
                                                       setup.scene.height, setup.grid)),
        image_(image_of(setup.scene.width, setup.scene.height, *transformer_,
                        kernels::takes_boxes(setup.kernel.resampling))),
        colours_(setup) {}

  std::unique_ptr<io::Fetched> fetch(const Window& window, std::span<const int> bands) override;
  io::DecodeReport decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                             std::span<const kernels::Plane> planes) override;
  bool suits(const io::Fetched& fetched, const CanWarp& can) const override;

 private:
  SourceReading reading_for(std::span<const int> bands) const;
  void resample(PlaneEngine& engine, const SourceReading& reading, const SourceBlock& block,
                PieceTarget& target, const Window& output) const;
  void give_alpha(PlaneEngine& engine, const SourceBlock& block, const Window& output,
                  const kernels::Plane& alpha) const;
  kernels::WarpSourceGeometry geometry_of(const SourceBlock& block) const {
    return {image_.width,       image_.height,   block.window().col,
            block.window().row, image_.periodic, image_.turn};
  }

  WarpSetup setup_;
  std::unique_ptr<io::Source> source_;
  std::shared_ptr<const crs::PixelTransformer> transformer_;
  SourceImage image_;
  ColourBands colours_;
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
  const std::int64_t pixel =
      source_pixel_bytes(result->reading) + colours_.source_pixel_bytes(result->reading.image);
  result->pieces = cut_into_pieces(result->map, image_, kernels::margin_of(setup_.kernel), window,
                                   kPieceBytes / pixel);
  std::int64_t ahead = 0;
  for (const Piece& piece : result->pieces) {
    result->parts.push_back(unroll(piece.source, image_));
    const std::int64_t decoded = piece.source.pixels() * pixel;
    ahead += decoded;
    if (ahead > kReadAheadBytes) continue;
    auto& read = result->read.emplace_back();
    std::int64_t stored = 0;  // whole blocks, of which small pieces need little
    for (const UnrolledPart& part : result->parts.back()) {
      read.push_back(source_->fetch(part.source, result->reading.bands));
      stored += read.back()->bytes_read();
    }
    ahead += std::max<std::int64_t>(0, stored - decoded);
  }
  result->warp = {grid.transformed, grid.largest_error, 0};
  return result;
}

bool Warped::suits(const io::Fetched& fetched, const CanWarp& can) const {
  const SourceReading& reading = dynamic_cast<const WarpedWindow&>(fetched).reading;
  return !mixes_colours(setup_, reading.image) &&
         can(setup_.kernel, std::span(reading.types).first(reading.image.size()));
}

/// Takes a piece's pixels from its source block to the target.
void Warped::resample(PlaneEngine& engine, const SourceReading& reading, const SourceBlock& block,
                      PieceTarget& target, const Window& output) const {
  std::vector<kernels::WarpBand> bands(block.bands());
  for (std::size_t i = 0; i < bands.size(); ++i) {
    bands[i].source = block.pixels(i);
    bands[i].source_valid = block.valid(i);
    bands[i].source_density = block.density().as<float>();
    target.fill_in(i, bands[i]);
  }
  colours_.warp(engine, setup_.kernel, {geometry_of(block), block.window(), output}, reading.image,
                bands);
  if (target.alpha()) give_alpha(engine, block, output, *target.alpha());
  if (setup_.premultiplied_by > 0) target.limit_to(setup_.premultiplied_by);
}

/// The alpha of the source pixel under each centre; where pixels are boxes, full.
void Warped::give_alpha(PlaneEngine& engine, const SourceBlock& block, const Window& output,
                        const kernels::Plane& alpha) const {
  if (kernels::takes_boxes(setup_.kernel.resampling)) {
    const kernels::Nodata opaque(kernels::opaque_value(alpha.type));
    return engine.fill(alpha, io::fill_pixel(alpha.type, opaque, io::Hole::kSparse).data());
  }
  const kernels::DataType type = block.alpha().type;
  kernels::WarpBand band;
  band.source = block.alpha();
  band.target = type == alpha.type ? alpha : engine.room(Room::kTargetAlpha, output, type);
  engine.warp({kernels::WarpResampling::kNearest}, geometry_of(block), output.col, output.row,
              {&band, 1});
  if (type != alpha.type)
    engine.convert_alpha(band.target, alpha, kernels::alpha_factor(type, alpha.type));
}

io::DecodeReport Warped::decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                                   std::span<const kernels::Plane> planes) {
  const auto& window = dynamic_cast<const WarpedWindow&>(fetched);
  SourceBlock block(engine);
  PieceTarget target(engine, window.bands, window.reading.image, setup_.scene.alpha_band);
  engine.use_map(window.map);
  io::DecodeReport total;
  for (std::size_t i = 0; i < window.pieces.size(); ++i) {
    const Piece& piece = window.pieces[i];
    target.begin(planes,
                 partition::relative_to(piece.output, window.window.col, window.window.row));
    if (!piece.source.empty()) {
      const auto read = i < window.read.size()
                            ? std::span<const std::unique_ptr<io::Fetched>>(window.read[i])
                            : std::span<const std::unique_ptr<io::Fetched>>();
      total.add(block.decode(*source_, window.reading, piece.source, window.parts[i], read));
      block.find_valid(window.reading, setup_.src_nodata, setup_.all_bands_invalid);
      resample(engine, window.reading, block, target, piece.output);
    }
    target.finish(setup_.dst_nodata);
  }
  total.warp.add(window.warp);
  total.warp.moved_pixels += engine.take_moved();
  return total;
}

}  // namespace

io::DecodeReport WarpedSource::decode(const io::Fetched& fetched,
                                      std::span<const kernels::Plane> planes) {
  auto engine = engines_.borrow();
  const io::DecodeReport report = decode_on(*engine, fetched, planes);
  engines_.give_back(std::move(engine));
  return report;
}

io::DecodeReport decode_on(PlaneEngine& engine, io::Source& source, const io::Fetched& fetched,
                           std::span<const kernels::Plane> planes) {
  auto* const warped = dynamic_cast<WarpedSource*>(&source);
  return warped == nullptr ? engine.decode(source, fetched, planes)
                           : warped->decode_on(engine, fetched, planes);
}

std::unique_ptr<WarpedSource> make_warped_source(const WarpSetup& setup,
                                                 const io::OpenOptions& options) {
  return std::make_unique<Warped>(setup, options);
}

std::int64_t whole_image_bytes(const io::SceneInfo& scene, bool whole_blocks, std::int64_t limit) {
  constexpr double kTurns = 5;  // that a window of a periodic image is unrolled to at most
  const auto up_to = [&](std::int64_t size, std::int64_t block) {
    return static_cast<double>(whole_blocks && block > 0 ? (size + block - 1) / block * block
                                                         : size);
  };
  double pixel = 5;  // a mask, and the density of an alpha band
  for (const io::BandInfo& band : scene.bands)
    pixel += static_cast<double>(kernels::size_bytes(band.type) + 1);  // and its validity
  const double all = kTurns * pixel * up_to(scene.width, scene.storage.block_width) *
                     up_to(scene.height, scene.storage.block_height);
  return all < static_cast<double>(limit) ? static_cast<std::int64_t>(all) : limit;
}

std::int64_t warp_working_bytes(const WarpSetup& setup, std::int64_t window_pixels) {
  // Exact positions are kept for the whole window, beside those in work; patches are nothing.
  constexpr std::int64_t kInWork = std::int64_t{20} << 20;
  const std::int64_t positions =
      setup.error_threshold > 0 ? 0 : window_pixels * 20 + std::min(window_pixels * 20, kInWork);
  const auto validity = window_pixels * static_cast<std::int64_t>(setup.scene.bands.size() + 4);
  const std::int64_t colours = window_pixels * kColourPixelBytes * colour_bands(setup);
  // All pixels of a small image may be in work: with their colours they are up to three times as
  // large.
  const std::int64_t decoded = whole_image_bytes(setup.scene, false, kPieceBytes);
  return std::min(kPieceBytes, colours > 0 ? 3 * decoded : decoded) +
         whole_image_bytes(setup.scene, true, kReadAheadBytes) + positions + validity + colours;
}

}  // namespace cogmill::warp
