// SPDX-FileCopyrightText: 2026 The cogmill authors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/count_pixels.cuh"
#include "kernels/cuda/evaluate.hpp"
#include "kernels/cuda/launch.cuh"
#include "kernels/cuda/quad_machine.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace cogmill::kernels::cuda {
namespace {

/// Quads of a thread: as many as keep the adders busy.
template <class T>
inline constexpr unsigned kGroups = sizeof(T) == 4 ? 2 : 1;

inline constexpr int kMostThreads = 256;
inline constexpr std::int64_t kStaged = 8192;  ///< most bytes of tables copied to shared memory

/// Code, constants and outputs' registers, one behind the other; so are inputs and outputs.
struct Blobs {
  const std::byte* code;
  const std::byte* planes;
  int code_bytes, planes_bytes;  ///< multiples of 16
  int steps, constants, inputs, outputs;
};

__device__ MachineTables tables_in(const Blobs& blobs, const std::byte* code,
                                   const std::byte* planes) {
  MachineTables t;
  t.code = reinterpret_cast<const Step*>(code);
  t.constants = reinterpret_cast<const double*>(t.code + blobs.steps);
  t.output_registers = reinterpret_cast<const std::uint8_t*>(t.constants + blobs.constants);
  t.inputs = reinterpret_cast<const BoundInput*>(planes);
  t.outputs = reinterpret_cast<const BoundOutput*>(t.inputs + blobs.inputs);
  t.steps = blobs.steps;
  t.output_count = blobs.outputs;
  return t;
}

__device__ void copy_words(const std::byte* from, std::byte* to, int bytes) {
  for (int i = static_cast<int>(threadIdx.x); i < bytes / 16; i += static_cast<int>(blockDim.x))
    reinterpret_cast<uint4*>(to)[i] = reinterpret_cast<const uint4*>(from)[i];
}

template <class T>
__global__ void __launch_bounds__(kMostThreads, sizeof(T) == 4 ? 4 : 3)
    run_program(const __grid_constant__ Blobs blobs, Quads quads, bool staged, unsigned pixels,
                unsigned long long* moved) {
  extern __shared__ uint4 shared[];
  using Registers = QuadRegisters<T, kGroups<T>>;
  auto* memory = reinterpret_cast<std::byte*>(shared);
  const std::byte *code = blobs.code, *planes = blobs.planes;
  if (staged) {
    copy_words(code, memory, blobs.code_bytes);
    copy_words(planes, memory + blobs.code_bytes, blobs.planes_bytes);
    __syncthreads();
    code = memory;
    planes = memory + blobs.code_bytes;
    memory += blobs.code_bytes + blobs.planes_bytes;
  }
  const MachineTables tables = tables_in(blobs, code, planes);
  const unsigned threads = blockDim.x;
  const Registers registers(reinterpret_cast<typename Registers::Unit*>(memory) + threadIdx.x,
                            threads);
  const std::int64_t chunk = std::int64_t{threads} * kGroups<T>;
  unsigned long long count = 0;
  for (std::int64_t first = blockIdx.x * chunk; first < quads.count(); first += gridDim.x * chunk)
    count +=
        run_quads<T, kGroups<T>>(tables, quads, first + threadIdx.x, threads, pixels, registers);
  add_counts(count, moved);
}

template <class E>
void append(std::vector<std::byte>& bytes, std::span<const E> elements) {
  const auto view = std::as_bytes(elements);
  bytes.insert(bytes.end(), view.begin(), view.end());
}

void pad(std::vector<std::byte>& bytes) { bytes.resize((bytes.size() + 15) / 16 * 16); }

std::vector<std::byte> code_of(const Program& program) {
  std::vector<Step> steps;
  for (const Instruction& instruction : program.code) steps.push_back({instruction});
  std::vector<std::byte> bytes;
  append(bytes, std::span<const Step>(steps));
  append(bytes, std::span<const double>(program.constants));
  append(bytes, std::span<const std::uint8_t>(program.outputs));
  pad(bytes);
  return bytes;
}

std::vector<std::byte> planes_of(const BoundProgram& bound) {
  std::vector<std::byte> bytes;
  append(bytes, std::span<const BoundInput>(bound.inputs));
  append(bytes, std::span<const BoundOutput>(bound.outputs));
  pad(bytes);
  return bytes;
}

int attribute(cudaDeviceAttr which) {
  int device = 0, value = 0;
  check(cudaGetDevice(&device), "ask which GPU is used");
  check(cudaDeviceGetAttribute(&value, which, device), "ask what the GPU can do");
  return value;
}

/// How many threads share how much memory.
struct Shape {
  int threads;
  std::size_t shared_bytes;
};

/// Fewer threads where a program has many registers: a quarter of a multiprocessor's memory for
/// a block, or what one warp needs.
template <class T>
Shape shape_of(int registers, std::int64_t staged_bytes) {
  const auto most = std::int64_t{attribute(cudaDevAttrMaxSharedMemoryPerBlockOptin)};
  constexpr std::int64_t kPixels = kGroups<T> * kQuad;
  const std::int64_t each = registers * kPixels * std::int64_t{sizeof(T)};
  int threads = kMostThreads;
  while (threads > 32 && threads * each + staged_bytes > most / 4) threads /= 2;
  return {threads, static_cast<std::size_t>(threads * each + staged_bytes)};
}

template <class T>
void launch(const Blobs& blobs, const Quads& quads, int registers, std::uint64_t* moved,
            Stream stream) {
  const std::int64_t tables = std::int64_t{blobs.code_bytes} + blobs.planes_bytes;
  // The widest program leaves no room for tables on a small device; it reads them where they are.
  const bool staged = tables <= kStaged && registers <= kMaxRegisters / 2;
  const Shape shape = shape_of<T>(registers, staged ? tables : 0);
  const auto kernel = run_program<T>;
  check(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize,
                             static_cast<int>(shape.shared_bytes)),
        "reserve shared memory of the GPU");
  int resident = 0;
  check(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&resident, kernel, shape.threads,
                                                      shape.shared_bytes),
        "plan a program for the GPU");
  const std::int64_t chunk = std::int64_t{shape.threads} * kGroups<T>;
  const std::int64_t needed = (quads.count() + chunk - 1) / chunk;
  const std::int64_t held =
      std::int64_t{std::max(resident, 1)} * attribute(cudaDevAttrMultiProcessorCount);
  kernel<<<static_cast<unsigned>(std::min(needed, held)), static_cast<unsigned>(shape.threads),
           shape.shared_bytes, stream>>>(blobs, quads, staged, kGroups<T> * kQuad,
                                         reinterpret_cast<unsigned long long*>(moved));
  check_launch("evaluate a program on the GPU");
}

}  // namespace

