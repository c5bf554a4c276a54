/* The executable: an interpreter that needs no files. Its modules are frozen (frozen.c),
   the service's data lie in a zip archive at the executable's own end. */
#include "frozen.h"
#include <Python.h>
#include <elf.h>
#include <sys/mman.h>
#include <unistd.h>

extern const unsigned char __ehdr_start[] __attribute__((visibility("hidden")));

static void check(PyStatus status)
{
    if (PyStatus_Exception(status)) {
        Py_ExitStatusException(status);
    }
}

/* Makes the relocated constants (tables of functions above all) read-only, as a dynamic loader
   does. musl's start of a static PIE relocates them and leaves them writable. */
static int protect_constants(void)
{
    const Elf64_Ehdr *file = (const Elf64_Ehdr *)__ehdr_start;
    const Elf64_Phdr *header = (const Elf64_Phdr *)(__ehdr_start + file->e_phoff);
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    for (int n = 0; n < file->e_phnum; n++, header++) {
        if (header->p_type == PT_GNU_RELRO) {
            uintptr_t start = ((uintptr_t)__ehdr_start + header->p_vaddr) & -page;
            uintptr_t end = ((uintptr_t)__ehdr_start + header->p_vaddr + header->p_memsz) & -page;
            return mprotect((void *)start, end - start, PROT_READ);
        }
    }
    return -1;
}

/* CPython's own allocator: mimalloc, which it carries too, has pages for each thread, and with them
   the service takes a third more memory. */
static void choose_allocator(void)
{
    PyPreConfig config;

    PyPreConfig_InitIsolatedConfig(&config);
    config.utf8_mode = 1;
    config.allocator = PYMEM_ALLOCATOR_PYMALLOC;
    check(Py_PreInitialize(&config));
}

static void set(PyConfig *config, wchar_t **field, const char *text)
{
    check(PyConfig_SetBytesString(config, field, text));
}

int main(int argc, char **argv)
{
    PyConfig config;
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

    if (protect_constants() != 0) {
        perror("weather: the constants cannot be protected");
        return 1;
    }
    if (length < 0) {
        fputs("weather: /proc is needed\n", stderr);
        return 1;
    }
    self[length] = 0;
    if (load_modules(self) != 0) {
        fputs("weather: the modules at the end of the executable cannot be read\n", stderr);
        return 1;
    }
    choose_allocator();
    PyConfig_InitIsolatedConfig(&config);
    config.install_signal_handlers = 1;
    config.site_import = 0;
    config.write_bytecode = 0;
    config.optimization_level = 2;
    config.code_debug_ranges = 0;
    config.buffered_stdio = 0;
    config.parse_argv = 0;
    config.pathconfig_warnings = 0;
    config.module_search_paths_set = 1;
    check(PyConfig_SetBytesArgv(&config, argc, argv));
    set(&config, &config.program_name, self);
    set(&config, &config.executable, self);
    set(&config, &config.base_executable, self);
    set(&config, &config.prefix, "/");
    set(&config, &config.base_prefix, "/");
    set(&config, &config.exec_prefix, "/");
    set(&config, &config.base_exec_prefix, "/");
    set(&config, &config.run_command, "import launcher; launcher.main()");
    check(PyWideStringList_Append(&config.module_search_paths, Py_DecodeLocale(self, NULL)));
    check(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    return Py_RunMain();
}
