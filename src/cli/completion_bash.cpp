// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.hpp"
#include "src/cli/completion.hpp"

namespace cogmill::cli {
namespace {

constexpr std::string_view kHead = R"(# bash completion for cogmill
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0

# Sets options and words: what the command has, and what may follow the option before the cursor.
_cogmill_of() {
  case $1 in
)";

// bash cuts words at "=", which is put together again here: COMPRESS=ZSTD is one word.
constexpr std::string_view kTail = R"(  esac
}

_cogmill() {
  local i options='' words='' all=()
  for ((i = 1; i <= COMP_CWORD; i++)); do
    if ((${#all[@]})) && [[ ${COMP_WORDS[i]} == '=' || ${COMP_WORDS[i - 1]} == '=' ]]; then
      all[${#all[@]} - 1]+=${COMP_WORDS[i]}
    else
      all+=("${COMP_WORDS[i]}")
    fi
  done
  local last=$((${#all[@]} - 1))
  local current=${all[last]} before='' previous=''
  ((last < 1)) || previous=${all[last - 1]}
  if [[ $current == -*=* ]]; then
    previous=${current%%=*} before=${current%%=*}= current=${current#*=}
  fi
  if ((last == 0)); then
    words="$commands --help --manual --version"
  else
    _cogmill_of "${all[0]}" "$previous"
    [[ -n $words || $current != -* ]] || words=$options
  fi
  # Where "=" parts words, readline replaces only what is behind the last one.
  local known=''
  if [[ $COMP_WORDBREAKS == *=* ]]; then
    before='' known=${current%"${current##*=}"}
  fi
  local word
  COMPREPLY=()
  for word in $(compgen -W "$words" -- "$current"); do
    COMPREPLY+=("$before${word#"$known"}")
  done
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null || true
  fi
}

complete -o default -F _cogmill cogmill
)";

/// "--co | --creation-option"
std::string pattern_of(const OptionTable::Option& option) {
  return job::join(names_of(option), " | ");
}

/// The branch of a command: its options, and what may follow each of them.
std::string branch(const OptionTable& table) {
  std::string options, cases;
  for (const OptionTable::Option& option : table.options()) {
    options += (options.empty() ? "" : " ") + job::join(names_of(option), " ");
    const std::string words = job::join(completions_of(option), " ");
    if (!words.empty()) cases += "        " + pattern_of(option) + ") words='" + words + "' ;;\n";
  }
  return "    " + table.command() + ")\n      options='" + options + "'\n      case $2 in\n" +
         cases + "      esac\n      ;;\n";
}

}  // namespace

std::vector<std::string> completions_of(const job::OptionText& option) {
  std::vector<std::string> all = option.words;
  for (const job::OptionText& keyword : option.keywords) {
    for (const std::string& word : keyword.words) all.push_back(keyword.name + '=' + word);
    if (keyword.words.empty()) all.push_back(keyword.name + '=');
  }
  return all;
}

std::string bash_completion() {
  std::string branches, names;
  for (const std::unique_ptr<Command>& command : make_commands()) {
    TextWishes wishes;
    branches += branch(options_of(*command, wishes));
    names += (names.empty() ? "" : " ") + std::string(command->text().name);
  }
  std::string tail(kTail);
  constexpr std::string_view kCommands = "$commands";
  tail.replace(tail.find(kCommands), kCommands.size(), names);
  return std::string(kHead) + branches + tail;
}

}  // namespace cogmill::cli
