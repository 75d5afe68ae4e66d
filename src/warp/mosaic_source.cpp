// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/warp/mosaic_source.hpp"

#include "src/crs/affine_source.hpp"
#include "src/report/interrupt.hpp"
#include "src/warp/colour_bands.hpp"
#include "src/warp/footprint_index.hpp"
#include "src/warp/layer_merger.hpp"
#include "src/warp/open_sources.hpp"
#include "src/warp/placed_source.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <mutex>
#include <utility>

namespace cogmill::warp {
namespace {

using partition::Window;

/// Compressed sources that fetch reads ahead of decode, as decoded bytes.
constexpr std::int64_t kReadAheadBytes = std::int64_t{64} << 20;
constexpr std::size_t kMostOpen = 32;

/// A layer of one window, and its source if that was read ahead.
struct WindowLayer {
  std::size_t number = 0;
  Window part;  ///< of the output
  std::shared_ptr<io::Source> source;
  std::unique_ptr<io::Fetched> read;
};

/// A window of the output and its layers, in the order of merging.
class MosaicWindow final : public io::Fetched {
 public:
  explicit MosaicWindow(std::atomic<std::size_t>& ahead) : ahead_(ahead) {}
  ~MosaicWindow() override { ahead_ -= taken_; }
  MosaicWindow(const MosaicWindow&) = delete;
  MosaicWindow& operator=(const MosaicWindow&) = delete;

  std::int64_t bytes_read() const override {
    std::int64_t bytes = 0;
    for (const WindowLayer& layer : layers)
      if (layer.read) bytes += layer.read->bytes_read();
    return bytes;
  }
  /// Asks to keep one more source open, of `most` that all windows may.
  bool take(std::size_t most) {
    if (++ahead_ > most) {
      --ahead_;
      return false;
    }
    ++taken_;
    return true;
  }

  Window window;
  std::vector<int> bands;
  mutable std::vector<WindowLayer> layers;  ///< decode takes the read ones out

 private:
  std::atomic<std::size_t>& ahead_;
  std::size_t taken_ = 0;
};

/// The image bands among those that are asked for.
std::vector<int> image_of(std::span<const int> bands) {
  std::vector<int> image;
  std::ranges::copy_if(bands, std::back_inserter(image), [](int band) { return band > 0; });
  return image;
}

/// Image bands of the mosaic as a source numbers them.   @param alpha MosaicSetup::alpha_band
std::vector<int> own_bands(const io::SceneInfo& scene, int alpha, std::span<const int> image) {
  const std::vector<int> own = io::image_bands(scene);
  std::vector<int> bands;
  for (const int band : image) {
    const int place = band - (alpha > 0 && alpha < band ? 2 : 1);
    bands.push_back(own[static_cast<std::size_t>(place)]);
  }
  return bands;
}

/// The sources of a mosaic, opened as they are needed.
class LayerOpener {
 public:
  LayerOpener(std::shared_ptr<const MosaicSetup> setup, const MosaicLimits& limits,
              io::OpenOptions options)
      : setup_(std::move(setup)), threads_(limits.threads), options_(std::move(options)) {
    // Half of the memory is for decoders, half for decoded blocks.
    const std::int64_t each = std::max<std::int64_t>(limits.source_bytes, 1);
    const std::int64_t most = std::clamp<std::int64_t>(limits.cache_bytes / 2 / each, 2, kMostOpen);
    options_.cache_bytes = limits.cache_bytes / 2 / most;
    weight_limit_ = std::max<std::size_t>(limits.handles, 2);
    // Where handles abound, memory limits how many sources stay open.
    least_weight_ = std::max<std::size_t>(1, weight_limit_ / static_cast<std::size_t>(most));
    pairs_.resize(setup_->crs.size());
  }

  std::size_t weight_limit() const { return weight_limit_; }
  std::size_t weight(std::size_t i) const {
    const bool fast = setup_->layers[i].warp.scene.storage.fast_path;
    return std::max(least_weight_, fast ? std::size_t{2} : threads_ + 1);
  }

  std::shared_ptr<io::Source> open(std::size_t i) {
    const MosaicLayer& layer = setup_->layers[i];
    if (layer.place)
      return make_placed_source({layer.warp.scene, (*layer.place)[0], (*layer.place)[1],
                                 layer.warp.src_nodata, layer.warp.all_bands_invalid},
                                options_);
    WarpSetup warp = layer.warp;
    warp.grid = setup_->grid;
    warp.error_threshold = setup_->error_threshold;
    warp.dst_nodata.assign(warp.scene.bands.size(), std::nullopt);  // gaps are filled at the end
    if (layer.crs)
      warp.transformer = crs::make_affine_transformer(
          {layer.full_width, layer.full_height, layer.geotransform, pair(*layer.crs)},
          warp.scene.width, warp.scene.height, setup_->grid);
    return make_warped_source(warp, options_);
  }

