// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/backend.hpp"
#include "src/report/interrupt.hpp"

#include <utility>

namespace cogmill::pipeline {
namespace {

class CpuBackend final : public Backend {
 public:
  explicit CpuBackend(BackendChoice choice) : choice_(std::move(choice)) {}

  void compute(const RankState& state, const RoundInput& input, TileEncoder& encoder,
               Chunk& chunk) override {
    decode(state, input, chunk);
    report::throw_if_interrupted();
    evaluate(state, input, chunk);
    reduce_overviews(state, chunk);
    pick_picture(state, chunk);
    encode(state, encoder, chunk);
  }
  BackendChoice choice() const override { return choice_; }

 private:
  BackendChoice choice_;
};

}  // namespace

std::unique_ptr<Backend> make_cpu_backend(BackendChoice choice) {
  return std::make_unique<CpuBackend>(std::move(choice));
}

}  // namespace cogmill::pipeline
