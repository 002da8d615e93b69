/* What every processor here does in one instruction, and Swift's vectors in several or not at all. Where Swift does not
   optimise, its vectors call functions for each lane, and a second of sound takes as long: the innermost loops therefore
   load, store and reckon with these. */
#include <stddef.h>

/* Swift rounds each product before it is added, and so must this. */
#pragma STDC FP_CONTRACT OFF

typedef float cvector_float4 __attribute__((__ext_vector_type__(4)));
typedef float cvector_float8 __attribute__((__ext_vector_type__(8)));
typedef double cvector_double4 __attribute__((__ext_vector_type__(4)));
typedef double cvector_double8 __attribute__((__ext_vector_type__(8)));
typedef int cvector_int4 __attribute__((__ext_vector_type__(4)));
typedef int cvector_int8 __attribute__((__ext_vector_type__(8)));
typedef short cvector_short4 __attribute__((__ext_vector_type__(4)));

#define CVECTOR static inline __attribute__((always_inline))

#if defined(__SSE2__)
#include <emmintrin.h>

/* Within low...high; what is not a number stays so. */
CVECTOR cvector_float4 cvector_clamp(cvector_float4 values, cvector_float4 low, cvector_float4 high) {
  /* Of two operands of which one is not a number, both instructions give the second. */
  return (cvector_float4)_mm_max_ps((__m128)low, _mm_min_ps((__m128)high, (__m128)values));
}

/* The nearest whole number, ties to even; past the ends of int one end or the other; of what is not a number 0 or the
   lowest int. */
CVECTOR cvector_int4 cvector_nearest(cvector_float4 values) { return (cvector_int4)_mm_cvtps_epi32((__m128)values); }

/* The nearest whole number, ties to even, clamped to what int holds; 0 for what is not a number. */
CVECTOR cvector_int4 cvector_saturate(cvector_float4 values) {
  /* Past either end the instruction gives the lowest int; inverted, it is the highest. */
  __m128i past = _mm_castps_si128(_mm_cmpge_ps((__m128)values, _mm_set1_ps(0x1p31f)));
  __m128i number = _mm_castps_si128(_mm_cmpord_ps((__m128)values, (__m128)values));
  return (cvector_int4)_mm_and_si128(number, _mm_xor_si128(past, _mm_cvtps_epi32((__m128)values)));
}

/* The clamped 16 bits of each number, in order. */
CVECTOR cvector_int4 cvector_narrow(cvector_int4 first, cvector_int4 second) {
  return (cvector_int4)_mm_packs_epi32((__m128i)first, (__m128i)second);
}

/* Processors of before 2006 to 2011 lack it; the compiler may not use it unasked. */
CVECTOR int cvector_has_shuffle(void) { return __builtin_cpu_supports("ssse3"); }

/* Byte i of the result is byte order[i] of `bytes`; 0 where order[i] is 128. */
CVECTOR cvector_int4 cvector_shuffle(cvector_int4 bytes, cvector_int4 order) {
  __asm__("pshufb %1, %0" : "+x"(bytes) : "xm"(order));
  return bytes;
}

CVECTOR void cvector_fence(void) { _mm_sfence(); }

#elif defined(__aarch64__)
#include <arm_neon.h>

CVECTOR cvector_float4 cvector_clamp(cvector_float4 values, cvector_float4 low, cvector_float4 high) {
  return (cvector_float4)vmaxq_f32((float32x4_t)low, vminq_f32((float32x4_t)high, (float32x4_t)values));
}

CVECTOR cvector_int4 cvector_nearest(cvector_float4 values) { return (cvector_int4)vcvtnq_s32_f32((float32x4_t)values); }

CVECTOR cvector_int4 cvector_saturate(cvector_float4 values) { return cvector_nearest(values); }

CVECTOR cvector_int4 cvector_narrow(cvector_int4 first, cvector_int4 second) {
  return (cvector_int4)vcombine_s16(vqmovn_s32((int32x4_t)first), vqmovn_s32((int32x4_t)second));
}

CVECTOR int cvector_has_shuffle(void) { return 1; }

