// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/scene_meaning.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace cogmill::io {
namespace {

/// FNV-1a, 64 bits.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    value_ = (value_ ^ 0xffU) * 0x100000001b3ULL;  // where one ends and the next begins
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

bool describes_storage(const std::string& domain) {
  constexpr std::array<const char*, 7> kSkipped = {
      "IMAGE_STRUCTURE", "SUBDATASETS", "DERIVED_SUBDATASETS", "RPC", "TIFF",
      "xml:VRT",         "xml:ESRI"};
  return std::ranges::any_of(kSkipped,
                             [&](const char* skipped) { return EQUAL(domain.c_str(), skipped); });
}

void add_items(GDALMajorObject& object, int band, std::vector<std::uint64_t>& items) {
  for (const std::string& domain : metadata_domains(object)) {
    CSLConstList list = object.GetMetadata(domain.c_str());
    for (int i = 0; list != nullptr && list[i] != nullptr; ++i)
      if (band == 0 || !STARTS_WITH_CI(list[i], "STATISTICS_"))
        items.push_back(item_hash(domain, band, list[i]));
  }
}

/// Tags keep numbers as texts, or as floats.
bool is_near(double a, double b) {
  return a == b || std::abs(a - b) <= 1e-6 * std::max(std::abs(a), std::abs(b)) ||
         (std::isnan(a) && std::isnan(b));
}

/// One name for the usual spellings of lengths.
std::string unit_name(const std::string& unit) {
  constexpr std::array<const char*, 4> kMetre = {"metre", "meter", "metres", "meters"};
  constexpr std::array<const char*, 2> kFoot = {"foot", "feet"};
  const auto is_it = [&](const char* name) { return EQUAL(unit.c_str(), name); };
  if (std::ranges::any_of(kMetre, is_it)) return "m";
  if (std::ranges::any_of(kFoot, is_it)) return "ft";
  return unit;
}

Agreement compare(std::uint64_t a, std::uint64_t b) {
  if (a == b) return Agreement::kSame;
  return a == 0 || b == 0 ? Agreement::kOneSaysNothing : Agreement::kDiffer;
}

/// Entries after which there are only opaque black ones, with which tables are filled up.
int used_entries(const GDALColorTable& table) {
  int used = table.GetColorEntryCount();
  const auto is_black = [&](int i) {
    const GDALColorEntry* e = table.GetColorEntry(i);
    return e->c1 == 0 && e->c2 == 0 && e->c3 == 0;
  };
  while (used > 0 && is_black(used - 1)) --used;
  return used;
}

}  // namespace

std::vector<std::string> metadata_domains(GDALMajorObject& object) {
  const CPLStringList list(object.GetMetadataDomainList());
  std::vector<std::string> domains = {""};
  for (int i = 0; i < list.Count(); ++i)
    if (list[i][0] != '\0') domains.emplace_back(list[i]);
  std::erase_if(domains, describes_storage);
  return domains;
}

std::uint64_t item_hash(const std::string& domain, int band, const char* item) {
  Hash hash;
  hash.add(domain);
  hash.add(std::to_string(band));
  hash.add(item);
  return hash.value();
}

std::vector<std::uint64_t> metadata_items(GDALDataset& dataset) {
  std::vector<std::uint64_t> items;
  add_items(dataset, 0, items);
  for (int b = 1; b <= dataset.GetRasterCount(); ++b)
    add_items(*dataset.GetRasterBand(b), b, items);
  std::ranges::sort(items);
  const auto repeated = std::ranges::unique(items);
  items.erase(repeated.begin(), repeated.end());
  return items;
}

std::uint64_t colours_of(GDALRasterBand& band) {
  const GDALColorTable* table = band.GetColorTable();
  if (table == nullptr) return 0;
  Hash hash;
  for (int i = 0; i < used_entries(*table); ++i) {
    const GDALColorEntry* e = table->GetColorEntry(i);
    hash.add(CPLSPrintf("%d %d %d", e->c1, e->c2, e->c3));
  }
  return hash.value();
}

std::uint64_t classes_of(GDALRasterBand& band) {
  char** names = band.GetCategoryNames();
  if (names == nullptr) return 0;
  Hash hash;
  for (int i = 0; names[i] != nullptr; ++i) hash.add(names[i]);
  return hash.value();
}

bool same_scale(const BandInfo& a, const BandInfo& b) {
  return is_near(a.scale, b.scale) && is_near(a.offset, b.offset);
}

Agreement compare_units(const BandInfo& a, const BandInfo& b) {
  if (unit_name(a.unit) == unit_name(b.unit)) return Agreement::kSame;
  return a.unit.empty() || b.unit.empty() ? Agreement::kOneSaysNothing : Agreement::kDiffer;
}

Agreement compare_colours(const BandInfo& a, const BandInfo& b) {
  return compare(a.colours, b.colours);
}

Agreement compare_classes(const BandInfo& a, const BandInfo& b) {
  return compare(a.classes, b.classes);
}

}  // namespace cogmill::io
