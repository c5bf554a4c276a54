/* Streams of xz, which are decoded into memory by a thread for each processor. */
#include <stdbool.h>
#include <stddef.h>

struct stream {
    const unsigned char *packed;
    size_t available; /* bytes at `packed`, of which the stream may be only the first ones */
    unsigned char *plain;
    size_t size;
    void (*then)(unsigned char *plain); /* called with what was decoded; may be NULL */
    bool done; /* set by decode_all; false for a damaged stream */
};

/* Decodes them in this order, so those that take longest come first. */
void decode_all(struct stream *streams, size_t count);
