// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/option_advice.hpp"

#include "src/job/argument.hpp"
#include "src/job/creation_options.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace cogmill::cli {

std::string advice_for_option(const std::string& name) {
  static const std::set<std::string> kLater = {"resume"};
  static const std::map<std::string, std::string> kOtherNames = {
      {"a_nodata", "use --dst-nodata"},
      {"dstnodata", "use --dst-nodata"},
      {"NoDataValue", "use --dst-nodata"},
      {"nodata", "use --dst-nodata for the output or --src-nodata for the inputs"},
      {"srcnodata", "use --src-nodata"},
      {"type", "use --output-data-type"},
      {"dtype", "use --output-data-type"},
      {"format", "use --output-format"},
      {"f", "use --output-format"},
      {"outfile", "give OUTPUT as the last argument"},
      {"output", "give OUTPUT as the last argument"},
      {"o", "give OUTPUT as the last argument"},
      {"q", "use --progress none"},
      {"quiet", "use --progress none"},
      {"verbose", "use --log-level info"},
      {"v", "use --log-level info"},
      {"j", "use --threads"},
      {"r", "use --co OVERVIEW_RESAMPLING=AVERAGE for overviews"},
      {"t_srs", "use --dst-crs"},
      {"s_srs", "use --src-crs"},
      {"tr", "use --resolution X,Y"},
      {"ts", "use --size W,H"},
      {"te", "use --bbox XMIN,YMIN,XMAX,YMAX"},
      {"te_srs", "use --bbox-crs"},
      {"dstalpha", "use --add-alpha"},
      {"multi", "use --threads"},
      {"wm", "use --memory"},
  };
  if (kLater.contains(name)) return "it is not in this version of cogmill";
  if (const auto found = kOtherNames.find(name); found != kOtherNames.end()) return found->second;
  const bool letter = name.size() == 1 && std::isupper(static_cast<unsigned char>(name[0])) != 0;
  if (letter || (name.size() == 6 && name.substr(1) == "_band"))  // gdal_calc.py -A FILE --A_band 2
    return "inputs are given as -i " + name.substr(0, 1) + "=FILE, their bands as " +
           name.substr(0, 1) + "[2]";
  const auto& creation = job::creation_option_names();
  const std::string upper = job::to_upper(name);
  if (std::find(creation.begin(), creation.end(), upper) != creation.end())
    return "use --co " + upper + "=VALUE";
  return {};
}

}  // namespace cogmill::cli
