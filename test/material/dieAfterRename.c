/* Loaded into a program before its own libraries: it is killed in the moment in which it has renamed something in a
   folder (RENAMED_IN) for the nth time (DIES_AFTER). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int rename(const char *from, const char *to) {
  static int count = 0;
  int (*renamed)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  int result = renamed(from, to);
  const char *folder = getenv("RENAMED_IN");
  if (folder && strncmp(from, folder, strlen(folder)) == 0 && ++count == atoi(getenv("DIES_AFTER")))
    kill(getpid(), SIGKILL);
  return result;
}
