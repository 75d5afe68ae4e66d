// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/manual.hpp"
#include "src/cli/text_lines.hpp"
#include "src/job/argument.hpp"

#include <cctype>

namespace cogmill::cli {
namespace {

/// Characters that troff would take for something else, or draw as their typographic cousins. A
/// line may be broken behind a "|".
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '\\':
        result += "\\e";
        break;
      case '-':
        result += "\\-";
        break;
      case '\'':
        result += "\\(aq";
        break;
      case '"':
        result += "\\(dq";
        break;
      case '^':
        result += "\\(ha";
        break;
      case '~':
        result += "\\(ti";
        break;
      case '|':
        result += "|\\:";
        break;
      case '`':
        result += "\\(ga";
        break;
      default:
        result += c;
    }
  }
  return result;
}

bool is_option(std::string_view word) {
  const std::size_t letter = word.find_first_not_of('-');
  return word.starts_with('-') && letter <= 2 && letter < word.size() &&
         std::isalpha(static_cast<unsigned char>(word[letter])) != 0;
}

/// A word; of an option the name is bold.
std::string typeset(const std::string& word) {
  if (!is_option(word)) return escaped(word);
  std::size_t end = 0;
  while (end < word.size() &&
         (word[end] == '-' || std::isalnum(static_cast<unsigned char>(word[end])) != 0))
    ++end;
  return "\\fB" + escaped(word.substr(0, end)) + "\\fR" + escaped(word.substr(end));
}

/// One line of input, which troff fills. A dot at its beginning is text, no request.
std::string line(const std::string& text) {
  std::vector<std::string> words;
  for (const std::string& word : words_in(text)) words.push_back(typeset(word));
  return "\\&" + job::join(words, " ") + '\n';
}

std::string paragraph(const Manual::Paragraph& paragraph) {
  switch (paragraph.kind) {
    case Manual::Kind::kHeading:
      return ".SS " + escaped(paragraph.text) + '\n';
    case Manual::Kind::kItem:
      return ".TP\n" + line(paragraph.tag) + line(paragraph.text);
    case Manual::Kind::kCommand:
      return ".PP\n.nf\n" + line(paragraph.text) + ".fi\n";
    case Manual::Kind::kText:
      break;
  }
  return ".PP\n" + line(paragraph.text);
}

}  // namespace

std::string as_man_page(const Manual& manual, const std::string& version) {
  std::string page =
      ".\\\" SPDX-FileCopyrightText: 2026 The cogmill authors\n"
      ".\\\" SPDX-License-Identifier: Apache-2.0\n"
      ".TH \"" +
      escaped(job::to_upper(manual.name)) + "\" 1 \"\" \"cogmill " + version +
      "\" \"User Commands\"\n.nh\n.ad l\n";
  for (const Manual::Section& section : manual.sections) {
    page += ".SH " + section.title + '\n';
    // man's index takes the name and what it does from one line without any macro.
    if (section.title == "NAME")
      page += escaped(section.paragraphs.front().text) + '\n';
    else
      for (const Manual::Paragraph& one : section.paragraphs) page += paragraph(one);
  }
  return page;
}

}  // namespace cogmill::cli
