// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/roles.hpp"

#include "src/expr/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace cogmill::expr {
namespace {

constexpr std::array<Role, 11> kRoles = {{
    {"coastal", "coastal blue, about 443 nm"},
    {"blue", "about 490 nm"},
    {"green", "about 560 nm"},
    {"red", "about 660 nm"},
    {"rededge1", "red edge, about 705 nm"},
    {"rededge2", "red edge, about 740 nm"},
    {"rededge3", "red edge, about 783 nm"},
    {"nir", "near infrared, about 840 nm"},
    {"nir2", "narrow near infrared, about 865 nm"},
    {"swir1", "short-wave infrared, about 1610 nm"},
    {"swir2", "short-wave infrared, about 2200 nm"},
}};

struct Synonym {
  std::string_view name;  ///< lower case, letters and digits only
  std::string_view role;
};
/// Better names first: they win where a file has bands for both ("nir" and "nir08").
/// Among them the common names of the STAC eo extension and GDAL's colour interpretations.
constexpr std::array kSynonyms = std::to_array<Synonym>({
    {"coastal", "coastal"},
    {"coastalblue", "coastal"},
    {"coastalaerosol", "coastal"},
    {"aerosol", "coastal"},
    {"ultrablue", "coastal"},
    {"blue", "blue"},
    {"green", "green"},
    {"red", "red"},
    {"rededge1", "rededge1"},
    {"rededge071", "rededge1"},
    {"rededge", "rededge1"},
    {"re1", "rededge1"},
    {"vegetationrededge1", "rededge1"},
    {"rededge2", "rededge2"},
    {"rededge075", "rededge2"},
    {"re2", "rededge2"},
    {"vegetationrededge2", "rededge2"},
    {"rededge3", "rededge3"},
    {"rededge078", "rededge3"},
    {"re3", "rededge3"},
    {"vegetationrededge3", "rededge3"},
    {"nir", "nir"},
    {"nearinfrared", "nir"},
    {"nir1", "nir"},
    {"nearir", "nir"},
    {"infrared", "nir"},
    {"nir2", "nir2"},
    {"nir08", "nir2"},
    {"narrownir", "nir2"},
    {"nirnarrow", "nir2"},
    {"nirn", "nir2"},
    {"swir1", "swir1"},
    {"swir16", "swir1"},
    {"shortwaveinfrared1", "swir1"},
    {"swir01", "swir1"},
    {"swir2", "swir2"},
    {"swir22", "swir2"},
    {"shortwaveinfrared2", "swir2"},
    {"swir02", "swir2"},
});

struct NamedBand {
  std::string_view name;  ///< lower case
  std::string_view role;
};
/// Sentinel-2 MSI, both ways to write its bands (ESA, Sentinel-2 User Handbook, 2015).
constexpr std::array kSentinel2 = std::to_array<NamedBand>({{"b01", "coastal"},
                                                            {"b02", "blue"},
                                                            {"b03", "green"},
                                                            {"b04", "red"},
                                                            {"b05", "rededge1"},
                                                            {"b06", "rededge2"},
                                                            {"b07", "rededge3"},
                                                            {"b08", "nir"},
                                                            {"b8a", "nir2"},
                                                            {"b11", "swir1"},
                                                            {"b12", "swir2"},
                                                            {"b1", "coastal"},
                                                            {"b2", "blue"},
                                                            {"b3", "green"},
                                                            {"b4", "red"},
                                                            {"b5", "rededge1"},
                                                            {"b6", "rededge2"},
                                                            {"b7", "rededge3"},
                                                            {"b8", "nir"}});
/// What "B02" to "B04" mean both on Sentinel-2 and on Landsat 8 (harmonised products name both so).
constexpr std::array kTwoDigits =
    std::to_array<NamedBand>({{"b02", "blue"}, {"b03", "green"}, {"b04", "red"}});
/// Landsat 8 and 9 OLI, Collection 2 surface reflectance (USGS, LSDS-1619).
constexpr std::array kLandsat8 = std::to_array<NamedBand>({{"sr_b1", "coastal"},
                                                           {"sr_b2", "blue"},
                                                           {"sr_b3", "green"},
                                                           {"sr_b4", "red"},
                                                           {"sr_b5", "nir"},
                                                           {"sr_b6", "swir1"},
                                                           {"sr_b7", "swir2"}});
/// Landsat 4, 5 and 7 TM and ETM+, Collection 2 surface reflectance (USGS, LSDS-1618).
constexpr std::array kLandsat5 = std::to_array<NamedBand>({{"sr_b1", "blue"},
                                                           {"sr_b2", "green"},
                                                           {"sr_b3", "red"},
                                                           {"sr_b4", "nir"},
                                                           {"sr_b5", "swir1"},
                                                           {"sr_b7", "swir2"}});

/// @return the part of a description that names the band: "B4" of "B4, central wavelength 665 nm"
std::string head_of(const std::string& description) {
  std::size_t end = description.find_first_of(",(:;");
  end = std::min(end, description.find(" - "));
  std::string head = to_lower(std::string_view(description).substr(0, end));
  const auto first = head.find_first_not_of(" \t");
  const auto last = head.find_last_not_of(" \t");
  return first == std::string::npos ? std::string() : head.substr(first, last - first + 1);
}

/// Letters and digits of a lower-case name: "near-infrared" and "Near Infrared" are one.
std::string squeeze(const std::string& name) {
  std::string kept;
  for (const char c : name)
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) kept += c;
  return kept;
}

