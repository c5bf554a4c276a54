/* The beginning of the executable where the interpreter is compressed: decodes it into memory, as the
   kernel would have mapped it, and starts it there. squeeze.py wrote what is read here. */
#include "archive.h"
#include "distances.h"
#include <elf.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Offsets are from the beginning of the interpreter in memory, and of `packed` from that of this. */
struct image {
    uint64_t size; /* bytes of memory, whole pages */
    uint64_t code, code_end; /* the instructions */
    uint64_t streams;
    struct { uint64_t start, size, packed, packed_size; } stream[];
};

__asm__(".pushsection .rodata\n.balign 16\n"
        "image: .incbin \"" IMAGE "\"\nimage_end:\n.popsection");
extern const struct image image __attribute__((visibility("hidden")));
extern const unsigned char image_end[] __attribute__((visibility("hidden")));

enum { MOST_STREAMS = 4 };
static const char DAMAGED[] = "weather: the interpreter in the executable cannot be decoded\n";

struct program { unsigned char *base, *modules; }; /* in memory */

static void fail(const char *why)
{
    (void)!write(STDERR_FILENO, why, strlen(why));
    _exit(1);
}

/* For the stream with the instructions, which begins with the interpreter. */
static void restore_distances(unsigned char *base)
{
#if defined __x86_64__
    restore_distances_of_x86_64(base, image.code, image.code_end, image.size);
#elif defined __aarch64__
    restore_distances_of_arm64(base, image.code, image.code_end);
#endif
}

/* Reads the streams' places, and checks them: the file may be damaged. */
static bool find_streams(unsigned char *base, struct stream *streams)
{
    const size_t file_size = (size_t)(image_end - (const unsigned char *)&image);
    bool fits = image.streams > 0 && image.streams <= MOST_STREAMS;

    for (size_t n = 0; fits && n < image.streams; n++) {
        streams[n] = (struct stream){.packed = (const unsigned char *)&image + image.stream[n].packed,
                                     .available = image.stream[n].packed_size,
                                     .plain = base + image.stream[n].start,
                                     .size = image.stream[n].size};
        fits = image.stream[n].start <= image.size
            && image.stream[n].size <= image.size - image.stream[n].start
            && image.stream[n].packed <= file_size
            && image.stream[n].packed_size <= file_size - image.stream[n].packed;
    }
    streams[0].then = restore_distances;
    return fits && image.code <= image.code_end && image.code_end <= streams[0].size;
}

/* Decodes the modules beside the interpreter: then they need not wait for each other. */
static struct program decoded(void)
{
    struct stream streams[MOST_STREAMS + MODULE_STREAMS];
    void *base = mmap(NULL, image.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (base == MAP_FAILED) {
        fail("weather: no memory for the interpreter\n");
    }
    if (!find_streams(base, streams)) {
        fail(DAMAGED);
    }
    /* Without modules: the interpreter says why. */
    unsigned char *modules = decode_with_modules(streams, image.streams, "/proc/self/exe");
    for (size_t n = 0; n < image.streams; n++) {
        if (!streams[n].done) {
            fail(DAMAGED);
        }
    }
    return (struct program){base, modules};
}

/* Gives the memory of what was decoded back. */
static void forget_image(uintptr_t page)
{
    uintptr_t start = ((uintptr_t)&image + page - 1) & -page, end = (uintptr_t)image_end & -page;

    munmap((void *)start, end - start);
}

/* Gives each segment its permissions. */
static void protect(unsigned char *base, const Elf64_Phdr *header, size_t count, uint64_t page)
{
    for (; count > 0; count--, header++) {
        uint64_t start = header->p_vaddr & -page;
        uint64_t end = (header->p_vaddr + header->p_memsz + page - 1) & -page;
        int may = (header->p_flags & PF_R ? PROT_READ : 0) | (header->p_flags & PF_W ? PROT_WRITE : 0)
                | (header->p_flags & PF_X ? PROT_EXEC : 0);
        if (header->p_type == PT_LOAD && mprotect(base + start, end - start, may) != 0) {
            fail("weather: the interpreter cannot be protected\n");
        }
    }
}

/* Tells the interpreter's start, as the kernel does, which program it is in, and where its modules are. */
static void describe(char **environment, struct program program, const Elf64_Ehdr *file)
{
    while (*environment++) {
    }
    for (Elf64_auxv_t *entry = (Elf64_auxv_t *)environment; entry->a_type != AT_NULL; entry++) {
        switch (entry->a_type) {
        case AT_PHDR: entry->a_un.a_val = (uint64_t)(program.base + file->e_phoff); break;
        case AT_PHNUM: entry->a_un.a_val = file->e_phnum; break;
        case AT_ENTRY: entry->a_un.a_val = (uint64_t)(program.base + file->e_entry); break;
        case AT_FLAGS: /* has no meaning on these machines */
            *entry = (Elf64_auxv_t){AT_MODULES, {(uint64_t)program.modules}};
            break;
        }
    }
}

/* Jumps to it with the stack that the kernel made: below is nothing that it could need. */
static _Noreturn void start(void *stack, const void *entry)
{
#if defined __x86_64__
    __asm__ volatile("mov %0, %%rsp\n jmp *%1" : : "r"(stack), "r"(entry) : "memory");
#elif defined __aarch64__
    __asm__ volatile("mov sp, %0\n br %1" : : "r"(stack), "r"(entry) : "memory");
#endif
    __builtin_unreachable();
}

int main(int argc, char **argv)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    struct program program = decoded();
    unsigned char *base = program.base;
    const Elf64_Ehdr *file = (const Elf64_Ehdr *)base;

    __builtin___clear_cache((char *)base + image.code, (char *)base + image.code_end);
    forget_image(page);
    protect(base, (const Elf64_Phdr *)(base + file->e_phoff), file->e_phnum, page);
    describe(argv + argc + 1, program, file);
    start(argv - 1, base + file->e_entry); /* before the arguments is their number */
}
