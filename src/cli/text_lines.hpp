// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cogmill::cli {

/// The paragraphs of a text, between empty lines; their line breaks become blanks.
std::vector<std::string> paragraphs_of(std::string_view text);

/// The words of a paragraph, between blanks.
std::vector<std::string> words_in(std::string_view paragraph);

/// Fills lines with pieces. Only one that no line can hold is cut, behind a "|".
/// @param gap between pieces   @param first, rest what the first and all other lines begin with
/// @param width most columns, line breaks not counted
/// @return lines that end with a line break
std::string fill(const std::vector<std::string>& pieces, std::string_view gap,
                 std::string_view first, std::string_view rest, std::size_t width);

}  // namespace cogmill::cli