/// The band names of a known satellite that apply to these heads; none if they do not tell.
std::span<const NamedBand> recognise(const std::vector<std::string>& heads) {
  const std::set<std::string> names(heads.begin(), heads.end());
  const auto has = [&](const char* name) { return names.count(name) > 0; };
  // Only Sentinel-2 has B8A and B12. A band B8 is panchromatic on Landsat, but then B10 (thermal)
  // or the pair of B6 gains tends to be there, and nobody calls it B08.
  if (has("b8a") || has("b12") || has("b08")) return kSentinel2;
  if (has("b8") && !has("b10") && !has("b6_vcid_1")) return kSentinel2;
  if (has("b02") || has("b03") || has("b04")) return kTwoDigits;
  // Band 6 of surface reflectance exists on Landsat 8 and 9 alone, ST_B6 on the older ones alone.
  if (has("sr_b6") || has("st_b10")) return kLandsat8;
  if (has("st_b6")) return kLandsat5;
  if (!has("sr_b7")) return kLandsat8;
  // SR_B7 without SR_B6: the full set of an old satellite, or a part of a new one.
  const bool full_old_set =
      has("sr_b1") && has("sr_b2") && has("sr_b3") && has("sr_b4") && has("sr_b5");
  return full_old_set ? std::span<const NamedBand>(kLandsat5) : std::span<const NamedBand>();
}

/// Candidate bands of each role, each with its rank: lower is better.
class Candidates {
 public:
  void add(std::string_view role, std::size_t rank, int band) {
    all_[std::string(role)].push_back({rank, band});
  }
  /// The best band of each role; none if two are equally good.
  std::map<std::string, int> best() {
    std::map<std::string, int> found;
    for (auto& [role, bands] : all_) {
      std::sort(bands.begin(), bands.end());
      if (bands.size() == 1 || bands[0].first < bands[1].first) found[role] = bands[0].second;
    }
    return found;
  }

 private:
  std::map<std::string, std::vector<std::pair<std::size_t, int>>> all_;
};

const Synonym* find_synonym(const std::string& squeezed) {
  const auto* found = std::find_if(kSynonyms.begin(), kSynonyms.end(),
                                   [&](const Synonym& s) { return s.name == squeezed; });
  return found == kSynonyms.end() ? nullptr : found;
}

}  // namespace

std::span<const Role> roles() { return kRoles; }

bool is_role(std::string_view name) {
  return std::any_of(kRoles.begin(), kRoles.end(), [&](const Role& r) { return r.name == name; });
}

std::map<std::string, int> find_roles(std::span<const BandLabel> bands) {
  std::vector<std::string> heads;
  for (const BandLabel& band : bands) heads.push_back(head_of(band.description));
  const std::span<const NamedBand> satellite = recognise(heads);
  Candidates candidates;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const int number = static_cast<int>(i) + 1;
    const Synonym* synonym = find_synonym(squeeze(to_lower(bands[i].description)));
    if (synonym == nullptr) synonym = find_synonym(squeeze(heads[i]));
    if (synonym != nullptr) {
      candidates.add(synonym->role, static_cast<std::size_t>(synonym - kSynonyms.data()), number);
      continue;
    }
    const auto named = std::find_if(satellite.begin(), satellite.end(),
                                    [&](const NamedBand& b) { return b.name == heads[i]; });
    if (named != satellite.end()) {
      candidates.add(named->role, kSynonyms.size(), number);
      continue;
    }
    // The colour interpretation counts where the description says nothing.
    const Synonym* color = find_synonym(squeeze(to_lower(bands[i].color_interpretation)));
    if (color != nullptr) candidates.add(color->role, kSynonyms.size() + 1, number);
  }
  std::map<std::string, int> found = candidates.best();
  // A sensor with one near-infrared band, called the narrow one by some catalogues (Landsat:
  // nir08).
  if (found.count("nir") == 0 && found.count("nir2") == 1) found["nir"] = found["nir2"];
  return found;
}

}  // namespace cogmill::expr
