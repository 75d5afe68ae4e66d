// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/vrt_writer.hpp"

#include "src/io/gdal_check.hpp"
#include "src/io/gdal_types.hpp"
#include "src/io/posix_file.hpp"
#include "src/io/scoped_config.hpp"
#include "src/io/template_metadata.hpp"
#include "src/report/error.hpp"
#include "src/report/name_beside.hpp"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <cpl_string.h>
#include <gdal_priv.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>
#include <system_error>

namespace cogmill::io {
namespace {

[[noreturn]] void fail(const VrtRequest& request, const std::string& why) {
  throw report::RuntimeError("cannot write " + request.path + ": " + why);
}

void check_request(const VrtRequest& request) {
  constexpr std::int64_t kMaxSide = std::numeric_limits<int>::max();
  const partition::Window whole{0, 0, request.width, request.height};
  if (request.width < 1 || request.height < 1 || std::max(request.width, request.height) > kMaxSide)
    fail(request,
         "its size is " + std::to_string(request.width) + " x " + std::to_string(request.height));
  if (request.pieces.empty()) fail(request, "it has no pieces");
  for (const VrtPiece& piece : request.pieces)
    if (piece.window.empty() || !whole.contains(piece.window))
      fail(request, piece.file + " lies outside of the image");
}

/// What the pieces have in common, and the XML of their sources.
class Pieces {
 public:
  Pieces(const VrtRequest& request, GDALDataset& first) : request_(request) {
    GDALRasterBand& band = *first.GetRasterBand(1);
    band.GetBlockSize(&block_width_, &block_height_);
    type_ = GDALGetDataTypeName(band.GetRasterDataType());
  }

  /// @param band "1", or "mask,1"
  void add_to(GDALRasterBand& target, const std::string& band, bool is_mask) const {
    for (const VrtPiece& piece : request_.pieces) {
      const std::string xml = source_xml(piece, band, is_mask ? "Byte" : type_);
      gdal_check(target.SetMetadataItem("source", xml.c_str(), "new_vrt_sources"),
                 "cannot add " + piece.file + " to " + request_.path);
    }
  }

 private:
  struct DestroyXml {
    void operator()(CPLXMLNode* node) const { CPLDestroyXMLNode(node); }
  };

  static void set(CPLXMLNode* node, const char* name, const std::string& value) {
    CPLSetXMLValue(node, name, value.c_str());
  }
  static void set_rectangle(CPLXMLNode* node, const std::string& name, std::int64_t col,
                            std::int64_t row, const partition::Window& size) {
    set(node, (name + ".#xOff").c_str(), std::to_string(col));
    set(node, (name + ".#yOff").c_str(), std::to_string(row));
    set(node, (name + ".#xSize").c_str(), std::to_string(size.width));
    set(node, (name + ".#ySize").c_str(), std::to_string(size.height));
  }

  /// With SourceProperties GDAL opens a piece only when it reads pixels of it.
  std::string source_xml(const VrtPiece& piece, const std::string& band,
                         const std::string& type) const {
    const std::unique_ptr<CPLXMLNode, DestroyXml> root(
        CPLCreateXMLNode(nullptr, CXT_Element, "SimpleSource"));
    CPLXMLNode* node = root.get();
    set(node, "SourceFilename", piece.file);
    set(node, "SourceFilename.#relativeToVRT", "1");
    set(node, "SourceBand", band);
    set(node, "SourceProperties.#RasterXSize", std::to_string(piece.window.width));
    set(node, "SourceProperties.#RasterYSize", std::to_string(piece.window.height));
    set(node, "SourceProperties.#DataType", type);
    set(node, "SourceProperties.#BlockXSize", std::to_string(block_width_));
    set(node, "SourceProperties.#BlockYSize", std::to_string(block_height_));
    set_rectangle(node, "SrcRect", 0, 0, piece.window);
    set_rectangle(node, "DstRect", piece.window.col, piece.window.row, piece.window);
    const std::unique_ptr<char, decltype(&VSIFree)> text(CPLSerializeXMLTree(node), &VSIFree);
    return text.get();
  }

