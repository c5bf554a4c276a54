/* CPython's _lzma names liblzma's encoders too. The service only reads xz files, so the encoders
   are left out of the library and these stand in: compressing raises "Invalid or unsupported
   options", reading works. */
#include <lzma.h>

#define REFUSED LZMA_OPTIONS_ERROR

lzma_ret lzma_easy_encoder(lzma_stream *s, uint32_t p, lzma_check c) { return REFUSED; }
lzma_ret lzma_stream_encoder(lzma_stream *s, const lzma_filter *f, lzma_check c) { return REFUSED; }
lzma_ret lzma_alone_encoder(lzma_stream *s, const lzma_options_lzma *o) { return REFUSED; }
lzma_ret lzma_raw_encoder(lzma_stream *s, const lzma_filter *f) { return REFUSED; }
lzma_ret lzma_properties_size(uint32_t *size, const lzma_filter *f) { return REFUSED; }
lzma_ret lzma_properties_encode(const lzma_filter *f, uint8_t *out) { return REFUSED; }
