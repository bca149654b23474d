// exp over two doubles; the operations and their order are those of src/core/exp.ts, so that both give the same bits.

@inline
export function exp2lanes(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), f64x2.splat(0.5)));
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  const s = f64x2.mul(r, r);
  let even = f64x2.splat(2.08767569878681e-9);
  even = f64x2.add(f64x2.mul(even, s), f64x2.splat(2.755731922398589e-7));
  even = f64x2.add(f64x2.mul(even, s), f64x2.splat(0.0000248015873015873));
  even = f64x2.add(f64x2.mul(even, s), f64x2.splat(0.001388888888888889));
  even = f64x2.add(f64x2.mul(even, s), f64x2.splat(0.041666666666666664));
  even = f64x2.add(f64x2.mul(even, s), f64x2.splat(0.5));
  even = f64x2.add(f64x2.mul(even, s), f64x2.splat(1));
  let odd = f64x2.splat(1.6059043836821613e-10);
  odd = f64x2.add(f64x2.mul(odd, s), f64x2.splat(2.505210838544172e-8));
  odd = f64x2.add(f64x2.mul(odd, s), f64x2.splat(0.0000027557319223985893));
  odd = f64x2.add(f64x2.mul(odd, s), f64x2.splat(0.0001984126984126984));
  odd = f64x2.add(f64x2.mul(odd, s), f64x2.splat(0.008333333333333333));
  odd = f64x2.add(f64x2.mul(odd, s), f64x2.splat(0.16666666666666666));
  odd = f64x2.add(f64x2.mul(odd, s), f64x2.splat(1));
  const p = f64x2.add(even, f64x2.mul(r, odd));
  const exponent = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k)), i64x2.splat(1023));
  return f64x2.mul(p, i64x2.shl(exponent, 52));
}
