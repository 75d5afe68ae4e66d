# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""gdalwarp's answer for the grid and the scale factors of a file that cogmill has written."""
import re

import numpy as np
import yaml
from osgeo import gdal
from scenes import read

KERNELS = ["near", "bilinear", "cubic", "cubicspline", "lanczos", "average", "rms", "mode", "min",
           "max", "med", "q1", "q3", "sum"]


def scales(record):
    """XSCALE and YSCALE as the run record gives them."""
    notes = " ".join(yaml.safe_load(open(record, encoding="utf-8"))["notes"])
    return re.search(r"XSCALE=(\S+) YSCALE=([^\s,]+)", notes).groups()


def reproject(cogmill, source, output, *options, kernel="near", exact=True, **how):
    """Runs cogmill; @return the pixels, and the record's path."""
    record = f"{output}.yaml"
    threshold = ["--error-threshold", "0"] if exact else []
    cogmill("reproject", source, output, "-r", kernel, "--overview", "none", *threshold,
            "--record", record, "--overwrite", *options, **how)
    return read(cogmill.folder / output), cogmill.folder / record


def grid_of(dataset):
    transform = dataset.GetGeoTransform()
    width, height = dataset.RasterXSize, dataset.RasterYSize
    xs = sorted([transform[0], transform[0] + width * transform[1]])
    ys = sorted([transform[3], transform[3] + height * transform[5]])
    return dict(outputBounds=(xs[0], ys[0], xs[1], ys[1]), width=width, height=height)


def gdalwarp(source, output, record, kernel, **options):
    """The same warp by GDAL: exact positions, one chunk, cogmill's scale factors."""
    ours = gdal.Open(str(output))
    x_scale, y_scale = scales(record)
    warp_options = [f"XSCALE={x_scale}", f"YSCALE={y_scale}"] + options.pop("warpOptions", [])
    result = gdal.Warp("", str(source), format="MEM", dstSRS=ours.GetSpatialRef(), **grid_of(ours),
                       resampleAlg=kernel, errorThreshold=0, overviewLevel="NONE",
                       warpMemoryLimit=4000, warpOptions=warp_options, **options)
    return np.stack([result.GetRasterBand(b + 1).ReadAsArray() for b in range(result.RasterCount)])


def positions(source, output, where):
    """Source positions [px] of the centres of output pixels (rows, columns)."""
    transformer = gdal.Transformer(gdal.Open(str(source)), gdal.Open(str(output)), [])
    points = [(int(col) + 0.5, int(row) + 0.5) for row, col in where]
    found, _ = transformer.TransformPoints(1, points)
    return np.array([point[:2] for point in found]).reshape(-1, 2)


def tolerance(theirs):
    """One unit of integers, 1e-5 of the value of floats (near 0: of the image's range)."""
    if np.issubdtype(theirs.dtype, np.integer):
        return np.ones(theirs.shape)
    magnitude = np.abs(theirs)
    finite = magnitude[np.isfinite(magnitude)]
    floor = finite.max() * 0.05 if finite.size else 0
    return 1e-5 * np.maximum(np.nan_to_num(magnitude), floor)


def differences(ours, theirs):
    """True where they differ by more than the bound."""
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype
    if np.issubdtype(ours.dtype, np.integer):
        apart = np.maximum(ours, theirs) - np.minimum(ours, theirs)  # unsigned: no wrap
        return apart > 1
    same_nan = np.isnan(ours) & np.isnan(theirs)
    with np.errstate(invalid="ignore"):
        close = np.abs(ours - theirs) <= tolerance(theirs)
    return ~(same_nan | close | (ours == theirs))
