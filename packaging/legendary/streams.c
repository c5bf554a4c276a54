#include "streams.h"
#include <lzma.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

struct queue {
    struct stream *streams;
    size_t count;
    atomic_size_t next;
};

static void decode(struct stream *stream)
{
    size_t read = 0, written = 0;
    uint64_t limit = UINT64_MAX;
    bool decoded = lzma_stream_buffer_decode(&limit, 0, NULL, stream->packed, &read, stream->available,
                                             stream->plain, &written, stream->size) == LZMA_OK;

    stream->done = decoded && written == stream->size;
    if (stream->done && stream->then) {
        stream->then(stream->plain);
    }
}

/* For a thread. */
static void *work(void *of)
{
    struct queue *queue = of;
    size_t n;

    while ((n = atomic_fetch_add(&queue->next, 1)) < queue->count) {
        decode(&queue->streams[n]);
    }
    return NULL;
}

void decode_all(struct stream *streams, size_t count)
{
    enum { MOST_THREADS = 8 };
    struct queue queue = {streams, count, 0};
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    pthread_t threads[MOST_THREADS];
    size_t started = 0;

    while (started < MOST_THREADS && started + 1 < count && (long)started + 1 < processors
           && pthread_create(&threads[started], NULL, work, &queue) == 0) {
        started++;
    }
    work(&queue); /* alone, if there are no threads */
    while (started > 0) {
        pthread_join(threads[--started], NULL);
    }
}
