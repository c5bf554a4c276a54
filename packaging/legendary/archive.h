/* The frozen modules in the archive at the end of the executable, as bundle.py wrote them. */
#include "streams.h"

enum { MODULE_STREAMS = 3 };
/* The type of an entry in the auxiliary vector, a number that has no meaning to the kernel: where in
   memory the modules are that loader.c has decoded. */
enum { AT_MODULES = 0x6d6f64 };

/* Decodes `count` streams, behind which is room for MODULE_STREAMS more, and the modules in an
   executable. Returns new memory with the modules; NULL if they are missing or damaged. */
unsigned char *decode_with_modules(struct stream *streams, size_t count, const char *executable);
