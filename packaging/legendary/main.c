/* The executable: an interpreter that needs no files. Its modules are frozen (frozen.c, written by
   pack.py), the service itself lies in a zip archive at the executable's own end. */
#include <Python.h>
#include <unistd.h>

static void check(PyStatus status)
{
    if (PyStatus_Exception(status)) {
        Py_ExitStatusException(status);
    }
}

/* musl's allocator is slow under threads; CPython carries mimalloc. */
static void choose_allocator(void)
{
    PyPreConfig config;

    PyPreConfig_InitIsolatedConfig(&config);
    config.utf8_mode = 1;
    config.allocator = PYMEM_ALLOCATOR_MIMALLOC;
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

    if (length < 0) {
        fputs("weather: /proc is needed\n", stderr);
        return 1;
    }
    self[length] = 0;
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
