/* The frozen modules, read from the archive at the end of the executable at start (bundle.py wrote
   them). It defines what CPython's Python/frozen.c defines, so the linker leaves that file, with the
   standard library's start-up modules in a larger form, out of the executable. */
#include "frozen.h"
#include "archive.h"
#include <Python.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

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

enum { OPCODES = 256, BEGINNING = 26 }; /* bytes */
enum { PACKAGE = 1, BOOT = 2 };

struct head { uint32_t size, modules, names, rest, code; }; /* size: of all modules, in memory */
struct row { uint32_t name, start, size, kinds; };

/* Whether a code object begins here: bundle.py has the same rule. */
static bool begins_code(const unsigned char *at)
{
    if ((at[0] & 0x7f) != 'c' || (at[21] & 0x7f) != 's' || at[24] >= 16 || at[25] != 0) {
        return false;
    }
    bool small = true;
    for (int field = 1; field < 17; field += 4) {
        small = small && at[field + 2] == 0 && at[field + 3] == 0;
    }
    return small;
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

static bool restore(unsigned char *plain)
{
    const struct head *head = (const struct head *)plain;
    const unsigned char *caches = plain + sizeof *head;
    const struct row *rows = (const struct row *)(caches + OPCODES);
    const char *names = (const char *)(rows + head->modules);
    const unsigned char *rest = (const unsigned char *)names + head->names;
    const unsigned char *code = rest + head->rest, *end = code + head->code;
    size_t size = head->size;
    /* Of its own, and read-only at last. */
    unsigned char *modules = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (modules == MAP_FAILED) {
        return false;
    }
    join(rest, code, code, caches, modules);
    bool made = make_tables(rows, head->modules, names, head->names, modules);
    munmap(plain, (size_t)(end - plain));
    return made && mprotect(modules, size, PROT_READ) == 0;
}

int load_modules(const char *executable)
{
    struct stream streams[MODULE_STREAMS];
    unsigned char *plain = (unsigned char *)getauxval(AT_MODULES); /* by loader.c, if it is there */

    if (!plain) {
        plain = decode_with_modules(streams, 0, executable);
    }
    return plain && restore(plain) ? 0 : -1;
}
