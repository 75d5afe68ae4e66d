// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/output_target.hpp"

#include "src/report/error.hpp"

#include <sys/uio.h>

namespace cogmill::io {

void OutputTarget::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  // Writing does not change what is written: iovec has no const form.
  iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()};
  write_at(offset, std::span(&part, 1));
}

void require_new(const OutputTarget& target, const std::string& what) {
  const auto found = target.in_its_place();
  if (found.empty()) return;
  if (found.front() == target.name())
    throw report::RuntimeError("the " + what + " " + target.name() +
                               " exists: give --overwrite to replace it");
  throw report::RuntimeError(found.front() + " exists and would be read as a part of the " + what +
                             " " + target.name() +
                             ": move it away, or give --overwrite to remove it");
}

}  // namespace cogmill::io
