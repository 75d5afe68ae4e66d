// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "partition/window.hpp"
#include "src/exchange/communicator.hpp"
#include "src/io/output_target.hpp"
#include "src/io/partial_folder.hpp"
#include "src/job/job.hpp"
#include "src/plan/plan.hpp"

#include <memory>
#include <string>

namespace cogmill::pipeline {

/// The files that a job writes, and who makes which: one by all ranks, or one by each.
class JobOutput {
 public:
  virtual ~JobOutput() = default;

  /// The part of the image that this rank's file shows; empty: it makes none.
  virtual partition::Window part() const = 0;
  /// The ranks that make this rank's file together.
  virtual exchange::Communicator& makers() = 0;
  /// Where this rank's file goes.   @pre it makes one
  virtual io::OutputTarget& target() = 0;
  /// True if this rank's file is all that a quicklook shows: it is then picked while tiles are
  /// computed. Else it is read from the finished output.
  virtual bool is_whole() const = 0;
  /// On root, before anything is computed.
  /// @throws report::RuntimeError if a file stands where one that --overwrite is missing for goes
  virtual void require_new() const = 0;
  /// Gives all complete files their names. On root, when all ranks are done.
  virtual void publish() = 0;
};

/// One file by all ranks of `comm`.   @param image all of it
std::unique_ptr<JobOutput> make_single_output(const job::Job& job, const io::PartialFolder& partial,
                                              const partition::Window& image,
                                              exchange::Communicator& comm);

/// One COG by each rank that has a part, a band of whole chunk rows, and a VRT that shows them as
/// one image. The pieces stand beside the VRT: out.vrt, out_00000.tif, out_00001.tif, ...
/// All arguments outlive it.   @param whole the plan of all of the image in one file
std::unique_ptr<JobOutput> make_vrt_output(const job::Job& job, const io::PartialFolder& partial,
                                           const plan::Plan& whole, exchange::Communicator& comm);

}  // namespace cogmill::pipeline
