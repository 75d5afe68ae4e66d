// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/report/counted.hpp"
#include "src/report/sizes.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace cogmill::report {
namespace {

TEST(ParseSize, KnowsUnits) {
  EXPECT_EQ(parse_size("0"), 0);
  EXPECT_EQ(parse_size("1048576"), 1048576);
  EXPECT_EQ(parse_size("7B"), 7);
  EXPECT_EQ(parse_size("512k"), 512000);
  EXPECT_EQ(parse_size("192MB"), 192000000);
  EXPECT_EQ(parse_size("192 mb"), 192000000);
  EXPECT_EQ(parse_size("2GiB"), 2147483648);
  EXPECT_EQ(parse_size("1.5GiB"), 1610612736);
  EXPECT_EQ(parse_size("0.5K"), 500);
  EXPECT_EQ(parse_size("3TiB"), 3298534883328);
}

TEST(ParseSize, RefusesWhatIsNoSize) {
  for (const char* text : {"", "MB", "12X", "12 M B", "-1", "+1", "1e3", "1.2.3", "0x10", "nan",
                           "12  MB", "5Kib5", ".", "iB", "5iB"})
    EXPECT_EQ(parse_size(text), std::nullopt) << text;
}

TEST(ParseSize, NeverOverflows) {
  EXPECT_EQ(parse_size("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_size("9223372036854775808"), std::nullopt);
  EXPECT_EQ(parse_size("8388607TiB"), 8388607LL << 40);
  EXPECT_EQ(parse_size("8388608TiB"), std::nullopt);
  EXPECT_EQ(parse_size("8388608.0TiB"), std::nullopt);
  EXPECT_EQ(parse_size("99999999999999999999999999999999TB"), std::nullopt);
}

TEST(FormatSize, ShowsThreeDigits) {
  EXPECT_EQ(format_size(0), "0 B");
  EXPECT_EQ(format_size(999), "999 B");
  EXPECT_EQ(format_size(1000), "1.00 kB");
  EXPECT_EQ(format_size(1234567), "1.23 MB");
  EXPECT_EQ(format_size(45678901234), "45.7 GB");
  EXPECT_EQ(format_size(999999), "1.00 MB");
  EXPECT_EQ(format_size(std::numeric_limits<std::int64_t>::max()), "9.22 EB");
}

TEST(FormatDuration, IsForPeople) {
  EXPECT_EQ(format_duration(0), "0.00 s");
  EXPECT_EQ(format_duration(0.254), "0.25 s");
  EXPECT_EQ(format_duration(8.13), "8.1 s");
  EXPECT_EQ(format_duration(59.96), "1m00s");
  EXPECT_EQ(format_duration(65.2), "1m05s");
  EXPECT_EQ(format_duration(3599.7), "1h00m");
  EXPECT_EQ(format_duration(7380), "2h03m");
  EXPECT_EQ(format_duration(-1), "0.00 s");
  EXPECT_EQ(format_duration(std::numeric_limits<double>::quiet_NaN()), "0.00 s");
  EXPECT_EQ(format_duration(std::numeric_limits<double>::infinity()), "876000h00m");
}

TEST(Counted, OneThingAndMoreThings) {
  EXPECT_EQ(counted(1, "band"), "1 band");
  EXPECT_EQ(counted(std::size_t{0}, "band"), "0 bands");
  EXPECT_EQ(counted(std::int64_t{5'000'000'000}, "pixel"), "5000000000 pixels");
}

}  // namespace
}  // namespace cogmill::report