DeviceProgram::DeviceProgram(const Program& program, Stream stream) : program_(program) {
  check_program(program);
  const std::vector<std::byte> code = code_of(program);
  upload(code, code_.reserve(static_cast<std::int64_t>(code.size())), stream);
}

void evaluate_program(DeviceProgram& program, Precision precision,
                      std::span<const ProgramInput> inputs, std::span<const ProgramOutput> outputs,
                      std::uint64_t* moved, Stream stream) {
  const Program& host = program.program_;
  const BoundProgram bound = bind_program(host, inputs, outputs);
  if (bound.width <= 0 || bound.height <= 0 || outputs.empty()) return;
  const std::vector<std::byte> planes = planes_of(bound);
  upload(planes, program.planes_.reserve(static_cast<std::int64_t>(planes.size())), stream);
  const Blobs blobs = {program.code_.data(),
                       program.planes_.data(),
                       static_cast<int>(code_of(host).size()),
                       static_cast<int>(planes.size()),
                       static_cast<int>(host.code.size()),
                       static_cast<int>(host.constants.size()),
                       host.inputs,
                       static_cast<int>(host.outputs.size())};
  const Quads quads = {bound.width, bound.height};
  if (precision == Precision::kFloat32)
    launch<float>(blobs, quads, host.registers, moved, stream);
  else
    launch<double>(blobs, quads, host.registers, moved, stream);
}

}  // namespace cogmill::kernels::cuda
