// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/cuda_warp.hpp"

#include "kernels/cuda/convert_plane.hpp"
#include "kernels/cuda/masks.hpp"
#include "kernels/cuda/warp.hpp"
#include "src/gpu/upload.hpp"
#include "src/warp/warped_source.hpp"

#include <algorithm>
#include <vector>

namespace cogmill::pipeline {
namespace {

namespace device = kernels::cuda;
using gpu::DeviceBlock;
using kernels::ConstPlane;
using kernels::DataType;
using kernels::Plane;
using warp::DecodedPiece;

constexpr std::byte kZeros[4] = {};
constexpr std::byte kValid{255};

/// Resamples pieces on a lane: the twin of what WarpedSource::decode does with SourceBlock and
/// PieceTarget.
class DeviceTaker final : public warp::PieceTaker {
 public:
  DeviceTaker(const DeviceBlock& into, gpu::Lane& lane)
      : into_(into), lane_(lane), work_(lane.warp), stream_(lane.stream.get()) {}

  std::int64_t take(const DecodedPiece& piece) override {
    if (!map_is_there_) work_.map.upload(piece.map, stream_);
    map_is_there_ = true;
    begin_target(piece);
    if (piece.source != nullptr) load_source(piece);
    lane_.clock.time(gpu::Work::kCompute, stream_, [&] {
      clear_target();
      if (piece.source != nullptr) {
        find_valid(piece);
        resample(piece);
      }
      finish(piece);
    });
    return 0;  // counted on the device
  }

 private:
  void begin_target(const DecodedPiece& piece);
  void clear_target() const;
  void load_source(const DecodedPiece& piece);
  void find_valid(const DecodedPiece& piece);
  void resample(const DecodedPiece& piece);
  void finish(const DecodedPiece& piece);

  Plane asked_plane(const DecodedPiece& piece, std::size_t i) const;