CVECTOR cvector_int4 cvector_shuffle(cvector_int4 bytes, cvector_int4 order) {
  return (cvector_int4)vqtbl1q_s8((int8x16_t)bytes, (uint8x16_t)order);
}

CVECTOR void cvector_fence(void) {}

#else
#error "podcast runs on x86-64 and arm64"
#endif

/* Asks for the line at an address, for one use. Any address may be asked for. */
CVECTOR void cvector_prefetch(size_t address) { __builtin_prefetch((const void *)address, 0, 0); }

/* Copies whole 64 bytes, to a multiple of 16, past the cache: what is written is not read from memory first, and pushes
   nothing else out. Other threads see it after cvector_fence. */
CVECTOR void cvector_stream(void *to, const void *from, size_t bytes) {
  cvector_int4 *target = (cvector_int4 *)to;
  const cvector_int4 *source = (const cvector_int4 *)from;
  for (size_t index = 0; index < bytes / 16; index += 4) {
    cvector_int4 first = source[index], second = source[index + 1];
    cvector_int4 third = source[index + 2], fourth = source[index + 3];
    __builtin_nontemporal_store(first, target + index);
    __builtin_nontemporal_store(second, target + index + 1);
    __builtin_nontemporal_store(third, target + index + 2);
    __builtin_nontemporal_store(fourth, target + index + 3);
  }
}

/* Eight sums, to each of which the product of the numbers at its place is added. */
CVECTOR cvector_float8 cvector_add_products(cvector_float8 sums, const float *one, const float *two) {
  cvector_float8 first, second;
  __builtin_memcpy(&first, one, sizeof first);
  __builtin_memcpy(&second, two, sizeof second);
  return sums + first * second;
}

CVECTOR cvector_double8 cvector_add_double_products(cvector_double8 sums, const double *one, const double *two) {
  cvector_double8 first, second;
  __builtin_memcpy(&first, one, sizeof first);
  __builtin_memcpy(&second, two, sizeof second);
  return sums + first * second;
}

/* Four sums, to the first three of which the products of three numbers with one for all are added, to the last its
   square. Four numbers are read. */
CVECTOR cvector_double4 cvector_add_multiples(cvector_double4 sums, const float *numbers, float factor) {
  cvector_float4 four;
  __builtin_memcpy(&four, numbers, sizeof four);
  four[3] = factor;
  return sums + __builtin_convertvector(four, cvector_double4) * (double)factor;
}

/* The sum of the products of eight numbers with eight others. */
CVECTOR double cvector_eight_products(const float *one, const float *two) {
  cvector_float8 first, second;
  __builtin_memcpy(&first, one, sizeof first);
  __builtin_memcpy(&second, two, sizeof second);
  cvector_double8 eight = __builtin_convertvector(first, cvector_double8) * __builtin_convertvector(second, cvector_double8);
  cvector_double4 four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

/* The products of eight numbers with eight others, and the sums of four times eight numbers, as floats. */
CVECTOR cvector_float8 cvector_coarse_products(const float *one, const float *two) {
  cvector_float8 first, second;
  __builtin_memcpy(&first, one, sizeof first);
  __builtin_memcpy(&second, two, sizeof second);
  return first * second;
}

CVECTOR cvector_double4 cvector_coarse_sums(cvector_float8 a, cvector_float8 b, cvector_float8 c, cvector_float8 d) {
  cvector_float8 ab = __builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14) +
                      __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15);
  cvector_float8 cd = __builtin_shufflevector(c, d, 0, 2, 8, 10, 4, 6, 12, 14) +
                      __builtin_shufflevector(c, d, 1, 3, 9, 11, 5, 7, 13, 15);
  cvector_float8 all = __builtin_shufflevector(ab, cd, 0, 2, 8, 10, 4, 6, 12, 14) +
                       __builtin_shufflevector(ab, cd, 1, 3, 9, 11, 5, 7, 13, 15);
  return __builtin_convertvector(__builtin_shufflevector(all, all, 0, 1, 2, 3), cvector_double4) +
         __builtin_convertvector(__builtin_shufflevector(all, all, 4, 5, 6, 7), cvector_double4);
}

