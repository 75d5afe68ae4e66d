// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/template_colours.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace cogmill::io {
namespace {

int bits_of(GDALRasterBand& band) {
  const char* bits = band.GetMetadataItem("NBITS", "IMAGE_STRUCTURE");
  const int whole = GDALGetDataTypeSizeBits(band.GetRasterDataType());
  return bits == nullptr ? whole : std::clamp(std::atoi(bits), 1, whole);
}

/// What a band means of itself; nothing where a table says it, or inverted grey.
std::optional<GDALColorInterp> own_meaning(GDALRasterBand& source, std::size_t index) {
  const GDALColorInterp meaning = source.GetColorInterpretation();
  const bool inverted = index == 0 && source.GetDataset() != nullptr &&
                        is_inverted(*source.GetDataset()) && meaning == GCI_Undefined;
  if (meaning == GCI_PaletteIndex || inverted) return std::nullopt;
  return meaning;
}

/// A colour that is not opaque has become so. That of a nodata value was transparent for that.
bool is_opacity_lost(GDALRasterBand& from, GDALRasterBand& to) {
  constexpr short kOpaque = 255;
  const GDALColorTable *a = from.GetColorTable(), *b = to.GetColorTable();
  if (a == nullptr || b == nullptr) return false;
  int has_nodata = FALSE;
  const double nodata = from.GetNoDataValue(&has_nodata);
  for (int i = 0; i < std::min(a->GetColorEntryCount(), b->GetColorEntryCount()); ++i)
    if (a->GetColorEntry(i)->c4 != kOpaque && b->GetColorEntry(i)->c4 == kOpaque &&
        (has_nodata == FALSE || nodata != i))
      return true;
  return false;
}

}  // namespace

bool is_inverted(GDALDataset& dataset) {
  const char* inverted = dataset.GetMetadataItem("MINISWHITE", "IMAGE_STRUCTURE");
  return inverted != nullptr && CPLTestBool(inverted);
}

bool stays_inverted(GDALDataset& source, const TemplateRequest& request) {
  if (request.bands.empty() || request.bands.front().source_band < 1) return false;
  if (!is_inverted(source) || request.bands.front().source_band > source.GetRasterCount())
    return false;
  GDALRasterBand& band = *source.GetRasterBand(request.bands.front().source_band);
  return bits_of(band) >= 8 * kernels::size_bytes(request.type) || band.GetColorTable() == nullptr;
}

bool table_fits_tags(const TemplateRequest& request, std::size_t band) {
  const bool type_fits =
      request.type == kernels::DataType::kUInt8 || request.type == kernels::DataType::kUInt16;
  return type_fits && band == 0 && request.bands.size() <= 2;
}

GDALColorTable* own_table(GDALRasterBand& source, const TemplateRequest& request,
                          GDALRasterBand& target) {
  const bool says_so = EQUAL(target.GetDataset()->GetDriverName(), "GTiff") &&
                       source.GetDataset() != nullptr &&
                       stays_inverted(*source.GetDataset(), request);
  return says_so ? nullptr : source.GetColorTable();
}

void copy_colour(GDALRasterBand& source, const TemplateRequest& request, std::size_t index,
                 GDALRasterBand& target) {
  GDALColorTable* table = own_table(source, request, target);
  if (table != nullptr && table_fits_tags(request, index)) {
    target.SetColorTable(table);
    return;
  }
  const auto meaning = own_meaning(source, index);
  if (meaning && *meaning != target.GetColorInterpretation())
    target.SetColorInterpretation(*meaning);
}

std::string lost_meanings(GDALDataset& source, const TemplateRequest& request,
                          GDALDataset& written) {
  std::string items;
  if (request.origin == PixelOrigin::kComputed) return items;
  for (std::size_t i = 0; i < request.bands.size(); ++i) {
    const TemplateBand& wanted = request.bands[i];
    if (wanted.source_band < 1 || wanted.alpha) continue;
    GDALRasterBand& band = *written.GetRasterBand(static_cast<int>(i) + 1);
    const auto meaning = own_meaning(*source.GetRasterBand(wanted.source_band), i);
    const bool has_table = band.GetColorInterpretation() == GCI_PaletteIndex;
    if (!meaning || has_table || *meaning == band.GetColorInterpretation()) continue;
    items += "  <Item name=\"COLORINTERP\" sample=\"" + std::to_string(i) +
             "\" role=\"colorinterp\">" + GDALGetColorInterpretationName(*meaning) + "</Item>\n";
  }
  return items;
}

std::string lost_opacity(GDALDataset& source, const TemplateRequest& request,
                         GDALDataset& written) {
  if (request.origin == PixelOrigin::kComputed || request.bands.front().source_band < 1) return {};
  GDALRasterBand& from = *source.GetRasterBand(request.bands.front().source_band);
  GDALRasterBand& to = *written.GetRasterBand(1);
  if (!table_fits_tags(request, 0) || own_table(from, request, to) == nullptr ||
      !is_opacity_lost(from, to))
    return {};
  return "the opacity of colours in the table of band 1 is lost (TIFF tables have none); to keep "
         "it: gdal_translate -expand rgba IN OUT.tif";
}

void add_metadata_items(const std::string& items, std::vector<TiffTag>& tags) {
  if (items.empty()) return;
  constexpr std::string_view kEnd = "</GDALMetadata>";
  constexpr std::uint16_t kAscii = 2;
  auto tag = std::ranges::find(tags, kTagGdalMetadata, &TiffTag::tag);
  std::string text = "<GDALMetadata>\n</GDALMetadata>\n";
  if (tag != tags.end())
    text.assign(reinterpret_cast<const char*>(tag->value.data()), tag->value.size());
  const std::size_t end = text.rfind(kEnd);
  if (end == std::string::npos) return;  // GDAL would not read it either
  text.insert(end, items);
  if (text.back() != '\0') text += '\0';
  if (tag == tags.end())
    tag =
        tags.insert(std::ranges::lower_bound(tags, kTagGdalMetadata, {}, &TiffTag::tag), TiffTag{});
  const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
  *tag = {kTagGdalMetadata, kAscii, text.size(), {bytes, bytes + text.size()}};
}

}  // namespace cogmill::io
