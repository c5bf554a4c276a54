/* Reads the frozen modules from the archive at the end of the executable, before Python starts.
   Returns -1 if they are missing or damaged. */
int load_modules(const char *executable);
