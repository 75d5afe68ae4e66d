// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/evaluate.hpp"
#include "src/expr/expression.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

/// Random expressions over random bands, against an interpreter that knows nothing of programs,
/// registers, strips or NaN: a pixel without data is an empty optional.
namespace cogmill::expr {
namespace {

using kernels::DataType;
using kernels::Nodata;
using kernels::Precision;

constexpr int kBands = 5;

/// A tree that can write and compute itself.
struct Tree {
  enum class Kind {
    kNumber,
    kNodata,
    kBand,
    kUnary,
    kBinary,
    kMinMax,
    kIsNodata,
    kSelect,
    kWhere,
    kClamp
  };
  Kind kind = Kind::kNumber;
  std::string symbol;  ///< operator or function
  double number = 0;
  int band = 0;
  std::vector<Tree> children;
};

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Tree make(int depth) {
    if (depth == 0 || pick(8) == 0) return make_leaf();
    switch (pick(9)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return node(Tree::Kind::kBinary, choose(kBinary), depth, 2);
      case 4:
      case 5:
        return node(Tree::Kind::kUnary, choose(kUnary), depth, 1);
      case 6:
        return node(Tree::Kind::kMinMax, pick(2) == 0 ? "min" : "max", depth, 2 + pick(2));
      case 7:
        return node(Tree::Kind::kIsNodata, "isnodata", depth, 1);
      default:
        return pick(3) == 0
                   ? node(Tree::Kind::kClamp, "clamp", depth, 3)
                   : node(pick(2) == 0 ? Tree::Kind::kSelect : Tree::Kind::kWhere, "", depth, 3);
    }
  }
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

 private:
  inline static const std::vector<std::string> kBinary = {"+",  "-", "*",  "/",  "%",  "<",
                                                          "<=", ">", ">=", "==", "!=", "&&",
                                                          "||", "+", "-",  "*",  "/",  "^"};
  inline static const std::vector<std::string> kUnary = {
      "-", "!", "abs", "sqrt", "floor", "ceil", "round", "exp", "ln", "atan", "sin"};
  std::string choose(const std::vector<std::string>& from) {
    return from[static_cast<std::size_t>(pick(static_cast<int>(from.size())))];
  }
  Tree make_leaf() {
    Tree leaf;
    if (pick(10) == 0) {
      leaf.kind = Tree::Kind::kNodata;
    } else if (pick(3) == 0) {
      leaf.number = pick(2) == 0 ? pick(10) : pick(1000) / 64.0;
    } else {
      leaf.kind = Tree::Kind::kBand;
      leaf.band = 1 + pick(kBands);
    }
    return leaf;
  }
  Tree node(Tree::Kind kind, const std::string& symbol, int depth, int children) {
    Tree made;
    made.kind = kind;
    made.symbol = symbol;
    for (int i = 0; i < children; ++i) made.children.push_back(make(depth - 1));
    if (symbol == "^") {
      made.children[1] = Tree{};
      made.children[1].number = 2 + pick(2);
    }
    return made;
  }
  std::mt19937 random_;
};

std::string write(const Tree& tree) {
  std::vector<std::string> c;
  for (const Tree& child : tree.children) c.push_back(write(child));
  std::string text;
  switch (tree.kind) {
    case Tree::Kind::kNumber:
      return std::to_string(tree.number);
    case Tree::Kind::kNodata:
      return "nodata";
    case Tree::Kind::kBand:
      return tree.band % 2 == 0 ? std::string("b").append(std::to_string(tree.band))
                                : std::string("A[").append(std::to_string(tree.band)).append("]");
    case Tree::Kind::kBinary:
      return text.append("(").append(c[0]).append(tree.symbol).append(c[1]).append(")");
    case Tree::Kind::kSelect:
      return text.append("(").append(c[0]).append("?").append(c[1]).append(":").append(c[2]).append(
          ")");
    case Tree::Kind::kUnary:
      if (tree.symbol == "-" || tree.symbol == "!")
        return text.append("(").append(tree.symbol).append(c[0]).append(")");
      break;
    default:
      break;
  }
  text = tree.kind == Tree::Kind::kWhere ? "where" : tree.symbol;
  for (std::size_t i = 0; i < c.size(); ++i) text.append(i == 0 ? "(" : ", ").append(c[i]);
  return text.append(")");
}

/// What a subtree is worth. Constant subtrees are computed in double, others in T.
template <class T>
struct Outcome {
  bool is_constant = false;
  std::optional<double> constant;
  std::optional<T> pixel;

