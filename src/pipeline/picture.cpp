// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "src/pipeline/picture.hpp"

#include "kernels/evaluate.hpp"
#include "kernels/masks.hpp"
#include "src/exchange/packing.hpp"
#include "src/io/color_table.hpp"
#include "src/io/quicklook.hpp"
#include "src/pipeline/byte_plane.hpp"
#include "src/report/error.hpp"

#include <cstring>
#include <vector>

namespace cogmill::pipeline {
namespace {

using kernels::Plane;
using partition::Window;

/// Takes bytes off the front of a message.
std::span<const std::byte> take(std::span<const std::byte>& message, std::size_t bytes) {
  if (bytes > message.size()) throw report::RuntimeError("a part of the quicklook is cut off");
  const auto front = message.first(bytes);
  message = message.subspan(bytes);
  return front;
}

}  // namespace

void Picture::add(const io::PixelBlock& part) {
  const auto window = exchange::pack(std::span(&part.window(), 1));
  parts_.insert(parts_.end(), window.begin(), window.end());
  for (const Plane& plane : part.all()) {
    const auto pixels = kernels::bytes_of(plane);
    parts_.insert(parts_.end(), pixels.begin(), pixels.end());
  }
}

void Picture::place(std::span<const std::byte> message, const io::PixelBlock& whole) const {
  while (!message.empty()) {
    const auto part = exchange::unpack<Window>(take(message, sizeof(Window))).front();
    for (const Plane& plane : whole.all()) {
      const Plane to = plane.crop(part.col, part.row, part.width, part.height);
      const auto row_bytes = static_cast<std::size_t>(to.width * kernels::size_bytes(to.type));
      for (std::int64_t row = 0; row < to.height; ++row) {
        const auto pixels = take(message, row_bytes);
        std::memcpy(to.row(row), pixels.data(), pixels.size());
      }
    }
  }
}

void Picture::draw(exchange::Communicator& comm, const std::string& raster,
                   const std::string& png) const {
  const auto messages = comm.gather(parts_);
  exchange::agree_on(comm, [&] {
    if (!comm.is_root()) return;
    io::PixelBlock whole, valid;
    whole.reset(plan_.whole(), plan_.types);
    for (const exchange::Bytes& message : messages) place(message, whole);
    io::QuicklookImage image;
    for (std::size_t i = 0; i < plan_.bands; ++i) image.bands.push_back(whole.plane(i));
    image.nodata = nodata_;
    if (whole.planes() > plan_.bands)
      image.mask = as_byte(whole.plane(plan_.bands), whole.window(), valid, kernels::find_visible);
    image.color_table = io::read_color_table(raster);
    io::write_quicklook(png, image);
  });
}

}  // namespace cogmill::pipeline
