// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/exchange/communicator.hpp"

namespace cogmill::tests {

/// The ranks of this test program.
exchange::Communicator& world();

}  // namespace cogmill::tests
