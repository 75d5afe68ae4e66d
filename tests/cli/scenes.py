# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Small GeoTIFFs of every kind, written with GDAL, and ways to damage them."""
import struct

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()

TYPES = {name: getattr(gdal, "GDT_" + name) for name in (
    "Byte", "Int8", "UInt16", "Int16", "UInt32", "Int32", "UInt64", "Int64", "Float32", "Float64",
    "CInt16", "CInt32", "CFloat32", "CFloat64") if hasattr(gdal, "GDT_" + name)}
NUMPY = {"Byte": np.uint8, "Int8": np.int8, "UInt16": np.uint16, "Int16": np.int16,
         "UInt32": np.uint32, "Int32": np.int32, "UInt64": np.uint64, "Int64": np.int64,
         "Float32": np.float32, "Float64": np.float64, "CInt16": np.complex64,
         "CInt32": np.complex128, "CFloat32": np.complex64, "CFloat64": np.complex128}
TRANSFORM = (717345, 30, 0, -2776995, 0, -30)
TILED = ("TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256")
DEFLATE = TILED + ("COMPRESS=DEFLATE", "PREDICTOR=2")


def crs(epsg):
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    return system


def ramp(bands, height, width, dtype=np.uint16, seed=1, noise=40):
    """Slopes, a hill and noise: every pixel another value, every band another picture."""
    rows, cols = np.mgrid[0:height, 0:width]
    random = np.random.default_rng(seed)
    hill = 3000 * np.exp(-((rows - height / 2)**2 + (cols - width / 2)**2) / (width * height / 9 + 1))
    planes = np.stack([6000 + 7 * b + (2 + b % 3) * cols + (3 - b % 2) * rows + (b + 1) * hill
                       + random.normal(0, noise, (height, width)) for b in range(bands)])
    return fit(planes, dtype)


def fit(planes, dtype):
    """Brings numbers of about 6000 .. 30000 into the type's range, and uses its sign and its
    fraction if it has them."""
    if np.issubdtype(dtype, np.complexfloating):
        real = np.round(planes)
        return (real - 9000 + 1j * (real[..., ::-1] - 7000)).astype(dtype)
    if np.issubdtype(dtype, np.floating):
        return (planes * 1.37 - 9000).astype(dtype)
    if np.iinfo(dtype).bits == 8:
        planes = np.clip(planes / 100 - (128 if np.iinfo(dtype).min < 0 else 0),
                         np.iinfo(dtype).min, np.iinfo(dtype).max)
    elif np.iinfo(dtype).min < 0:
        planes = planes - 9000
    if np.iinfo(dtype).bits == 64:
        return planes.astype(dtype) * dtype(2**40 + 1)
    return planes.astype(dtype)


def write(path, pixels, gdal_type=None, co=DEFLATE, nodata=None, descriptions=(), epsg=32621,
          transform=TRANSFORM, mask=None, dress=None, sidecar_mask=False):
    """Writes pixels (bands, rows, columns).
    @param dress called with the open dataset, for what has no argument of its own
    @return the path as text"""
    path, pixels = str(path), np.asarray(pixels)
    if pixels.ndim == 2:
        pixels = pixels[np.newaxis]
    if gdal_type is None:
        gdal_type = next(TYPES[t] for t in TYPES if np.dtype(NUMPY[t]) == pixels.dtype
                         and not t.startswith("CInt"))
    bands, height, width = pixels.shape
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "NO" if sidecar_mask else "YES")
    try:
        dataset = gdal.GetDriverByName("GTiff").Create(path, width, height, bands, gdal_type,
                                                       options=list(co))
        if epsg:
            dataset.SetSpatialRef(crs(epsg))
        if transform:
            dataset.SetGeoTransform(transform)
        for number in range(1, bands + 1):
            band = dataset.GetRasterBand(number)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if number <= len(descriptions):
                band.SetDescription(descriptions[number - 1])
        if dress:
            dress(dataset)
        if mask is not None:
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            dataset.GetRasterBand(1).GetMaskBand().WriteArray(mask.astype(np.uint8))
        for number in range(1, bands + 1):
            dataset.GetRasterBand(number).WriteArray(pixels[number - 1])
        dataset.FlushCache()
    finally:
        dataset = None
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
    return path


