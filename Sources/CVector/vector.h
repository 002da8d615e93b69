/* What every processor here does in one instruction, and Swift's vectors in several or not at all. */
#include <stddef.h>

typedef float cvector_float4 __attribute__((__ext_vector_type__(4)));
typedef int cvector_int4 __attribute__((__ext_vector_type__(4)));

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
  __asm__("pshufb %1, %0" : "+x"(bytes) : "x"(order));
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
