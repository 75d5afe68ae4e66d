// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/crs/cutline.hpp"

#include "src/crs/affine.hpp"
#include "src/crs/map_turn.hpp"
#include "src/crs/srs.hpp"
#include "src/crs/turned_polygons.hpp"
#include "src/io/gdal_check.hpp"
#include "src/report/error.hpp"

#include <gdal_alg.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

namespace cogmill::crs {
namespace {

using partition::Window;
using report::RuntimeError;
using Geometry = std::unique_ptr<OGRGeometry>;

constexpr std::size_t kMostPolygons = 10'000'000;

std::string reason(const io::GdalMessages& messages, const char* otherwise) {
  return messages.first_error().empty() ? otherwise : messages.first_error();
}

OGRLayer& find_layer(GDALDataset& file, const CutlineOptions& options) {
  OGRLayer* layer = nullptr;
  if (!options.layer.empty())
    layer = file.GetLayerByName(options.layer.c_str());
  else if (file.GetLayerCount() == 1)
    layer = file.GetLayer(0);
  if (layer != nullptr) return *layer;
  std::string names;
  for (int i = 0; i < file.GetLayerCount() && names.size() < 200; ++i)
    if (file.GetLayer(i) != nullptr)
      names += (names.empty() ? "" : ", ") + std::string(file.GetLayer(i)->GetName());
  throw RuntimeError("cutline " + options.path +
                     (options.layer.empty() ? " has no or several layers"
                                            : " has no layer '" + options.layer + "'") +
                     (names.empty() ? "" : ": name one with --cutline-layer: " + names));
}

/// GEOS says where a polygon crosses itself.
void require_valid(const OGRGeometry& geometry, const std::string& path, GIntBig feature) {
  const io::GdalMessages messages([](const std::string&) {});  // GEOS tells the reason as a warning
  if (geometry.IsValid() != FALSE) return;
  throw RuntimeError("cutline " + path + ": feature " + std::to_string(feature) +
                     " is not a valid polygon (it crosses or touches itself); repair it with "
                     "ogr2ogr -makevalid");
}

/// Polygons of a feature's geometry, added to a list.
void take_polygons(const OGRGeometry& geometry, std::vector<Geometry>& polygons) {
  const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
  if (type == wkbPolygon || type == wkbCurvePolygon) {
    polygons.emplace_back(geometry.getLinearGeometry());
  } else if (OGR_GT_IsSubClassOf(type, wkbGeometryCollection) != FALSE) {
    for (const OGRGeometry* part : *geometry.toGeometryCollection()) take_polygons(*part, polygons);
  }
}

std::vector<Geometry> read_polygons(OGRLayer& layer, const std::string& path) {
  std::vector<Geometry> polygons;
  layer.ResetReading();
  while (const OGRFeatureUniquePtr feature{layer.GetNextFeature()}) {
    const OGRGeometry* geometry = feature->GetGeometryRef();
    if (geometry == nullptr || geometry->IsEmpty() != FALSE) continue;
    const std::size_t before = polygons.size();
    take_polygons(*geometry, polygons);
    if (polygons.size() == before) continue;
    require_valid(*geometry, path, feature->GetFID());
    if (polygons.size() > kMostPolygons)
      throw RuntimeError("cutline " + path + " has more than " + std::to_string(kMostPolygons) +
                         " polygons");
  }
  return polygons;
}

/// Straight edges are bent by the way into another CRS: more points on them.
void densify(OGRGeometry& geometry) {
  OGREnvelope box;
  geometry.getEnvelope(&box);
  const double size = std::max(box.MaxX - box.MinX, box.MaxY - box.MinY);
  if (size > 0) geometry.segmentize(size / 200);
}

void bring_into(std::vector<Geometry>& polygons, const OGRSpatialReference* from,
                const std::string& crs_wkt, const std::string& path) {
  if (crs_wkt.empty() || from == nullptr || from->IsEmpty() != FALSE) return;
  OGRSpatialReference source(*from), target = srs_from_text(crs_wkt, "the output's CRS");
  source.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (source.IsSame(&target) != FALSE) return;
  const io::GdalMessages messages;
  const std::unique_ptr<OGRCoordinateTransformation> way(
      OGRCreateCoordinateTransformation(&source, &target));
  const double turn = map_turn(target).period;
  for (Geometry& polygon : polygons) {
    densify(*polygon);
    if (!way || polygon->transform(way.get()) != OGRERR_NONE)
      throw RuntimeError("cutline " + path + " cannot be brought from \"" + title_of(source) +
                         "\" to \"" + title_of(target) +
                         "\": " + reason(messages, "no reason given"));
    join_rings(*polygon, turn);
  }
}

std::vector<OGREnvelope> boxes_of(const std::vector<Geometry>& polygons) {
  std::vector<OGREnvelope> boxes(polygons.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) polygons[i]->getEnvelope(&boxes[i]);
  return boxes;
}

OGREnvelope envelope_of(const std::vector<Geometry>& polygons) {
  OGREnvelope all;
  for (const OGREnvelope& box : boxes_of(polygons)) all.Merge(box);
  return all;
}

/// Coordinates in metres of a file that is said to be in degrees: such as GeoJSON, which has no
/// other CRS unless it names one.
void require_degrees(const std::vector<Geometry>& polygons, const OGRSpatialReference* srs,
                     const std::string& driver, const std::string& path) {
  const double turn = srs == nullptr ? 0 : full_turn(*srs);
  const OGREnvelope box = envelope_of(polygons);
  const double most = std::max(std::abs(box.MinY), std::abs(box.MaxY));
  if (turn == 0 || most <= turn / 4 * 1.1) return;
  const bool json = driver.starts_with("GeoJSON");
  char text[64];
  std::snprintf(text, sizeof text, "%.9g,%.9g", box.MinX, box.MinY);
  throw RuntimeError("cutline " + path + " is in longitudes and latitudes by its CRS \"" +
                     title_of(*srs) + "\", and " + text + " is no such place" +
                     (json ? "; GeoJSON without \"crs\" is WGS 84: name the CRS of its "
                             "coordinates with ogr2ogr -a_srs, into a .gpkg"
                           : "; correct its CRS with ogr2ogr -a_srs"));
}

bool overlap(const OGREnvelope& box, const Window& window) {
  return box.MaxX > static_cast<double>(window.col) && box.MaxY > static_cast<double>(window.row) &&
         box.MinX < static_cast<double>(window.col_end()) &&
         box.MinY < static_cast<double>(window.row_end());
}

/// Takes coordinates, and those whole turns beside them, to pixels of the grid.
struct ToPixels final : OGRDefaultGeometryVisitor {
  explicit ToPixels(const Affine& i) : inverse(i) {}
  using OGRDefaultGeometryVisitor::visit;
  void visit(OGRPoint* p) override {
    const kernels::PixelPoint pixel = mapped(inverse, {p->getX() + shift, p->getY()});
    p->setX(pixel.x);
    p->setY(pixel.y);
  }
  Affine inverse;
  double shift = 0;  ///< in x [CRS unit]
};

/// The least and the largest x of a grid's corners.
std::pair<double, double> x_range(const TargetGrid& grid) {
  const auto w = static_cast<double>(grid.width), h = static_cast<double>(grid.height);
  const Affine& g = grid.geotransform;
  return std::minmax(
      {mapped(g, {0, 0}).x, mapped(g, {w, 0}).x, mapped(g, {0, h}).x, mapped(g, {w, h}).x});
}

/// What GDALRasterizeGeometries is told: a cell's pixels are the polygons' coordinates.
struct Offset {
  std::array<char, 8> not_gdal = {};  // GDAL looks here to recognise its own transformers
  double col = 0, row = 0;
};

int shift(void* argument, int to_source, int count, double* x, double* y, double* /*z*/,
          int* success) {
  const auto& by = *static_cast<const Offset*>(argument);
  const double sign = to_source != FALSE ? 1 : -1;
  for (int i = 0; i < count; ++i) {
    x[i] += sign * by.col;
    y[i] += sign * by.row;
    success[i] = TRUE;
  }
  return TRUE;
}

/// Pixels are burned in cells that lie where multiples of this size do, and a window copies what it
/// asks for: edges are rounded by the output's origin alone.
constexpr std::int64_t kCellCols = 4096, kCellRows = 64;

/// The cell that is burned now, and a dataset over its memory.
class Canvas {
 public:
  Canvas() : pixels_(static_cast<std::size_t>(kCellCols * kCellRows)) {
    GDALDriver* driver = io::gdal_check(GetGDALDriverManager()->GetDriverByName("MEM"),
                                        "cannot burn the cutline: GDAL has no MEM driver");
    dataset_.reset(driver->Create("", static_cast<int>(kCellCols), static_cast<int>(kCellRows), 0,
                                  GDT_Byte, nullptr));
    io::gdal_check(dataset_.get(), "cannot burn the cutline");
    char pointer[64] = {};
    const int length = CPLPrintPointer(pointer, pixels_.data(), sizeof pointer - 1);
    pointer[std::clamp(length, 0, 63)] = '\0';
    CPLStringList options;
    options.SetNameValue("DATAPOINTER", pointer);
    io::gdal_check(dataset_->AddBand(GDT_Byte, options.List()), "cannot burn the cutline");
    options_.SetNameValue("CHUNKYSIZE", std::to_string(kCellRows).c_str());
    options_.SetNameValue("OPTIM", "RASTER");
  }

