// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/data_type.hpp"
#include "kernels/evaluate.hpp"
#include "kernels/nodata.hpp"
#include "kernels/program.hpp"
#include "src/crs/cutline.hpp"
#include "src/io/scene_info.hpp"
#include "src/job/job.hpp"
#include "src/warp/mosaic_source.hpp"
#include "src/warp/warped_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::plan {

/// What is read from one input: band numbers in the order their planes are kept.
struct InputUse {
  std::vector<int> bands;                ///< from 1; io::kMaskBand: the dataset mask
  std::vector<kernels::DataType> types;  ///< of each plane; masks are Byte
  std::optional<int> validity;          ///< which plane says what is valid: a mask or an alpha band
  std::optional<warp::WarpSetup> warp;  ///< how it comes to the output's grid; nothing: it is on it
  std::shared_ptr<const warp::MosaicSetup> mosaic;  ///< many files that are one input
};

/// One read of the program: a plane of an input.
struct ProgramLoad {
  int input = 0;
  int plane = 0;  ///< position in InputUse::bands
  std::optional<kernels::Nodata> nodata;
};

/// How a copied band's pixels without data get the output's nodata value.
struct NodataChange {
  std::optional<kernels::Nodata> from;  ///< none: all that are not NaN are data
};

/// From planes read to planes written. Without a program, output band i is plane i of the only
/// input, and a plane behind the bands is the mask.
struct Operation {
  std::vector<InputUse> inputs;
  std::optional<kernels::Program> program;
  std::vector<ProgramLoad> loads;
  kernels::Precision precision = kernels::Precision::kFloat32;
  /// Without a program: by band, what changes where the output has another nodata value; else
  /// empty.
  std::vector<std::optional<NodataChange>> nodata_changes;
  std::shared_ptr<const crs::Cutline> cutline;  ///< outside it the only input has no data
};

/// What is written, structure aside.
struct OutputImage {
  std::int64_t width = 0, height = 0;  ///< [px]
  int bands = 1;
  kernels::DataType type = kernels::DataType::kUInt8;
  std::vector<std::optional<kernels::Nodata>> nodata;  ///< by band
  bool mask = false;
  std::optional<int> alpha;    ///< number from 0 of the band that says what is valid in the others
  bool premultiplied = false;  ///< colours are multiplied by alpha: transparent ones weigh nothing
  bool computed = false;       ///< the values are new: a program, or another type
  std::vector<std::string> descriptions;  ///< by band; empty: the input's
  /// Metadata items of all inputs alike (io::item_hash, sorted); nothing: all of the first.
  std::optional<std::vector<std::uint64_t>> items;
};

struct Interpretation {
  Operation operation;
  OutputImage image;
  std::optional<crs::TargetGrid> grid;  ///< of the output; nothing: that of the first input
};

/// True where the planes read are the planes written, and nothing has to be computed.
bool is_plain_copy(const Operation& operation, const OutputImage& image);

/// Why an expression cannot read a complex band, and what can be read instead.
/// @param band number from 1
std::string describe_complex(const io::SceneInfo& scene, int band);

/// Turns a job and what its inputs are into what has to be computed. Pure: same on every rank.
/// Jobs with a grid of their own (job.warp) are then put on it by align().
/// @throws report::UsageError if the command line asks for what the inputs do not have (missing
/// band, expression errors)   @throws report::RuntimeError if the inputs do not fit together
Interpretation interpret(const job::Job& job, const std::vector<io::SceneInfo>& scenes);

}  // namespace cogmill::plan