  const VrtRequest& request_;
  std::string type_;
  int block_width_ = 0;
  int block_height_ = 0;
};

/// The whole image as a template of which the first piece is the input.
TemplateRequest describe_as_template(const VrtRequest& request, GDALDataset& first) {
  TemplateRequest wanted;
  wanted.type = data_type_of(*first.GetRasterBand(1));
  wanted.col = -request.pieces.front().window.col;
  wanted.row = -request.pieces.front().window.row;
  wanted.width = request.width;
  wanted.height = request.height;
  for (int i = 1; i <= first.GetRasterCount(); ++i) wanted.bands.push_back({i});
  return wanted;
}

void copy_nodata(GDALRasterBand& from, GDALRasterBand& to) {
  int has = FALSE;
  if (from.GetRasterDataType() == GDT_Int64) {
    const std::int64_t value = from.GetNoDataValueAsInt64(&has);
    if (has != FALSE) to.SetNoDataValueAsInt64(value);
  } else if (from.GetRasterDataType() == GDT_UInt64) {
    const std::uint64_t value = from.GetNoDataValueAsUInt64(&has);
    if (has != FALSE) to.SetNoDataValueAsUInt64(value);
  } else {
    const double value = from.GetNoDataValue(&has);
    if (has != FALSE) to.SetNoDataValue(value);
  }
}

void add_bands(const VrtRequest& request, GDALDataset& first, GDALDataset& vrt) {
  const Pieces pieces(request, first);
  for (int i = 1; i <= first.GetRasterCount(); ++i) {
    GDALRasterBand& from = *first.GetRasterBand(i);
    gdal_check(vrt.AddBand(from.GetRasterDataType(), nullptr), "cannot write " + request.path);
    GDALRasterBand& to = *vrt.GetRasterBand(i);
    pieces.add_to(to, std::to_string(i), false);
    copy_nodata(from, to);
    const char* pixel_type = old_pixel_type(from);
    if (pixel_type != nullptr) to.SetMetadataItem("PIXELTYPE", pixel_type, "IMAGE_STRUCTURE");
  }
  if (first.GetRasterBand(1)->GetMaskFlags() != GMF_PER_DATASET) return;
  gdal_check(vrt.CreateMaskBand(GMF_PER_DATASET), "cannot write " + request.path);
  pieces.add_to(*vrt.GetRasterBand(1)->GetMaskBand(), "mask,1", true);
}

/// GDAL shows overviews of a VRT of many sources only if they are listed.
void add_overviews(const VrtRequest& request, GDALDataset& first, GDALDataset& vrt) {
  if (first.GetRasterBand(1)->GetOverviewCount() == 0) return;
  int block_width = 0;
  int block_height = 0;
  first.GetRasterBand(1)->GetBlockSize(&block_width, &block_height);
  const std::int64_t small = std::max(block_width, block_height);
  std::vector<int> factors;
  for (std::int64_t side = std::max(request.width, request.height); side > small; side /= 2)
    factors.push_back(factors.empty() ? 2 : factors.back() * 2);
  if (factors.empty()) return;
  const ScopedConfig as_list("VRT_VIRTUAL_OVERVIEWS", "YES");
  // Nearest: the pieces' overviews are shown as they are.
  gdal_check(vrt.BuildOverviews("NEAREST", static_cast<int>(factors.size()), factors.data(), 0,
                                nullptr, nullptr, nullptr),
             "cannot add overviews to " + request.path);
}

void write(const VrtRequest& request, const std::string& path) {
  const std::string first_path =
      (std::filesystem::path(request.path).parent_path() / request.pieces.front().file).string();
  const GDALDatasetUniquePtr first(GDALDataset::Open(first_path.c_str(), GDAL_OF_RASTER));
  gdal_check(first.get(), "cannot write " + request.path + ": cannot open its piece " + first_path);
  GDALDriver* driver = gdal_check(GetGDALDriverManager()->GetDriverByName("VRT"),
                                  "cannot write " + request.path + ": GDAL has no VRT driver");
  const GDALDatasetUniquePtr vrt(driver->Create(path.c_str(), static_cast<int>(request.width),
                                                static_cast<int>(request.height), 0, GDT_Byte,
                                                nullptr));
  gdal_check(vrt.get(), "cannot write " + request.path);
  add_bands(request, *first, *vrt);
  const TemplateRequest wanted = describe_as_template(request, *first);
  copy_dataset_metadata(*first, wanted, *vrt);
  copy_georeference(*first, wanted, *vrt);
  describe_bands(first.get(), wanted, *vrt);
  describe_in_sidecar(*first, wanted, *vrt);  // a VRT has room for all of it
  add_overviews(request, *first, *vrt);
}

}  // namespace

void write_vrt(const VrtRequest& request) {
  check_request(request);
  register_gdal();
  const GdalMessages messages;
  const std::string temporary = report::name_beside(request.path, ".tmp");
  try {
    write(request, temporary);
    if (!messages.first_error().empty()) fail(request, messages.first_error());
    PosixFile(temporary, PosixFile::Mode::kWrite).sync();
    rename_durably(temporary, request.path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

}  // namespace cogmill::io
