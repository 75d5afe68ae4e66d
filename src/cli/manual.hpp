// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "src/cli/command.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cogmill::cli {

/// A manual page before it is set in type: a terminal's text, or troff for man.
struct Manual {
  enum class Kind : std::uint8_t {
    kText,     ///< a paragraph
    kHeading,  ///< of a part of a section
    kItem,     ///< a paragraph behind a tag
    kCommand,  ///< a command line, as it is typed
  };
  struct Paragraph {
    Kind kind;
    std::string text;
    std::string tag = {};
  };
  struct Section {
    std::string title;  ///< "EXIT STATUS"
    std::vector<Paragraph> paragraphs;
  };
  std::string name;  ///< "cogmill-convert"
  std::vector<Section> sections;
};

/// The page of a command: name, synopsis, description, every option with its values, default and
/// unit, memory usage, exit status, examples, and what else to read.
Manual manual_of(const CommandText& text, const OptionTable& options);

/// The page cogmill(1), which names the commands.
Manual manual_of_program();

/// For a terminal of 80 columns.
std::string as_text(const Manual& manual);

/// For troff -man. @param version of cogmill, for the page's foot
std::string as_man_page(const Manual& manual, const std::string& version);

}  // namespace cogmill::cli
