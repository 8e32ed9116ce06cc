/* Loaded into ffmpeg before its own libraries: reads of one film fail from one byte on, as those of a broken disk do.
   FAILING_READS is "errno offset path". */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct stat film;
static long long end = -1;
static int error;

__attribute__((constructor)) static void prepare(void) {
  const char *order = getenv("FAILING_READS");
  long long offset;
  int length = 0;
  if (!order || sscanf(order, "%d %lld %n", &error, &offset, &length) < 2) return;
  if (stat(order + length, &film) == 0) end = offset;
}

ssize_t read(int file, void *to, size_t count) {
  struct stat opened;
  if (end >= 0 && fstat(file, &opened) == 0 && opened.st_dev == film.st_dev && opened.st_ino == film.st_ino) {
    const long long at = lseek(file, 0, SEEK_CUR);
    if (at >= end) {
      errno = error;
      return -1;
    }
    if (at + (long long)count > end) count = end - at;
  }
  return syscall(SYS_read, file, to, count);
}
