// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/communicator.hpp"

namespace cogmill::exchange {
namespace {

class LocalCommunicator final : public Communicator {
 public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  int local_rank() const override { return 0; }
  int local_size() const override { return 1; }
  void barrier() override {}
  Bytes broadcast(Bytes data) override { return data; }
  std::vector<Bytes> gather(std::span<const std::byte> data) override { return all_gather(data); }
  std::vector<Bytes> all_gather(std::span<const std::byte> data) override {
    return {Bytes(data.begin(), data.end())};
  }
  std::vector<Bytes> all_to_all(std::vector<Bytes> send) override { return send; }
  void all_reduce_sum(std::span<std::uint32_t> /*values*/) override {}
  void post_progress(const ProgressCount& /*count*/) override {}
  ProgressCount collect_progress() override { return {}; }
  void announce_failure() noexcept override {}
  bool failure_announced() override { return false; }
  void finish_posts() override {}

 private:
  std::unique_ptr<Communicator> make_part(std::optional<int> color, int /*key*/) override {
    return color ? std::make_unique<LocalCommunicator>() : nullptr;
  }
};

}  // namespace

std::unique_ptr<Communicator> make_local_communicator() {
  return std::make_unique<LocalCommunicator>();
}

}  // namespace cogmill::exchange
