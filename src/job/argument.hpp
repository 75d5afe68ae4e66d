// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cogmill::job {

/// A named value as it was typed: "creation option LEVEL" = "99", "option --threads" = "many".
struct Argument {
  std::string name;
  std::string value;

  std::string text() const { return name + '=' + value; }
  /// @throws report::UsageError "NAME=VALUE: WHY"
  [[noreturn]] void fail(const std::string& why) const;
};

std::string to_upper(const std::string& text);  ///< ASCII letters
std::string join(const std::vector<std::string>& words, const std::string& separator);

/// A word that an argument takes, in any case, and what it stands for.
template <class T>
struct Choice {
  std::string word;
  T meaning;
};

/// A table of words. Several words may mean the same: texts name the first of them.
template <class T>
using Choices = std::vector<Choice<T>>;

/// @return the words that texts name: the first for each meaning, in order
template <class T>
std::vector<std::string> words_of(const Choices<T>& choices) {
  std::vector<std::string> words;
  std::vector<T> meanings;
  for (const auto& [word, meaning] : choices) {
    if (std::find(meanings.begin(), meanings.end(), meaning) != meanings.end()) continue;
    meanings.push_back(meaning);
    words.push_back(word);
  }
  return words;
}

/// @return the first word with this meaning, empty if there is none
template <class T>
std::string word_for(const T& meaning, const Choices<T>& choices) {
  for (const Choice<T>& choice : choices)
    if (choice.meaning == meaning) return choice.word;
  return {};
}

/// @return the place of the value among the words
/// @throws report::UsageError listing the words, with the nearest
std::size_t find_word(const Argument& argument, const std::vector<std::string>& words);

/// @throws report::UsageError listing the words that are taken, with the nearest
template <class T>
T choose(const Argument& argument, const Choices<T>& choices) {
  std::vector<std::string> words;
  for (const Choice<T>& choice : choices) words.push_back(choice.word);
  return choices[find_word(argument, words)].meaning;
}

/// @throws report::UsageError unless the value is an integer from `low` to `high`
int parse_integer(const Argument& argument, int low, int high);

/// A number of threads; nothing for ALL_CPUS.   @throws report::UsageError unless 1 to 4096
std::optional<int> parse_threads(const Argument& argument);

}  // namespace cogmill::job