/* One coordinate of eight points that are turned by an angle; the other is that of (y, x) and the opposite angle. */
CVECTOR cvector_double8 cvector_turn(cvector_double8 x, cvector_double8 y, double cosine, double sine) {
  return x * cosine - y * sine;
}

CVECTOR void cvector_store(double *target, cvector_double8 numbers) {
  __builtin_memcpy(target, &numbers, sizeof numbers);
}

/* One after the other, from the first. */
CVECTOR float cvector_sum(cvector_float8 numbers) {
  float sum = -0.0f;
  for (int lane = 0; lane < 8; lane++) sum += numbers[lane];
  return sum;
}

CVECTOR double cvector_double_sum(cvector_double8 numbers) {
  double sum = -0.0;
  for (int lane = 0; lane < 8; lane++) sum += numbers[lane];
  return sum;
}

/* At any address. */
CVECTOR cvector_float4 cvector_load(const float *source) {
  cvector_float4 numbers;
  __builtin_memcpy(&numbers, source, sizeof numbers);
  return numbers;
}

CVECTOR cvector_int4 cvector_load_ints(const void *source) {
  cvector_int4 numbers;
  __builtin_memcpy(&numbers, source, sizeof numbers);
  return numbers;
}

/* Four of 16 bits. */
CVECTOR cvector_float4 cvector_load_shorts(const void *source) {
  cvector_short4 numbers;
  __builtin_memcpy(&numbers, source, sizeof numbers);
  return __builtin_convertvector(numbers, cvector_float4);
}

CVECTOR void cvector_store_floats(void *target, cvector_float4 numbers) {
  __builtin_memcpy(target, &numbers, sizeof numbers);
}

CVECTOR void cvector_store_ints(void *target, cvector_int4 numbers) {
  __builtin_memcpy(target, &numbers, sizeof numbers);
}

/* Of sixteen numbers the lower three bytes, in 48 bytes; to be asked for only where there is a shuffle. Three whole
   stores: one that crosses sixteen bytes takes some processors five times as long. */
CVECTOR void cvector_store_24(
    void *target, cvector_int4 first, cvector_int4 second, cvector_int4 third, cvector_int4 fourth) {
  /* Each at its place in its stores; of the second and third, what belongs to the next store comes first. */
  first = cvector_shuffle(first, (cvector_int4){0x04020100, 0x09080605, 0x0e0d0c0a, 0});
  second = cvector_shuffle(second, (cvector_int4){0x09080605, 0x0e0d0c0a, 0, 0x04020100});
  third = cvector_shuffle(third, (cvector_int4){0x0e0d0c0a, 0, 0x04020100, 0x09080605});
  fourth = cvector_shuffle(fourth, (cvector_int4){0, 0x04020100, 0x09080605, 0x0e0d0c0a});
  cvector_store_ints(target, __builtin_shufflevector(first, second, 0, 1, 2, 7));
  cvector_store_ints((char *)target + 16, __builtin_shufflevector(second, third, 0, 1, 6, 7));
  cvector_store_ints((char *)target + 32, __builtin_shufflevector(third, fourth, 0, 5, 6, 7));
}

/* Four numbers from the lower three bytes each of twelve, as the upper three of theirs. */
CVECTOR cvector_int4 cvector_load_24(const void *source) {
  return cvector_shuffle(cvector_load_ints(source), (cvector_int4){0x02010080, 0x05040380, 0x08070680, 0x0b0a0980});
}

CVECTOR cvector_float4 cvector_floats(cvector_int4 numbers) { return __builtin_convertvector(numbers, cvector_float4); }

CVECTOR cvector_float4 cvector_scale(cvector_float4 numbers, float factor) { return numbers * factor; }

CVECTOR cvector_float4 cvector_add(cvector_float4 one, cvector_float4 two) { return one + two; }

/* `values` where `numbers` are some, 0 where not. */
CVECTOR cvector_float4 cvector_where_number(cvector_float4 values, cvector_float4 numbers) {
  return (cvector_float4)((cvector_int4)values & (numbers == numbers));
}