 private:
  std::shared_ptr<const crs::CrsPair> pair(std::size_t i) {
    const std::scoped_lock lock(mutex_);
    if (!pairs_[i])
      pairs_[i] = std::make_shared<crs::CrsPair>(setup_->crs[i].wkt, setup_->grid.crs_wkt,
                                                 setup_->crs[i].area);
    return pairs_[i];
  }

  std::shared_ptr<const MosaicSetup> setup_;
  std::size_t threads_;
  io::OpenOptions options_;
  std::size_t weight_limit_ = 0, least_weight_ = 0;
  std::mutex mutex_;
  std::vector<std::shared_ptr<const crs::CrsPair>> pairs_;
};

class Mosaic final : public WarpedSource {
 public:
  Mosaic(std::shared_ptr<const MosaicSetup> setup, const MosaicLimits& limits,
         const io::OpenOptions& options)
      : setup_(setup),
        index_(footprints_of(*setup)),
        opener_(setup, limits, options),
        sources_(
            opener_.weight_limit(), [this](std::size_t i) { return opener_.weight(i); },
            [this](std::size_t i) { return opener_.open(i); }),
        most_ahead_(std::clamp<std::size_t>(limits.handles / 8, 1, 16)) {}

  std::unique_ptr<io::Fetched> fetch(const Window& window, std::span<const int> bands) override;
  io::DecodeReport decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                             std::span<const kernels::Plane> planes) override;
  bool suits(const io::Fetched& fetched, const CanWarp& can) const override;

 private:
  bool takes_one() const { return kernels::takes_one(setup_->method); }
  std::vector<int> layer_bands(std::size_t number, std::span<const int> image, bool opacity) const;
  void read_ahead(MosaicWindow& window);
  void add_layer(PlaneEngine& engine, WindowLayer& layer, LayerMerger& merger,
                 io::DecodeReport& total);

