// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "src/cli/completion.hpp"
#include "src/cli/help_page.hpp"

namespace cogmill::cli {
namespace {

/// Between single quotes, where zsh's _arguments reads ":", "[" and "]" as its own.
std::string quoted(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'')
      result += "'\\''";
    else if (std::string_view(":[]\\").find(c) != std::string_view::npos)
      result += std::string("\\") + c;
    else
      result += c;
  }
  return result;
}

bool is_path(const job::OptionText& option) {
  return option.value.find("FILE") != std::string::npos || option.value == "DIR";
}

/// ":VALUE:(words)": what follows the option.
std::string value_spec(const OptionTable::Option& option) {
  if (option.kind == OptionTable::Kind::kFlag) return {};
  const std::string title = option.value.empty() ? "WORD" : quoted(option.value);
  const std::string words = job::join(completions_of(option), " ");
  // Behind "NAME=" no blank is put.
  if (!option.keywords.empty()) return ':' + title + ":{compadd -S \"\" -- " + words + '}';
  if (!words.empty()) return ':' + title + ":(" + words + ')';
  return ':' + title + ':' + (is_path(option) ? "_files" : "");
}

/// A spec for each name of an option. Of several names one is enough, unless it may be repeated.
std::string specs(const OptionTable::Option& option) {
  const bool repeated = option.kind == OptionTable::Kind::kRepeated;
  const std::vector<std::string> names = names_of(option);
  const std::string once = repeated ? "*" : '(' + job::join(names, " ") + ')';
  std::string lines;
  for (const std::string& name : names) {
    const bool equals = option.kind != OptionTable::Kind::kFlag && name.starts_with("--");
    lines += "        '" + once + name + (equals ? "=" : "") + '[' + quoted(option.text) + ']' +
             value_spec(option) + "' \\\n";
  }
  return lines;
}

std::string branch(const OptionTable& table) {
  std::string text = "    " + table.command() + ")\n      _arguments -s \\\n";
  for (const OptionTable::Option& option : table.options()) text += specs(option);
  return text + "        '*:FILE:_files'\n      ;;\n";
}

}  // namespace

std::string zsh_completion() {
  std::string titles, branches;
  for (const std::unique_ptr<Command>& command : make_commands()) {
    const CommandText& text = command->text();
    TextWishes wishes;
    titles += "    '" + std::string(text.name) + ':' + quoted(text.title) + "'\n";
    branches += branch(options_of(*command, wishes));
  }
  return "#compdef cogmill\n"
         "# SPDX-FileCopyrightText: 2026 The cogmill authors\n"
         "# SPDX-License-Identifier: Apache-2.0\n\n"
         "local -a commands=(\n" +
         titles +
         "  )\n"
         "if ((CURRENT == 2)); then\n"
         "  _describe command commands\n"
         "  compadd -- --help --manual --version\n"
         "else\n"
         "  local command=$words[2]\n"
         "  shift words\n"
         "  ((CURRENT--))\n"
         "  case $command in\n" +
         branches + "  esac\nfi\n";
}

}  // namespace cogmill::cli
