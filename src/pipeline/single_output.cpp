// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/local_target.hpp"
#include "src/pipeline/job_output.hpp"

namespace cogmill::pipeline {
namespace {

class SingleOutput final : public JobOutput {
 public:
  SingleOutput(const job::Job& job, const io::PartialFolder& partial,
               const partition::Window& image, exchange::Communicator& comm)
      : comm_(comm), image_(image), target_(partial.output_file(), job.output) {}

  partition::Window part() const override { return image_; }
  exchange::Communicator& makers() override { return comm_; }
  io::OutputTarget& target() override { return target_; }
  bool is_whole() const override { return true; }
  void require_new() const override {}  // check_output() has, before anything was read
  void publish() override { target_.publish(); }

 private:
  exchange::Communicator& comm_;
  partition::Window image_;
  io::LocalTarget target_;
};

}  // namespace

std::unique_ptr<JobOutput> make_single_output(const job::Job& job, const io::PartialFolder& partial,
                                              const partition::Window& image,
                                              exchange::Communicator& comm) {
  return std::make_unique<SingleOutput>(job, partial, image, comm);
}

}  // namespace cogmill::pipeline
