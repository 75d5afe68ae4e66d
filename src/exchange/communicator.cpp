// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/communicator.hpp"

#include "src/exchange/packing.hpp"

#include <thread>
#include <utility>

namespace cogmill::exchange {

namespace {

using Kind = Failure::Kind;

std::string pack(const Failure& failure) {
  return static_cast<char>(failure.kind) + failure.message + '\0' + failure.detail;
}

Failure unpack(const std::string& text) {
  const auto end = text.find('\0');
  return {text.substr(1, end - 1), static_cast<Kind>(text.front()), text.substr(end + 1)};
}

[[noreturn]] void raise(const Failure& failure) {
  if (failure.kind == Kind::kUsage) throw report::UsageError(failure.message, failure.detail);
  if (failure.kind == Kind::kConsequence) throw OtherRankFailed();
  throw AgreedError(failure.message);
}

}  // namespace

std::unique_ptr<Communicator> Communicator::split(std::optional<int> color, int key) {
  // Not only for the error: this is where a rank waits for the others, and hears a signal
  // meanwhile.
  std::optional<Failure> failure;
  if (color && *color < 0)
    failure = Failure{"ranks cannot be split by the negative color " + std::to_string(*color)};
  agree(*this, failure);
  return make_part(color, key);
}

bool hears_failure(Communicator& comm, std::chrono::milliseconds patience) {
  constexpr std::chrono::milliseconds kPause{5};
  for (auto left = patience; comm.size() > 1 && left.count() > 0; left -= kPause) {
    if (comm.failure_announced()) return true;
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

void agree(Communicator& comm, const std::optional<Failure>& failure) {
  std::optional<Failure> first;
  for (const Bytes& message : comm.all_gather(failure ? pack_text(pack(*failure)) : Bytes{})) {
    if (message.empty()) continue;
    Failure other = unpack(unpack_text(message));
    if (!first || (first->kind == Kind::kConsequence && other.kind != Kind::kConsequence))
      first = std::move(other);
  }
  if (first) raise(*first);
}

}  // namespace cogmill::exchange
