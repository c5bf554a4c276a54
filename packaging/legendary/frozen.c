/* The frozen modules, read from the archive at the end of the executable at start (bundle.py wrote
   them). It defines what CPython's Python/frozen.c defines, so the linker leaves that file, with the
   standard library's start-up modules in a larger form, out of the executable. */
#include "frozen.h"
#include "streams.h"
#include <Python.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct _module_alias { const char *name; const char *orig; };

static const struct _frozen no_table[] = {{0, 0, 0, 0}};
static const struct _module_alias alias_table[] = {
    {"_frozen_importlib", "importlib._bootstrap"},
    {"_frozen_importlib_external", "importlib._bootstrap_external"},
    {"os.path", "posixpath"},
    {0, 0}
};

const struct _frozen *_PyImport_FrozenBootstrap = no_table;
const struct _frozen *_PyImport_FrozenStdlib = no_table;
const struct _frozen *_PyImport_FrozenTest = no_table;
const struct _frozen *PyImport_FrozenModules = no_table;
const struct _module_alias *_PyImport_FrozenAliases = alias_table;

enum { OPCODES = 256, BEGINNING = 26, END_OF_ZIP = 22, FILE_IN_ZIP = 30 }; /* bytes */
enum { STREAMS = 3, SIZES = 8 * STREAMS };
enum { PACKAGE = 1, BOOT = 2 };

struct head { uint32_t size, modules, names, rest, code; }; /* size: of all modules, in memory */
struct row { uint32_t name, start, size, kinds; };

static uint32_t number(const unsigned char *bytes)
{
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Anonymous memory of its own, which can be given back in whole. */
static unsigned char *memory(size_t size)
{
    void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}

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

/* Whether a code object begins here: bundle.py has the same rule. */
static bool begins_code(const unsigned char *at)
{
    bool small = true;
    for (int field = 1; field < 17; field += 4) {
        small = small && at[field + 2] == 0 && at[field + 3] == 0;
    }
    return small && (at[0] & 0x7f) == 'c' && (at[21] & 0x7f) == 's' && at[24] < 16 && at[25] == 0;
}

/* Puts the instructions back behind the beginnings of their code objects, and zeros, their caches,
   behind instructions. */
static void join(const unsigned char *rest, const unsigned char *rest_end,
                 const unsigned char *code, const unsigned char *caches, unsigned char *modules)
{
    while (rest < rest_end) {
        if (rest_end - rest < BEGINNING || !begins_code(rest)) {
            *modules++ = *rest++;
            continue;
        }
        unsigned char *end = modules + BEGINNING + number(rest + BEGINNING - 4);
        memcpy(modules, rest, BEGINNING);
        modules += BEGINNING;
        rest += BEGINNING;
        while (modules < end) {
            *modules++ = *code++;
            *modules++ = *code++;
            modules += 2 * caches[code[-2]];
        }
    }
}

/* Fills the tables that CPython searches. */
static bool make_tables(const struct row *rows, size_t count, const char *names, size_t names_size,
                        const unsigned char *modules)
{
    struct _frozen *table = calloc(2 * (count + 1), sizeof *table);
    struct _frozen *boot = table + count + 1;
    char *copy = malloc(names_size);

    if (!table || !copy) {
        return false;
    }
    memcpy(copy, names, names_size);
    PyImport_FrozenModules = table;
    _PyImport_FrozenBootstrap = boot;
    for (const struct row *row = rows; row < rows + count; row++) {
        struct _frozen module = {copy + row->name, modules + row->start, (int)row->size,
                                 row->kinds & PACKAGE};
        *(row->kinds & BOOT ? boot++ : table++) = module;
    }
    return true;
}

/* The streams, which follow their sizes, and memory for what they become, one after the other. Returns
   its size; 0 if there is none, or the streams do not fit. */
static size_t find_streams(const unsigned char *file, size_t available, struct stream *streams)
{
    size_t size = 0, packed = SIZES;

    streams[0].plain = NULL;
    for (size_t n = 0; available >= SIZES && n < STREAMS; n++) {
        const unsigned char *sizes = file + 8 * n;
        streams[n] = (struct stream){file + packed, number(sizes), NULL, number(sizes + 4)};
        packed += number(sizes);
        size += number(sizes + 4);
    }
    unsigned char *plain = packed <= available && size ? memory(size) : NULL;
    for (size_t n = 0; plain && n < STREAMS; plain += streams[n++].size) {
        streams[n].plain = plain;
    }
    return streams[0].plain ? size : 0;
}

static bool unpack(const unsigned char *file, size_t available)
{
    struct stream streams[STREAMS];
    size_t plain_size = find_streams(file, available, streams);

    if (!plain_size || !decode_all(streams, STREAMS)) {
        return false;
    }
    unsigned char *plain = streams[0].plain;
    const struct head *head = (const struct head *)plain;
    const unsigned char *caches = plain + sizeof *head;
    const struct row *rows = (const struct row *)(caches + OPCODES);
    const char *names = (const char *)(rows + head->modules);
    const unsigned char *rest = (const unsigned char *)names + head->names;
    const unsigned char *code = rest + head->rest;
    size_t size = head->size;
    unsigned char *modules = memory(size);

    if (!modules) {
        return false;
    }
    join(rest, code, code, caches, modules);
    bool made = make_tables(rows, head->modules, names, head->names, modules);
    munmap(plain, plain_size);
    return made && mprotect(modules, size, PROT_READ) == 0;
}

int load_modules(const char *executable)
{
    struct stat status;
    bool done = false;
    int file = open(executable, O_RDONLY | O_CLOEXEC);

    if (file >= 0 && fstat(file, &status) == 0) {
        size_t size = (size_t)status.st_size;
        unsigned char *content = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (content != MAP_FAILED) {
            const unsigned char *bundle = first_file(content, size);
            done = bundle && unpack(bundle, size - (size_t)(bundle - content));
            munmap(content, size);
        }
        close(file);
    }
    return done ? 0 : -1;
}