  void burn(const Window& cell, std::vector<OGRGeometryH>& geometries, const std::string& path) {
    std::ranges::fill(pixels_, std::uint8_t{0});
    if (geometries.empty()) return;
    const std::vector<double> inside(geometries.size(), 255.0);
    Offset offset{{}, static_cast<double>(cell.col), static_cast<double>(cell.row)};
    int band = 1;
    io::gdal_check(
        GDALRasterizeGeometries(GDALDataset::ToHandle(dataset_.get()), 1, &band,
                                static_cast<int>(geometries.size()), geometries.data(), shift,
                                &offset, inside.data(), options_.List(), nullptr, nullptr),
        "cannot burn cutline " + path);
  }

  /// @pre the part lies inside the cell, and `to` has its size
  void copy(const Window& cell, const Window& part, const kernels::Plane& to) const {
    for (std::int64_t row = 0; row < part.height; ++row)
      std::copy_n(pixels_.data() + (part.row - cell.row + row) * kCellCols + part.col - cell.col,
                  part.width, to.as<std::uint8_t>().row(row));
  }

 private:
  std::vector<std::uint8_t> pixels_;
  GDALDatasetUniquePtr dataset_;
  CPLStringList options_;
};

}  // namespace

struct Cutline::Polygons {
  std::string path;
  MapTurn map;  ///< of their CRS
  std::vector<Geometry> in_crs;
  std::vector<Geometry> in_pixels;
  std::vector<OGREnvelope> boxes;  ///< of in_pixels
};

Cutline::Cutline(const CutlineOptions& options, const std::string& crs_wkt)
    : polygons_(std::make_unique<Polygons>()) {
  io::register_gdal();
  const io::GdalMessages messages;
  const GDALDatasetUniquePtr file(
      GDALDataset::Open(options.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR));
  if (!file)
    throw RuntimeError("cannot open cutline " + options.path + ": " +
                       reason(messages, "not a vector file that GDAL knows"));
  OGRLayer& layer = find_layer(*file, options);
  if (!options.where.empty() && layer.SetAttributeFilter(options.where.c_str()) != OGRERR_NONE)
    throw report::UsageError("--cutline-where " + options.where + ": " +
                             reason(messages, "not understood"));
  polygons_->path = options.path;
  polygons_->in_crs = read_polygons(layer, options.path);
  if (polygons_->in_crs.empty())
    throw RuntimeError("cutline " + options.path + " has no polygons" +
                       (options.where.empty() ? "" : " where " + options.where));
  if (!crs_wkt.empty())
    require_degrees(polygons_->in_crs, layer.GetSpatialRef(), file->GetDriverName(), options.path);
  bring_into(polygons_->in_crs, layer.GetSpatialRef(), crs_wkt, options.path);
  polygons_->map = map_turn_of(crs_wkt);
}

Cutline::~Cutline() = default;
Cutline::Cutline(Cutline&&) noexcept = default;
Cutline& Cutline::operator=(Cutline&&) noexcept = default;

std::array<double, 4> Cutline::bounds() const {
  return joined_bounds(boxes_of(polygons_->in_crs), polygons_->map);
}

void Cutline::place_on(const TargetGrid& grid) {
  std::array<double, 6> g = grid.geotransform, inverse = {};
  if (GDALInvGeoTransform(g.data(), inverse.data()) == FALSE)
    throw RuntimeError("the output's geotransform has no inverse; check --like");
  polygons_->in_pixels.clear();
  polygons_->boxes.clear();
  ToPixels visitor(inverse);
  const auto [west, east] = x_range(grid);
  for (const Geometry& polygon : polygons_->in_crs) {
    OGREnvelope box;
    polygon->getEnvelope(&box);
    for (const double shift : shifts_into(box, west, east, polygons_->map.period)) {
      Geometry placed(polygon->clone());
      visitor.shift = shift;
      placed->accept(&visitor);
      polygons_->boxes.emplace_back();
      placed->getEnvelope(&polygons_->boxes.back());
      polygons_->in_pixels.push_back(std::move(placed));
    }
  }
}

bool Cutline::touches(const Window& window) const {
  return std::any_of(polygons_->boxes.begin(), polygons_->boxes.end(),
                     [&](const OGREnvelope& box) { return overlap(box, window); });
}

void Cutline::burn(const Window& window, kernels::Plane inside) const {
  const io::GdalMessages messages;
  Canvas canvas;
  std::vector<OGRGeometryH> touching;
  for (std::int64_t row = window.row / kCellRows * kCellRows; row < window.row_end();
       row += kCellRows) {
    for (std::int64_t col = window.col / kCellCols * kCellCols; col < window.col_end();
         col += kCellCols) {
      const Window cell{col, row, kCellCols, kCellRows};
      touching.clear();
      for (std::size_t i = 0; i < polygons_->in_pixels.size(); ++i)
        if (overlap(polygons_->boxes[i], cell))
          touching.push_back(OGRGeometry::ToHandle(polygons_->in_pixels[i].get()));
      canvas.burn(cell, touching, polygons_->path);
      const Window part = partition::intersect(cell, window);
      const Window at = partition::relative_to(part, window.col, window.row);
      canvas.copy(cell, part, inside.crop(at.col, at.row, at.width, at.height));
    }
  }
}

std::array<double, 4> crop_box(const Cutline& cutline, const GridOptions& options,
                               const std::optional<std::array<double, 6>>& source_geotransform) {
  const auto box = cutline.bounds();
  const auto& g = source_geotransform;
  if (options.resolution || options.size || !g || (*g)[2] != 0 || (*g)[4] != 0) return box;
  constexpr double kNearly = 1e-5;  // [px], as gdalwarp
  const double x_step = std::abs((*g)[1]), y_step = std::abs((*g)[5]);
  const auto up = [](double v, double origin, double step) {
    return origin + std::ceil((v - origin) / step - kNearly) * step;
  };
  const auto down = [](double v, double origin, double step) {
    return origin + std::floor((v - origin) / step + kNearly) * step;
  };
  const std::array<double, 4> whole = {up(box[0], (*g)[0], x_step), up(box[1], (*g)[3], y_step),
                                       down(box[2], (*g)[0], x_step),
                                       down(box[3], (*g)[3], y_step)};
  return whole[0] < whole[2] && whole[1] < whole[3] ? whole : box;
}

}  // namespace cogmill::crs
