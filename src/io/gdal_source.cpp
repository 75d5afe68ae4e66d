// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/gdal_source.hpp"

#include "kernels/tile_pack.hpp"
#include "src/io/fill_pixel.hpp"
#include "src/io/gdal_open.hpp"
#include "src/io/gdal_types.hpp"
#include "src/io/validity.hpp"
#include "src/report/error.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace cogmill::io {
namespace {

using kernels::Plane;
using partition::Window;
using report::RuntimeError;

/// GDAL decodes whole blocks: one larger than this would not fit beside anything else.
constexpr std::int64_t kMaxBlockBytes = std::int64_t{1} << 30;

struct GdalWindow final : Fetched {
  Window window;
  std::vector<int> bands;
  std::int64_t estimate = 0;  // bytes
  std::int64_t bytes_read() const override { return estimate; }
};

bool is_sequential(const std::string& driver) {
  static constexpr std::array<std::string_view, 9> kDrivers = {
      "JPEG", "PNG", "GIF", "netCDF", "HDF5", "HDF5Image", "HDF4", "HDF4Image", "BAG"};
  return std::find(kDrivers.begin(), kDrivers.end(), driver) != kDrivers.end();
}

/// The band whose mask is that of the image.
int masked_band(const SceneInfo& scene) {
  return scene.alpha_band == 1 && scene.bands.size() > 1 ? 2 : 1;
}

bool same_shape(GDALDataset& dataset, const SceneInfo& scene) {
  if (dataset.GetRasterXSize() != scene.width || dataset.GetRasterYSize() != scene.height ||
      static_cast<std::size_t>(dataset.GetRasterCount()) != scene.bands.size())
    return false;
  for (int b = 1; b <= dataset.GetRasterCount(); ++b)
    if (data_type_of(*dataset.GetRasterBand(b)) !=
        scene.bands[static_cast<std::size_t>(b - 1)].type)
      return false;
  return true;
}

}  // namespace

void WarnOnce::operator()(const std::string& text) {
  constexpr std::size_t kMost = 100;
  if (!warn_) return;
  {
    const std::lock_guard lock(mutex_);
    if (seen_.size() >= kMost || !seen_.insert(text).second) return;
  }
  warn_(text);
}

DatasetPool::Lease DatasetPool::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      GDALDatasetUniquePtr dataset = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(dataset)};
    }
  }
  GDALDatasetUniquePtr dataset = open_raster(path_, overview_);
  gdal_check(dataset.get(), "cannot open " + path_);
  return {*this, std::move(dataset)};
}

void DatasetPool::put_back(GDALDatasetUniquePtr dataset) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(dataset));
}

GdalSource::GdalSource(const SceneInfo& scene, const OpenOptions& options)
    : scene_(scene),
      on_error_(options.on_error),
      sequential_(is_sequential(scene.driver)),
      warn_(options.warn),
      pool_(scene.path, scene.overview) {
  const GdalMessages messages([this](const std::string& text) { warn_(text); });
  const DatasetPool::Lease dataset = pool_.borrow();
  if (!same_shape(*dataset, scene_))
    throw RuntimeError(scene_.path + " changed while the job was starting");
  int width = 0;
  int height = 0;
  dataset->GetRasterBand(1)->GetBlockSize(&width, &height);
  block_width_ = std::max(width, 1);
  block_height_ = std::max(height, 1);
  const std::int64_t pixel = kernels::size_bytes(scene_.bands.front().type);
  if (block_width_ > kMaxBlockBytes / pixel / block_height_)
    throw RuntimeError("cannot read " + scene_.path + ": its blocks of " + std::to_string(width) +
                       "x" + std::to_string(height) + " pixels are too large; tile it with " +
                       convert_command(scene_));
}

std::unique_ptr<Fetched> GdalSource::fetch(const Window& window, std::span<const int> bands) {
  auto fetched = std::make_unique<GdalWindow>();
  fetched->window = window;
  for (const int band : bands) {
    if (band != kMaskBand && (band < 1 || static_cast<std::size_t>(band) > scene_.bands.size()))
      throw RuntimeError(scene_.path + " has no band " + std::to_string(band) + ", only " +
                         std::to_string(scene_.bands.size()));
    fetched->bands.push_back(band);
  }
  const double all = static_cast<double>(scene_.width) * static_cast<double>(scene_.height) *
                     static_cast<double>(scene_.bands.size());
  const double part = static_cast<double>(window.pixels()) * static_cast<double>(bands.size());
  fetched->estimate =
      static_cast<std::int64_t>(static_cast<double>(scene_.file_bytes) * std::min(1.0, part / all));
  return fetched;
}

std::vector<Window> GdalSource::cut(const Window& window, bool by_columns) const {
  std::vector<Window> parts;
  const std::int64_t width = by_columns ? block_width_ : scene_.width;
  for (std::int64_t row = window.row / block_height_ * block_height_; row < window.row_end();
       row += block_height_)
    for (std::int64_t col = window.col / width * width; col < window.col_end(); col += width)
      parts.push_back(partition::intersect(window, {col, row, width, block_height_}));
  return parts;
}