  std::optional<T> get() const {
    if (!is_constant) return pixel;
    return constant ? std::optional<T>(static_cast<T>(*constant)) : std::nullopt;
  }
};

template <class V>
std::optional<V> known(V value) {
  return std::isnan(value) ? std::nullopt : std::optional<V>(value);
}

template <class V>
std::optional<V> unary(const std::string& f, std::optional<V> a) {
  if (!a) return a;
  if (f == "-") return -*a;
  if (f == "!") return *a == 0 ? V(1) : V(0);
  if (f == "abs") return std::fabs(*a);
  if (f == "sqrt") return known(std::sqrt(*a));
  if (f == "floor") return known(std::floor(*a));
  if (f == "ceil") return known(std::ceil(*a));
  if (f == "round") return known(std::round(*a));
  if (f == "exp") return known(std::exp(*a));
  if (f == "ln") return known(std::log(*a));
  if (f == "atan") return known(std::atan(*a));
  return known(std::sin(*a));
}

template <class V>
std::optional<V> binary(const std::string& f, std::optional<V> a, std::optional<V> b, bool folded) {
  if (!a || !b) return std::nullopt;
  if (f == "+") return known(*a + *b);
  if (f == "-") return known(*a - *b);
  if (f == "*") return known(*a * *b);
  if (f == "/") return *b == 0 ? std::nullopt : known(*a / *b);
  if (f == "%") return *b == 0 ? std::nullopt : known(std::fmod(*a, *b));
  if (f == "<") return *a < *b ? V(1) : V(0);
  if (f == "<=") return *a <= *b ? V(1) : V(0);
  if (f == ">") return *a > *b ? V(1) : V(0);
  if (f == ">=") return *a >= *b ? V(1) : V(0);
  if (f == "==") return *a == *b ? V(1) : V(0);
  if (f == "!=") return *a != *b ? V(1) : V(0);
  if (f == "&&") return *a != 0 && *b != 0 ? V(1) : V(0);
  if (f == "||") return *a != 0 || *b != 0 ? V(1) : V(0);
  if (folded) return known(std::pow(*a, *b));
  return known(*b == 2 ? *a * *a : *a * *a * *a);
}

template <class V>
std::optional<V> min_max(const std::string& f, const std::vector<std::optional<V>>& all) {
  std::optional<V> best = all[0];
  for (const auto& v : all) {
    if (!v) return std::nullopt;
    if (f == "min" ? *v < *best : *v > *best) best = v;
  }
  return best;
}

template <class V>
std::optional<V> apply(const Tree& tree, const std::vector<std::optional<V>>& v, bool folded) {
  switch (tree.kind) {
    case Tree::Kind::kUnary:
      return unary(tree.symbol, v[0]);
    case Tree::Kind::kBinary:
      return binary(tree.symbol, v[0], v[1], folded);
    case Tree::Kind::kMinMax:
      return min_max(tree.symbol, v);
    case Tree::Kind::kIsNodata:
      return v[0] ? V(0) : V(1);
    case Tree::Kind::kClamp:
      if (!v[0] || !v[1] || !v[2]) return std::nullopt;
      return std::min(std::max(*v[0], *v[1]), *v[2]);
    default:
      if (!v[0]) return std::nullopt;
      return *v[0] != 0 ? v[1] : v[2];
  }
}

template <class T>
Outcome<T> interpret(const Tree& tree, const std::vector<std::optional<T>>& bands) {
  if (tree.kind == Tree::Kind::kNumber) return {true, std::stod(write(tree)), {}};
  if (tree.kind == Tree::Kind::kNodata) return {true, {}, {}};
  if (tree.kind == Tree::Kind::kBand)
    return {false, {}, bands[static_cast<std::size_t>(tree.band) - 1]};
  std::vector<Outcome<T>> children;
  for (const Tree& child : tree.children) children.push_back(interpret(child, bands));
  const bool is_select = tree.kind == Tree::Kind::kSelect || tree.kind == Tree::Kind::kWhere;
  if (is_select && children[0].is_constant) {  // the other branch does not exist
    if (!children[0].constant) return children[0];
    return *children[0].constant != 0 ? children[1] : children[2];
  }
  // min(1, 2, A) folds its first step, clamp likewise.
  bool all_constant = true;
  for (const auto& child : children) all_constant = all_constant && child.is_constant;
  if (all_constant) {
    std::vector<std::optional<double>> v;
    for (const auto& child : children) v.push_back(child.constant);
    return {true, apply(tree, v, true), {}};
  }
  std::vector<std::optional<T>> v;
  for (const auto& child : children) v.push_back(child.get());
  return {false, {}, apply(tree, v, false)};
}

/// One random band: pixels, and what they mean.
struct Band {
  DataType type = DataType::kUInt8;
  std::optional<Nodata> nodata;
  std::vector<std::byte> bytes;
  std::vector<std::uint8_t> mask;
  std::vector<std::optional<double>> values;
};

Band make_band(std::mt19937& random, DataType type, std::size_t count) {
  Band band;
  band.type = type;
  band.bytes.resize(count * static_cast<std::size_t>(kernels::size_bytes(type)));
  if (random() % 2 == 0) band.nodata = Nodata(3.0);
  if (random() % 3 == 0) {
    band.mask.resize(count);
    for (auto& m : band.mask) m = random() % 4 == 0 ? 0 : 255;
  }
  kernels::visit_real_type(type, [&]<class P>(P) {
    for (std::size_t i = 0; i < count; ++i) {
      P pixel = static_cast<P>(random() % 12);
      if (std::is_signed_v<P> && random() % 4 == 0) pixel = static_cast<P>(-pixel);
      if (std::is_floating_point_v<P> && random() % 2 == 0) pixel /= P(8);
      if (std::is_floating_point_v<P> && random() % 9 == 0)
        pixel = std::numeric_limits<P>::quiet_NaN();
      std::memcpy(&band.bytes[i * sizeof pixel], &pixel, sizeof pixel);
      const bool hole = pixel != pixel || (band.nodata && pixel == P(3)) ||
                        (!band.mask.empty() && band.mask[i] == 0);
      band.values.push_back(hole ? std::nullopt : std::optional(static_cast<double>(pixel)));
    }
  });
  return band;
}

/// The rules of the output, in long hand.
template <class P, class T>
P stored(std::optional<T> value, P hole) {
  if (!value) return hole;
  if constexpr (std::is_floating_point_v<P>) return static_cast<P>(*value);
  const long double rounded = std::round(static_cast<long double>(*value));
  if (rounded <= static_cast<long double>(std::numeric_limits<P>::lowest()))
    return std::numeric_limits<P>::lowest();
  if (rounded >= static_cast<long double>(std::numeric_limits<P>::max()))
    return std::numeric_limits<P>::max();
  return static_cast<P>(rounded);
}

template <class T>
int check(const std::vector<Tree>& trees, const std::vector<Band>& bands, DataType output_type,
          std::size_t count) {
  std::vector<std::string> texts;
  for (const Tree& tree : trees) texts.push_back(write(tree));
  const std::vector<InputBands> names = {{"A", std::vector<std::string>(kBands)}};
  const Compiled compiled = compile(texts, names);
  const auto n = static_cast<std::int64_t>(count);
  std::vector<kernels::ProgramInput> in;
  for (const BandRef& load : compiled.loads) {
    const Band& band = bands[static_cast<std::size_t>(load.band) - 1];
    in.push_back({{band.bytes.data(), band.type, n, 1, n}, band.nodata, {}});
    if (!band.mask.empty())
      in.back().mask = {reinterpret_cast<const std::byte*>(band.mask.data()), DataType::kUInt8, n,
                        1, n};
  }
  int valid = 0;
  kernels::visit_real_type(output_type, [&]<class P>(P) {
    std::vector<std::vector<P>> pixels(trees.size(), std::vector<P>(count));
    std::vector<kernels::ProgramOutput> out;
    for (auto& plane : pixels)
      out.push_back(
          {{reinterpret_cast<std::byte*>(plane.data()), output_type, n, 1, n}, Nodata(77.0)});
    kernels::evaluate_program(compiled.program,
                              sizeof(T) == 4 ? Precision::kFloat32 : Precision::kFloat64, in, out);
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<std::optional<T>> values;
      for (const Band& band : bands)
        values.push_back(band.values[i] ? std::optional(static_cast<T>(*band.values[i]))
                                        : std::nullopt);
      for (std::size_t t = 0; t < trees.size(); ++t) {
        const std::optional<T> value = interpret(trees[t], values).get();
        valid += value.has_value();
        EXPECT_EQ(pixels[t][i], stored(value, P(77))) << texts[t] << " at " << i;
        if (pixels[t][i] != stored(value, P(77))) return;
      }
    }
  });
  return valid;
}

TEST(EvaluateRandom, AgreesWithANaiveInterpreter) {
  std::mt19937 random(5);
  Generator generator(6);
  int valid = 0;
  for (int round = 0; round < 300 && !::testing::Test::HasFailure(); ++round) {
    const std::size_t count = round % 20 == 0 ? 1500 : 1 + random() % 40;
    std::vector<Band> bands;
    for (int b = 0; b < kBands; ++b)
      bands.push_back(make_band(random, static_cast<DataType>(random() % 10), count));
    std::vector<Tree> trees;
    for (int t = 1 + generator.pick(3); t > 0; --t)
      trees.push_back(generator.make(1 + generator.pick(6)));
    const auto output_type = static_cast<DataType>(random() % 10);
    valid += random() % 2 == 0 ? check<float>(trees, bands, output_type, count)
                               : check<double>(trees, bands, output_type, count);
  }
  EXPECT_GT(valid, 5000);
}

}  // namespace
}  // namespace cogmill::expr
