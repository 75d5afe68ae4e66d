// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/source_list.hpp"
#include "src/io/source_list_kinds.hpp"
#include "src/report/error.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

namespace cogmill::io {
namespace {

class SourceListTest : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(dir_.file(name)) << text;
    return dir_.file(name);
  }
  /// The names found, without the folder's.
  std::vector<std::string> names(const std::vector<std::string>& inputs,
                                 const std::string& asset = "") const {
    std::vector<std::string> found;
    const std::string folder = dir_.path().string() + "/";
    for (const SourceRef& ref : list_sources(inputs, asset).sources)
      found.push_back(ref.path.starts_with(folder) ? ref.path.substr(folder.size()) : ref.path);
    return found;
  }
  std::string error(const std::string& input) const {
    try {
      list_sources({input}, "");
    } catch (const report::RuntimeError& e) {
      return e.what();
    }
    return {};
  }
  tests::TempDir dir_;
};
using Names = std::vector<std::string>;

TEST_F(SourceListTest, RastersStandForThemselves) {
  EXPECT_EQ(names({"b.tif", "NETCDF:a.nc:x", "/vsicurl/https://x/y.tif", "gone.img"}),
            (Names{"b.tif", "NETCDF:a.nc:x", "/vsicurl/https://x/y.tif", "gone.img"}));
}

TEST_F(SourceListTest, ListsNest) {
  write("x.tif", "");
  const std::string inner = write("inner.txt", "x.tif\r\n\n  # c\nhttps://h/y.tif\ns3://b/k.tif");
  const std::string outer = write("outer", "  a.tif \n@" + inner + "\nb.tif\n");
  EXPECT_EQ(names({"@" + outer}),
            (Names{"a.tif", "x.tif", "/vsicurl/https://h/y.tif", "/vsis3/b/k.tif", "b.tif"}));
  const std::string loop = write("loop.txt", "loop.txt\n");
  EXPECT_NE(error(loop).find("contain itself"), std::string::npos);
  EXPECT_NE(error(write("none.txt", "# a\n\n")).find("empty"), std::string::npos);
  EXPECT_NE(error(write("long.txt", std::string(40000, 'a'))).find("line 1"), std::string::npos);
}

TEST_F(SourceListTest, NamesBesideTheList) {
  write("here.tif", "");
  EXPECT_EQ(resolve_name("here.tif", dir_.file("list"), true), dir_.file("here.tif"));
  EXPECT_EQ(resolve_name("here.tif", dir_.file("list"), false), dir_.file("here.tif"));
  EXPECT_EQ(resolve_name("gone.tif", dir_.file("list"), false), "gone.tif");
  EXPECT_EQ(resolve_name("./x/../gone.tif", dir_.file("list"), true), dir_.file("gone.tif"));
  EXPECT_EQ(resolve_name("/a/b.tif", "list", true), "/a/b.tif");
  EXPECT_EQ(resolve_name("file:///a/b.tif", "list", true), "/a/b.tif");
}

std::string vrt(const std::string& band_attributes, const std::string& first,
                const std::string& second) {
  return "<VRTDataset rasterXSize=\"4\" rasterYSize=\"2\"><VRTRasterBand dataType=\"Byte\" "
         "band=\"1\"" +
         band_attributes + ">" + first + second + "</VRTRasterBand></VRTDataset>";
}

std::string source(const std::string& name, const std::string& more = "",
                   const std::string& kind = "SimpleSource") {
  return "<" + kind + "><SourceFilename relativeToVRT=\"1\">" + name +
         "</SourceFilename><SourceBand>1</SourceBand><SourceProperties RasterXSize=\"2\" "
         "RasterYSize=\"2\" DataType=\"Byte\" BlockXSize=\"2\" BlockYSize=\"2\"/>" +
         more + "</" + kind + ">";
}

TEST_F(SourceListTest, VrtMosaics) {
  const std::string whole = "<SrcRect xOff=\"0\" yOff=\"0\" xSize=\"2\" ySize=\"2\"/>";
  const std::string part = "<SrcRect xOff=\"1\" yOff=\"0\" xSize=\"1\" ySize=\"2\"/>";
  const auto at = [](const std::string& x, const std::string& size) {
    return "<DstRect xOff=\"" + x + "\" yOff=\"0\" xSize=\"" + size + "\" ySize=\"2\"/>";
  };
  const std::string left = at("0", "2"), right = at("2", "2");
  const auto listed = [&](const std::string& text) { return names({write("m.vrt", text)}); };
  const Names both = {"a.tif", "b.tif"}, itself = {"m.vrt"};
  EXPECT_EQ(listed(vrt("", source("a.tif", whole + left), source("b.tif", right))), both);
  EXPECT_TRUE(list_vrt(dir_.file("m.vrt"))->back().all_data);
  EXPECT_EQ(listed(vrt("", source("a.tif", part + left), source("b.tif", right))), itself);
  EXPECT_EQ(listed(vrt("", source("a.tif", left), "")), itself);
  EXPECT_EQ(listed(vrt(" subClass=\"VRTDerivedRasterBand\"", source("a.tif", left),
                       source("b.tif", right))),
            itself);
  const std::string lut = right + "<LUT>0:1</LUT>";
  EXPECT_EQ(listed(vrt("", source("a.tif", left), source("b.tif", lut, "ComplexSource"))), itself);
  EXPECT_EQ(listed(vrt("", source("a.tif", left), source("b.tif", right, "AveragedSource"))),
            itself);
  // Neither its extent, nor its resolution is that of the files.
  EXPECT_EQ(listed(vrt("", source("a.tif", at("1", "2")), source("b.tif", right))), itself);
  EXPECT_EQ(listed(vrt("", source("a.tif", left), source("b.tif", at("1", "2")))), itself);
  EXPECT_EQ(listed(vrt("", source("a.tif", at("0", "1")), source("b.tif", at("1", "3")))), itself);
  EXPECT_NE(error(write("m.vrt", "<VRTDataset")).find("m.vrt"), std::string::npos);
}

