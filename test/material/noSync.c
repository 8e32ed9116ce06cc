/* Loaded into a program before its own libraries: no file can be asked to be on the disk for good, as on some network
   drives. */
#include <errno.h>

int fsync(int file) {
  (void)file;
  errno = EINVAL;
  return -1;
}

int fdatasync(int file) { return fsync(file); }
