// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/exchange/communicator.hpp"

#include "src/exchange/packing.hpp"

namespace cogmill::exchange {

void agree(Communicator& comm, const std::optional<std::string>& failure) {
  const Bytes mine = failure ? pack_text("!" + *failure) : Bytes{};
  for (const Bytes& message : comm.all_gather(mine))
    if (!message.empty()) throw AgreedError(unpack_text(message).substr(1));
}

}  // namespace cogmill::exchange
