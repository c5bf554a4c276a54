/* Streams of xz, which are decoded into memory, each in a thread of its own. */
#include <stdbool.h>
#include <stddef.h>

struct stream {
    const unsigned char *packed;
    size_t available; /* bytes at `packed`, of which the stream may be only the first ones */
    unsigned char *plain;
    size_t size;
};

/* Decodes all of them; at most MOST_STREAMS. False if one is damaged. */
enum { MOST_STREAMS = 8 };
bool decode_all(struct stream *streams, size_t count);