def vegetation(path, height=300, width=400, nodata=0, **options):
    """A scene as calc's examples have it: blue, green, red, nir as UInt16, nodata in one corner."""
    pixels = ramp(4, height, width)
    pixels[3] += 5000
    if nodata is not None:
        pixels[:, :height // 4, :width // 4] = nodata
    options.setdefault("descriptions", ("blue", "green", "red", "nir"))
    return write(path, pixels, nodata=nodata, **options)


def read(path, level=None):
    """The pixels as (bands, rows, columns), of the full resolution or of an overview from 0."""
    dataset = gdal.Open(str(path))
    bands = [dataset.GetRasterBand(i + 1) for i in range(dataset.RasterCount)]
    if level is not None:
        bands = [band.GetOverview(level) for band in bands]
    return np.stack([band.ReadAsArray() for band in bands])


def read_mask(path, band=1):
    dataset = gdal.Open(str(path))  # has to outlive its bands
    return dataset.GetRasterBand(band).GetMaskBand().ReadAsArray()


def nodata_of(path, band=1):
    dataset = gdal.Open(str(path))
    return dataset.GetRasterBand(band).GetNoDataValue()


def block_of(path):
    dataset = gdal.Open(str(path))
    return dataset.GetRasterBand(1).GetBlockSize()


def levels(path):
    """(width, height) of each overview."""
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    return [(band.GetOverview(i).XSize, band.GetOverview(i).YSize)
            for i in range(band.GetOverviewCount())]


def info(path):
    return gdal.Info(str(path), format="json", options=["-mdd", "all"])


# --- damage ---------------------------------------------------------------------------------------

class Tiff:
    """The tags of the first directory of a little-endian classic TIFF, to be changed in place."""
    SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 12: 8}
    FORMATS = {1: "B", 3: "H", 4: "I", 12: "d"}

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            self.data = bytearray(file.read())
        assert self.data[:4] == b"II*\0", "not a little-endian classic TIFF"
        self.ifd = struct.unpack_from("<I", self.data, 4)[0]
        self.count = struct.unpack_from("<H", self.data, self.ifd)[0]

    def entry(self, tag):
        """(position of the values, type, count) of a tag."""
        for i in range(self.count):
            at = self.ifd + 2 + 12 * i
            found, kind, count = struct.unpack_from("<HHI", self.data, at)
            if found == tag:
                inline = self.SIZES[kind] * count <= 4
                return (at + 8 if inline else struct.unpack_from("<I", self.data, at + 8)[0],
                        kind, count)
        raise KeyError(tag)

    def values(self, tag):
        at, kind, count = self.entry(tag)
        return list(struct.unpack_from(f"<{count}{self.FORMATS[kind]}", self.data, at))

    def set(self, tag, value, index=0):
        at, kind, _ = self.entry(tag)
        struct.pack_into("<" + self.FORMATS[kind], self.data, at + index * self.SIZES[kind], value)

    def set_next_directory(self, offset):
        struct.pack_into("<I", self.data, self.ifd + 2 + 12 * self.count, offset)

    def save(self):
        with open(self.path, "wb") as file:
            file.write(self.data)


WIDTH, LENGTH, COMPRESSION, TILE_WIDTH, TILE_OFFSETS, TILE_BYTES = 256, 257, 259, 322, 324, 325


def change_tag(path, tag, value, index=0):
    tiff = Tiff(path)
    tiff.set(tag, value, index)
    tiff.save()


def break_tile(path, index):
    """Overwrites the middle of a compressed tile."""
    tiff = Tiff(path)
    offset, size = tiff.values(TILE_OFFSETS)[index], tiff.values(TILE_BYTES)[index]
    begin, end = offset + size // 4, offset + size // 2
    tiff.data[begin:end] = bytes(b ^ 0x5a for b in tiff.data[begin:end])
    tiff.save()