  std::shared_ptr<const MosaicSetup> setup_;
  FootprintIndex index_;
  LayerOpener opener_;
  mutable OpenSources sources_;
  std::size_t most_ahead_;
  std::atomic<std::size_t> ahead_ = 0;
};

/// What is asked of a layer's source, in the order of LayerMerger::layer_planes().
std::vector<int> Mosaic::layer_bands(std::size_t number, std::span<const int> image,
                                     bool opacity) const {
  const io::SceneInfo& scene = setup_->layers[number].warp.scene;
  std::vector<int> bands = own_bands(scene, setup_->alpha_band, image);
  const std::size_t n = bands.size();
  for (std::size_t i = 0; i < n; ++i) bands.push_back(validity_of(bands[i]));
  if (opacity && scene.alpha_band > 0) bands.push_back(scene.alpha_band);
  return bands;
}

std::unique_ptr<io::Fetched> Mosaic::fetch(const Window& window, std::span<const int> bands) {
  auto result = std::make_unique<MosaicWindow>(ahead_);
  result->window = window;
  result->bands.assign(bands.begin(), bands.end());
  for (const std::size_t number : index_.touching(window))
    result->layers.push_back(
        {number, partition::intersect(window, setup_->layers[number].footprint), {}, {}});
  // What is on top comes first: pixels below it need not be read.
  if (setup_->method == MosaicMethod::kLast) std::ranges::reverse(result->layers);
  read_ahead(*result);
  return result;
}

void Mosaic::read_ahead(MosaicWindow& window) {
  const std::vector<int> image = image_of(window.bands);
  const bool opacity = std::ranges::count(window.bands, kAddedAlphaBand) > 0;
  std::int64_t bytes = 0;
  std::vector<Window> read;
  for (WindowLayer& layer : window.layers) {
    const io::SceneInfo& scene = setup_->layers[layer.number].warp.scene;
    const bool hidden = takes_one() && std::ranges::any_of(read, [&](const Window& above) {
                          return above.contains(layer.part);
                        });
    if (hidden || !scene.storage.fast_path) continue;
    std::int64_t decoded = 0;
    for (const io::BandInfo& band : scene.bands)
      decoded += layer.part.pixels() * kernels::size_bytes(band.type);
    bytes += decoded;
    if ((bytes > kReadAheadBytes && !read.empty()) || !window.take(most_ahead_)) return;
    layer.source = sources_.get(layer.number);
    layer.read = layer.source->fetch(layer.part, layer_bands(layer.number, image, opacity));
    bytes += std::max<std::int64_t>(0, layer.read->bytes_read() - decoded);  // of larger sources
    read.push_back(layer.part);
  }
}

void Mosaic::add_layer(PlaneEngine& engine, WindowLayer& layer, LayerMerger& merger,
                       io::DecodeReport& total) {
  const io::SceneInfo& scene = setup_->layers[layer.number].warp.scene;
  const bool alpha = merger.wants_opacity() && scene.alpha_band > 0;
  const Window wanted = merger.wanted(layer.part);
  if (wanted.empty()) return;
  auto source = std::move(layer.source);
  auto read = std::move(layer.read);
  const Window part = read ? layer.part : wanted;
  if (!read) {
    source = sources_.get(layer.number);
    read = source->fetch(part, layer_bands(layer.number, merger.image(), alpha));
    total.bytes_read += read->bytes_read();
  }
  const auto planes = merger.layer_planes(part, alpha);
  io::DecodeReport report = warp::decode_on(engine, *source, *read, planes);
  merger.merge();
  for (std::string& block : report.corrupt) block.insert(0, scene.path + ": ");
  total.add(report);
}

io::DecodeReport Mosaic::decode_on(PlaneEngine& engine, const io::Fetched& fetched,
                                   std::span<const kernels::Plane> planes) {
  const auto& window = dynamic_cast<const MosaicWindow&>(fetched);
  LayerMerger merger(engine, setup_->method, window.window, window.bands, planes);
  io::DecodeReport total;
  for (WindowLayer& layer : window.layers) {
    report::throw_if_interrupted();
    add_layer(engine, layer, merger, total);
  }
  merger.finish(setup_->dst_nodata);
  total.warp.moved_pixels += engine.take_moved();
  return total;
}

bool Mosaic::suits(const io::Fetched& fetched, const CanWarp& can) const {
  const auto& window = dynamic_cast<const MosaicWindow&>(fetched);
  const std::vector<int> image = image_of(window.bands);
  return std::ranges::all_of(window.layers, [&](const WindowLayer& layer) {
    const MosaicLayer& of = setup_->layers[layer.number];
    const io::SceneInfo& scene = of.warp.scene;
    std::vector<kernels::DataType> types;
    const std::vector<int> own = own_bands(scene, setup_->alpha_band, image);
    for (const int band : own)
      types.push_back(scene.bands[static_cast<std::size_t>(band) - 1].type);
    return of.place || (!mixes_colours(of.warp, own) && can(of.warp.kernel, types));
  });
}

}  // namespace

std::vector<partition::Window> footprints_of(const MosaicSetup& setup) {
  std::vector<Window> footprints;
  for (const MosaicLayer& layer : setup.layers) footprints.push_back(layer.footprint);
  return footprints;
}

std::unique_ptr<WarpedSource> make_mosaic_source(std::shared_ptr<const MosaicSetup> setup,
                                                 const MosaicLimits& limits,
                                                 const io::OpenOptions& options) {
  return std::make_unique<Mosaic>(std::move(setup), limits, options);
}

std::int64_t mosaic_pixel_bytes(const MosaicSetup& setup,
                                std::span<const kernels::DataType> types) {
  constexpr std::int64_t kSumAndCount = 12;
  std::int64_t bytes = 0;
  for (const kernels::DataType type : types) {
    bytes += kernels::size_bytes(type) + 2;  // a layer's pixels, and where both have data
    if (setup.method == MosaicMethod::kMean) bytes += kSumAndCount;
  }
  return bytes;
}

std::int64_t mosaic_working_bytes(const MosaicSetup& setup, std::int64_t window_pixels) {
  std::int64_t most = 0, ahead = 0;
  for (const MosaicLayer& layer : setup.layers) {
    const std::int64_t pixels = std::min(window_pixels, layer.footprint.pixels());
    if (layer.footprint.empty()) continue;
    ahead += whole_image_bytes(layer.warp.scene, true, kReadAheadBytes - ahead);
    std::int64_t pixel = 0;
    for (const io::BandInfo& band : layer.warp.scene.bands)
      pixel += kernels::size_bytes(band.type) + 1;
    WarpSetup warp = layer.warp;
    warp.error_threshold = setup.error_threshold;
    most = std::max(most, layer.place ? pixels * pixel : warp_working_bytes(warp, pixels));
  }
  return most + ahead;
}

}  // namespace cogmill::warp
