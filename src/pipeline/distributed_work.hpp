// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"
#include "src/exchange/packing.hpp"
#include "src/report/interrupt.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace cogmill::pipeline {

/// Runs work(i), which returns one line of text, for i in 0 .. count - 1 once, on the threads of
/// all ranks. *Collective.* @return all lines, in order, on every rank
/// @throws exchange::AgreedError with the failure of the lowest i of the lowest failing rank
template <class F>
std::vector<std::string> share_work(std::size_t count, exchange::Communicator& comm, int threads,
                                    const F& work) {
  const auto rank = static_cast<std::size_t>(comm.rank());
  const auto ranks = static_cast<std::size_t>(comm.size());
  const std::size_t begin = count * rank / ranks, end = count * (rank + 1) / ranks;
  std::vector<std::string> mine(end - begin);
  exchange::agree_on(comm, [&] {
    std::vector<std::exception_ptr> errors(mine.size());
    std::atomic<std::size_t> failed = std::numeric_limits<std::size_t>::max();
    tbb::task_arena arena(std::max(1, threads));
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, mine.size(), [&](std::size_t i) {
        report::throw_if_interrupted();
        if (i > failed) return;  // another error will be told
        try {
          mine[i] = work(begin + i);
        } catch (...) {
          errors[i] = std::current_exception();
          std::size_t lowest = failed;
          while (i < lowest && !failed.compare_exchange_weak(lowest, i)) continue;
        }
      });
    });
    if (failed < errors.size()) std::rethrow_exception(errors[failed]);
  });
  std::string text;
  for (const std::string& line : mine) text += line + '\n';
  std::vector<std::string> all;
  for (const auto& message : comm.all_gather(exchange::pack_text(text))) {
    std::istringstream lines(exchange::unpack_text(message));
    for (std::string line; std::getline(lines, line);) all.push_back(std::move(line));
  }
  return all;
}

}  // namespace cogmill::pipeline
