# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""The GDALs that tests/bench/compare measures beside cogmill."""
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NDVI_VRT = """<VRTDataset rasterXSize="{w}" rasterYSize="{h}">
  {georeference}
  <VRTRasterBand dataType="Float32" band="1" subClass="VRTDerivedRasterBand">
    <PixelFunctionType>{function}</PixelFunctionType>
    <SourceTransferType>Float32</SourceTransferType>
    {sources}
  </VRTRasterBand>
</VRTDataset>
"""


@dataclass
class Peer:
    """A GDAL: its version, and the words that start its gdal_translate and gdalwarp."""
    name: str
    version: str
    translate: list
    warp: list

    def has_norm_diff(self):
        return tuple(map(int, self.version.split(".")[:2])) >= (3, 8)


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def find_peers(build):
    """The system's GDAL and the wheel's. Says so where there is no wheel or an old one."""
    version = re.search(r"\d+\.\d+\.\d+", output_of("gdalinfo", "--version")).group()
    peers = [Peer(f"GDAL {version}", version, ["gdal_translate"], ["gdalwarp"])]
    python = wheel_python(build)
    if python is None:
        print("NOT MEASURED: the newest GDAL: rasterio cannot be had from PyPI", file=sys.stderr)
        return peers
    tool = [str(python), str(Path(__file__).with_name("wheel_gdal"))]
    version = output_of(*tool, "version").strip()
    if tuple(map(int, version.split(".")[:2])) < (3, 12):
        print(f"WARNING: the wheel for this Python carries GDAL {version} only; "
              "COGMILL_BENCH_PYTHON=.. names a newer Python", file=sys.stderr)
    peers.append(Peer(f"GDAL {version}", version, [*tool, "translate"], [*tool, "warp"]))
    return peers


def wheel_python(build):
    """A Python of an environment of its own that has the newest rasterio for the newest Python here."""
    names = [os.environ.get("COGMILL_BENCH_PYTHON"), *(f"python3.{minor}" for minor in range(15, 11, -1)), "python3"]
    environment = build / "venv-bench"
    for name in filter(None, names):
        if shutil.which(name) and subprocess.run([name, "-c", ""], capture_output=True).returncode == 0:
            made = subprocess.run([name, "-m", "venv", str(environment)]).returncode == 0 and subprocess.run(
                [str(environment / "bin" / "pip"), "install", "--quiet", "--upgrade", "rasterio"]).returncode == 0
            return environment / "bin" / "python" if made else None
    return None


def shape_of(scene):
    """Width, height and number of bands."""
    info = json.loads(output_of("gdalinfo", "-json", str(scene)))
    return *info["size"], len(info["bands"])


def simple_source(path, band):
    return (f'<SimpleSource><SourceFilename relativeToVRT="0">{path}</SourceFilename>'
            f"<SourceBand>{band}</SourceBand></SimpleSource>")


def ndvi_vrt(peer, scene, folder):
    """NDVI as a derived band: norm_diff where this GDAL has it, nested diff, sum and div elsewhere."""
    width, height, _ = shape_of(scene)
    head = output_of("gdal_translate", "-q", "-of", "VRT", str(scene), "/vsistdout/").split("<VRTRasterBand", 1)[0]
    georeference = "".join(re.findall(r"<SRS.*?</SRS>|<GeoTransform>.*?</GeoTransform>", head, re.DOTALL))

    def write(name, function, sources):
        path = folder / f"{peer.version}_{name}"
        path.write_text(NDVI_VRT.format(w=width, h=height, georeference=georeference, function=function,
                                        sources="".join(sources)))
        return path

    nir, red = simple_source(scene, 4), simple_source(scene, 3)
    if peer.has_norm_diff():
        return write("ndvi.vrt", "norm_diff", [nir, red])
    difference = write("difference.vrt", "diff", [nir, red])
    total = write("total.vrt", "sum", [nir, red])
    return write("ndvi.vrt", "div", [simple_source(difference, 1), simple_source(total, 1)])
