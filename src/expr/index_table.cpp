// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/expr/indices.hpp"

#include <array>

/// The formulas as the cited papers define them, with the constants that became standard. Where
/// different papers used one abbreviation, the one that most software computes was taken.
namespace cogmill::expr {
namespace {

// clang-format off
constexpr std::array kIndices = std::to_array<SpectralIndex>({
    // --- vegetation ---
    // Rouse et al. 1974, Monitoring vegetation systems in the Great Plains with ERTS
    {"ndvi", "(nir - red) / (nir + red)", false, "Normalized Difference Vegetation Index"},
    // Huete et al. 2002, doi:10.1016/S0034-4257(02)00096-2
    {"evi", "2.5 * (nir - red) / (nir + 6 * red - 7.5 * blue + 1)", true, "Enhanced Vegetation Index"},
    // Jiang et al. 2008, doi:10.1016/j.rse.2008.06.006
    {"evi2", "2.5 * (nir - red) / (nir + 2.4 * red + 1)", true, "Two-band Enhanced Vegetation Index"},
    // Huete 1988, doi:10.1016/0034-4257(88)90106-X; L = 0.5
    {"savi", "1.5 * (nir - red) / (nir + red + 0.5)", true, "Soil-Adjusted Vegetation Index"},
    // Rondeaux et al. 1996, doi:10.1016/0034-4257(95)00186-7
    {"osavi", "(nir - red) / (nir + red + 0.16)", true, "Optimized Soil-Adjusted Vegetation Index"},
    // Qi et al. 1994, doi:10.1016/0034-4257(94)90134-1 (MSAVI2)
    {"msavi", "0.5 * (2 * nir + 1 - sqrt((2 * nir + 1)^2 - 8 * (nir - red)))", true, "Modified Soil-Adjusted Vegetation Index"},
    // Gitelson et al. 1996, doi:10.1016/S0034-4257(96)00072-7
    {"gndvi", "(nir - green) / (nir + green)", false, "Green Normalized Difference Vegetation Index"},
    // Wang et al. 2007, doi:10.1016/S1672-6308(07)60027-4
    {"bndvi", "(nir - blue) / (nir + blue)", false, "Blue Normalized Difference Vegetation Index"},
    // Gitelson & Merzlyak 1994, doi:10.1016/1011-1344(93)06963-4
    {"ndre", "(nir - rededge1) / (nir + rededge1)", false, "Normalized Difference Red Edge Index"},
    // Gitelson & Merzlyak 1994, doi:10.1016/S0176-1617(11)81633-0
    {"ndvi705", "(rededge2 - rededge1) / (rededge2 + rededge1)", false, "Red Edge NDVI (705 and 740 nm)"},
    // Sripada et al. 2005, doi:10.2134/agronj2004.0314
    {"gosavi", "(nir - green) / (nir + green + 0.16)", true, "Green Optimized Soil-Adjusted Vegetation Index"},
    // Sripada et al. 2005, doi:10.2134/agronj2004.0314; L = 0.5
    {"gsavi", "1.5 * (nir - green) / (nir + green + 0.5)", true, "Green Soil-Adjusted Vegetation Index"},
    // Kaufman & Tanre 1992, doi:10.1109/36.134076; gamma = 1
    {"arvi", "(nir - (2 * red - blue)) / (nir + (2 * red - blue))", false, "Atmospherically Resistant Vegetation Index"},
    // Gitelson et al. 1996, doi:10.1016/S0034-4257(96)00072-7; gamma = 1.7
    {"gari", "(nir - (green - 1.7 * (blue - red))) / (nir + (green - 1.7 * (blue - red)))", false, "Green Atmospherically Resistant Vegetation Index"},
    // Gitelson 2004, doi:10.1078/0176-1617-01176; alpha = 0.1
    {"wdrvi", "(0.1 * nir - red) / (0.1 * nir + red)", false, "Wide Dynamic Range Vegetation Index"},
    // Pinty & Verstraete 1992, doi:10.1007/BF00031911
    {"gemi", "(2 * (nir^2 - red^2) + 1.5 * nir + 0.5 * red) / (nir + red + 0.5) * (1 - 0.25 * (2 * (nir^2 - red^2) + 1.5 * nir + 0.5 * red) / (nir + red + 0.5)) - (red - 0.125) / (1 - red)", true, "Global Environment Monitoring Index"},
    // Richardson & Wiegand 1977, Photogrammetric Engineering and Remote Sensing 43
    {"dvi", "nir - red", true, "Difference Vegetation Index"},
    // Jordan 1969, doi:10.2307/1936256
    {"sr", "nir / red", false, "Simple Ratio"},
    // Chen 1996, doi:10.1080/07038992.1996.10855178
    {"msr", "(nir / red - 1) / sqrt(nir / red + 1)", false, "Modified Simple Ratio"},
    // Roujean & Breon 1995, doi:10.1016/0034-4257(94)00114-3
    {"rdvi", "(nir - red) / sqrt(nir + red)", true, "Renormalized Difference Vegetation Index"},
    // Goel & Qin 1994, doi:10.1080/02757259409532252
    {"nli", "(nir^2 - red) / (nir^2 + red)", true, "Non-Linear Vegetation Index"},
    // Crippen 1990, doi:10.1016/0034-4257(90)90085-Z
    {"ipvi", "nir / (nir + red)", false, "Infrared Percentage Vegetation Index"},
    // Badgley et al. 2017, doi:10.1126/sciadv.1602244
    {"nirv", "(nir - red) / (nir + red) * nir", true, "Near-Infrared Reflectance of Vegetation"},
    // Gitelson et al. 2003, doi:10.1078/0176-1617-00887
    {"cig", "nir / green - 1", false, "Chlorophyll Index Green"},
    // Gitelson et al. 2003, doi:10.1078/0176-1617-00887
    {"cire", "nir / rededge1 - 1", false, "Chlorophyll Index Red Edge"},
    // Vincini et al. 2008, doi:10.1007/s11119-008-9075-z
    {"cvi", "nir * red / green^2", false, "Chlorophyll Vegetation Index"},
    // Daughtry et al. 2000, doi:10.1016/S0034-4257(00)00113-9
    {"mcari", "((rededge1 - red) - 0.2 * (rededge1 - green)) * (rededge1 / red)", true, "Modified Chlorophyll Absorption in Reflectance Index"},
    // Haboudane et al. 2002, doi:10.1016/S0034-4257(02)00018-4
    {"tcari", "3 * ((rededge1 - red) - 0.2 * (rededge1 - green) * (rededge1 / red))", true, "Transformed Chlorophyll Absorption in Reflectance Index"},
    // Dash & Curran 2004, doi:10.1080/0143116042000274015
    {"mtci", "(rededge2 - rededge1) / (rededge1 - red)", false, "MERIS Terrestrial Chlorophyll Index"},
    // Frampton et al. 2013, doi:10.1016/j.isprsjprs.2013.04.007
    {"ireci", "(rededge3 - red) / (rededge1 / rededge2)", true, "Inverted Red-Edge Chlorophyll Index"},
    // Frampton et al. 2013, doi:10.1016/j.isprsjprs.2013.04.007
    {"s2rep", "705 + 35 * ((rededge3 + red) / 2 - rededge1) / (rededge2 - rededge1)", false, "Sentinel-2 Red-Edge Position [nm]"},
    // Merzlyak et al. 1999, doi:10.1034/j.1399-3054.1999.106119.x
    {"psri", "(red - blue) / rededge2", false, "Plant Senescence Reflectance Index"},
    // Penuelas et al. 1995, Photosynthetica 31; blue for 445 nm
    {"sipi", "(nir - blue) / (nir - red)", false, "Structure Insensitive Pigment Index"},
    // Gitelson et al. 2001, doi:10.1562/0031-8655(2001)074<0038:OPANEO>2.0.CO;2
    {"ari", "1 / green - 1 / rededge1", true, "Anthocyanin Reflectance Index"},
    // --- vegetation from visible bands (cameras, drones) ---
    // Tucker 1979, doi:10.1016/0034-4257(79)90013-0
    {"ngrdi", "(green - red) / (green + red)", false, "Normalized Green Red Difference Index"},
    // Gitelson et al. 2002, doi:10.1016/S0034-4257(01)00289-9
    {"vari", "(green - red) / (green + red - blue)", false, "Visible Atmospherically Resistant Index"},
    // Louhaichi et al. 2001, doi:10.1080/10106040108542184
    {"gli", "(2 * green - red - blue) / (2 * green + red + blue)", false, "Green Leaf Index"},
    // Woebbecke et al. 1995, doi:10.13031/2013.27838; of raw bands, not chromatic coordinates
    {"exg", "2 * green - red - blue", true, "Excess Green Index"},
    // Bendig et al. 2015, doi:10.1016/j.jag.2015.02.012
    {"rgbvi", "(green^2 - blue * red) / (green^2 + blue * red)", false, "Red Green Blue Vegetation Index"},
    // Hunt et al. 2013, doi:10.1016/j.jag.2012.07.020
    {"tgi", "-0.5 * (190 * (red - green) - 120 * (red - blue))", true, "Triangular Greenness Index"},
    // --- moisture and water ---
    // McFeeters 1996, doi:10.1080/01431169608948714
    {"ndwi", "(green - nir) / (green + nir)", false, "Normalized Difference Water Index (open water)"},
    // Xu 2006, doi:10.1080/01431160600589179
    {"mndwi", "(green - swir1) / (green + swir1)", false, "Modified Normalized Difference Water Index"},
    // Wilson & Sader 2002, doi:10.1016/S0034-4257(01)00318-2; also Gao's NDWI
    {"ndmi", "(nir - swir1) / (nir + swir1)", false, "Normalized Difference Moisture Index (vegetation water)"},
    // Hunt & Rock 1989, doi:10.1016/0034-4257(89)90046-1
    {"msi", "swir1 / nir", false, "Moisture Stress Index"},
    // Ceccato et al. 2002, doi:10.1016/S0034-4257(02)00037-8
    {"gvmi", "((nir + 0.1) - (swir2 + 0.02)) / ((nir + 0.1) + (swir2 + 0.02))", true, "Global Vegetation Moisture Index"},
    // Wang & Qu 2007, doi:10.1029/2007GL031021
    {"nmdi", "(nir - (swir1 - swir2)) / (nir + (swir1 - swir2))", false, "Normalized Multi-band Drought Index"},
    // Feyisa et al. 2014, doi:10.1016/j.rse.2013.08.029
    {"awei", "4 * (green - swir1) - (0.25 * nir + 2.75 * swir2)", true, "Automated Water Extraction Index"},
    // Feyisa et al. 2014, doi:10.1016/j.rse.2013.08.029
    {"aweish", "blue + 2.5 * green - 1.5 * (nir + swir1) - 0.25 * swir2", true, "Automated Water Extraction Index, with shadows"},
    // Lacaux et al. 2007, doi:10.1016/j.rse.2006.07.012
    {"ndti", "(red - green) / (red + green)", false, "Normalized Difference Turbidity Index"},
    // Mishra & Mishra 2012, doi:10.1016/j.rse.2011.10.016
    {"ndci", "(rededge1 - red) / (rededge1 + red)", false, "Normalized Difference Chlorophyll Index (water)"},
    // --- fire ---
    // Key & Benson 2006, doi:10.2737/RMRS-GTR-164
    {"nbr", "(nir - swir2) / (nir + swir2)", false, "Normalized Burn Ratio"},
    // USGS, Landsat Normalized Burn Ratio 2
    {"nbr2", "(swir1 - swir2) / (swir1 + swir2)", false, "Normalized Burn Ratio 2"},
    // Martin 1998; Chuvieco et al. 2002, doi:10.1080/01431160210153129
    {"bai", "1 / ((0.1 - red)^2 + (0.06 - nir)^2)", true, "Burned Area Index"},
    // Filipponi 2018, doi:10.3390/ecrs-2-05177
    {"bais2", "(1 - sqrt(rededge2 * rededge3 * nir2 / red)) * ((swir2 - nir2) / sqrt(swir2 + nir2) + 1)", true, "Burned Area Index for Sentinel-2"},
    // Trigg & Flasse 2001, doi:10.1080/01431160110053185
    {"mirbi", "10 * swir2 - 9.8 * swir1 + 2", true, "Mid-Infrared Burn Index"},
    // --- soil, towns, snow ---
    // Rikimaru et al. 2002, Tropical Ecology 43
    {"bsi", "((swir1 + red) - (nir + blue)) / ((swir1 + red) + (nir + blue))", false, "Bare Soil Index"},
    // Zha et al. 2003, doi:10.1080/01431160304987
    {"ndbi", "(swir1 - nir) / (swir1 + nir)", false, "Normalized Difference Built-up Index"},
    // Kawamura et al. 1996, ISPRS Archives XXXI-B7
    {"ui", "(swir2 - nir) / (swir2 + nir)", false, "Urban Index"},
    // Xu 2008, doi:10.1080/01431160802039957; L = 0.5
    {"ibi", "((swir1 - nir) / (swir1 + nir) - (1.5 * (nir - red) / (nir + red + 0.5) + (green - swir1) / (green + swir1)) / 2) / ((swir1 - nir) / (swir1 + nir) + (1.5 * (nir - red) / (nir + red + 0.5) + (green - swir1) / (green + swir1)) / 2)", true, "Index-based Built-up Index"},
    // Hall et al. 1995, doi:10.1016/0034-4257(95)00137-P
    {"ndsi", "(green - swir1) / (green + swir1)", false, "Normalized Difference Snow Index"},
    // Dixit et al. 2019, doi:10.3390/rs11232774
    {"swi", "green * (nir - swir1) / ((green + nir) * (nir + swir1))", false, "Snow Water Index"},
});
// clang-format on

}  // namespace

std::span<const SpectralIndex> spectral_indices() { return kIndices; }

}  // namespace cogmill::expr
