// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/block_cache.hpp"
#include "src/io/block_decoder.hpp"
#include "src/io/fast_path.hpp"
#include "src/io/fill_pixel.hpp"
#include "src/io/open_source.hpp"
#include "src/io/raw_source.hpp"
#include "src/io/tiff_window.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cogmill::io {

/// The fast path: reads tiles and strips of a TIFF as they are stored, and decodes them on our
/// threads straight into the planes.
/// A block that reaches beyond the window is kept decoded, within OpenOptions::cache_bytes, because
/// the neighbouring window will want it too.
class TiffSource final : public RawSource {
 public:
  /// @throws report::RuntimeError if the file cannot be opened, or is not what `scene` describes
  TiffSource(const SceneInfo& scene, const OpenOptions& options);

  std::unique_ptr<Fetched> fetch(const partition::Window& window,
                                 std::span<const int> bands) override;
  DecodeReport decode(const Fetched& fetched, std::span<const kernels::Plane> planes) override;
  std::optional<RawWindow> raw_window(const Fetched& fetched) const override;
  void decompress(const Fetched& fetched, std::size_t i, std::span<std::byte> out) override;

 private:
  /// One thread's tools.
  struct Worker {
    std::optional<BlockDecoder> image, mask;
    std::vector<std::byte> alpha;
  };
  struct Outcome {
    std::int64_t bytes = 0;  ///< decoded
    std::string error = {};
  };

  std::vector<BlockGroup> group_bands(std::span<const int> bands,
                                      std::vector<std::size_t>& all_valid) const;
  BlockGroup group_of(int band, std::size_t output) const;
  Outcome decode_block(const TiffWindow& fetched, const FetchedBlock& block,
                       std::span<const kernels::Plane> planes);
  std::shared_ptr<const DecodedBlock> decode_for_cache(const FetchedBlock& block,
                                                       BlockDecoder& decoder);
  BlockDecoder& decoder_for(Worker& worker, const BlockGroup& group) const;
  void unpack(const FetchedBlock& block, std::span<const std::byte> samples,
              const partition::Window& window, std::span<const kernels::Plane> planes,
              Worker& worker) const;
  void unpack_validity(const FetchedBlock& block, std::span<const std::byte> samples,
                       const partition::Window& part, kernels::Plane out, Worker& worker) const;
  void fill_hole(const FetchedBlock& block, Hole hole, const partition::Window& window,
                 std::span<const kernels::Plane> planes) const;
  std::string message(const FetchedBlock& block, const std::string& why) const;

  SceneInfo scene_;
  OnError on_error_;
  TiffLayers layers_;
  BlockCache cache_;
  tbb::enumerable_thread_specific<Worker> workers_;
};

}  // namespace cogmill::io
