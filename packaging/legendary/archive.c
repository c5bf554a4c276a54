#include "archive.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { END_OF_ZIP = 22, FILE_IN_ZIP = 30, SIZES = 8 * MODULE_STREAMS }; /* bytes */

/* The first file in the archive, which is stored as it is. NULL if there is none. */
static const unsigned char *first_file(const unsigned char *executable, size_t size)
{
    const unsigned char *end = executable + size - END_OF_ZIP;
    if (size < END_OF_ZIP || memcmp(end, "PK\5\6", 4) != 0) {
        return NULL;
    }
    size_t before = (size_t)number(end + 12) + number(end + 16); /* the directory, and the files */
    const unsigned char *file = end - before;
    if (before > size - END_OF_ZIP || memcmp(file, "PK\3\4", 4) != 0) {
        return NULL;
    }
    size_t head = FILE_IN_ZIP + (number(file + 26) & 0xffff) + (number(file + 26) >> 16);
    return head < before ? file + head : NULL;
}

/* The streams, which follow their sizes, and memory for what they become, one behind the other: NULL if
   the streams do not fit. */
static unsigned char *find_streams(const unsigned char *file, size_t available, struct stream *streams)
{
    size_t size = 0, packed = SIZES;

    for (size_t n = 0; available >= SIZES && n < MODULE_STREAMS; n++) {
        const unsigned char *sizes = file + 8 * n;
        streams[n] = (struct stream){.packed = file + packed, .available = number(sizes),
                                     .size = number(sizes + 4)};
        packed += number(sizes);
        size += number(sizes + 4);
    }
    if (size == 0 || packed > available) {
        return NULL;
    }
    /* Anonymous memory of its own, which can be given back in whole. */
    void *plain = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (plain == MAP_FAILED) {
        return NULL;
    }
    for (size_t n = 0, start = 0; n < MODULE_STREAMS; start += streams[n++].size) {
        streams[n].plain = (unsigned char *)plain + start;
    }
    return plain;
}

/* The file in memory: NULL if it cannot be read. */
static unsigned char *map(const char *path, size_t *size)
{
    struct stat status;
    void *content = MAP_FAILED;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file >= 0 && fstat(file, &status) == 0) {
        *size = (size_t)status.st_size;
        content = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    if (file >= 0) {
        close(file);
    }
    return content == MAP_FAILED ? NULL : content;
}

unsigned char *decode_with_modules(struct stream *streams, size_t count, const char *executable)
{
    struct stream *own = streams + count;
    size_t size = 0;
    unsigned char *content = map(executable, &size), *plain = NULL;
    const unsigned char *file = content ? first_file(content, size) : NULL;

    if (file) {
        plain = find_streams(file, size - (size_t)(file - content), own);
    }
    decode_all(streams, plain ? count + MODULE_STREAMS : count);
    for (size_t n = 0; plain && n < MODULE_STREAMS; n++) {
        plain = own[n].done ? plain : NULL;
    }
    if (content) {
        munmap(content, size);
    }
    return plain;
}
