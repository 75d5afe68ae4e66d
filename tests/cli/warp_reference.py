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
BOXES = KERNELS[KERNELS.index("average"):]  # an output pixel is a box of the source, not a point


def scales(record):
    """XSCALE and YSCALE as the run record gives them."""
    notes = " ".join(yaml.safe_load(open(record, encoding="utf-8"))["notes"])
    return re.search(r"XSCALE=(\S+) YSCALE=([^\s,]+)", notes).groups()


def reproject(cogmill, source, output, *options, kernel="near", exact=True, **how):
    """Runs cogmill; @return the pixels, and the record's path."""
    record = f"{output}.yaml"
    threshold = ["--error-threshold", "0"] if exact else []
    how.setdefault("warns", None)  # nodata that values collide with, grids that are not installed
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


def positions(source, output, where, shift=0.5):
    """Source positions [px] of points of output pixels (rows, columns): 0.5 the centres, 0 and 1
    the outer and inner corners."""
    transformer = gdal.Transformer(gdal.Open(str(source)), gdal.Open(str(output)), [])
    points = [(int(col) + shift, int(row) + shift) for row, col in where]
    found, _ = transformer.TransformPoints(1, points)
    return np.array([point[:2] for point in found]).reshape(-1, 2)


def tolerance(theirs):
    """One unit of integers, 1e-5 of the value of floats (near 0: of the image's range)."""
    if np.issubdtype(theirs.dtype, np.integer):
        return np.ones(theirs.shape)
    magnitude = np.abs(theirs)
    finite = magnitude[np.isfinite(magnitude)]
    floor = finite.max() * 0.05 if finite.size else 0
    whole = np.iscomplexobj(theirs) and (theirs == np.round(theirs)).all()  # complex integers
    return 1e-5 * np.maximum(np.nan_to_num(magnitude), floor) + (1.5 if whole else 0)


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


def is_near_jump(kernel, source, output, where):
    """True for pixels whose source position is within 1e-6 px of where the rules jump: a pixel's
    edge, for kernels also its middle, for boxes an edge under one of two corners."""
    shifts = [0, 1] if kernel in BOXES else [0.5]
    at = np.concatenate([positions(source, output, where, s) for s in shifts], axis=1)
    jumps = np.abs(at - np.round(at))
    if kernel not in BOXES and kernel != "near":
        jumps = np.minimum(jumps, np.abs(at - 0.5 - np.round(at - 0.5)))
    return jumps.min(axis=1) < 1e-6


def is_beside_image(source, output, where):
    """True for pixels whose box does not reach into the source. GDAL before 3.7 gives those that
    end less than 1 px left of it or above it the first column's or row's values."""
    image = gdal.Open(str(source))
    a, b = positions(source, output, where, 0), positions(source, output, where, 1)
    size = np.array([image.RasterXSize, image.RasterYSize])
    return ((np.maximum(a, b) <= 1e-6) | (np.minimum(a, b) >= size - 1e-6)).any(axis=1)


def lanczos(image, at, scales):
    """Lanczos of the whole image at the positions (n, 2), by its formula. @return (bands, n)"""
    def taps(centre, scale, size):
        scale = min(scale, 1)
        distance = (np.arange(size)[np.newaxis] + 0.5 - centre[:, np.newaxis]) * scale
        weights = np.where(np.abs(distance) <= 3, np.sinc(distance) * np.sinc(distance / 3), 0)
        return weights / weights.sum(axis=1, keepdims=True)
    across = taps(at[:, 0], scales[0], image.shape[2])
    down = taps(at[:, 1], scales[1], image.shape[1])
    return np.einsum("nr,brc,nc->bn", down, image.astype(np.float64), across, optimize=True)
