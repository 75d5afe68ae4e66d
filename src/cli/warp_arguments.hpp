// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/option_table.hpp"
#include "src/job/job.hpp"

#include <optional>
#include <string>

namespace cogmill::cli {

/// The options that name the output's grid and how inputs get there, in gdalwarp's new spelling.
class WarpArguments {
 public:
  /// @param explained_in the command whose --help explains them; empty: this one
  void declare(OptionTable& options, const std::string& explained_in = {});
  /// --resolution is the first then, in the section before, and takes words too.
  /// @param mosaic has to outlive the table
  void declare_for_mosaic(OptionTable& options, job::MosaicOptions& mosaic,
                          const std::string& explained_in);

  /// --cutline and what belongs to it.
  void declare_cutline(OptionTable& options, const std::string& explained_in = {});

  /// Sets job.warp if any of the options was given, or always.
  /// @throws report::UsageError if they contradict one another
  void finish(job::Job& job, bool always) const;

 private:
  void declare_crs(OptionTable& options);
  void declare_grid(OptionTable& options);
  void declare_resolution(OptionTable& options);
  void declare_transform(OptionTable& options);
  void declare_resampling(OptionTable& options);
  /// Binds a value to a setter and remembers that one was given.
  void value(OptionTable& options, job::OptionText text, OptionTable::Setter set);

  job::WarpOptions warp_;
  std::optional<double> error_threshold_;
  job::MosaicOptions* mosaic_ = nullptr;
  crs::CutlineOptions cutline_;
  bool given_ = false;
  bool aligned_pixels_ = false, allow_large_ = false, add_alpha_ = false;
};

/// near, bilinear, ...   @throws report::UsageError
kernels::WarpResampling parse_warp_resampling(const job::Argument& argument);

}  // namespace cogmill::cli
