/** What ffmpeg says where a disk that it writes to has no room. */
export const fullWords = /No space left on device|Disk quota exceeded|File too large/
