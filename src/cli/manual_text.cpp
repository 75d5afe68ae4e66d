// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/manual.hpp"
#include "src/cli/text_lines.hpp"

namespace cogmill::cli {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::string_view kIndent = "    ", kDeeper = "        ";

std::string paragraph(const Manual::Paragraph& paragraph) {
  const auto filled = [](const std::string& text, std::string_view indent) {
    return fill(words_in(text), " ", indent, indent, kColumns);
  };
  switch (paragraph.kind) {
    case Manual::Kind::kHeading:
      return "  " + paragraph.text + '\n';
    case Manual::Kind::kItem:
      return filled(paragraph.tag, kIndent) + filled(paragraph.text, kDeeper);
    case Manual::Kind::kCommand:
      return std::string(kIndent) + paragraph.text + '\n';
    case Manual::Kind::kText:
      break;
  }
  return filled(paragraph.text, kIndent);
}

}  // namespace

std::string as_text(const Manual& manual) {
  std::string text;
  for (const Manual::Section& section : manual.sections) {
    text += (text.empty() ? "" : "\n") + section.title + '\n';
    bool first = true;
    for (const Manual::Paragraph& one : section.paragraphs) {
      if (!first && one.kind == Manual::Kind::kText) text += '\n';
      text += paragraph(one);
      first = false;
    }
  }
  return text;
}

}  // namespace cogmill::cli
