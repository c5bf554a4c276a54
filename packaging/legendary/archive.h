/* The frozen modules in the archive at the end of the executable, as bundle.py wrote them. */
#include "streams.h"
#include <stdint.h>

enum { MODULE_STREAMS = 3 };
/* The type of an entry in the auxiliary vector, a number that has no meaning to the kernel: where in
   memory the modules are that loader.c has decoded. */
enum { AT_MODULES = 0x6d6f64 };

/* As bundle.py and zip archives write numbers: the lowest byte first. */
static inline uint32_t number(const unsigned char *bytes)
{
    return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Decodes `count` streams, behind which is room for MODULE_STREAMS more, and the modules in an
   executable. Returns new memory with the modules; NULL if they are missing or damaged. */
unsigned char *decode_with_modules(struct stream *streams, size_t count, const char *executable);
