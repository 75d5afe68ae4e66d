// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/mpi/share_failures.hpp"

#include "src/exchange/packing.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cogmill::tests {
namespace {

struct FailedPart {
  std::string file;
  int line = 0;
  std::string message;
};

std::vector<FailedPart> failed_parts(const testing::TestResult& result) {
  std::vector<FailedPart> failed;
  for (int i = 0; i < result.total_part_count(); ++i) {
    const testing::TestPartResult& part = result.GetTestPartResult(i);
    if (!part.failed()) continue;
    const char* file = part.file_name();  // none where an exception has left the test
    failed.push_back({file ? file : "somewhere", part.line_number(), part.message()});
  }
  return failed;
}

exchange::Bytes pack_parts(const std::vector<FailedPart>& parts) {
  std::string text;
  for (const FailedPart& part : parts)
    text += part.file + '\0' + std::to_string(part.line) + '\0' + part.message + '\0';
  return exchange::pack_text(text);
}

std::vector<FailedPart> unpack_parts(const exchange::Bytes& bytes) {
  std::istringstream text(exchange::unpack_text(bytes));
  std::vector<FailedPart> parts;
  std::string file, line, message;
  while (std::getline(text, file, '\0') && std::getline(text, line, '\0') &&
         std::getline(text, message, '\0'))
    parts.push_back({file, std::stoi(line), message});
  return parts;
}

/// Prints a text and ends the process, and with it the job, unless it is destroyed in time.
class LastWords {
 public:
  explicit LastWords(std::string text)
      : thread_([text = std::move(text)](const std::stop_token& stop) { wait(stop, text); }) {}

 private:
  static void wait(const std::stop_token& stop, const std::string& text) {
    constexpr std::chrono::seconds kPatience{10};
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    if (never.wait_for(lock, stop, kPatience, [&stop] { return stop.stop_requested(); })) return;
    std::fputs(text.c_str(), stderr);
    std::fflush(stderr);
    std::_Exit(1);
  }

  std::jthread thread_;
};

std::string last_words(int rank, const std::vector<FailedPart>& parts) {
  std::string text = "rank " + std::to_string(rank) + " has failed, and others wait elsewhere:\n";
  for (const FailedPart& part : parts)
    text += part.file + ":" + std::to_string(part.line) + ": " + part.message + "\n";
  return text;
}

/// Googletest tells listeners in reverse order where something ends: this one fails the test before
/// the printer says how it went.
class FailureSharer final : public testing::EmptyTestEventListener {
 public:
  explicit FailureSharer(exchange::Communicator& comm) : comm_(comm) {}

  void OnTestEnd(const testing::TestInfo& test) override { share(*test.result()); }
  void OnTestSuiteEnd(const testing::TestSuite& suite) override {
    share(suite.ad_hoc_test_result());
  }
  void OnTestIterationEnd(const testing::UnitTest& program, int /*iteration*/) override {
    share(program.ad_hoc_test_result());
  }

 private:
  void share(const testing::TestResult& result) {
    const auto mine = failed_parts(result);
    std::optional<LastWords> if_nobody_comes;
    if (!mine.empty()) if_nobody_comes.emplace(last_words(comm_.rank(), mine));
    const auto all = comm_.all_gather(pack_parts(mine));
    for (int rank = 0; rank < comm_.size(); ++rank) {
      if (rank == comm_.rank()) continue;
      for (const FailedPart& part : unpack_parts(all[static_cast<std::size_t>(rank)]))
        ADD_FAILURE_AT(part.file.c_str(), part.line) << "on rank " << rank << ": " << part.message;
    }
  }

  exchange::Communicator& comm_;
};

}  // namespace

void share_failures(exchange::Communicator& comm) {
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  if (!comm.is_root()) delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new FailureSharer(comm));  // which googletest owns
}

}  // namespace cogmill::tests