TEST_F(SourceListTest, VrtsWithNodataAreTakenApartIfNothingOverlaps) {
  const auto is_apart = [&](const std::vector<std::array<int, 4>>& rects) {
    std::string text =
        "<VRTDataset rasterXSize=\"9\" rasterYSize=\"9\"><VRTRasterBand band=\"1\">"
        "<NoDataValue>0</NoDataValue>";
    for (const auto& [x, y, w, h] : rects) {
      const std::string size =
          "XSize=\"" + std::to_string(w) + "\" RasterYSize=\"" + std::to_string(h) + "\"/>";
      text +=
          "<SimpleSource><SourceFilename>f.tif</SourceFilename><SourceBand>1</SourceBand>"
          "<SourceProperties Raster" +
          size + "<DstRect xOff=\"" + std::to_string(x) + "\" yOff=\"" + std::to_string(y) +
          "\" xSize=\"" + std::to_string(w) + "\" ySize=\"" + std::to_string(h) +
          "\"/></SimpleSource>";
    }
    return list_vrt(write("m.vrt", text + "</VRTRasterBand></VRTDataset>")).has_value();
  };
  EXPECT_TRUE(is_apart({{0, 0, 9, 4}, {0, 4, 3, 5}, {3, 4, 6, 2}, {3, 6, 6, 3}}));
  EXPECT_TRUE(is_apart({{6, 0, 3, 9}, {0, 0, 3, 9}, {3, 1, 3, 2}}));
  EXPECT_FALSE(is_apart({{0, 0, 9, 4}, {0, 3, 9, 6}}));
  EXPECT_FALSE(is_apart({{0, 0, 5, 9}, {4, 2, 5, 3}}));
  EXPECT_FALSE(is_apart({{4, 0, 5, 9}, {0, 2, 5, 3}}));
  EXPECT_FALSE(is_apart({{0, 0, 9, 9}, {0, 0, 9, 9}}));
  EXPECT_FALSE(is_apart({{0, 0, 9, 9}, {3, 3, 2, 2}}));
}

TEST_F(SourceListTest, NodataOfVrtMosaics) {
  const auto list = [&](const std::string& first, const std::string& second,
                        const std::string& shown) {
    const auto one = [](const std::string& name, int x, const std::string& nodata) {
      return source(name,
                    "<DstRect xOff=\"" + std::to_string(x) +
                        "\" yOff=\"0\" xSize=\"2\" ySize=\"2\"/>" + nodata,
                    "ComplexSource");
    };
    return list_vrt(
        write("m.vrt", vrt("", shown + one("a.tif", 0, first), one("b.tif", 2, second))));
  };
  const std::string seven = "<NODATA>7</NODATA>", zero = "<NoDataValue>0</NoDataValue>";
  const auto found = list(seven, seven, zero);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->back().nodata, kernels::Nodata(7.0));
  EXPECT_EQ(found->back().shown, kernels::Nodata(0.0));
  EXPECT_FALSE(found->back().all_data);
  EXPECT_FALSE(list(seven, seven, ""));
  EXPECT_EQ(list("", "", zero)->front().nodata, kernels::Nodata(0.0));  // they share no pixel
  EXPECT_FALSE(list(seven, "", zero));
  EXPECT_FALSE(list(seven, seven, "<NoDataValue>none</NoDataValue>"));
}

std::string item(const std::string& id, const std::string& assets) {
  return R"({"type": "Feature", "id": ")" + id + R"(", "assets": {)" + assets + "}}";
}

TEST_F(SourceListTest, StacAssetsInTheirOrder) {
  const std::string assets =
      R"("z": {"href": "t.tif", "type": "image/tiff", "roles": ["thumbnail"]},
         "y": {"href": "https://h/data.tif", "type": "image/tiff; application=geotiff"},
         "a": {"href": "a.tif"}, "n": {"type": "image/tiff"})";
  const std::string all = write("all.json", R"({"type": "FeatureCollection", "features": [)" +
                                                item("1", assets) + "," + item("2", assets) + "]}");
  EXPECT_EQ(names({all}), (Names{"/vsicurl/https://h/data.tif", "/vsicurl/https://h/data.tif"}));
  EXPECT_EQ(names({all}, "a"), (Names{"a.tif", "a.tif"}));
  EXPECT_EQ(names({write("one.json", item("1", assets))}, "z"), Names{"t.tif"});
  EXPECT_THROW(names({all}, "gone"), report::RuntimeError);
  EXPECT_THROW(names({all}, "n"), report::RuntimeError);
}

TEST_F(SourceListTest, HostileJson) {
  for (const std::string& text :
       {std::string("{"), std::string(200000, '['), std::string("\xff\xfe"),
        std::string(R"({"features": []})"), R"({"features": [)" + item("1", "\"a\": 3") + "]}",
        R"({"features": [)" + item("1", R"("a": {"href": "a.tif"})") + ", 3]}"}) {
    const std::string message = error(write("x.json", text));
    EXPECT_NE(message.find("x.json"), std::string::npos) << text.substr(0, 40);
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

TEST_F(SourceListTest, MissingFiles) {
  for (const char* name : {"gone.json", "gone.txt", "gone.vrt"})
    EXPECT_NE(error(dir_.file(name)).find(name), std::string::npos);
  EXPECT_NE(error(dir_.path().string()).find("no rasters"), std::string::npos);
}

}  // namespace
}  // namespace cogmill::io