  const DeviceBlock& into_;
  gpu::Lane& lane_;
  gpu::WarpWork& work_;
  gpu::Stream stream_;
  bool map_is_there_ = false;
  std::vector<Plane> resampled_;   ///< where each image band of the piece goes
  std::vector<ConstPlane> valid_;  ///< of the source, by image band
  kernels::PlaneView<const float> density_;
};

/// The piece's part of plane i of those asked for.
Plane DeviceTaker::asked_plane(const DecodedPiece& piece, std::size_t i) const {
  const auto part = partition::relative_to(piece.output, piece.window.col, piece.window.row);
  return into_.plane(i).crop(part.col, part.row, part.width, part.height);
}

void DeviceTaker::begin_target(const DecodedPiece& piece) {
  const auto& image = piece.reading.image;
  const int alpha = piece.setup.scene.alpha_band;
  const bool opacity = alpha > 0 && std::ranges::count(piece.bands, alpha) > 0;
  work_.valid.reset(piece.output, std::vector<DataType>(image.size(), DataType::kUInt8));
  const DataType weight = DataType::kFloat32, widest = DataType::kFloat64;
  work_.opacity.reset(piece.output, std::span(&weight, opacity ? 1 : 0));
  resampled_.clear();
  for (const int band : image) {
    const auto place = std::ranges::find(piece.bands, band);
    if (place != piece.bands.end()) {
      resampled_.push_back(
          asked_plane(piece, static_cast<std::size_t>(place - piece.bands.begin())));
      continue;
    }
    work_.unasked.reset(piece.output, {&widest, 1});  // only where it is valid is asked for
    resampled_.push_back(work_.unasked.plane(0));
  }
}

void DeviceTaker::clear_target() const {
  for (const Plane& valid : work_.valid.all()) device::fill(valid, kZeros, stream_);
  for (const Plane& opacity : work_.opacity.all()) device::fill(opacity, kZeros, stream_);
}

void DeviceTaker::load_source(const DecodedPiece& piece) {
  const io::PixelBlock& decoded = piece.source->decoded();
  work_.source.reset(decoded.window(), piece.reading.types);
  gpu::upload(decoded.bytes(), work_.source.bytes().data(), lane_);
}

/// As SourceBlock::find_valid.
void DeviceTaker::find_valid(const DecodedPiece& piece) {
  const warp::SourceReading& reading = piece.reading;
  const std::size_t bands = reading.image.size();
  const auto& window = work_.source.window();
  valid_.assign(bands, {});
  density_ = {};
  if (reading.alpha > 0) {
    const DataType type = DataType::kFloat32;
    work_.density.reset(window, {&type, 1});
    const Plane& density = work_.density.plane(0);
    device::to_density(work_.source.plane(reading.bands.size() - 1), density, stream_);
    if (reading.mask_and_alpha)
      device::hide_transparent(density, work_.source.plane(bands), stream_);
    const auto view = density.as<float>();
    density_ = {view.data, view.width, view.height, view.stride};
  }
  if (!warp::has_nodata(reading, piece.setup.src_nodata)) {
    if (reading.validity) valid_.assign(bands, work_.source.plane(bands));
    return;
  }
  work_.masks.reset(window, std::vector<DataType>(bands, DataType::kUInt8));
  for (std::size_t i = 0; i < bands; ++i) {
    const Plane& valid = work_.masks.plane(i);
    if (reading.validity)
      device::convert_plane(work_.source.plane(bands), valid, stream_);
    else
      device::fill(valid, &kValid, stream_);
    const auto& value = piece.setup.src_nodata[static_cast<std::size_t>(reading.image[i]) - 1];
    if (value) device::invalidate_nodata(work_.source.plane(i), *value, valid, stream_);
    valid_[i] = valid;
  }
  if (!piece.setup.all_bands_invalid) return;
  for (std::size_t i = 1; i < bands; ++i)
    device::unite_valid(work_.masks.plane(i), work_.masks.plane(0), stream_);
  valid_.assign(bands, work_.masks.plane(0));
}

void DeviceTaker::resample(const DecodedPiece& piece) {
  std::vector<kernels::WarpBand> bands(piece.reading.image.size());
  for (std::size_t i = 0; i < bands.size(); ++i) {
    bands[i].source = work_.source.plane(i);
    bands[i].source_valid = valid_[i];
    bands[i].source_density = density_;
    bands[i].target = resampled_[i];
    bands[i].target_valid = work_.valid.plane(i);
    if (i == 0 && work_.opacity.planes() > 0)
      bands[i].target_density = work_.opacity.plane(0).as<float>();
  }
  device::warp_block(piece.setup.kernel, warp::geometry_of(piece), work_.map, piece.output.col,
                     piece.output.row, bands, stream_);
}

/// As PieceTarget::finish.
void DeviceTaker::finish(const DecodedPiece& piece) {
  const auto& image = piece.reading.image;
  for (std::size_t i = 0; i < image.size(); ++i)
    device::finish_nodata(resampled_[i], work_.valid.plane(i),
                          piece.setup.dst_nodata[static_cast<std::size_t>(image[i]) - 1],
                          work_.moved_counter(stream_), stream_);
  for (std::size_t p = 0; p < piece.bands.size(); ++p) {
    const int band = warp::band_of_validity(piece.bands[p]);
    if (band == 0) continue;
    const auto place = std::ranges::find(image, band);
    device::validity_to_alpha(work_.valid.plane(static_cast<std::size_t>(place - image.begin())),
                              asked_plane(piece, p), stream_);
  }
  const auto anywhere = [](int band) {
    return band == io::kMaskBand || band == warp::kAddedAlphaBand;
  };
  if (std::ranges::any_of(piece.bands, anywhere))
    for (std::size_t i = 1; i < image.size(); ++i)
      device::unite_valid(work_.valid.plane(i), work_.valid.plane(0), stream_);
  for (std::size_t p = 0; p < piece.bands.size(); ++p) {
    if (anywhere(piece.bands[p]))
      device::validity_to_alpha(work_.valid.plane(0), asked_plane(piece, p), stream_);
    else if (piece.bands[p] == piece.setup.scene.alpha_band)
      device::to_alpha(work_.opacity.plane(0), asked_plane(piece, p), stream_);
  }
}

}  // namespace

bool device_resamples(io::Source& source, const plan::InputUse& use) {
  const auto* pieces = dynamic_cast<const warp::PiecewiseSource*>(&source);
  if (pieces == nullptr) return false;
  std::vector<DataType> types;
  for (const int band : use.bands)
    if (band > 0)
      types.push_back(pieces->setup().scene.bands[static_cast<std::size_t>(band) - 1].type);
  return device::can_warp(pieces->setup().kernel, types);
}

void resample_on_device(const DeviceChunk& at, std::size_t i, const DeviceBlock& into) {
  auto& source = dynamic_cast<warp::PiecewiseSource&>(*at.input.sources[i]);
  DeviceTaker taker(into, at.lane);
  count_decoded(at.state, at.input, i, source.decode_pieces(*at.chunk.fetched[i], taker));
}

}  // namespace cogmill::pipeline
