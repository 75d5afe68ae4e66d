// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/merge_layers.hpp"
#include "src/report/error.hpp"
#include "src/warp/footprint_index.hpp"
#include "src/warp/open_sources.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace cogmill::warp {
namespace {

using partition::Window;

TEST(FootprintIndex, FindsWhatSharesAPixel) {
  std::mt19937 random(7);
  const auto below = [&random](unsigned n) { return static_cast<std::int64_t>(random() % n); };
  std::vector<Window> footprints = {{0, 0, 0, 5}, {5, 5, 1, 1}, {0, 0, 1'000'000, 1'000'000}};
  for (int i = 0; i < 500; ++i)
    footprints.push_back({below(900), below(900), below(60), below(60)});
  const FootprintIndex index(footprints);
  std::size_t found = 0;
  for (int i = 0; i < 300; ++i) {
    const Window w{below(900), below(900), 1 + below(90), 1 + below(9)};
    std::vector<std::size_t> expected;
    for (std::size_t k = 0; k < footprints.size(); ++k)
      if (!partition::intersect(w, footprints[k]).empty()) expected.push_back(k);
    EXPECT_EQ(index.touching(w), expected);
    found += expected.size();
  }
  EXPECT_GT(found, 500U);
  EXPECT_TRUE(index.touching({5, 5, 0, 4}).empty());
  EXPECT_TRUE(FootprintIndex({}).touching({0, 0, 9, 9}).empty());
}

/// A source that counts how many of its kind are open.
class Counted final : public io::Source {
 public:
  Counted(std::atomic<int>& open, std::size_t n) : number(n), open_(open) { ++open_; }
  ~Counted() override { --open_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  std::unique_ptr<io::Fetched> fetch(const Window&, std::span<const int>) override { return {}; }
  io::DecodeReport decode(const io::Fetched&, std::span<const kernels::Plane>) override {
    return {};
  }
  std::size_t number;

 private:
  std::atomic<int>& open_;
};

class OpenSourcesTest : public testing::Test {
 protected:
  OpenSources make(std::size_t limit) {
    return {limit, [](std::size_t i) { return i == 100 ? std::size_t{3} : std::size_t{1}; },
            [this](std::size_t i) {
              if (i == 13) throw report::RuntimeError("unlucky");
              opened_.push_back(i);
              return std::make_shared<Counted>(open_, i);
            }};
  }
  std::vector<std::size_t> opened_;
  std::atomic<int> open_ = 0;
};

TEST_F(OpenSourcesTest, ClosesWhatWasUsedLongestAgo) {
  OpenSources sources = make(3);
  for (const std::size_t i : {0U, 1U, 2U, 0U, 3U, 0U, 1U}) sources.get(i);
  EXPECT_EQ(opened_, (std::vector<std::size_t>{0, 1, 2, 3, 1}));  // 1, then 2 made room
  EXPECT_EQ(open_, 3);
  sources.get(100);  // as heavy as three
  EXPECT_EQ(open_, 1);
  EXPECT_EQ(sources.weight(), 3U);
}

TEST_F(OpenSourcesTest, AllAreClosedAtTheEnd) {
  {
    OpenSources sources = make(3);
    for (const std::size_t i : {0U, 1U, 2U, 3U}) sources.get(i);
    EXPECT_EQ(open_, 3);
  }
  EXPECT_EQ(open_, 0);
}

TEST_F(OpenSourcesTest, WhatIsInUseStaysOpen) {
  OpenSources sources = make(2);
  const auto a = sources.get(0), b = sources.get(1), c = sources.get(2);
  EXPECT_EQ(open_, 3);
  EXPECT_EQ(sources.get(0), a);
  sources.get(3);
  EXPECT_EQ(open_, 4);
  sources.get(4);
  EXPECT_EQ(open_, 4);  // only 3 could go
}

TEST_F(OpenSourcesTest, FailuresAreToldEachTime) {
  OpenSources sources = make(2);
  EXPECT_THROW(sources.get(13), report::RuntimeError);
  EXPECT_THROW(sources.get(13), report::RuntimeError);
  sources.get(0);
  sources.get(1);
  EXPECT_EQ(open_, 2);
}

TEST(OpenSourcesThreads, NeverMoreThanTheLimitAndThoseInUse) {
  std::atomic<int> open = 0, most = 0, wrong = 0;
  OpenSources sources(
      4, [](std::size_t) { return std::size_t{1}; },
      [&](std::size_t i) { return std::make_shared<Counted>(open, i); });
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      std::mt19937 random(t);
      for (int i = 0; i < 2000; ++i) {
        const std::size_t n = random() % 40;
        const auto source = sources.get(n);
        if (dynamic_cast<const Counted&>(*source).number != n) ++wrong;
        int seen = most;
        while (open > seen && !most.compare_exchange_weak(seen, open)) continue;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_LE(most, 4 + 8);  // in use by four threads, and just being closed by them
}

template <class T>
kernels::Plane plane_of(std::vector<T>& pixels, kernels::DataType type) {
  const auto n = static_cast<std::int64_t>(pixels.size());
  return {reinterpret_cast<std::byte*>(pixels.data()), type, n, 1, n};
}

TEST(MergeLayers, PicksComparesAndAverages) {
  constexpr auto kFloat = kernels::DataType::kFloat32, kByte = kernels::DataType::kUInt8;
  constexpr auto kDouble = kernels::DataType::kFloat64, kCount = kernels::DataType::kUInt32;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> layer = {1, 2, nan, 4, -5}, into = {9, 9, 9, 9, 9};
  std::vector<std::uint8_t> data = {255, 0, 255, 255, 255}, valid = {0, 0, 0, 255, 255};
  const auto run = [&](auto merge) {
    auto out = into;
    auto known = valid;
    merge(plane_of(layer, kFloat), plane_of(data, kByte), plane_of(out, kFloat),
          plane_of(known, kByte));
    EXPECT_EQ(known, (std::vector<std::uint8_t>{255, 0, 0, 255, 255}));
    return out;
  };
  using kernels::MergeMethod;
  const auto merged = [&](MergeMethod method) {
    return run([&](auto... p) { kernels::merge_layer(method, p...); });
  };
  EXPECT_EQ(merged(MergeMethod::kFirst), (std::vector<float>{1, 9, 9, 9, 9}));
  EXPECT_EQ(merged(MergeMethod::kLast), (std::vector<float>{1, 9, 9, 9, 9}));
  EXPECT_EQ(merged(MergeMethod::kMin), (std::vector<float>{1, 9, 9, 4, -5}));
  EXPECT_EQ(merged(MergeMethod::kMax), (std::vector<float>{1, 9, 9, 9, 9}));
  EXPECT_THROW(merged(MergeMethod::kMean), std::invalid_argument);

  std::vector<double> sum(5, 0);
  std::vector<std::uint32_t> count(5, 0);
  for (int i = 0; i < 3; ++i)
    kernels::add_up(plane_of(layer, kFloat), plane_of(data, kByte), plane_of(sum, kDouble),
                    plane_of(count, kCount));
  sum[4] = -7;  // -2.33
  std::vector<std::int8_t> mean(5, 9);
  kernels::divide_sums(plane_of(sum, kDouble), plane_of(count, kCount),
                       plane_of(mean, kernels::DataType::kInt8), plane_of(valid, kByte));
  EXPECT_EQ(mean, (std::vector<std::int8_t>{1, 9, 9, 4, -2}));
  EXPECT_EQ(valid, (std::vector<std::uint8_t>{255, 0, 0, 255, 255}));
}

TEST(MergeLayers, FindsTheBoundsOfGaps) {
  constexpr std::int64_t kWidth = 7, kHeight = 5;
  std::vector<std::uint8_t> a(kWidth * kHeight, 255), b = a;
  const auto plane = [](std::vector<std::uint8_t>& bytes) {
    return kernels::Plane{reinterpret_cast<std::byte*>(bytes.data()), kernels::DataType::kUInt8,
                          kWidth, kHeight, kWidth};
  };
  const auto gaps = [&] { return kernels::find_gaps(std::array{plane(a), plane(b)}); };
  EXPECT_EQ(gaps(), kernels::PixelBounds{});
  a[2 * kWidth + 3] = 0;
  EXPECT_EQ(gaps(), (kernels::PixelBounds{3, 2, 4, 3}));
  b[4 * kWidth + 1] = 0;
  EXPECT_EQ(gaps(), (kernels::PixelBounds{1, 2, 4, 5}));
  a[0] = b.back() = 0;
  EXPECT_EQ(gaps(), (kernels::PixelBounds{0, 0, kWidth, kHeight}));
}

}  // namespace
}  // namespace cogmill::warp
