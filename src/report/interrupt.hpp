// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>

namespace cogmill::report {

/// SIGTERM or SIGINT asked this process to end. The text is "interrupted by SIGTERM".
class Interrupted : public std::exception {
 public:
  explicit Interrupted(int signal);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

/// While it lives, SIGTERM and SIGINT only raise a flag, and throw_if_interrupted() throws: what
/// was begun can be cleaned up. A second SIGINT ends the process at once. A signal that the
/// process ignored before stays ignored. One at a time in a process.
class InterruptWatch {
 public:
  InterruptWatch();
  /// Gives the signals their former meaning. One that came too late to be thrown ends the process.
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  /// The last moment to stop: from here on signals wait for the end of this object.
  /// @throws Interrupted
  void hold();
};

/// Thread-safe and cheap: call it in every loop that may last. @throws Interrupted if
/// is_interrupted()
void throw_if_interrupted();

/// @return true if a signal came since the last InterruptWatch began, and was not held
bool is_interrupted() noexcept;
/// @pre is_interrupted()
Interrupted interruption();

/// Ends this process by the signal that came, as a shell expects from a program that was
/// interrupted: a loop over many files stops then. @return 1 if there was no signal
int end_by_signal();

}  // namespace cogmill::report
