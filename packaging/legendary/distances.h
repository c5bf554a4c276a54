/* Put back the distances that squeeze.py replaced by their targets, in the instructions from `start` to
   `end` of a program that takes `size` bytes of memory from `base` on. */
#include <stdint.h>

void restore_distances_of_x86_64(unsigned char *base, uint64_t start, uint64_t end, uint64_t size);
void restore_distances_of_arm64(unsigned char *base, uint64_t start, uint64_t end);
