// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/isal_deflate.hpp"

namespace cogmill::kernels {

struct IsalDeflate::State {};
struct IsalInflate::State {};

bool has_isal() { return false; }
std::string isal_version() { return {}; }

IsalDeflate::IsalDeflate(int) {}
IsalDeflate::~IsalDeflate() = default;
IsalDeflate::IsalDeflate(IsalDeflate&&) noexcept = default;
IsalDeflate& IsalDeflate::operator=(IsalDeflate&&) noexcept = default;
std::size_t IsalDeflate::compress(std::span<const std::byte>, std::span<std::byte>) { return 0; }

IsalInflate::IsalInflate() = default;
IsalInflate::~IsalInflate() = default;
IsalInflate::IsalInflate(IsalInflate&&) noexcept = default;
IsalInflate& IsalInflate::operator=(IsalInflate&&) noexcept = default;
bool IsalInflate::decompress(std::span<const std::byte>, std::span<std::byte>) { return false; }

}  // namespace cogmill::kernels