/* `bits`, and some more where one of eight numbers is not finite: only then is it, less itself, not 0. */
CVECTOR cvector_int8 cvector_or_not_finite(cvector_int8 bits, const float *source) {
  cvector_float8 numbers;
  __builtin_memcpy(&numbers, source, sizeof numbers);
  return bits | (cvector_int8)(numbers - numbers);
}

CVECTOR cvector_double8 cvector_load_doubles(const double *numbers) {
  cvector_double8 eight;
  __builtin_memcpy(&eight, numbers, sizeof eight);
  return eight;
}

/* Swift aligns vectors to 16 bytes. */
typedef double cvector_loose8 __attribute__((__ext_vector_type__(8), __aligned__(8)));
typedef double cvector_loose4 __attribute__((__ext_vector_type__(4), __aligned__(8)));

/* A steady tone: cosine and sine at eight samples, and of the angle to the next eight. Swift does not see structures of
   vectors: it has the like of these two, and hands over where they are. */
typedef struct {
  cvector_loose8 cosines, sines;
  double cosine, sine;
} cvector_wave;

CVECTOR void cvector_turn_on(cvector_wave *wave) {
  cvector_double8 cosines = cvector_turn(wave->cosines, wave->sines, wave->cosine, wave->sine);
  wave->sines = cvector_turn(wave->sines, wave->cosines, wave->cosine, -wave->sine);
  wave->cosines = cosines;
}

/* Sums of products of numbers with cosine and sine of a tone, and of these with each other, in eight parts each. */
typedef struct {
  cvector_loose8 cc, ss, cs, xc, xs;
} cvector_line;

/* What follows is compiled twice, for processors that take four numbers of 64 bits at a time and for all others: it does
   the same in the same order, so both give the same, to the last bit. */
CVECTOR void cvector_every_product(const double *numbers, size_t eights, cvector_wave *wave, cvector_line *line) {
  cvector_wave turning = *wave;
  cvector_line sums = *line;
  for (size_t index = 0; index < eights; index++) {
    cvector_double8 x = cvector_load_doubles(numbers + 8 * index), c = turning.cosines, s = turning.sines;
    sums.cc += c * c;
    sums.ss += s * s;
    sums.cs += c * s;
    sums.xc += x * c;
    sums.xs += x * s;
    cvector_turn_on(&turning);
  }
  *wave = turning;
  *line = sums;
}

CVECTOR void cvector_number_products(const double *numbers, size_t eights, cvector_wave *wave, cvector_line *line) {
  cvector_wave turning = *wave;
  cvector_line sums = *line;
  for (size_t index = 0; index < eights; index++) {
    cvector_double8 x = cvector_load_doubles(numbers + 8 * index);
    sums.xc += x * turning.cosines;
    sums.xs += x * turning.sines;
    cvector_turn_on(&turning);
  }
  *wave = turning;
  *line = sums;
}

/* Sums of squares of numbers: of none, of the first eight, and so on. */
CVECTOR void cvector_squares(const float *numbers, size_t eights, double *sums) {
  sums[0] = 0;
  for (size_t index = 0; index < eights; index++) {
    const float *eight = numbers + 8 * index;
    sums[index + 1] = sums[index] + cvector_eight_products(eight, eight);
  }
}

/* The same of products with others, with those one further on, with those two further on, and of squares. */
CVECTOR void cvector_products(const float *numbers, const float *others, size_t eights, cvector_loose4 *sums) {
  cvector_double4 sum = {0, 0, 0, 0};
  sums[0] = sum;
  for (size_t index = 0; index < eights; index++) {
    const float *here = numbers + 8 * index, *there = others + 8 * index;
    cvector_double4 four = {cvector_eight_products(here, there), cvector_eight_products(here, there + 1),
                            cvector_eight_products(here, there + 2), cvector_eight_products(here, here)};
    sum += four;
    sums[index + 1] = sum;
  }
}

