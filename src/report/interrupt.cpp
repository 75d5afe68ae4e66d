// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>

namespace cogmill::report {
namespace {

// Globals, because a signal handler reaches nothing else; and what it reaches must be free of
// locks.
std::atomic<int> the_signal = 0;    // that came last, or 0
std::atomic<bool> is_held = false;  // InterruptWatch::hold() was called
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::array kSignals = {SIGTERM, SIGINT};
std::array<struct sigaction, kSignals.size()> former_actions;

extern "C" void note_signal(int signal) { the_signal.store(signal, std::memory_order_relaxed); }

}  // namespace

Interrupted::Interrupted(int signal)
    : text_(signal == SIGINT ? "interrupted by SIGINT" : "interrupted by SIGTERM") {}

InterruptWatch::InterruptWatch() {
  the_signal = 0;
  is_held = false;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action {};
    action.sa_handler = &note_signal;
    // Calls go on after the signal. mpirun may send SIGTERM twice, a person presses Ctrl-C twice
    // only if the first did not help.
    action.sa_flags = SA_RESTART | (kSignals[i] == SIGINT ? static_cast<int>(SA_RESETHAND) : 0);
    ::sigemptyset(&action.sa_mask);
    // These calls fail for unknown signals only.
    ::sigaction(kSignals[i], nullptr, &former_actions[i]);
    if (former_actions[i].sa_handler != SIG_IGN) ::sigaction(kSignals[i], &action, nullptr);
  }
}

InterruptWatch::~InterruptWatch() {
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], &former_actions[i], nullptr);
  if (is_held && the_signal != 0) std::raise(the_signal);
}

void InterruptWatch::hold() {
  throw_if_interrupted();
  is_held = true;
}

void throw_if_interrupted() {
  if (is_interrupted()) throw interruption();
}

Interrupted interruption() { return Interrupted(the_signal.load(std::memory_order_relaxed)); }

bool is_interrupted() noexcept {
  return the_signal.load(std::memory_order_relaxed) != 0 &&
         !is_held.load(std::memory_order_relaxed);
}

int end_by_signal() {
  const int signal = the_signal;
  if (signal != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  return 1;
}

}  // namespace cogmill::report
