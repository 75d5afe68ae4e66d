// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/manual.hpp"

#include "src/cli/commands.hpp"
#include "src/cli/help_page.hpp"
#include "src/cli/text_lines.hpp"

#include <utility>

namespace cogmill::cli {
namespace {

using Kind = Manual::Kind;
using Paragraph = Manual::Paragraph;

std::vector<Paragraph> plain(std::string_view text) {
  std::vector<Paragraph> paragraphs;
  for (std::string& paragraph : paragraphs_of(text))
    paragraphs.push_back({Kind::kText, std::move(paragraph)});
  return paragraphs;
}

/// "0 OUTPUT is complete." becomes an item of tag "0".
std::vector<Paragraph> exit_codes(std::string_view text) {
  std::vector<Paragraph> items;
  for (const std::string& paragraph : paragraphs_of(text))
    items.push_back({Kind::kItem, paragraph.substr(2), paragraph.substr(0, 1)});
  return items;
}

/// What follows an option's text: " Unit: source px. Default: 0.125."
std::string tail_of(const job::OptionText& option) {
  std::string tail;
  if (!option.unit.empty()) tail += " Unit: " + option.unit + '.';
  if (!default_of(option).empty()) tail += " Default: " + default_of(option) + '.';
  return tail;
}

/// Words that the value's name does not show.
std::string words_after(const job::OptionText& option) {
  if (option.value.empty() || option.words.empty() || option.value.find('|') != std::string::npos)
    return {};
  return " One of " + job::join(option.words, ", ") + '.';
}

void add_option(std::vector<Paragraph>& items, const job::OptionText& option) {
  items.push_back(
      {Kind::kItem, option.text + words_after(option) + tail_of(option), usage_of(option)});
  for (const job::OptionText& keyword : option.keywords)
    if (!keyword.text.empty())
      items.push_back(
          {Kind::kItem, keyword.text + tail_of(keyword), keyword.name + '=' + values_of(keyword)});
}

std::vector<Paragraph> option_items(const OptionTable& options) {
  std::vector<Paragraph> items;
  std::string section;
  for (const OptionTable::Option& option : options.options()) {
    if (option.section != section) items.push_back({Kind::kHeading, option.section});
    section = option.section;
    add_option(items, option);
  }
  return items;
}

template <class Lines>
std::vector<Paragraph> command_lines(const Lines& lines) {
  std::vector<Paragraph> paragraphs;
  for (const std::string_view line : lines)
    paragraphs.push_back({Kind::kCommand, std::string(line)});
  return paragraphs;
}

}  // namespace

Manual manual_of(const CommandText& text, const OptionTable& options) {
  const std::string name(text.name), title(text.title);
  return {.name = "cogmill-" + name,
          .sections = {
              {"NAME", {{Kind::kText, "cogmill-" + name + " - " + title}}},
              {"SYNOPSIS", {{Kind::kText, "cogmill " + name + ' ' + std::string(text.arguments)}}},
              {"DESCRIPTION", plain(text.description)},
              {"OPTIONS", option_items(options)},
              {"MEMORY USAGE", plain(text.memory)},
              {"EXIT STATUS", exit_codes(text.exit_status)},
              {"EXAMPLES", command_lines(text.examples)},
              {"SEE ALSO", plain(text.see_also)}}};
}

Manual manual_of_program() {
  std::vector<Paragraph> commands;
  for (const auto& command : make_commands()) {
    const CommandText& text = command->text();
    const std::string name(text.name);
    commands.push_back({Kind::kItem, std::string(text.title) + ": see cogmill-" + name + "(1).",
                        "cogmill " + name});
  }
  return {
      .name = "cogmill",
      .sections = {
          {"NAME", plain("cogmill - turns GeoTIFFs into Cloud Optimized GeoTIFFs on every core")},
          {"SYNOPSIS",
           command_lines(std::vector<std::string_view>{
               "[mpirun -np N] cogmill COMMAND [OPTIONS] FILES", "cogmill COMMAND --help",
               "cogmill COMMAND --manual", "cogmill --version"})},
          {"DESCRIPTION",
           plain("Turns GeoTIFF scenes into Cloud Optimized GeoTIFFs on every core of a "
                 "laptop, a machine or a cluster: all MPI ranks read, compute, compress and "
                 "write one file in parallel, and its bytes do not depend on how many there "
                 "were.")},
          {"COMMANDS", std::move(commands)},
          {"EXIT STATUS", exit_codes("0 Done.\n\n1 The job failed.\n\n2 The command line is "
                                     "wrong. An error is one line that begins cogmill: error:")},
          {"SEE ALSO", plain("gdalinfo(1), gdal_translate(1), gdalwarp(1), mpirun(1)")}}};
}

}  // namespace cogmill::cli