/* The same, the products of each eight of them as floats. */
CVECTOR void cvector_products_coarsely(const float *numbers, const float *others, size_t eights, cvector_loose4 *sums) {
  cvector_double4 sum = {0, 0, 0, 0};
  sums[0] = sum;
  for (size_t index = 0; index < eights; index++) {
    const float *here = numbers + 8 * index, *there = others + 8 * index;
    sum += cvector_coarse_sums(cvector_coarse_products(here, there), cvector_coarse_products(here, there + 1),
                               cvector_coarse_products(here, there + 2), cvector_coarse_products(here, here));
    sums[index + 1] = sum;
  }
}

CVECTOR void cvector_take_off(double *numbers, size_t eights, cvector_wave *wave, double a, double b,
                              cvector_loose8 *energy) {
  cvector_wave turning = *wave;
  cvector_double8 sums = *energy;
  for (size_t index = 0; index < eights; index++) {
    cvector_double8 rest = cvector_load_doubles(numbers + 8 * index) - (turning.cosines * a + turning.sines * b);
    __builtin_memcpy(numbers + 8 * index, &rest, sizeof rest);
    sums += rest * rest;
    cvector_turn_on(&turning);
  }
  *wave = turning;
  *energy = sums;
}

#ifdef __x86_64__
#define CVECTOR_AVX __attribute__((target("avx"))) static inline

CVECTOR int cvector_has_avx(void) { return __builtin_cpu_supports("avx"); }

CVECTOR_AVX void cvector_every_product_avx(const double *numbers, size_t eights, cvector_wave *wave,
                                           cvector_line *line) {
  cvector_every_product(numbers, eights, wave, line);
}

CVECTOR_AVX void cvector_number_products_avx(const double *numbers, size_t eights, cvector_wave *wave,
                                             cvector_line *line) {
  cvector_number_products(numbers, eights, wave, line);
}

CVECTOR_AVX void cvector_squares_avx(const float *numbers, size_t eights, double *sums) {
  cvector_squares(numbers, eights, sums);
}

CVECTOR_AVX void cvector_products_avx(const float *numbers, const float *others, size_t eights, cvector_loose4 *sums) {
  cvector_products(numbers, others, eights, sums);
}

CVECTOR_AVX void cvector_products_coarsely_avx(const float *numbers, const float *others, size_t eights,
                                               cvector_loose4 *sums) {
  cvector_products_coarsely(numbers, others, eights, sums);
}

CVECTOR_AVX void cvector_take_off_avx(double *numbers, size_t eights, cvector_wave *wave, double a, double b,
                                      cvector_loose8 *energy) {
  cvector_take_off(numbers, eights, wave, a, b, energy);
}
#else
CVECTOR int cvector_has_avx(void) { return 0; }
#define cvector_every_product_avx cvector_every_product
#define cvector_number_products_avx cvector_number_products
#define cvector_squares_avx cvector_squares
#define cvector_products_avx cvector_products
#define cvector_products_coarsely_avx cvector_products_coarsely
#define cvector_take_off_avx cvector_take_off
#endif

/* Adds to all sums of a line those of so many times eight numbers, and turns the tone as far. */
static inline void cvector_add_line(const double *numbers, size_t eights, void *wave, void *line) {
  if (cvector_has_avx()) return cvector_every_product_avx(numbers, eights, wave, line);
  cvector_every_product(numbers, eights, wave, line);
}

/* The same for products with the numbers alone. */
static inline void cvector_add_line_products(const double *numbers, size_t eights, void *wave, void *line) {
  if (cvector_has_avx()) return cvector_number_products_avx(numbers, eights, wave, line);
  cvector_number_products(numbers, eights, wave, line);
}

/* Sums of squares of so many times eight numbers: of none, of the first eight, and so on, one more than `eights`. */
static inline void cvector_sum_squares(const float *numbers, size_t eights, double *sums) {
  if (cvector_has_avx()) return cvector_squares_avx(numbers, eights, sums);
  cvector_squares(numbers, eights, sums);
}

/* The same, four at a time: of products with others, with those one further on, with those two further on, and of
   squares. Two more of the others are read. */
