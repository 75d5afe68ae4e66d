# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Outside opinions on an output file: GDAL's and rio-cogeo's validators, checksums."""
import functools
import hashlib
import importlib.util
import subprocess
import sys

import pytest


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def gdal_verdict(path):
    """(errors, warnings) of GDAL's validate_cloud_optimized_geotiff with the full check."""
    from osgeo_utils.samples import validate_cloud_optimized_geotiff as validator
    try:
        warnings, errors, _ = validator.validate(str(path), full_check=True)
    except validator.ValidateCloudOptimizedGeoTIFFException as error:
        return [str(error)], []
    return errors, warnings


def gdal_validate(*paths):
    assert paths, "no file was made: nothing is validated"
    for path in paths:
        assert gdal_verdict(path) == ([], []), path


RIO_CODE = """
import sys
from rio_cogeo.cogeo import cog_validate
for path in sys.argv[1:]:
    valid, errors, warnings = cog_validate(path, strict=True, quiet=True)
    if not valid or errors or warnings:
        print(path, errors, warnings)
"""


@functools.lru_cache
def has_rio():
    return importlib.util.find_spec("rio_cogeo") is not None


def rio_validate(*paths):
    """rio-cogeo's strict mode, in a process of its own: rasterio brings another GDAL."""
    if not has_rio():
        pytest.skip("rio-cogeo is not installed (PyPI): run launch/setup --tests")
    assert paths, "no file was made: nothing is validated"
    result = subprocess.run([sys.executable, "-c", RIO_CODE, *map(str, paths)], text=True,
                            capture_output=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
