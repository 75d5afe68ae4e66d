// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <future>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace cogmill::doctor {

/// Asks in a thread of its own, and waits no longer than that: a file system whose server is gone
/// lets a call wait for ever. Such a thread is left behind, so `ask` has to own what it uses.
/// @return the answer, or nothing   @throws what `ask` throws
template <class Ask>
std::optional<std::invoke_result_t<Ask>> answer_within(std::chrono::milliseconds limit, Ask ask) {
  std::promise<std::invoke_result_t<Ask>> promise;
  auto answer = promise.get_future();
  std::thread([promise = std::move(promise), ask = std::move(ask)]() mutable {
    try {
      promise.set_value(ask());
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }).detach();
  if (answer.wait_for(limit) != std::future_status::ready) return std::nullopt;
  return answer.get();
}

}  // namespace cogmill::doctor
