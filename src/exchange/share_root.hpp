// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/exchange/packing.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <type_traits>
#include <utility>

namespace cogmill::exchange {

/// What root makes, on every rank. *Collective.*
/// @param make called on root alone; returns nlohmann::json, or a plain value that is sent as it is
/// @throws what `make` has thrown, as agree() does, on all ranks alike
template <class F>
auto share_root(Communicator& comm, F&& make) {
  using Value = std::invoke_result_t<F>;
  constexpr bool kIsJson = std::is_same_v<Value, nlohmann::json>;
  Bytes bytes;
  agree_on(comm, [&] {
    if (!comm.is_root()) return;
    const Value value = make();
    if constexpr (kIsJson)
      bytes = pack_text(value.dump());
    else
      bytes = pack(std::span(&value, 1));
  });
  bytes = comm.broadcast(std::move(bytes));
  if constexpr (kIsJson)
    return nlohmann::json::parse(unpack_text(bytes));
  else
    return unpack<Value>(bytes).at(0);
}

}  // namespace cogmill::exchange
