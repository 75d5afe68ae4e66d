// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/communicator.hpp"

#include "src/exchange/packing.hpp"

namespace cogmill::exchange {

namespace {

constexpr char kUsage = '?';
constexpr char kRuntime = '!';

std::string pack(const Failure& failure) {
  return (failure.usage ? kUsage : kRuntime) + failure.message + '\0' + failure.detail;
}

[[noreturn]] void raise(const std::string& text) {
  const auto end = text.find('\0');
  const std::string message = text.substr(1, end - 1);
  if (text.front() == kUsage) throw report::UsageError(message, text.substr(end + 1));
  throw AgreedError(message);
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

void agree(Communicator& comm, const std::optional<Failure>& failure) {
  const Bytes mine = failure ? pack_text(pack(*failure)) : Bytes{};
  for (const Bytes& message : comm.all_gather(mine))
    if (!message.empty()) raise(unpack_text(message));
}

}  // namespace cogmill::exchange
