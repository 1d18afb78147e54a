/* A disk that is watched, and that fails on demand: preloaded into a process, for the tests of the store.

   Of the files in the folder PATHWAY_DISK it writes each write, truncation, synchronisation, opening and removal as a
   record into the file PATHWAY_DISK_TRACE. While the file PATHWAY_DISK_FAILS exists, synchronising a write-ahead log
   (a file "...-wal") fails with an input/output error, and the record says so. tests/store/disk.py reads the records. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static uint64_t known[FILES]; /* the inode behind a descriptor, 0 where it is not watched */
static char is_log[FILES];
static int trace = -1;

struct head {
    uint64_t kind, file, offset, length;
};

static void tell(char kind, uint64_t file, uint64_t offset, const void *data, uint64_t length) {
    const char *name = getenv("PATHWAY_DISK_TRACE");
    if (!name) return;
    if (trace < 0) {
        int number = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        trace = (int)syscall(SYS_fcntl, number, F_DUPFD_CLOEXEC, 1000);
        syscall(SYS_close, number);
    }
    struct head head = {(uint64_t)kind, file, offset, length};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)data, length}};
    if (syscall(SYS_writev, trace, parts, 2) < 0) abort();
}

static uint64_t watched(int number) { return number >= 0 && number < FILES ? known[number] : 0; }

static int opened(int number, const char *path) {
    const char *folder = getenv("PATHWAY_DISK");
    if (number < 0 || number >= FILES || !folder) return number;
    known[number] = 0;
    struct stat found;
    size_t length = strlen(folder), all = strlen(path);
    if (strncmp(path, folder, length) || fstat(number, &found)) return number;
    if (all > 4 && !strcmp(path + all - 4, "-shm")) return number;
    known[number] = found.st_ino;
    is_log[number] = all > 4 && !strcmp(path + all - 4, "-wal");
    tell(S_ISDIR(found.st_mode) ? 'd' : 'o', found.st_ino, 0, path, all);
    return number;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        REAL(int, #name, const char *, int, ...); \
        return opened(real(path, flags, mode), path); \
    }
OPEN(open)
OPEN(open64)

int close(int number) {
    REAL(int, "close", int);
    if (number >= 0 && number < FILES) known[number] = 0;
    return real(number);
}

#define PWRITE(name) \
    ssize_t name(int number, const void *data, size_t length, off64_t offset) { \
        REAL(ssize_t, #name, int, const void *, size_t, off64_t); \
        ssize_t done = real(number, data, length, offset); \
        if (done > 0 && watched(number)) tell('w', watched(number), (uint64_t)offset, data, (uint64_t)done); \
        return done; \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int number, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    ssize_t done = real(number, data, length);
    if (done > 0 && watched(number)) {
        off64_t end = lseek64(number, 0, SEEK_CUR);
        tell('w', watched(number), (uint64_t)(end - done), data, (uint64_t)done);
    }
    return done;
}

#define TRUNCATE(name) \
    int name(int number, off64_t length) { \
        REAL(int, #name, int, off64_t); \
        int done = real(number, length); \
        if (!done && watched(number)) tell('t', watched(number), (uint64_t)length, "", 0); \
        return done; \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

/* What was written before a synchronisation began is safe once it has ended; what came meanwhile may not be. */
#define SYNC(name) \
    int name(int number) { \
        REAL(int, #name, int); \
        uint64_t file = watched(number); \
        if (!file) return real(number); \
        const char *fails = getenv("PATHWAY_DISK_FAILS"); \
        if (fails && is_log[number] && !access(fails, F_OK)) { \
            tell('f', file, 0, "", 0); \
            errno = EIO; \
            return -1; \
        } \
        tell('b', file, (uint64_t)getpid(), "", 0); \
        int done = real(number); \
        if (!done) tell('s', file, (uint64_t)getpid(), "", 0); \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    const char *folder = getenv("PATHWAY_DISK");
    int done = real(path);
    if (!done && folder && !strncmp(path, folder, strlen(folder))) tell('u', 0, 0, path, strlen(path));
    return done;
}
