/** Lengths of time in words. */

const two = (n: number): string => String(n).padStart(2, '0')

/** "1 h 05 min", "3 min 20 s", "8 s", "< 1 s": for time left and lengths. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole === 0 && seconds > 0) return '< 1 s'
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`
}
