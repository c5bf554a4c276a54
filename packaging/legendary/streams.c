#include "streams.h"
#include <lzma.h>
#include <pthread.h>
#include <stdint.h>

/* For a thread. Returns NULL if the stream is damaged. */
static void *decode(void *of)
{
    struct stream *stream = of;
    size_t read = 0, written = 0;
    uint64_t limit = UINT64_MAX;
    bool done = lzma_stream_buffer_decode(&limit, 0, NULL, stream->packed, &read, stream->available,
                                          stream->plain, &written, stream->size) == LZMA_OK;

    return done && written == stream->size ? stream : NULL;
}

bool decode_all(struct stream *streams, size_t count)
{
    pthread_t threads[MOST_STREAMS];
    bool started[MOST_STREAMS] = {false}, done = count <= MOST_STREAMS;

    for (size_t n = 1; done && n < count; n++) {
        started[n] = pthread_create(&threads[n], NULL, decode, &streams[n]) == 0;
    }
    /* The first, and those for which there is no thread. */
    for (size_t n = 0; done && n < count; n++) {
        done = started[n] || decode(&streams[n]);
    }
    for (size_t n = 1; n < count && n < MOST_STREAMS; n++) {
        void *result = NULL;
        if (started[n]) {
            done = pthread_join(threads[n], &result) == 0 && result && done;
        }
    }
    return done;
}