static inline void cvector_sum_products(const float *numbers, const float *others, size_t eights, void *sums) {
  if (cvector_has_avx()) return cvector_products_avx(numbers, others, eights, sums);
  cvector_products(numbers, others, eights, sums);
}

static inline void cvector_sum_products_coarsely(const float *numbers, const float *others, size_t eights, void *sums) {
  if (cvector_has_avx()) return cvector_products_coarsely_avx(numbers, others, eights, sums);
  cvector_products_coarsely(numbers, others, eights, sums);
}

/* Takes a cos + b sin from so many times eight numbers, turns the tone as far, and adds to the energy what is left. */
static inline void cvector_subtract_line(double *numbers, size_t eights, void *wave, double a, double b,
                                         void *energy) {
  if (cvector_has_avx()) return cvector_take_off_avx(numbers, eights, wave, a, b, energy);
  cvector_take_off(numbers, eights, wave, a, b, energy);
}

/* Four butterflies of a Fourier transform: turns the second ones, and puts sums and differences in their places. */
CVECTOR void cvector_butterflies(float *real, float *imaginary, size_t distance, const float *cosines,
                                 const float *sines) {
  cvector_float4 first[2], second[2], c, s;
  __builtin_memcpy(first, real, 16);
  __builtin_memcpy(first + 1, imaginary, 16);
  __builtin_memcpy(second, real + distance, 16);
  __builtin_memcpy(second + 1, imaginary + distance, 16);
  __builtin_memcpy(&c, cosines, 16);
  __builtin_memcpy(&s, sines, 16);
  cvector_float4 r = second[0] * c - second[1] * s, i = second[0] * s + second[1] * c;
  cvector_float4 results[4] = {first[0] + r, first[1] + i, first[0] - r, first[1] - i};
  __builtin_memcpy(real, results, 16);
  __builtin_memcpy(imaginary, results + 1, 16);
  __builtin_memcpy(real + distance, results + 2, 16);
  __builtin_memcpy(imaginary + distance, results + 3, 16);
}

/* Makes sixteen bytes with the same CRC-16 (0x8005, last bit first, from 0) as `bytes` from `sum`, as far as whole blocks
   of 64 bytes go: V. Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel,
   2009. Returns how many bytes these stand for; 0 where the processor has no such instruction. */
#ifdef __x86_64__
typedef long long cvector_long2 __attribute__((__vector_size__(16)));

__attribute__((target("pclmul"))) static inline cvector_long2 cvector_fold(cvector_long2 sum, cvector_long2 powers) {
  return __builtin_ia32_pclmulqdq128(sum, powers, 0x00) ^ __builtin_ia32_pclmulqdq128(sum, powers, 0x11);
}

__attribute__((target("pclmul"))) static inline size_t cvector_crc16_fold(const unsigned char *bytes, size_t count,
                                                                          unsigned short sum, unsigned char *rest) {
  /* x to the 575th and 511th, 191st and 127th, modulo the polynomial, first bit last. */
  const cvector_long2 far = {(long long)0xc450000000000000u, (long long)0x8101000000000000u}, near = {(long long)0xccd0000000000000u, (long long)0xc100000000000000u};
  cvector_long2 sums[4], next[4];
  if (count < 64 || !__builtin_cpu_supports("pclmul")) return 0;
  size_t done = 64;
  __builtin_memcpy(sums, bytes, 64);
  sums[0][0] ^= sum;
  for (; done + 64 <= count; done += 64) {
    __builtin_memcpy(next, bytes + done, 64);
    for (int lane = 0; lane < 4; lane++) sums[lane] = cvector_fold(sums[lane], far) ^ next[lane];
  }
  for (int lane = 1; lane < 4; lane++) sums[lane] ^= cvector_fold(sums[lane - 1], near);
  __builtin_memcpy(rest, sums + 3, 16);
  return done;
}
#else
static inline size_t cvector_crc16_fold(const unsigned char *bytes, size_t count, unsigned short sum,
                                        unsigned char *rest) {
  return 0;
}
#endif
