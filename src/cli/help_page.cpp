// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/help_page.hpp"

#include "src/cli/commands.hpp"
#include "src/cli/text_lines.hpp"

#include <algorithm>
#include <span>

namespace cogmill::cli {
namespace {

constexpr int kLines = 24;
constexpr std::size_t kColumns = 80;
constexpr std::size_t kTextOptions = 2;  // --help and --manual, the last of every command

/// " [=0.125, source px]": the default behind "=", and the unit.
std::string in_brackets(const job::OptionText& option) {
  std::vector<std::string> facts;
  if (!default_of(option).empty()) facts.push_back('=' + default_of(option));
  if (!option.unit.empty()) facts.push_back(option.unit);
  return facts.empty() ? "" : " [" + job::join(facts, ", ") + ']';
}

bool same_but_for_the_name(const job::OptionText& a, const job::OptionText& b) {
  return !a.value.empty() && a.alias.empty() && a.value == b.value && b.alias.empty() &&
         !a.otherwise.empty() && in_brackets(a) == in_brackets(b);
}

/// COMPRESS=DEFLATE, or the name alone where the default has no word.
std::string with_default(const job::OptionText& keyword) {
  return keyword.name + (keyword.initial.empty() ? "" : '=' + keyword.initial);
}

/// Options with their values; of several that differ by their names the last has what they share.
std::vector<std::string> usages(std::span<const OptionTable::Option> options) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const OptionTable::Option& option = options[i];
    const bool shared = i + 1 < options.size() && same_but_for_the_name(option, options[i + 1]);
    pieces.push_back(shared ? "--" + option.name : usage_of(option) + in_brackets(option));
    for (const job::OptionText& keyword : option.keywords)
      if (!keyword.text.empty()) pieces.push_back(with_default(keyword));
  }
  return pieces;
}

/// Options that belong together, or those that another command explains.
std::string paragraph(std::span<const OptionTable::Option> options) {
  const std::string& elsewhere = options.front().explained_in;
  if (elsewhere.empty()) return fill(usages(options), "  ", " ", "   ", kColumns);
  std::vector<std::string> names;
  for (const OptionTable::Option& option : options) names.push_back(names_of(option).front());
  return fill(names, " ", " as " + elsewhere + ": ", "   ", kColumns);
}

bool belong_together(const OptionTable::Option& a, const OptionTable::Option& b) {
  return a.explained_in == b.explained_in && (a.section == b.section || !a.explained_in.empty());
}

/// Each option on a line, with what it does below.
std::string explained(std::span<const OptionTable::Option> options) {
  std::string lines;
  for (const OptionTable::Option& option : options)
    lines += ' ' + usage_of(option) + in_brackets(option) + '\n' +
             fill(words_in(option.text), " ", "     ", "     ", kColumns);
  return lines;
}

std::string packed(std::span<const OptionTable::Option> options) {
  std::string lines;
  for (auto begin = options.begin(); begin != options.end();) {
    const auto end = std::find_if_not(begin, options.end(), [&](const OptionTable::Option& option) {
      return belong_together(*begin, option);
    });
    lines += paragraph({begin, end});
    begin = end;
  }
  return lines;
}

/// How to read the rest, and the options that ask for texts.
std::string legend(std::span<const OptionTable::Option> options) {
  std::string line;
  for (const OptionTable::Option& option : options) line += ' ' + usage_of(option) + ' ';
  return line + "(explains every option)   Above: [=default, unit]\n";
}

std::string examples(const CommandText& text) {
  std::string lines = "Examples:\n";
  for (const std::string_view example : text.examples) lines += "  " + std::string(example) + '\n';
  return lines;
}

}  // namespace

std::string values_of(const job::OptionText& option) {
  return option.value.empty() ? job::join(option.words, "|") : option.value;
}

std::string usage_of(const job::OptionText& option) {
  const std::string values = values_of(option);
  return job::join(names_of(option), ", ") + (values.empty() ? "" : " " + values);
}

std::string default_of(const job::OptionText& option) {
  return option.initial.empty() ? option.otherwise : option.initial;
}

std::string help_of(const CommandText& text, const OptionTable& table) {
  const std::span<const OptionTable::Option> all(table.options());
  const auto options = all.first(all.size() - kTextOptions);
  const std::string begin = "Usage: cogmill " + std::string(text.name) + ' ' +
                            std::string(text.arguments) + '\n' + std::string(text.summary) + '\n';
  const std::string end = legend(all.last(kTextOptions)) + examples(text);
  const std::string page = begin + explained(options) + end;
  return std::ranges::count(page, '\n') <= kLines ? page : begin + packed(options) + end;
}

std::string help_of_program() {
  std::string page =
      "Usage: [mpirun -np N] cogmill COMMAND [OPTIONS] FILES\n"
      "Turns GeoTIFFs into Cloud Optimized GeoTIFFs on every core, one file written by\n"
      "all MPI ranks together.\n";
  for (const auto& command : make_commands()) {
    std::string name(command->text().name);
    name.resize(10, ' ');
    page += "  " + name + std::string(command->text().title) + '\n';
  }
  return page +
         "cogmill COMMAND --help explains a command; cogmill --version prints versions.\n"
         "Exit codes: 0 done, 1 the job failed, 2 the command line is wrong.\n"
         "Examples:\n"
         "  cogmill convert scene.tif cog.tif\n"
         "  mpirun -np 2 cogmill calc -i scene.tif --index ndvi --red 3 --nir 4 ndvi.tif\n";
}

}  // namespace cogmill::cli