DecodeReport GdalSource::decode(const Fetched& fetched, std::span<const Plane> planes) {
  const auto& wanted = dynamic_cast<const GdalWindow&>(fetched);
  if (wanted.window.empty()) return {};
  const std::vector<Window> stripes = cut(wanted.window, false);
  std::vector<std::vector<LostBlock>> lost(stripes.size());
  const auto read = [&](std::size_t i) {
    read_stripe(stripes[i], wanted.window, wanted.bands, planes, lost[i]);
  };
  if (sequential_) {
    const std::lock_guard lock(turn_);
    for (std::size_t i = 0; i < stripes.size(); ++i) read(i);
  } else {
    tbb::parallel_for(std::size_t{0}, stripes.size(), read);
  }
  DecodeReport report;
  for (const Plane& plane : planes)
    report.bytes += plane.width * plane.height * kernels::size_bytes(plane.type);
  report.blocks = static_cast<std::int64_t>(cut(wanted.window, true).size() * wanted.bands.size());
  for (const auto& blocks : lost)
    for (const LostBlock& block : blocks) report.corrupt.push_back(block.message);
  return report;
}

void GdalSource::read_stripe(const Window& stripe, const Window& window, std::span<const int> bands,
                             std::span<const Plane> planes, std::vector<LostBlock>& lost) {
  GdalMessages messages([this](const std::string& text) { warn_(text); });
  const DatasetPool::Lease dataset = pool_.borrow();
  std::vector<Plane> masks;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const Piece piece{bands[i], stripe, crop(planes[i], window, stripe)};
    if (piece.band == kMaskBand) masks.push_back(planes[i]);
    if (piece.band == kMaskBand && scene_.mask == MaskKind::kNone)
      kernels::fill(piece.out, &kValid);
    else if (!read_piece(*dataset, messages, piece).empty())
      read_block_by_block(*dataset, messages, piece, lost);
  }
  for (const LostBlock& block : lost)
    if (block.band != kMaskBand) hide_block(block.part, window, masks);
}

std::string GdalSource::read_piece(GDALDataset& dataset, GdalMessages& messages,
                                   const Piece& piece) const {
  messages.clear();
  const bool is_mask = piece.band == kMaskBand;
  const bool is_alpha = is_mask && scene_.mask == MaskKind::kAlpha;
  GDALRasterBand* band = dataset.GetRasterBand(is_alpha  ? scene_.alpha_band
                                               : is_mask ? masked_band(scene_)
                                                         : piece.band);
  if (is_mask && !is_alpha) band = band->GetMaskBand();
  if (band == nullptr) return "GDAL has no such band";
  const GDALDataType type = is_mask ? GDT_Byte : buffer_type(piece.out.type, *band);
  const std::int64_t pixel = kernels::size_bytes(piece.out.type);
  const CPLErr status = band->RasterIO(
      GF_Read, static_cast<int>(piece.part.col), static_cast<int>(piece.part.row),
      static_cast<int>(piece.part.width), static_cast<int>(piece.part.height), piece.out.data,
      static_cast<int>(piece.part.width), static_cast<int>(piece.part.height), type, pixel,
      piece.out.stride * pixel, nullptr);
  if (status == CE_Failure || status == CE_Fatal)
    return messages.first_error().empty() ? last_gdal_error() : messages.first_error();
  if (is_mask) to_validity(piece.out, piece.out);
  return {};
}

void GdalSource::read_block_by_block(GDALDataset& dataset, GdalMessages& messages,
                                     const Piece& piece, std::vector<LostBlock>& lost) const {
  for (const Window& part : cut(piece.part, true)) {
    const Piece block{piece.band, part, crop(piece.out, piece.part, part)};
    const std::string why = read_piece(dataset, messages, block);
    if (why.empty()) continue;
    const std::string what = describe(piece.band, part);
    if (on_error_ == OnError::kStop)
      throw RuntimeError("cannot decode " + what + " of " + scene_.path + ": " + why +
                         "; try --on-error nodata");
    lost.push_back({piece.band, part, what + ": " + why});
    fill_damaged(block);
  }
}

void GdalSource::fill_damaged(const Piece& piece) const {
  if (piece.band == kMaskBand) {
    kernels::fill(piece.out, &kInvalid);
    return;
  }
  kernels::fill(piece.out, fill_pixel(piece.out.type, scene_, piece.band, Hole::kDamaged).data());
}

std::string GdalSource::describe(int band, const Window& block) const {
  return (band == kMaskBand ? "mask" : "band " + std::to_string(band)) + ", tile col " +
         std::to_string(block.col / block_width_) + " row " +
         std::to_string(block.row / block_height_) + " (" + std::to_string(block_width_) + "x" +
         std::to_string(block_height_) + ")";
}

}  // namespace cogmill::io
