#include "distances.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_relative(unsigned char operands)
{
    return (operands & 0xc7) == 0x05; /* to the instruction that follows */
}

static bool is_call(unsigned char opcode)
{
    return opcode == 0xe8 || opcode == 0xe9; /* call, jmp */
}

/* The length of an opcode with its operands' byte, if a distance follows; else 0. squeeze.py has the
   same rule. */
static size_t before_distance(const unsigned char *at)
{
    if (is_call(at[0])) {
        return 1;
    }
    if (at[0] == 0x0f) {
        return (at[1] & 0xf0) == 0x80 ? 2 : !is_call(at[1]) && is_relative(at[2]) ? 3 : 0;
    }
    bool moves = at[0] == 0x89 || at[0] == 0x8b || at[0] == 0x8d; /* mov, mov, lea */
    return moves && is_relative(at[1]) ? 2 : 0;
}

void restore_distances_of_x86_64(unsigned char *base, uint64_t start, uint64_t end, uint64_t size)
{
    while (start + 8 < end) {
        size_t opcode = before_distance(base + start);
        start += opcode ? opcode + 4 : 1;
        if (opcode) {
            uint32_t bytes;
            memcpy(&bytes, base + start - 4, 4);
            int64_t value = (int32_t)__builtin_bswap32(bytes), here = (int64_t)start;
            if (value >= -here && value < (int64_t)size) {
                value += value >= 0 ? -here : (int64_t)size;
            }
            bytes = (uint32_t)value;
            memcpy(base + start - 4, &bytes, 4);
        }
    }
}

void restore_distances_of_arm64(unsigned char *base, uint64_t start, uint64_t end)
{
    for (; start + 4 <= end; start += 4) {
        uint32_t word;
        memcpy(&word, base + start, 4);
        if (word >> 26 == 0x25) { /* bl: a number of instructions */
            word = 0x25U << 26 | ((word - (uint32_t)(start >> 2)) & 0x3ffffff);
        } else if ((word & 0x9f000000) == 0x90000000) { /* adrp: a number of pages, in two parts */
            uint32_t pages = (word >> 3 & 0x1ffffc) | (word >> 29 & 3);
            pages -= (uint32_t)(start >> 12);
            word = (word & 0x9f00001f) | (pages & 0x1ffffc) << 3 | (pages & 3) << 29;
        }
        memcpy(base + start, &word, 4);
    }
}
