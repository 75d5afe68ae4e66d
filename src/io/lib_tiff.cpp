// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/io/lib_tiff.hpp"

#include "src/report/error.hpp"

#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace cogmill::io {
namespace {

using report::RuntimeError;
using Stream = LibTiff::Stream;

Stream& stream_of(thandle_t handle) { return *static_cast<Stream*>(handle); }

tmsize_t read_stream(thandle_t handle, void* out, tmsize_t bytes) {
  Stream& stream = stream_of(handle);
  const auto size = static_cast<std::uint64_t>(stream.file.size());
  if (bytes <= 0 || stream.position >= size) return 0;
  const std::uint64_t count = std::min(static_cast<std::uint64_t>(bytes), size - stream.position);
  try {  // nothing may escape into C code
    stream.file.read_at(static_cast<std::int64_t>(stream.position),
                        {static_cast<std::byte*>(out), static_cast<std::size_t>(count)});
  } catch (const std::exception& e) {
    stream.error = e.what();
    return -1;
  }
  stream.position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return -1; }

toff_t seek_stream(thandle_t handle, toff_t offset, int whence) {
  Stream& stream = stream_of(handle);
  const std::uint64_t base = whence == SEEK_CUR   ? stream.position
                             : whence == SEEK_END ? static_cast<std::uint64_t>(stream.file.size())
                                                  : 0;
  stream.position = base + offset;
  return stream.position;
}

int close_nothing(thandle_t) { return 0; }

toff_t stream_size(thandle_t handle) { return static_cast<toff_t>(stream_of(handle).file.size()); }

__attribute__((format(printf, 4, 0))) int keep_error(TIFF*, void* user, const char*,
                                                     const char* format, va_list arguments) {
  char text[512];
  std::vsnprintf(text, sizeof text, format, arguments);
  auto* stream = static_cast<Stream*>(user);
  if (stream->error.empty()) stream->error = text;  // the first one is the cause
  return 1;                                         // handled: nothing goes to stderr
}

__attribute__((format(printf, 4, 0))) int drop_warning(TIFF*, void*, const char*, const char*,
                                                       va_list) {
  return 1;
}

struct FreeOptions {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

/// Opens without mapping (m), without reading a directory (h) or block arrays (D) yet, and without
/// cutting up strips (c), which is done here.
TIFF* open_tiff(Stream& stream) {
  const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
  if (!options) throw RuntimeError("out of memory");
  // Block arrays hold 8 bytes a block, of at least 2 in the file.
  const std::int64_t size = std::min(stream.file.size(), std::int64_t{1} << 40);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), 8 * size + (tmsize_t{1} << 20));
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), &keep_error, &stream);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), &drop_warning, &stream);
  TIFF* tiff = TIFFClientOpenExt(stream.file.path().c_str(), "rmhDc", &stream, &read_stream,
                                 &write_nothing, &seek_stream, &close_nothing, &stream_size,
                                 nullptr, nullptr, options.get());
  if (tiff == nullptr)
    throw RuntimeError("cannot open " + stream.file.path() + ": " + stream.error);
  return tiff;
}

}  // namespace

LibTiff::LibTiff(ByteReader& file)
    : stream_(std::make_unique<Stream>(Stream{file})), tiff_(open_tiff(*stream_)) {}

void LibTiff::Close::operator()(TIFF* tiff) const { TIFFClose(tiff); }

bool LibTiff::select(std::int64_t offset) {
  stream_->error.clear();
  return TIFFSetSubDirectory(tiff_.get(), static_cast<std::uint64_t>(offset)) != 0;
}

std::uint16_t LibTiff::short_tag(std::uint32_t tag, std::uint16_t missing) const {
  std::uint16_t value = missing;
  return TIFFGetFieldDefaulted(tiff_.get(), tag, &value) == 1 ? value : missing;
}

std::uint32_t LibTiff::long_tag(std::uint32_t tag, std::uint32_t missing) const {
  std::uint32_t value = missing;
  return TIFFGetFieldDefaulted(tiff_.get(), tag, &value) == 1 ? value : missing;
}

std::optional<int> LibTiff::find_short_tag(std::uint32_t tag) const {
  std::uint16_t value = 0;
  return TIFFGetField(tiff_.get(), tag, &value) == 1 ? std::optional<int>(value) : std::nullopt;
}

std::vector<int> LibTiff::short_list(std::uint32_t tag) const {
  std::uint16_t count = 0;
  const std::uint16_t* values = nullptr;
  if (TIFFGetField(tiff_.get(), tag, &count, &values) != 1 || values == nullptr) return {};
  return {values, values + count};
}

bool LibTiff::is_tiled() const { return TIFFIsTiled(tiff_.get()) != 0; }

std::uint32_t LibTiff::block_count() const {
  return is_tiled() ? TIFFNumberOfTiles(tiff_.get()) : TIFFNumberOfStrips(tiff_.get());
}

LibTiff::Block LibTiff::block(std::uint32_t index) {
  int offset_error = 0;
  int size_error = 0;
  const Block block{TIFFGetStrileOffsetWithErr(tiff_.get(), index, &offset_error),
                    TIFFGetStrileByteCountWithErr(tiff_.get(), index, &size_error)};
  if (offset_error != 0 || size_error != 0) damaged("its block offsets cannot be read");
  return block;
}

void LibTiff::damaged(const std::string& what) const {
  throw RuntimeError(stream_->file.path() + " is damaged: " + what +
                     (stream_->error.empty() ? "" : " (" + stream_->error + ")"));
}

}  // namespace cogmill::io
