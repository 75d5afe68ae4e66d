// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/io/gdal_check.hpp"
#include "src/io/open_source.hpp"

#include <gdal_priv.h>

#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace cogmill::io {

/// Passes each text on once, and at most a hundred of them. Thread-safe.
class WarnOnce {
 public:
  explicit WarnOnce(Warn warn) : warn_(std::move(warn)) {}
  void operator()(const std::string& text);

 private:
  Warn warn_;
  std::mutex mutex_;
  std::set<std::string> seen_;
};

/// A dataset belongs to one thread at a time: threads borrow handles of one file from a pool.
class DatasetPool {
 public:
  /// @param overview as in SceneInfo
  DatasetPool(std::string path, int overview) : path_(std::move(path)), overview_(overview) {}

  /// A handle until the end of its scope.
  class Lease {
   public:
    Lease(DatasetPool& pool, GDALDatasetUniquePtr dataset)
        : pool_(pool), dataset_(std::move(dataset)) {}
    ~Lease() { pool_.put_back(std::move(dataset_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    GDALDataset& operator*() const { return *dataset_; }
    GDALDataset* operator->() const { return dataset_.get(); }

   private:
    DatasetPool& pool_;
    GDALDatasetUniquePtr dataset_;
  };
  /// @throws report::RuntimeError if a new handle is needed and cannot be opened
  Lease borrow();

 private:
  void put_back(GDALDatasetUniquePtr dataset);

  std::string path_;
  int overview_;
  std::mutex mutex_;
  std::vector<GDALDatasetUniquePtr> idle_;
};

/// Reads everything GDAL reads, in windows cut along the rows of the file's blocks. All the work,
/// reading included, happens in decode, because GDAL does not part them. Block rows are read in
/// parallel, each thread with a handle of its own, but for formats that can only be decoded from
/// the top (JPEG, PNG) or whose library has one lock for all (netCDF, HDF).
class GdalSource final : public Source {
 public:
  /// @throws report::RuntimeError if the file cannot be opened, or is not what `scene` describes
  GdalSource(const SceneInfo& scene, const OpenOptions& options);

  /// bytes_read() is an estimate: the window's share of the file.
  std::unique_ptr<Fetched> fetch(const partition::Window& window,
                                 std::span<const int> bands) override;
  DecodeReport decode(const Fetched& fetched, std::span<const kernels::Plane> planes) override;

 private:
  /// One read: a band's pixels of one row of blocks.
  struct Piece {
    int band = 0;
    partition::Window part;   ///< of the raster
    kernels::Plane out = {};  ///< where it goes
  };
  /// A block that could not be read and was filled.
  struct LostBlock {
    int band = 0;
    partition::Window part;
    std::string message;
  };
  std::vector<partition::Window> cut(const partition::Window& window, bool by_columns) const;
  void read_stripe(const partition::Window& stripe, const partition::Window& window,
                   std::span<const int> bands, std::span<const kernels::Plane> planes,
                   std::vector<LostBlock>& lost);
  /// @return GDAL's reason if it failed; empty if it worked
  std::string read_piece(GDALDataset& dataset, GdalMessages& messages, const Piece& piece) const;
  void read_block_by_block(GDALDataset& dataset, GdalMessages& messages, const Piece& piece,
                           std::vector<LostBlock>& lost) const;
  void fill_damaged(const Piece& piece) const;
  std::string describe(int band, const partition::Window& block) const;

  SceneInfo scene_;
  OnError on_error_;
  std::int64_t block_width_ = 0, block_height_ = 0;  ///< [px]
  bool sequential_ = false;
  std::mutex turn_;  ///< of sequential formats
  WarnOnce warn_;
  DatasetPool pool_;
};

}  // namespace cogmill::io
