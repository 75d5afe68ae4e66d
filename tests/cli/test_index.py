# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""calc --index: the formulas everybody knows, and where the bands come from."""
import re

import numpy as np
import pytest
import scenes

BANDS = ("blue", "green", "red", "nir", "swir1", "swir2")


@pytest.fixture(scope="module")
def reflectance(shared):
    """Six named bands Float32 in 0.02 .. 0.6."""
    pixels = (scenes.ramp(6, 60, 80, np.uint16, noise=300) / 65536.0).astype(np.float32)
    pixels[3] += 0.2
    scenes.write(shared.folder / "in.tif", pixels, descriptions=BANDS)
    return dict(zip(BANDS, pixels.astype(np.float64)))


def ratio(a, b):
    return (a - b) / (a + b)


FORMULAS = {
    "ndvi": lambda b: ratio(b["nir"], b["red"]), "gndvi": lambda b: ratio(b["nir"], b["green"]),
    "ndwi": lambda b: ratio(b["green"], b["nir"]), "mndwi": lambda b: ratio(b["green"], b["swir1"]),
    "nbr": lambda b: ratio(b["nir"], b["swir2"]), "ndmi": lambda b: ratio(b["nir"], b["swir1"]),
    "ndbi": lambda b: ratio(b["swir1"], b["nir"]),
    "evi": lambda b: 2.5 * (b["nir"] - b["red"]) / (b["nir"] + 6 * b["red"] - 7.5 * b["blue"] + 1),
    "evi2": lambda b: 2.5 * (b["nir"] - b["red"]) / (b["nir"] + 2.4 * b["red"] + 1),
    "savi": lambda b: 1.5 * (b["nir"] - b["red"]) / (b["nir"] + b["red"] + 0.5),
    "osavi": lambda b: (b["nir"] - b["red"]) / (b["nir"] + b["red"] + 0.16),
    "dvi": lambda b: b["nir"] - b["red"],
}


@pytest.mark.parametrize("name", FORMULAS)
def test_index_by_band_names(shared, reflectance, name):
    shared("calc", "-i", "A=in.tif", "--index", name, "out.tif", "--overwrite")
    want = FORMULAS[name](reflectance)
    np.testing.assert_allclose(scenes.read(shared.folder / "out.tif")[0], want, rtol=2e-4, atol=2e-6)


def test_index_by_roles(shared, reflectance):
    """Roles win over names."""
    shared("calc", "-i", "A=in.tif", "--index", "NDVI", "--red", "1", "--nir", "5", "out.tif", "--overwrite")
    want = ratio(reflectance["swir1"], reflectance["blue"])
    np.testing.assert_allclose(scenes.read(shared.folder / "out.tif")[0], want, rtol=2e-4, atol=2e-6)


def test_the_output_band_is_named_after_the_index(shared, reflectance):
    shared("calc", "-i", "A=in.tif", "--index", "ndvi", "out.tif", "--overwrite")
    assert scenes.info(shared.folder / "out.tif")["bands"][0]["description"].lower().startswith("ndvi")


def test_at_least_thirty_indices(shared):
    listed = re.findall(r"\w+", shared("calc", "--list-indices").stdout.lower())
    known = [n for n in ("ndvi evi evi2 savi msavi osavi arvi gndvi ndre ndwi mndwi ndmi nbr nbr2 bai "
                         "ndbi ndsi ndti bsi vari gli tgi gci cire sipi dvi rvi gemi mcari awei lswi "
                         "msi gvmi nli ipvi wdrvi").split() if n in listed]
    assert len(known) >= 28, known
