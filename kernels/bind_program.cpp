// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/bind_program.hpp"

#include "kernels/pixel_ops.hpp"
#include "kernels/warp/nodata_pixel.hpp"

#include <stdexcept>
#include <string>

namespace cogmill::kernels {
namespace {

/// What a pixel without data becomes. NaN is always the positive quiet one.
BoundNodata bind_hole(const std::optional<Nodata>& nodata, DataType type) {
  const BoundNodata given = bind_nodata(nodata, type);
  return visit_real_type(type, [&]<class P>(P) {
    if constexpr (std::is_floating_point_v<P>) {
      const bool is_number = given.present && !ops::is_nan(given.as<P>());
      return is_number ? given : BoundNodata::of(ops::kNaN<P>);
    } else {
      return given.present ? given : BoundNodata::of(P{0});
    }
  });
}

/// What a number becomes that comes out equal to nodata. Absent where nodata is NaN or not given.
BoundNodata bind_beside(const std::optional<Nodata>& nodata, DataType type) {
  const BoundNodata given = bind_nodata(nodata, type);
  if (!given.present) return {};
  return visit_real_type(type, [&]<class P>(P) {
    const P hole = given.as<P>();
    return hole == hole ? BoundNodata::of(warp::beside(hole)) : BoundNodata{};
  });
}

void require(bool ok, const char* what) {
  if (!ok) throw std::invalid_argument(std::string("evaluate_program: ") + what);
}

struct Extent {
  std::int64_t width = 0, height = 0;
  bool contiguous = true;  ///< no plane has a gap between its rows
};

/// The common size of all planes, which are one long row if none has gaps.
class ExtentOf {
 public:
  void add(const ConstPlane& plane) {
    if (first_) extent_ = {plane.width, plane.height, true};
    first_ = false;
    require(plane.width == extent_.width && plane.height == extent_.height,
            "the planes differ in size");
    extent_.contiguous = extent_.contiguous && plane.stride == plane.width;
  }
  const Extent& get() const { return extent_; }

 private:
  Extent extent_;
  bool first_ = true;
};

Extent common_extent(std::span<const ProgramInput> inputs, std::span<const ProgramOutput> outputs) {
  ExtentOf planes;
  for (const ProgramInput& input : inputs) {
    planes.add(input.plane);
    if (input.mask.data != nullptr) planes.add(input.mask);
  }
  for (const ProgramOutput& output : outputs) planes.add(output.plane);
  return planes.get();
}

/// One long row instead of many short ones: the same pixels, longer strips.
template <class AnyPlane>
AnyPlane unroll(AnyPlane plane) {
  plane.width *= plane.height;
  plane.stride = plane.width;
  plane.height = 1;
  return plane;
}

void unroll(BoundProgram& bound) {
  for (BoundInput& input : bound.inputs) {
    input.plane = unroll(input.plane);
    input.mask = unroll(input.mask);
  }
  for (BoundOutput& output : bound.outputs) output.plane = unroll(output.plane);
  bound.width *= bound.height;
  bound.height = 1;
}

}  // namespace

BoundNodata bind_nodata(const std::optional<Nodata>& nodata, DataType type) {
  if (!nodata) return {};
  return visit_real_type(type, [&]<class P>(P) {
    const std::optional<P> value = nodata->as<P>();
    return value ? BoundNodata::of(*value) : BoundNodata{};
  });
}

void check_program(const Program& program) {
  require(program.registers >= 0 && program.registers <= kMaxRegisters, "too many registers");
  const auto is_register = [&](std::uint8_t r) { return r < program.registers; };
  for (const Instruction& step : program.code) {
    require(is_register(step.dst), "destination out of range");
    if (step.op == Op::kConstant)
      require(step.a < program.constants.size(), "constant out of range");
    else if (step.op == Op::kLoad)
      require(step.a < program.inputs, "input out of range");
    else
      require(is_register(step.a) && is_register(step.b) && is_register(step.c),
              "operand out of range");
  }
  for (const std::uint8_t r : program.outputs) require(is_register(r), "output out of range");
}

BoundProgram bind_program(const Program& program, std::span<const ProgramInput> inputs,
                          std::span<const ProgramOutput> outputs) {
  require(inputs.size() == static_cast<std::size_t>(program.inputs), "wrong number of inputs");
  require(outputs.size() == program.outputs.size(), "wrong number of outputs");
  const Extent extent = common_extent(inputs, outputs);
  BoundProgram bound;
  bound.width = extent.width;
  bound.height = extent.height;
  for (const ProgramInput& input : inputs)
    bound.inputs.push_back({input.plane, input.mask, bind_nodata(input.nodata, input.plane.type)});
  for (const ProgramOutput& output : outputs)
    bound.outputs.push_back({output.plane, bind_hole(output.nodata, output.plane.type),
                             bind_beside(output.nodata, output.plane.type)});
  if (extent.contiguous && extent.width > 0 && extent.height > 0) unroll(bound);
  return bound;
}

}  // namespace cogmill::kernels
