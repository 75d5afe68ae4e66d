// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/scene_info.hpp"

#include "src/io/crs_text.hpp"
#include "src/io/fast_path.hpp"
#include "src/io/gdal_check.hpp"
#include "src/io/gdal_open.hpp"
#include "src/io/gdal_types.hpp"
#include "src/io/scene_meaning.hpp"
#include "src/io/scene_path.hpp"
#include "src/io/tiff_walk.hpp"
#include "src/report/error.hpp"

#include <cpl_string.h>
#include <gdal_priv.h>
#include <gdal_rat.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string_view>

namespace cogmill::io {
namespace {

using report::RuntimeError;

/// What a TIFF says of its image, and the layers that are read: of an overview if one is asked for.
struct TiffScene {
  int orientation = 1;
  bool associated_alpha = false;
  std::optional<TiffLayers> read;  ///< nothing: no TIFF, or the overview is in another file
};

/// The limits of the first directory are checked before GDAL sees it.
TiffScene read_tiff(const std::string& path, int overview, const PathStatus& status) {
  if (!status.plain) return {};
  if (!looks_like_tiff(*ByteReader::open(path))) return {};
  TiffLayers layers = open_tiff_layers(path);
  const TiffDirectory& image = layers.image.directory;
  TiffScene scene{image.orientation, image.associated_alpha, std::nullopt};
  scene.read = overview < 0 ? std::move(layers) : open_tiff_overview(path, overview);
  return scene;
}

void check_size(const std::string& path, GDALDataset& dataset) {
  if (dataset.GetRasterCount() == 0) {
    const char* const* list = dataset.GetMetadata("SUBDATASETS");
    const char* first = CSLFetchNameValue(list, "SUBDATASET_1_NAME");
    throw RuntimeError(path + " has no raster bands of its own" +
                       (first == nullptr
                            ? std::string()
                            : "; name one of its parts, for example " + std::string(first)));
  }
  constexpr std::int64_t kMostPixels = std::numeric_limits<std::int64_t>::max() / 16;
  const std::int64_t pixels = std::int64_t{dataset.GetRasterXSize()} * dataset.GetRasterYSize();
  if (pixels <= 0 || pixels > kMostPixels / dataset.GetRasterCount())
    throw RuntimeError(path + " has an absurd size: " + std::to_string(dataset.GetRasterXSize()) +
                       "x" + std::to_string(dataset.GetRasterYSize()) + ", " +
                       std::to_string(dataset.GetRasterCount()) + " bands");
}

std::optional<kernels::Nodata> nodata_of(GDALRasterBand& band, kernels::DataType type) {
  int has = FALSE;
  if (type == kernels::DataType::kInt64) {
    const std::int64_t value = band.GetNoDataValueAsInt64(&has);
    return has != FALSE ? std::optional(kernels::Nodata(value)) : std::nullopt;
  }
  if (type == kernels::DataType::kUInt64) {
    const std::uint64_t value = band.GetNoDataValueAsUInt64(&has);
    return has != FALSE ? std::optional(kernels::Nodata(value)) : std::nullopt;
  }
  const double value = band.GetNoDataValue(&has);
  return has != FALSE ? std::optional(kernels::Nodata(value)) : std::nullopt;
}

BandInfo band_info(GDALRasterBand& band) {
  BandInfo info;
  info.type = data_type_of(band);
  info.description = band.GetDescription();
  info.color_interpretation = GDALGetColorInterpretationName(band.GetColorInterpretation());
  info.nodata = nodata_of(band, info.type);
  int has = FALSE;
  const double scale = band.GetScale(&has);
  if (has != FALSE) info.scale = scale;
  const double offset = band.GetOffset(&has);
  if (has != FALSE) info.offset = offset;
  info.has_color_table = band.GetColorTable() != nullptr;
  const GDALRasterAttributeTable* table = band.GetDefaultRAT();
  info.has_categories = band.GetCategoryNames() != nullptr ||
                        (table != nullptr && table->GetTableType() == GRTT_THEMATIC);
  info.unit = band.GetUnitType() == nullptr ? "" : band.GetUnitType();
  info.colours = colours_of(band);
  info.classes = classes_of(band);
  return info;
}

/// True for a mask that GDAL says is neither made up nor that of all bands.
bool has_own_mask(GDALRasterBand& band) {
  constexpr int kOthers = GMF_ALL_VALID | GMF_PER_DATASET | GMF_ALPHA | GMF_NODATA;
  return (band.GetMaskFlags() & kOthers) == 0;
}

void add_mask(GDALDataset& dataset, SceneInfo& scene) {
  std::vector<GDALRasterBand*> image;
  for (int b = 1; b <= dataset.GetRasterCount(); ++b) {
    GDALRasterBand* band = dataset.GetRasterBand(b);
    const bool alpha = band->GetColorInterpretation() == GCI_AlphaBand;
    if (alpha && scene.alpha_band == 0) scene.alpha_band = b;
    if (!alpha) image.push_back(band);
  }
  if (image.empty()) image.push_back(dataset.GetRasterBand(1));
  const int flags = image.front()->GetMaskFlags();
  const bool by_band = std::any_of(image.begin(), image.end(),
                                   [](GDALRasterBand* band) { return has_own_mask(*band); });
  // The mask of the only band is that of the image.
  if (((flags & GMF_PER_DATASET) != 0 && (flags & GMF_ALPHA) == 0) ||
      (by_band && image.size() == 1))
    scene.mask = MaskKind::kDataset;
  else if (by_band)
    scene.mask = MaskKind::kByBand;
  else if (scene.alpha_band != 0)
    scene.mask = MaskKind::kAlpha;
}

std::string crs_name(const OGRSpatialReference& crs) {
  const std::unique_ptr<OGRSpatialReference> copy(crs.Clone());
  if (copy->GetAuthorityCode(nullptr) == nullptr) static_cast<void>(copy->AutoIdentifyEPSG());
  const char* authority = copy->GetAuthorityName(nullptr);
  const char* code = copy->GetAuthorityCode(nullptr);
  if (authority != nullptr && code != nullptr) return std::string(authority) + ":" + code;
  const char* name = copy->GetName();
  return name == nullptr ? "" : name;
}

void add_georeference(GDALDataset& dataset, SceneInfo& scene) {
  std::array<double, 6> transform{};
  if (dataset.GetGeoTransform(transform.data()) == CE_None) scene.geotransform = transform;
  scene.gcps = dataset.GetGCPCount();
  scene.rpc = dataset.GetMetadata("RPC") != nullptr;
  const OGRSpatialReference* crs = dataset.GetSpatialRef();
  if (crs == nullptr && scene.gcps > 0) crs = dataset.GetGCPSpatialRef();
  if (crs == nullptr || crs->IsEmpty()) return;
  scene.crs_wkt = wkt2_of(*crs);
  scene.crs_name = crs_name(*crs);
}

std::string text_item(GDALMajorObject& object, const char* name, const char* missing) {
  const char* value = object.GetMetadataItem(name, "IMAGE_STRUCTURE");
  return value == nullptr ? missing : value;
}

StorageInfo storage_info(GDALDataset& dataset) {
  StorageInfo storage;
  GDALRasterBand& band = *dataset.GetRasterBand(1);
  int width = 0;
  int height = 0;
  band.GetBlockSize(&width, &height);
  storage.block_width = std::max(width, 1);
  storage.block_height = std::max(height, 1);
  storage.tiled = storage.block_width < dataset.GetRasterXSize();
  storage.compression = text_item(dataset, "COMPRESSION", "NONE");
  storage.interleave =
      text_item(dataset, "INTERLEAVE", dataset.GetRasterCount() > 1 ? "BAND" : "PIXEL");
  storage.cog_layout = text_item(dataset, "LAYOUT", "") == "COG";
  storage.overviews = band.GetOverviewCount();
  for (int i = 0; i < storage.overviews; ++i)
    if (GDALRasterBand* overview = band.GetOverview(i))
      storage.overview_sizes.push_back({overview->GetXSize(), overview->GetYSize()});
  const std::int64_t across = (dataset.GetRasterXSize() - 1) / storage.block_width + 1;
  const std::int64_t down = (dataset.GetRasterYSize() - 1) / storage.block_height + 1;
  storage.total_blocks = across * down;
  return storage;
}

/// Replaces what GDAL said by what the file's directory says.
void add_tiff_storage(const TiffDirectory& d, StorageInfo& storage) {
  storage.block_width = d.block_width;
  storage.block_height = d.block_height;
  storage.tiled = d.tiled;
  storage.compression = compression_name(d.compression);
  storage.interleave = d.separate ? "BAND" : "PIXEL";
  storage.predictor = d.predictor;
  storage.big_endian = d.big_endian;
  storage.bigtiff = d.bigtiff;
  storage.total_blocks = d.block_count();
  storage.stored_blocks = d.stored_blocks();
}

/// @return true if GDAL's band comes from that directory
bool is_from(GDALRasterBand* band, const TiffDirectory& d) {
  const char* at = band == nullptr ? nullptr : band->GetMetadataItem("IFD_OFFSET", "TIFF");
  return at != nullptr && std::to_string(d.at) == at;
}

/// Where GDAL makes something else of the file than its directory says, GDAL is right.
std::string why_not_as_gdal(GDALDataset& dataset, const SceneInfo& scene,
                            const TiffLayers& layers) {
  const TiffDirectory& d = layers.image.directory;
  GDALRasterBand& band = *dataset.GetRasterBand(1);
  if (d.width != scene.width || d.height != scene.height ||
      static_cast<std::size_t>(d.samples) != scene.bands.size() || !is_from(&band, d))
    return scene.overview < 0 ? "GDAL sees another image than the first one of the file"
                              : "GDAL lists other overviews than the file's directories";
  for (const BandInfo& info : scene.bands)
    if (info.type != pixel_type_of(d)) return "GDAL converts its pixels";
  if (scene.mask == MaskKind::kByBand) return "masks of single bands";
  if (layers.mask.has_value() != (scene.mask == MaskKind::kDataset))
    return "mask that is neither internal nor a .msk file";
  if (layers.mask && !is_from(band.GetMaskBand(), layers.mask->directory))
    return "GDAL sees another mask than the first one of the file";
  return {};
}

std::string why_not_tiff(const SceneInfo& scene) {
  if (scene.driver != "GTiff") return "not a TIFF (" + scene.driver + ")";
  const bool whole_file = scene.file_bytes > 0;
  return scene.overview >= 0 && whole_file
             ? "overview that is not among the file's own directories (.ovr)"
             : "named part of a TIFF";
}

void choose_path(GDALDataset& dataset, const std::optional<TiffLayers>& tiff, SceneInfo& scene) {
  std::string reason;
  if (!tiff || scene.driver != "GTiff")
    reason = why_not_tiff(scene);
  else
    reason = why_not_fast(*tiff);
  if (reason.empty()) reason = why_not_as_gdal(dataset, scene, *tiff);
  scene.storage.fast_path = reason.empty();
  scene.storage.fallback_reason = std::move(reason);
}

GDALDatasetUniquePtr open_dataset(const std::string& path, int overview, const PathStatus& status) {
  const GdalMessages messages;
  GDALDatasetUniquePtr dataset = open_raster(path, overview);
  if (!dataset) cannot_open(path, status, messages.first_error());
  return dataset;
}

}  // namespace

std::vector<int> image_bands(const SceneInfo& scene) {
  std::vector<int> bands;
  for (int band = 1; band <= static_cast<int>(scene.bands.size()); ++band)
    if (band != scene.alpha_band) bands.push_back(band);
  return bands;
}

void require_one_mask(const SceneInfo& scene) {
  if (scene.mask != MaskKind::kByBand) return;
  const std::string translate = "gdal_translate -of VRT ";
  throw RuntimeError(scene.path +
                     " has a mask for each band, and a GeoTIFF has one for all bands: if they are "
                     "alike take the first with " +
                     translate + "-mask mask,1 IN OUT.vrt, or take each band alone with " +
                     translate + "-b 1 -mask mask,1 IN BAND_1.vrt and so on");
}

SceneInfo read_scene_info(const std::string& path, int overview) {
  const PathStatus status = look_at(path);
  check_path(path, status);
  const TiffScene tiff = read_tiff(path, overview, status);
  const GDALDatasetUniquePtr dataset = open_dataset(path, overview, status);
  const GdalMessages messages;  // what is missing is seen from the answers
  check_size(path, *dataset);
  SceneInfo scene;
  scene.path = path;
  scene.overview = overview;
  scene.driver = dataset->GetDriver() == nullptr ? "" : dataset->GetDriver()->GetDescription();
  scene.file_bytes = status.plain ? status.bytes : 0;
  scene.width = dataset->GetRasterXSize();
  scene.height = dataset->GetRasterYSize();
  for (int b = 1; b <= dataset->GetRasterCount(); ++b)
    scene.bands.push_back(band_info(*dataset->GetRasterBand(b)));
  scene.min_is_white = CPLTestBool(text_item(*dataset, "MINISWHITE", "NO").c_str());
  add_mask(*dataset, scene);
  add_georeference(*dataset, scene);
  scene.items = metadata_items(*dataset);
  scene.storage = storage_info(*dataset);
  if (scene.driver == "GTiff") {
    scene.orientation = tiff.orientation;
    scene.premultiplied = scene.alpha_band != 0 && tiff.associated_alpha;
    if (tiff.read) add_tiff_storage(tiff.read->image.directory, scene.storage);
  }
  choose_path(*dataset, tiff.read, scene);
  return scene;
}

}  // namespace cogmill::io
