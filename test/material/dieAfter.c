/* Loaded into a program before its own libraries: it is killed in the moment in which it has called a function on
   something in a folder (DIES_IN) for the nth time: DIES_AFTER is "rename 2", "link 1" or "unlink 2". */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void count(const char *function, const char *path) {
  static int calls = 0;
  char name[16];
  int last;
  const char *folder = getenv("DIES_IN");
  const char *when = getenv("DIES_AFTER");
  if (!folder || !when || sscanf(when, "%15s %d", name, &last) != 2) return;
  if (strcmp(name, function) == 0 && strncmp(path, folder, strlen(folder)) == 0 && ++calls == last)
    kill(getpid(), SIGKILL);
}

int rename(const char *from, const char *to) {
  int (*own)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  int result = own(from, to);
  count("rename", from);
  return result;
}

int link(const char *from, const char *to) {
  int (*own)(const char *, const char *) = dlsym(RTLD_NEXT, "link");
  int result = own(from, to);
  count("link", from);
  return result;
}

int unlink(const char *path) {
  int (*own)(const char *) = dlsym(RTLD_NEXT, "unlink");
  int result = own(path);
  count("unlink", path);
  return result;
}
